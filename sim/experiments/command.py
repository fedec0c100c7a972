"""The command that does a plan again, elsewhere or years later."""

import shlex
from collections.abc import Iterator

from realpolitik.sim.experiments.levels import clean, count, stepped
from realpolitik.sim.experiments.plan import Plan, Vary
from realpolitik.sim.formatting.numbers import exact, set_words

UNNAMED = "points.csv"  # stands for a table that was in no file


def command_of(plan: Plan) -> str:
    """One line for a shell; the same worlds come of it, whoever runs them, and as often.

    Of a study file it names the file, and what may have been typed in its place. What is looked
    for in boxes can only be said in a file.
    """
    return shlex.join(["realpolitik", "sweep", *_subject(plan), *_numbers(plan), *_aims(plan)])


def _subject(plan: Plan) -> Iterator[str]:
    """What is run, and what is varied in it unless its file says so."""
    if plan.file:
        yield plan.file
        return
    yield plan.called
    for word in set_words(plan.fixed):
        yield from ("--set", word)
    if plan.sampler == "given":
        return
    for vary in plan.vary:
        yield from ("--set", f"{vary.address}={_range(vary)}")
    yield from ("--sampler", plan.sampler)


def _range(vary: Vary) -> str:
    """Such as `0:0.8:0.1`, `0,0.3,0.8` or `0:0.8`, as `--set` takes it."""
    ends = f"{exact(vary.low)}:{exact(vary.high)}"
    if not vary.values:
        return ends
    step = clean(vary.values[1] - vary.values[0])
    is_even = count(vary.low, vary.high, step) == len(vary.values)
    if is_even and stepped(vary.low, vary.high, step) == vary.values:
        return f"{ends}:{exact(step)}"
    return ",".join(map(exact, vary.values))


def _numbers(plan: Plan) -> Iterator[str]:
    if plan.sampler == "given":
        yield from ("--points", plan.points_file or UNNAMED)
    elif not all(vary.values for vary in plan.vary):
        yield from ("--points", str(plan.points))
    yield from ("--worlds", str(plan.worlds), "--seed", str(plan.seed))


def _aims(plan: Plan) -> Iterator[str]:
    """Outcomes, that of `until` first; when worlds are enough; and thresholds."""
    until = plan.until
    first = [until.outcome] if until else []
    outcomes = tuple(dict.fromkeys([*first, *plan.outcomes]))
    if outcomes != tuple(plan.scenario.outcomes):
        for name in outcomes:
            yield from ("--outcome", name)
    if until:
        yield from ("--until", exact(until.width), "--at-most", str(until.most))
    for name, level in plan.thresholds.items():
        yield from ("--threshold", f"{name}={exact(level)}")

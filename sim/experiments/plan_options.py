"""Plans that are typed: made of settings alone, or what a file says, changed; and what to type."""

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from realpolitik.sim.experiments.given import Points, given_points
from realpolitik.sim.experiments.plan import (
    USUAL_WORLDS,
    Plan,
    Read,
    Until,
    Vary,
    clean,
    count,
    faults_of_plan,
    stepped,
)
from realpolitik.sim.experiments.samplers import SAMPLERS
from realpolitik.sim.experiments.vary_request import (
    VaryRequest,
    addresses_of,
    mirrored,
    ranged,
    ranges_of,
)
from realpolitik.sim.formatting.numbers import exact, set_words
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, number, unknown
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.values import beyond_range
from realpolitik.sim.scenario.vocabulary import vocabulary_of

LONGEST_NAME = 80
NAMED = 3  # addresses that the name of a quick sweep tells


def plan_of_settings(
    called: str,
    scenario: Scenario,
    asked: Sequence[VaryRequest],
    *,
    sampler: str = "grid",
    points: int | None = None,
    worlds: int = USUAL_WORLDS,
    seed: int = 0,
    outcomes: Sequence[str] = (),
    until: Until | None = None,
    thresholds: Mapping[str, float] | None = None,
) -> Read:
    """The plan of a quick sweep.

    Args:
        called: How the scenario was asked for.
        scenario: As it is loaded.
        asked: What is varied, and what is set to one value, by `typed_request`.
        sampler: How points are chosen.
        points: Meant as in `Plan`; none: what is usual for the sampler.
        worlds: Worlds at each point.
        seed: Seed of worlds and design.
        outcomes: Outcomes that are reported; none: all of the scenario.
        until: When a point has worlds enough.
        thresholds: Outcome → level whose crossing is looked for.

    Raises:
        ScenarioError: something is wrong; it holds all faults, placed as they were typed.
    """
    varied = [one for one in asked if not one.is_fixed] or asked
    fixed = Fixed.of(asked if varied is not asked else (), scenario)
    found = ranged(varied, fixed.scenario, sampler, ranges_of(scenario))
    found.faults += fixed.clashes(found.vary)
    plan = Plan(
        name=name_of(scenario, varied),
        title=f"{scenario.title}: {_listed([one.address for one in varied])}",
        question=f"What follows from {_listed([one.address for one in varied])}?",
        scenario=fixed.scenario,
        called=called,
        vary=tuple(found.vary),
        sampler=sampler,
        points=SAMPLERS[sampler].usual if points is None else points,
        worlds=worlds,
        seed=seed,
        outcomes=tuple(dict.fromkeys(outcomes)) or tuple(scenario.outcomes),
        until=until,
        thresholds=dict(thresholds or {}),
        fixed=fixed.values,
    )
    if found.faults:
        raise ScenarioError(found.faults)
    return Read(_sound(plan), tuple(found.warnings))


def plan_of_points(
    called: str, scenario: Scenario, points: Points, asked: Sequence[VaryRequest] = ()
) -> Read:
    """The plan of a sweep over points that are given, in the usual number of worlds.

    Args:
        called: How the scenario was asked for.
        scenario: As it is loaded.
        points: A file, or a table, with a column an address and a row a point.
        asked: What is set to one value at all of them, by `typed_request`.

    Raises:
        ScenarioError: something is wrong; it holds all faults, those of points with their line.
    """
    fixed = Fixed.of(asked, scenario)
    given = given_points(points, fixed.scenario)
    if faults := fixed.clashes(given.vary):
        raise ScenarioError(faults)
    stem = "points" if isinstance(points, pd.DataFrame) else Path(points).stem
    plan = Plan(
        name=fit_for_a_folder([scenario.name, stem]),
        title=f"{scenario.title}: the points of {stem}",
        question=f"What follows from {_listed([vary.address for vary in given.vary])}?",
        scenario=fixed.scenario,
        called=called,
        vary=(),
        sampler="given",
        points=0,
        worlds=USUAL_WORLDS,
        seed=0,
        outcomes=tuple(scenario.outcomes),
        fixed=fixed.values,
    )
    read = given.in_place_of_those(plan)
    return replace(read, plan=_sound(read.plan))


def changed(
    plan: Plan,
    *,
    points: int | None = None,
    worlds: int | None = None,
    seed: int | None = None,
    outcomes: Sequence[str] = (),
    until: Until | None = None,
    thresholds: Mapping[str, float] | None = None,
) -> Plan:
    """The plan with what is given in place of its own, checked.

    Fewer outcomes leave out the thresholds and boxes of the others. Thresholds are added to those
    that are there.

    Raises:
        ScenarioError: something is wrong; it holds all faults, placed as they were typed.
    """
    reported = tuple(dict.fromkeys(outcomes)) or plan.outcomes
    favoured = plan.favoured
    plan = replace(
        plan,
        points=plan.points if points is None else points,
        worlds=plan.worlds if worlds is None else worlds,
        seed=plan.seed if seed is None else seed,
        outcomes=reported,
        until=until or plan.until,
        thresholds={k: v for k, v in plan.thresholds.items() if k in reported}
        | dict(thresholds or {}),
        favoured=favoured if favoured and favoured.outcome in reported else None,
    )
    return _sound(plan)


def name_of(scenario: Scenario, asked: Sequence[VaryRequest]) -> str:
    """The scenario's name and what is varied, fit for a folder: `haniyeh_2024-RUS.israel_ties`."""
    told = [one.address.replace("*", "all") for one in asked[:NAMED]]
    more = [f"and_{len(asked) - NAMED}_more"] if len(asked) > NAMED else []
    return fit_for_a_folder([scenario.name, *told, *more])


def fit_for_a_folder(parts: Iterable[str]) -> str:
    """Parts of a name, as the name of a folder."""
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "-", "-".join(parts))
    return plain[:LONGEST_NAME].strip("-.") or "sweep"


def _listed(addresses: Sequence[str]) -> str:
    *others, last = addresses or ["nothing"]
    return f"{', '.join(others)} and {last}" if others else last


def _sound(plan: Plan) -> Plan:
    """The plan, if nothing is wrong with its numbers and outcomes."""
    known = plan.scenario.outcomes
    faults = [
        unknown(Place(f"--outcome {name}"), "outcome", name, known)
        for name in plan.outcomes
        if name not in known
    ]
    faults += faults_of_plan(plan, lambda key: Place(_as_typed(key, plan)))
    if faults:
        raise ScenarioError(faults)
    return plan


def _as_typed(key: str, plan: Plan) -> str:
    """The option that says it: `--points 3`."""
    match key:
        case "points" | "worlds" | "seed":
            return f"--{key} {getattr(plan, key)}"
        case "until" if plan.until:
            return f"--until {number(plan.until.width)}"
        case "vary":
            return "--set"
        case _:
            return f"--{key.removesuffix('s')}"


# ── Values that are set once for all ─────────────────────────────────────────────────


@dataclass(frozen=True)
class Fixed:
    """A scenario with some values set, and who asked for each."""

    scenario: Scenario
    asked: Mapping[str, VaryRequest]

    @classmethod
    def of(cls, asked: Iterable[VaryRequest], scenario: Scenario) -> "Fixed":
        """The scenario with what is asked to be one value; of an address the last counts.

        Raises:
            ScenarioError: an address is wrong, or a value out of its range; it holds all faults.
        """
        faults: list[Fault] = []
        by_address = {
            address: one
            for one in asked
            if one.is_fixed
            for address in addresses_of(one, scenario, faults)
        }
        known = vocabulary_of(scenario).parameters
        for address, one in by_address.items():
            faults += beyond_range(known[address], one.values[0], one.value_place)
        if faults:
            raise ScenarioError(faults)
        bare = cls(scenario, by_address)
        return replace(bare, scenario=scenario.with_parameters(bare.values))

    @property
    def values(self) -> dict[str, float]:
        """Address → the value that was set."""
        return {address: one.values[0] for address, one in self.asked.items()}

    def clashes(self, vary: Iterable[Vary]) -> list[Fault]:
        """What is set and varied at once."""
        varied = {name for one in vary for name in (one.address, mirrored(one.address))}
        return [
            Fault(one.place, f"{address} is set to one value, and varied as well")
            for address, one in self.asked.items()
            if address in varied
        ]


# ── The command that does a plan again ───────────────────────────────────────────────


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

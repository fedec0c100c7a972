"""What a study is to do, all of it, and what can be wrong with it.

Two studies with equal plans have equal results.
"""

import itertools
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from realpolitik.sim.experiments.bounds import MOST_WORLDS, MOST_WORLDS_IN_ALL
from realpolitik.sim.experiments.samplers import SAMPLERS
from realpolitik.sim.scenario.errors import ROUNDING, Fault, Place, number
from realpolitik.sim.scenario.schema import Scenario, nothing_measured

Side = Literal["above", "below"]


@dataclass(frozen=True)
class Vary:
    """A parameter that is varied: from low to high, or over the levels that are given.

    Attributes:
        address: Such as `RUS.israel_ties`.
        low: Least value.
        high: Greatest value.
        values: The levels, in ascending order, where they are given outright; then `low` and
            `high` are the first and the last of them.
        integral: Whether it takes whole numbers only.
    """

    address: str
    low: float
    high: float
    values: tuple[float, ...] = ()
    integral: bool = False


@dataclass(frozen=True)
class Until:
    """When a point has worlds enough: once the interval of an outcome is narrow enough.

    Attributes:
        outcome: The outcome looked at.
        width: Width that the 95 % interval must reach, from end to end, in the outcome's unit.
        most: Worlds at which a point is left as it is.
    """

    outcome: str
    width: float
    most: int


@dataclass(frozen=True)
class Favoured:
    """The case that is looked for in boxes: points where an outcome lies beyond a level."""

    outcome: str
    side: Side
    level: float


@dataclass(frozen=True)
class Plan:
    """What is run, at which points, in how many worlds, and what is asked of it.

    Attributes:
        name: Name of the study: the stem of its file, or made of what is varied.
        title: What it is called.
        question: The question it answers.
        scenario: The scenario, with all its parameters.
        called: How the scenario was asked for: its name or the path of its file.
        vary: What is varied, in the order of the file.
        sampler: How points are chosen: a name of SAMPLERS.
        points: Levels an address (`grid`, `one_at_a_time`), points in all (`latin_hypercube`),
            base points (`sobol`, a power of two), trajectories (`morris`) or rows (`given`).
        worlds: Worlds at each point; with `until`, the first of them.
        seed: Seed of the worlds, the same at every point, and of the design.
        outcomes: Outcomes of the scenario that are reported.
        until: When a point has worlds enough; none: after `worlds`.
        thresholds: Outcome → level whose crossing is looked for.
        favoured: What boxes are looked for; none: no boxes.
        rows: The points themselves where the sampler is `given`: a value for each of `vary`.
        points_file: How the file of these points was asked for; empty: a table was given.
        fixed: Values of `scenario` that were typed, and do not stand in its file.
        file: How the study file was asked for; empty: there is none, it was all typed.
    """

    name: str
    title: str
    question: str
    scenario: Scenario
    called: str
    vary: tuple[Vary, ...]
    sampler: str
    points: int
    worlds: int
    seed: int
    outcomes: tuple[str, ...]
    until: Until | None = None
    thresholds: dict[str, float] = field(default_factory=dict)
    favoured: Favoured | None = None
    rows: tuple[tuple[float, ...], ...] = ()
    points_file: str = field(default="", compare=False)
    fixed: dict[str, float] = field(default_factory=dict, compare=False)
    file: str = field(default="", compare=False)


@dataclass(frozen=True)
class Read:
    """A plan, and what is unusual in it, a line each.

    Attributes:
        plan: Of the only scenario, or of the first.
        warnings: What is unusual.
        others: The same plan for each further scenario of the study.
    """

    plan: Plan
    warnings: tuple[str, ...] = ()
    others: tuple[Plan, ...] = ()

    @property
    def plans(self) -> tuple[Plan, ...]:
        """A plan for each scenario."""
        return (self.plan, *self.others)


# ── Levels of a parameter ────────────────────────────────────────────────────────────


DIGITS = 8  # of a step that somebody would write
VAST = 10**12  # from here on digits say less than the order of magnitude


def clean(value: float) -> float:
    """The number without the rounding of sums: 0.92, not 0.9199999999999999."""
    return float(number(value))


def stepped(low: float, high: float, step: float) -> tuple[float, ...]:
    """The levels a, a + step, … up to the last that is not above b: 0, 0.1, 0.2, 0.3."""
    first, distance = Decimal(repr(low)), Decimal(repr(step))
    return tuple(float(first + k * distance) for k in range(count(low, high, step)))


def reaches(low: float, high: float, step: float) -> bool:
    """Whether steps from the low end come to the high end."""
    steps = (high - low) / step
    return abs(steps - round(steps)) <= ROUNDING


def steps_beside(low: float, high: float, step: float) -> tuple[float, float]:
    """The nearest smaller and greater step that reach the high end, as short decimal numbers.

    The step lies below the width of the range, and does not reach itself.
    """
    width = Decimal(repr(high)) - Decimal(repr(low))
    fewest = count(low, high, step) - 1
    more = next(k for k in itertools.count(fewest + 1) if _divides(k, width))
    fewer = next(k for k in range(fewest, 0, -1) if _divides(k, width))
    return float(width / more), float(width / fewer)


def _divides(times: int, width: Decimal) -> bool:
    """Whether so many steps make the width, and the step has no more digits than are written."""
    step = width / times
    digits = len(step.normalize().as_tuple().digits)
    return step * times == width and digits <= max(DIGITS, len(width.as_tuple().digits))


def count(low: float, high: float, step: float) -> int:
    """How many levels those are, told without making them."""
    return int(min((high - low) / step + ROUNDING, sys.maxsize)) + 1


def amount(value: int) -> str:
    """The number as a person would say it: 1,200, and 6.7e+20."""
    return f"{value:,}" if value < VAST else f"{Decimal(value):.1e}"


def levels(vary: Vary, points: int) -> tuple[float, ...]:
    """Its levels, in ascending order: those that are given, or so many at equal distances.

    Of whole numbers those next to them, each once.
    """
    if vary.values:
        return vary.values
    low, high = Decimal(repr(vary.low)), Decimal(repr(vary.high))
    found = (clean(float(low + (high - low) * k / (points - 1))) for k in range(points))
    return tuple(dict.fromkeys(map(round, found)) if vary.integral else found)


# ── Numbers that do not fit each other ───────────────────────────────────────────────


FEWEST_POINTS = 2
USUAL_WORLDS = 400
MOST_POINTS = 1_000_000

Where = Callable[[str], Place]


def size_of(sampler: str, points: int, vary: Sequence[Vary]) -> int:
    """How many points a design has, or the most that it may have."""
    return SAMPLERS[sampler].size(points, [len(one.values) or points for one in vary])


def faults_of_plan(plan: Plan, where: Where) -> Iterator[Fault]:
    """What is wrong with a plan; `where` is the place of each of its settings, by name."""
    if not plan.scenario.outcomes:
        yield nothing_measured(plan.called)
        return
    yield from _points(plan, where)
    yield from _worlds(plan, where("worlds"))
    if plan.seed < 0:
        yield Fault(where("seed"), f"seed is {plan.seed}", "a whole number from 0 on")
    yield from _until(plan, where)
    named = {"thresholds": plan.thresholds}
    if plan.favoured:
        named["favoured"] = {plan.favoured.outcome: plan.favoured.level}
    for key, levels in named.items():
        for outcome, level in levels.items():
            yield from _level(plan, key, outcome, level, where)


def _points(plan: Plan, where: Where) -> Iterator[Fault]:
    place, sampler, points = where("points"), plan.sampler, plan.points
    if not plan.vary:
        yield Fault(where("vary"), "nothing is varied", "an address or a glob")
        return
    if points < FEWEST_POINTS and sampler != "given":
        yield Fault(place, f"points is {points}", f"a whole number from {FEWEST_POINTS} on")
    elif SAMPLERS[sampler].doubles and points & (points - 1):
        below = 2 ** (points.bit_length() - 1)
        wanted = f"a power of two, such as {below} or {2 * below}"
        yield Fault(place, f"a {sampler} design of {points} base points", wanted)
    elif (size := size_of(sampler, points, plan.vary)) > MOST_POINTS:
        problem = f"the {sampler} design has {amount(size)} points"
        yield Fault(where("vary"), problem, f"at most {MOST_POINTS:,}")


def _worlds(plan: Plan, place: Place) -> Iterator[Fault]:
    worlds = plan.worlds
    if not 1 <= worlds <= MOST_WORLDS:
        problem = f"worlds is {worlds:,}"
        yield Fault(place, problem, f"a whole number from 1 to {MOST_WORLDS:,}")
        return
    points = size_of(plan.sampler, plan.points, plan.vary)
    if points <= MOST_POINTS and points * worlds > MOST_WORLDS_IN_ALL:
        problem = f"{points:,} points of {worlds:,} worlds are {points * worlds:,} worlds"
        yield Fault(place, problem, f"at most {MOST_WORLDS_IN_ALL:,} in all")


def _until(plan: Plan, where: Where) -> Iterator[Fault]:
    until = plan.until
    if until is None:
        return
    place = where("until")
    if until.outcome not in plan.outcomes:
        yield _unreported(place, until.outcome, plan)
    if not (math.isfinite(until.width) and until.width > 0):
        yield Fault(place, f"the width is {number(until.width)}", "a number above 0")
    if not plan.worlds <= until.most <= MOST_WORLDS:
        problem = f"most is {until.most:,} worlds, and the first {plan.worlds:,} are run anyway"
        yield Fault(place, problem, f"a number from {plan.worlds:,} to {MOST_WORLDS:,}")


def _level(plan: Plan, key: str, outcome: str, level: float, where: Where) -> Iterator[Fault]:
    if outcome not in plan.outcomes:
        yield _unreported(where(key), outcome, plan)
    elif not math.isfinite(level):
        yield Fault(where(key), f"the level of {outcome} is {level}", "a finite number")
    elif _scale(plan.scenario, outcome) == "share" and not 0 < level < 1:
        problem = f"the level of {outcome} is {number(level)}"
        yield Fault(where(key), problem, "a number between 0 and 1, as it is a share of worlds")


def _scale(scenario: Scenario, outcome: str) -> str:
    measure = scenario.outcomes.get(outcome)
    return measure.scale if measure else ""


def _unreported(place: Place, outcome: str, plan: Plan) -> Fault:
    what = "reported by the study" if outcome in plan.scenario.outcomes else "in the scenario"
    problem = f"the outcome {outcome!r} is not {what}"
    return Fault(place, problem, "", outcome, plan.outcomes)

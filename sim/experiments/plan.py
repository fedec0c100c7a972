"""What a study is to do, all of it: two studies with equal plans have equal results."""

from dataclasses import dataclass, field
from typing import Literal

from realpolitik.sim.scenario.schema import Scenario

Sampler = Literal["grid", "latin_hypercube", "sobol", "morris", "one_at_a_time", "given"]
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
    """

    address: str
    low: float
    high: float
    values: tuple[float, ...] = ()


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
        sampler: How points are chosen.
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
    sampler: Sampler
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

"""What is measured, in which setting, and what a calibrated model must show of it."""

import re
from dataclasses import dataclass, field
from typing import Literal

from realpolitik.sim.scenario.schema import Scenario

Statistic = Literal["share", "mean", "quantile"]
Ground = Literal["judgement", "judgement around a record", "record"]


@dataclass(frozen=True)
class Case:
    """A scenario, with the parameters that are given beside it whatever else is varied.

    Attributes:
        called: How the scenario is asked for: its name or the path of its file.
        scenario: The scenario, with those parameters.
        given: Address → value of those parameters.
    """

    called: str
    scenario: Scenario
    given: dict[str, float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What its folder is called: `no_shock`, `haniyeh_2024-RUS.israel_ties-0`."""
        told = [self.called, *(f"{key}={value:g}" for key, value in self.given.items())]
        return re.sub(r"[^A-Za-z0-9_.]+", "-", "-".join(told)).strip("-.")


@dataclass(frozen=True)
class Gauge:
    """A number that is read off the worlds of one case.

    Attributes:
        case: The setting.
        outcome: An outcome of its scenario.
        statistic: The share of worlds, the mean over worlds, or a quantile of the worlds that have
            a value.
        level: Of a quantile: which, between 0 and 1.
        above: Of a share: worlds in which the outcome is above this; none: in which it is 1.
        at_least: Of a share: worlds in which the outcome is at least this.
        given: Only worlds are looked at in which this outcome is 1; empty: all.
    """

    case: Case
    outcome: str
    statistic: Statistic
    level: float = 0.5
    above: float | None = None
    at_least: float | None = None
    given: str = ""

    @property
    def scale(self) -> str:
        """The scale of the outcome."""
        return self.case.scenario.outcomes[self.outcome].scale

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What must be known of each world."""
        return (self.outcome, self.given) if self.given else (self.outcome,)


@dataclass(frozen=True)
class Record:
    """The cases that a target rests on.

    Attributes:
        cases: How many there are.
        hits: In how many of them it happened; none where it is no share.
        error: Standard error of what the record says, where it is no share.
    """

    cases: int
    hits: int | None = None
    error: float = 0.0


@dataclass(frozen=True)
class Pattern:
    """Something that a calibrated model must show.

    Attributes:
        id: Its name.
        says: What it says, in a sentence.
        gauge: The number that is measured.
        low: Least value at which the pattern holds.
        high: Greatest value at which it holds.
        ground: Whether the ends of the interval are a judgement, one with a record at hand, or
            what a record says.
        source: Where it is from.
        record_says: What the record says; empty of a judgement without one.
        record: The cases of the record; none of a judgement, or where their number is not known.
        discrepancy: How far the model may be off (standard deviation).
    """

    id: str
    says: str
    gauge: Gauge
    low: float
    high: float
    ground: Ground
    source: str
    record_says: str = ""
    record: Record | None = None
    discrepancy: float = 0.0


@dataclass(frozen=True)
class Finding:
    """A headline finding: on which side of a level a number lies, or the difference of two.

    Attributes:
        id: Its name.
        says: What it says, in a sentence.
        gauge: The number that is measured.
        than: The setting whose number is taken off it, world by world; none: nothing is.
        above: Whether it should lie above the level, or below.
        level: The level.
    """

    id: str
    says: str
    gauge: Gauge
    than: Gauge | None
    above: bool
    level: float

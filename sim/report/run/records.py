"""The manifest of a run, read into records: what was asked, and what came out."""

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from realpolitik.sim.formatting.names import Names, heading_of
from realpolitik.sim.stats.intervals import wilson

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Interval:
    """A value with its 95 % interval; NaN where there is none."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class BaseRate:
    """What the record of past crises says; `n` is 0 where it names no number of cases."""

    value: float
    n: int
    unit: str
    source: str
    statement: str

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of a share, from the number of cases; NaN without."""
        low, high = wilson(self.value, self.n if self.unit == "share" else 0)
        return float(low), float(high)


@dataclass(frozen=True)
class Outcome:
    """One outcome over all worlds. Fields of the measure that it lacks are empty."""

    name: str
    label: str
    scale: str
    measure: str
    by: str
    on: str
    action: str
    average: Interval
    median: float
    q05: float
    q95: float
    n: int
    worlds: int
    base_rate: BaseRate | None
    shares: Mapping[str, Interval]

    @property
    def seen(self) -> bool:
        """Whether any world has a value."""
        return self.n > 0 and math.isfinite(self.average.mean)

    @property
    def pair(self) -> tuple[str, str]:
        """Who, and toward whom."""
        return self.by, self.on


@dataclass(frozen=True)
class Shock:
    """Something that the scenario does to the worlds."""

    label: str
    kind: str
    week: int
    felt_week: int
    when: str
    date: str
    note: str
    source: str
    probability: float


@dataclass(frozen=True)
class Run:
    """All that a report is made of."""

    manifest: Json
    names: Names
    outcomes: tuple[Outcome, ...]
    shocks: tuple[Shock, ...]
    runs: pd.DataFrame
    weeks: pd.DataFrame
    events: pd.DataFrame
    acts: pd.DataFrame

    @property
    def scenario(self) -> Json:
        """The scenario's part of the manifest."""
        scenario: Json = self.manifest["scenario"]
        return scenario

    @property
    def worlds(self) -> int:
        """Number of worlds."""
        return int(self.manifest["worlds"])

    @property
    def horizon(self) -> int:
        """Number of weeks."""
        return int(self.scenario["weeks"])

    @property
    def start(self) -> datetime.date:
        """First day of week 1."""
        return datetime.date.fromisoformat(str(self.scenario["start"]))

    def having(self, *measures: str) -> list[Outcome]:
        """The outcomes of these measures, in the scenario's order."""
        return [outcome for outcome in self.outcomes if outcome.measure in measures]

    def weekly(self, measure: str) -> pd.DataFrame:
        """The rows of one measure by week, without weeks that have no value."""
        rows = self.weeks[self.weeks["measure"] == measure]
        return rows.dropna(subset=["mean"]).sort_values("week")


def value(found: object) -> float:
    """A number, or NaN for null."""
    return float(found) if isinstance(found, (int, float)) else math.nan


def text(found: object) -> str:
    """A text, empty for null."""
    return "" if found is None else str(found)


def read_interval(found: Json) -> Interval:
    """A mean with its interval."""
    return Interval(
        value(found.get("mean", found.get("share"))), value(found["low"]), value(found["high"])
    )


def read_base_rate(found: Json | None) -> BaseRate | None:
    """A base rate, or None."""
    if not found or not math.isfinite(value(found.get("value"))):
        return None
    return BaseRate(
        value=value(found["value"]),
        n=int(found.get("n") or 0),
        unit=text(found.get("unit")),
        source=text(found.get("source")),
        statement=text(found.get("statement")),
    )


def read_average(found: Json, weeks: int) -> Interval:
    """The mean of an outcome, with its interval.

    Runs of earlier versions left out of a mean of weeks those that never came: they say no `came`.
    """
    average = read_interval(found)
    if found["scale"] != "weeks" or "came" in found:
        return average
    n, worlds = int(found["n"]), int(found["worlds"])
    total = (n * average.mean if n else 0.0) + (worlds - n) * weeks
    return Interval(total / worlds, math.nan, math.nan)


def read_outcome(found: Json, weeks: int) -> Outcome:
    """An outcome of a run of so many weeks."""
    shares: Mapping[str, Json] = found.get("shares") or {}
    return Outcome(
        name=text(found["name"]),
        label=text(found.get("label")) or heading_of(text(found["name"]), ()),
        scale=text(found["scale"]),
        measure=text(found["measure"]),
        by=text(found.get("by")),
        on=text(found.get("target") or found.get("on") or found.get("to") or found.get("toward")),
        action=text(found.get("action")),
        average=read_average(found, weeks),
        median=value(found.get("median")),
        q05=value(found.get("q05")),
        q95=value(found.get("q95")),
        n=int(found["n"]),
        worlds=int(found["worlds"]),
        base_rate=read_base_rate(found.get("base_rate")),
        shares={name: read_interval(share) for name, share in shares.items()},
    )


def read_shocks(scenario: Json) -> tuple[Shock, ...]:
    """The shocks, called by their names in the scenario's own spelling."""
    found = scenario.get("shocks") or []
    spelling = [*(text(shock.get("note")) for shock in found), text(scenario.get("question"))]
    return tuple(
        Shock(
            label=heading_of(text(shock["id"]), spelling),
            kind=text(shock.get("kind")).replace("_", " "),
            week=int(shock.get("week") or 0),
            felt_week=int(shock.get("felt_week") or shock.get("week") or 0),
            when=text(shock.get("when")),
            date=text(shock.get("date")),
            note=text(shock.get("note")),
            source=text(shock.get("source")),
            probability=value(shock.get("probability", 1.0)),
        )
        for shock in found
    )

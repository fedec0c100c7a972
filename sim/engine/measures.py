"""Measures: what is read off a world, from general terms that hold for any actors.

A scenario declares its outcomes from them. A value is a number a world, NaN where there is none
(a week that never came).
"""

from abc import abstractmethod
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from realpolitik.sim.engine.actions import (
    DIRECT,
    MAJOR,
    ActionName,
    ActorCode,
    DealId,
    NameOf,
    number_of,
)
from realpolitik.sim.engine.history import History
from realpolitik.sim.engine.world import Array, everywhere

BaseRateId = Annotated[str, NameOf("base rate")]


class Measure(BaseModel):
    """A number a world.

    `scale` says how to read it: share (0 or 1 a world), weeks (NaN: never), grade, rung, number,
    or alignment (−1 to 1).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    scale: ClassVar[str]

    measure: str
    label: str = Field("", description="How to call it in charts and tables")
    base_rate: BaseRateId | None = Field(None, description="A base rate of the record beside it")

    @abstractmethod
    def value(self, history: History) -> Array:
        """The value so far, (W,)."""


class Act(Measure):
    """Whether one actor did a named act toward another."""

    scale = "share"
    measure: Literal["act"]
    action: ActionName
    by: ActorCode
    target: ActorCode

    def value(self, history: History) -> Array:
        """1 where it did."""
        return _done(first_week(history, (self.action,), self.by, self.target))


class DirectStrike(Measure):
    """Whether one actor made a limited or major strike on another."""

    scale = "share"
    measure: Literal["direct_strike"]
    by: ActorCode
    target: ActorCode

    def value(self, history: History) -> Array:
        """1 where it did."""
        return _done(first_week(history, DIRECT, self.by, self.target))


class MajorStrike(Measure):
    """Whether one actor made a major strike on another."""

    scale = "share"
    measure: Literal["major_strike"]
    by: ActorCode
    target: ActorCode

    def value(self, history: History) -> Array:
        """1 where it did."""
        return _done(first_week(history, MAJOR, self.by, self.target))


class WeeksTo(Measure):
    """Week of the first act, or of the first direct strike if no act is named."""

    scale = "weeks"
    measure: Literal["weeks_to"]
    action: ActionName | Literal["direct_strike"] = "direct_strike"
    by: ActorCode
    target: ActorCode

    def value(self, history: History) -> Array:
        """The week, from 1; NaN where it never came."""
        actions = DIRECT if self.action == "direct_strike" else (self.action,)
        return _or_never(first_week(history, actions, self.by, self.target))


class FullScaleWar(Measure):
    """Whether any dyad came to full-scale war."""

    scale = "share"
    measure: Literal["full_scale_war"]

    def value(self, history: History) -> Array:
        """1 where one did."""
        return history.war.astype(np.float64)


class RegionalWar(Measure):
    """Whether four actors or more were in direct strikes within two weeks."""

    scale = "share"
    measure: Literal["regional_war"]

    def value(self, history: History) -> Array:
        """1 where they were."""
        return history.regional.astype(np.float64)


class GreatPowerClash(Measure):
    """Whether two great powers clashed."""

    scale = "share"
    measure: Literal["great_power_clash"]

    def value(self, history: History) -> Array:
        """1 where they did."""
        return history.clash.astype(np.float64)


class ThirdPartyEntry(Measure):
    """Whether an actor struck directly one of two others in full-scale war with each other."""

    scale = "share"
    measure: Literal["third_party_entry"]

    def value(self, history: History) -> Array:
        """1 where one did."""
        return history.entry.astype(np.float64)


class HighestRung(Measure):
    """Highest rung of any dyad in any week."""

    scale = "rung"
    measure: Literal["highest_rung"]

    def value(self, history: History) -> Array:
        """0 to 10."""
        return history.highest.copy()


class CivilianDeaths(Measure):
    """Civilian deaths on the soil of one actor."""

    scale = "number"
    measure: Literal["civilian_deaths"]
    target: ActorCode

    def value(self, history: History) -> Array:
        """Deaths, at least 0."""
        return history.world.casualties[:, history.world.index[self.target]].copy()


class HelpGrade(Measure):
    """Highest grade of help one actor gave another, 0 (none) to 6 (own force)."""

    scale = "grade"
    measure: Literal["help_grade"]
    by: ActorCode
    to: ActorCode

    def value(self, history: History) -> Array:
        """0 to 6."""
        return history.help[everywhere(*_pair(history, self.by, self.to))].copy()


class _Alignment(Measure):
    scale = "alignment"
    by: ActorCode
    toward: ActorCode

    def _mean(self, history: History, total: Array) -> Array:
        scores = total[everywhere(*_pair(history, self.by, self.toward))]
        mean: Array = scores / np.maximum(history.weeks, 1)
        return mean


class PublicAlignment(_Alignment):
    """How far the words of one actor side with another, as a mean over the weeks."""

    measure: Literal["public_alignment"]

    def value(self, history: History) -> Array:
        """−1 to 1."""
        return self._mean(history, history.public)


class MaterialAlignment(_Alignment):
    """How far the arms and force of one actor side with another, as a mean over the weeks."""

    measure: Literal["material_alignment"]

    def value(self, history: History) -> Array:
        """−1 to 1."""
        return self._mean(history, history.material)


class SayDoGap(_Alignment):
    """Public minus material alignment."""

    measure: Literal["say_do_gap"]

    def value(self, history: History) -> Array:
        """−2 to 2."""
        return self._mean(history, history.public - history.material)


class Deals(Measure):
    """How often a deal was struck."""

    scale = "number"
    measure: Literal["deals"]
    deal: DealId

    def value(self, history: History) -> Array:
        """At least 0."""
        return history.deals[:, history.world.number_of_deal(self.deal)].copy()


class WeeksToEndOfWar(Measure):
    """First week without full-scale war after one with."""

    scale = "weeks"
    measure: Literal["weeks_to_end_of_war"]

    def value(self, history: History) -> Array:
        """The week; NaN where it never came."""
        return _or_never(history.war_ended_in)


class WeeksToDeescalation(Measure):
    """Week that ends the first four calm weeks in a row."""

    scale = "weeks"
    measure: Literal["weeks_to_deescalation"]

    def value(self, history: History) -> Array:
        """The week; NaN where it never came."""
        return _or_never(history.calm_in)


MEASURES: dict[str, type[Measure]] = {
    "act": Act,
    "direct_strike": DirectStrike,
    "major_strike": MajorStrike,
    "weeks_to": WeeksTo,
    "full_scale_war": FullScaleWar,
    "regional_war": RegionalWar,
    "great_power_clash": GreatPowerClash,
    "third_party_entry": ThirdPartyEntry,
    "weeks_to_end_of_war": WeeksToEndOfWar,
    "highest_rung": HighestRung,
    "civilian_deaths": CivilianDeaths,
    "help_grade": HelpGrade,
    "public_alignment": PublicAlignment,
    "material_alignment": MaterialAlignment,
    "say_do_gap": SayDoGap,
    "deals": Deals,
    "weeks_to_deescalation": WeeksToDeescalation,
}


def first_week(history: History, actions: tuple[str, ...], by: str, on: str) -> Array:
    """Week of the first of the acts by one actor on another, 0 where none came: (W,)."""
    one, other = _pair(history, by, on)
    weeks = [history.first[everywhere(one, other, number_of(action))] for action in actions]
    first = weeks[0]
    for week in weeks[1:]:
        first = np.where((week > 0) & ((week < first) | (first == 0)), week, first)
    return first.astype(np.float64)


def _pair(history: History, one: str, other: str) -> tuple[int, int]:
    return history.world.index[one], history.world.index[other]


def _done(week: Array) -> Array:
    return (week > 0).astype(np.float64)


def _or_never(week: Array) -> Array:
    return np.where(week > 0, week, np.nan)

"""What every shock is: when it happens, in which worlds, and how it changes a quantity.

A third party adds a kind by a class like those beside this module and an entry point of the group
`realpolitik.shocks`.
"""

import datetime
import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, NamedTuple, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from realpolitik.sim.engine.actions import OutcomeName
from realpolitik.sim.engine.parameters import Parameter, Value
from realpolitik.sim.engine.world import SYMMETRIC, Array, Mask, World, everywhere

NEVER = -1_000  # the week of something that has not happened

Share = Annotated[float, Field(ge=0, le=1)]
Change = Annotated[float, Field(ge=-1, le=1)]

MOST_DEATHS = 100_000
FAMILY = "shock"  # first part of the addresses of numbers of shocks: `shock.ID.FIELD`
RANGE = re.compile(r"\s*\[[^]]*\]$")  # at the end of what is said of a field


class Span(NamedTuple):
    """Least and greatest value of a field, and whether it takes whole numbers only."""

    low: float
    high: float
    integral: bool


class When(BaseModel):
    """A condition on an outcome of the scenario, and how long after it the shock follows.

    It holds in a world from the first week after which the outcome is at least, or at most, the
    given number; an outcome that never came holds for neither.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    outcome: OutcomeName = Field(description="The name of an outcome of the scenario")
    at_least: float | None = Field(None, description="Holds from this value on; 1 if none is given")
    at_most: float | None = Field(None, description="Holds down from this value")
    delay_weeks: int = Field(1, ge=1, le=520, description="Weeks from the condition to the shock")

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if self.at_least is not None and self.at_most is not None:
            raise ValueError("a condition has either at_least or at_most")
        return self

    def describe(self) -> str:
        """The condition in words."""
        bound = "at least" if self.at_most is None else "at most"
        least = 1 if self.at_least is None else self.at_least
        value = least if self.at_most is None else self.at_most
        weeks = "1 week" if self.delay_weeks == 1 else f"{self.delay_weeks} weeks"
        return f"{weeks} after {self.outcome} is {bound} {value:g}"

    def holds(self, values: Array) -> Mask:
        """Where the condition holds, given the outcome in each world: (W,)."""
        if self.at_most is not None:
            return np.asarray(values <= self.at_most)
        return np.asarray(values >= (1 if self.at_least is None else self.at_least))


class Shock(BaseModel):
    """Something that happens in a given week or on a condition, for sure or with a probability.

    Subclasses give `kind`, their fields and `apply`. Every number declared with a range can be set,
    and may then be one a world, (W,): see `as_set`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    kind: str
    id: str = Field(description="Name of the shock, once in a scenario", min_length=1)
    week: int | None = Field(None, ge=1, description="Week of the scenario, from 1")
    date: datetime.date | None = Field(None, description="Day; the week is worked out from it")
    when: When | None = Field(None, description="Condition, instead of a week or a date")
    probability: Share = Field(1.0, description="Share of worlds in which it happens [0-1]")
    note: str = Field("", description="What happened, in a sentence")
    source: str = Field("", description="Where that is known from")

    @model_validator(mode="after")
    def _timed_once(self) -> Self:
        if sum(time is not None for time in (self.week, self.date, self.when)) != 1:
            raise ValueError("a shock needs just one of week, date and when")
        return self

    @property
    def lag_weeks(self) -> int:
        """Weeks from the shock being seen to its taking effect."""
        return 0

    def seen_in_week(self, start: datetime.date) -> int | None:
        """Week in which the world sees it, from 1; None if it hangs on a condition."""
        if self.date is not None:
            return (self.date - start).days // 7 + 1
        return self.week

    def felt_in_week(self, start: datetime.date) -> int | None:
        """Week in which it takes effect; None if it hangs on a condition."""
        seen = self.seen_in_week(start)
        return None if seen is None else seen + self.lag_weeks

    def happens(self, draw: Array) -> Mask:
        """Worlds in which it happens, given one uniform number a world: (W,)."""
        happens: Mask = draw < self.probability
        return happens

    def spans(self, weeks: int) -> dict[str, Span]:
        """Field → its range, of the numbers that are declared with one and of its week or delay.

        `weeks` is the horizon of the scenario, the last that a week or a delay may be.
        """
        timing = "delay_weeks" if self.when else "week"
        return {**_declared(type(self)), timing: Span(1, weeks, integral=True)}

    def parameters(self, start: datetime.date, weeks: int) -> tuple[Parameter, ...]:
        """The numbers that it gives, in a scenario that begins on that day and lasts so long.

        Its own value always lies within the range.
        """
        given = dict(self) | dict(self.when or ()) | {"week": self.seen_in_week(start)}
        fields = type(self).model_fields | When.model_fields
        return tuple(
            Parameter(
                f"{FAMILY}.{self.id}.{name}",
                float(given[name]),
                min(span.low, given[name]),
                max(span.high, given[name]),
                "stands in the scenario",
                f"{RANGE.sub('', fields[name].description or name)} ({self.id})",
                "week" if name == "week" or name.endswith("_weeks") else "1",
                integral=span.integral,
            )
            for name, span in self.spans(weeks).items()
            if given[name] is not None
        )

    def as_set(self, settings: Mapping[str, Value]) -> Self:
        """The same with what is set for its numbers: address → a number, or one a world (W,).

        With a week it has no date.
        """
        given: dict[str, object] = {}
        for name, span in self.spans(0).items():
            value = settings.get(f"{FAMILY}.{self.id}.{name}")
            if value is not None:
                given[name] = int(value) if span.integral and np.ndim(value) == 0 else value
        if self.when and "delay_weeks" in given:
            given["when"] = self.when.model_copy(update={"delay_weeks": given.pop("delay_weeks")})
        return self.model_copy(update=given | ({"date": None} if "week" in given else {}))

    @abstractmethod
    def apply(self, world: World, where: Mask) -> None:
        """Changes the worlds marked in `where` (W,)."""


@cache
def _declared(kind: type[Shock]) -> dict[str, Span]:
    """Field → its range, of the numbers of a kind that are declared with both ends of one."""
    fields = kind.model_json_schema()["properties"]
    return {
        name: Span(one["minimum"], one["maximum"], one["type"] == "integer")
        for name, field in fields.items()
        for one in field.get("anyOf", [field])
        if {"minimum", "maximum"} <= one.keys()
    }


class Trigger:
    """Waits in each world for the condition of a shock."""

    def __init__(self, when: When, lag_weeks: int, worlds: int) -> None:
        """Has not seen the condition yet in any world."""
        self.when = when
        self._wait = when.delay_weeks + lag_weeks
        self._met_in = np.full(worlds, NEVER)

    def due(self, values: Array, week: int) -> Mask:
        """Worlds (W,) in which the shock falls into this week.

        `values` is the outcome after the week before; the first week after which it meets the
        condition counts, whatever comes later.
        """
        newly = self.when.holds(values) & (self._met_in == NEVER)
        self._met_in[newly] = week - 1
        return np.asarray(self._met_in + self._wait == week)


def raise_to(values: Array, place: tuple[int, ...], least: Value, where: Mask) -> None:
    """Raises values[:, place] to at least `least` where marked."""
    now = values[everywhere(*place)]
    values[everywhere(*place)] = np.where(where, np.maximum(now, least), now)


def move(world: World, name: str, place: tuple[int, ...], change: Value, where: Mask) -> None:
    """Adds `change` to a quantity where marked, within its range; hostility moves its baseline."""
    for values, at in _holders(world, name, place):
        values[everywhere(*at)] += where * change
    _keep(world, name)


def put(world: World, name: str, place: tuple[int, ...], value: Value, where: Mask) -> None:
    """Gives a quantity a value where marked, within its range; hostility sets its baseline too."""
    for values, at in _holders(world, name, place):
        values[everywhere(*at)] = np.where(where, value, values[everywhere(*at)])
    _keep(world, name)


def _holders(
    world: World, name: str, place: tuple[int, ...]
) -> Iterator[tuple[Array, tuple[int, ...]]]:
    """The arrays and places that hold a quantity: both directions of a rung, and the baseline."""
    for at in {place, place[::-1]} if name in SYMMETRIC else {place}:
        yield getattr(world, name), at
        if name == "hostility":
            yield world.baseline, at


def _keep(world: World, name: str) -> None:
    """Back into range."""
    np.clip(world.baseline, 0, 1, out=world.baseline)
    world.keep_in_range(name)

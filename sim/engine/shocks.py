"""Shocks: what a scenario does to the worlds. One small class a kind: its fields, and its effect.

A third party adds a kind by an entry point of the group `realpolitik.shocks`.
"""

import datetime
from abc import abstractmethod
from collections.abc import Iterator
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from realpolitik.sim.engine.names import ActorCode, QuantityName
from realpolitik.sim.engine.world import (
    QUANTITIES,
    SYMMETRIC,
    Array,
    Mask,
    World,
    everywhere,
)

Share = Annotated[float, Field(ge=0, le=1)]


class Shock(BaseModel):
    """Something that happens in a given week, for sure or with a probability."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    id: str = Field(description="Name of the shock, once in a scenario", min_length=1)
    week: int | None = Field(None, ge=1, description="Week of the scenario, from 1")
    date: datetime.date | None = Field(None, description="Day; the week is worked out from it")
    probability: Share = Field(1.0, description="Share of worlds in which it happens [0-1]")
    note: str = Field("", description="What happened, in a sentence")
    source: str = Field("", description="Where that is known from")

    @model_validator(mode="after")
    def _dated_once(self) -> Self:
        if (self.week is None) == (self.date is None):
            raise ValueError("a shock needs either a week or a date")
        return self

    def seen_in_week(self, start: datetime.date) -> int:
        """Week in which the world sees it, from 1; below 1 if its date is before the start."""
        if self.week is not None:
            return self.week
        assert self.date is not None  # noqa: S101 - the validator has seen to it
        return (self.date - start).days // 7 + 1

    def felt_in_week(self, start: datetime.date) -> int:
        """Week in which it takes effect."""
        return self.seen_in_week(start)

    def happens(self, draw: Array) -> Mask:
        """Worlds in which it happens, given one uniform number a world: (W,)."""
        happens: Mask = draw < self.probability
        return happens

    @abstractmethod
    def apply(self, world: World, where: Mask) -> None:
        """Changes the worlds marked in `where` (W,)."""


class Assassination(Shock):
    """A killing that one side must answer: pressure, a covert act's rung, and lasting hostility."""

    kind: Literal["assassination"]
    by: ActorCode = Field(description="Who killed")
    against: ActorCode = Field(description="Who is under pressure to answer")
    pressure: Share = Field(0.9, description="Domestic pressure to hit back, at least [0-1]")
    rung: float = Field(5.0, ge=0, le=10, description="Rung the dyad is raised to [0-10]")
    hostility: Share = Field(0.05, description="Added to hostility and to its baseline [0-1]")

    def apply(self, world: World, where: Mask) -> None:
        """Raises pressure and rung to at least the given values, and adds hostility."""
        victim, killer = world.index[self.against], world.index[self.by]
        raise_to(world.pressure, (victim, killer), self.pressure, where)
        raise_to(world.rung, (victim, killer), self.rung, where)
        raise_to(world.rung, (killer, victim), self.rung, where)
        move(world, "hostility", (victim, killer), self.hostility, where)


class Posture(Shock):
    """Forces of one actor move to protect another."""

    kind: Literal["posture"]
    by: ActorCode = Field(description="Whose forces")
    protecting: ActorCode = Field(description="Whom they protect")
    guard: float = Field(0.3, ge=-1, le=1, description="Added to the guard of the protected")

    def apply(self, world: World, where: Mask) -> None:
        """Adds guard."""
        move(world, "guard", (world.index[self.protecting],), self.guard, where)


class AidLevel(Shock):
    """A standing flow of arms grows or shrinks."""

    kind: Literal["aid_level"]
    by: ActorCode = Field(description="Who sends")
    to: ActorCode = Field(description="Who receives")
    change: float = Field(description="Added to the flow [-1 to 1]", ge=-1, le=1)

    def apply(self, world: World, where: Mask) -> None:
        """Moves the flow."""
        move(world, "flow", (world.index[self.by], world.index[self.to]), self.change, where)


class PendingDelivery(Shock):
    """A delivery is about to leave: the sender must send it or call it back."""

    kind: Literal["pending_delivery"]
    by: ActorCode = Field(description="Who sends")
    to: ActorCode = Field(description="Who would receive")

    def apply(self, world: World, where: Mask) -> None:
        """Marks the delivery as pending."""
        raise_to(world.pending, (world.index[self.by], world.index[self.to]), 1.0, where)


class Election(Shock):
    """An election; a challenger who wins governs from the inauguration on."""

    kind: Literal["election"]
    of: ActorCode = Field(description="Where the election is held")
    challenger_wins: Share = Field(0.5, description="Probability that the challenger wins [0-1]")
    inaugurated_after_weeks: int = Field(
        11, ge=0, le=60, description="From the election to the inauguration [weeks]"
    )

    def felt_in_week(self, start: datetime.date) -> int:
        """Week of the inauguration."""
        return self.seen_in_week(start) + self.inaugurated_after_weeks

    def happens(self, draw: Array) -> Mask:
        """Worlds in which the challenger wins."""
        wins: Mask = draw < self.challenger_wins * self.probability
        return wins

    def apply(self, world: World, where: Mask) -> None:
        """The challenger governs."""
        world.administration[where, world.index[self.of]] = 1.0


class _OfQuantity(Shock):
    quantity: QuantityName = Field(description="A state variable (see `realpolitik list`)")
    of: ActorCode = Field(description="Whose")
    toward: ActorCode | None = Field(None, description="Toward whom, for one of a dyad")

    @model_validator(mode="after")
    def _names_a_dyad_if_needed(self) -> Self:
        quantity = QUANTITIES.get(self.quantity)
        if quantity and quantity.per_dyad != (self.toward is not None):
            need = "needs `toward`" if quantity.per_dyad else "takes no `toward`"
            raise ValueError(f"{self.quantity} {need}")
        return self

    def place(self, world: World) -> tuple[int, ...]:
        """Where in the array."""
        codes = (self.of,) if self.toward is None else (self.of, self.toward)
        return tuple(world.index[code] for code in codes)


class SetQuantity(_OfQuantity):
    """A state variable is set."""

    kind: Literal["set"]
    value: float = Field(description="The new value")

    def apply(self, world: World, where: Mask) -> None:
        """Gives the quantity the value, whatever it was."""
        put(world, self.quantity, self.place(world), self.value, where)


class ShiftQuantity(_OfQuantity):
    """A state variable is moved."""

    kind: Literal["shift"]
    value: float = Field(description="Added to the value it has")

    def apply(self, world: World, where: Mask) -> None:
        """Adds the value."""
        move(world, self.quantity, self.place(world), self.value, where)


def raise_to(values: Array, place: tuple[int, ...], least: float, where: Mask) -> None:
    """Raises values[:, place] to at least `least` where marked."""
    now = values[everywhere(*place)]
    values[everywhere(*place)] = np.where(where, np.maximum(now, least), now)


def move(world: World, name: str, place: tuple[int, ...], change: float, where: Mask) -> None:
    """Adds `change` to a quantity where marked, within its range; hostility moves its baseline."""
    for values, at in _holders(world, name, place):
        values[everywhere(*at)] += where * change
    _keep(world, name)


def put(world: World, name: str, place: tuple[int, ...], value: float, where: Mask) -> None:
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


KINDS: tuple[type[Shock], ...] = (
    Assassination,
    Posture,
    AidLevel,
    PendingDelivery,
    Election,
    SetQuantity,
    ShiftQuantity,
)

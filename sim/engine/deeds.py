"""The deeds of a week: what was done to whom, in which world."""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import (
    ACTIONS,
    HOLD,
    TRACKS,
    column,
    number_of,
    quad_classes,
)
from realpolitik.sim.engine.options import Options
from realpolitik.sim.engine.rates import side_by_side
from realpolitik.sim.engine.world import QUANTITIES, Array, Mask, World, flat

Numbers = NDArray[np.int64]

_ACTS = np.array([action.action != HOLD for action in ACTIONS])
_TRACKS = np.array([TRACKS.index(action.track) for action in ACTIONS])


@dataclass(frozen=True)
class Deeds:
    """A table with one row a deed: numbers of its world, actor, target, action and deal (or −1).

    `rate` is the probability of the act in an ordinary week of the pair. On one track an actor does
    at most one thing a week to another, so within a track no two rows share world, actor and
    target.
    """

    world: Numbers
    actor: Numbers
    target: Numbers
    action: Numbers
    deal: Numbers
    rate: Array

    def __len__(self) -> int:
        """Number of deeds."""
        return len(self.world)

    def column(self, name: str) -> Array:
        """A column of the table of actions, one number a deed."""
        return column(name)[self.action]

    @property
    def quads(self) -> Numbers:
        """Number of the quad class of each deed."""
        return quad_classes()[self.action]

    def where(self, mask: Mask | Numbers) -> "Deeds":
        """The marked rows, or the rows of those numbers."""
        rows = np.flatnonzero(mask) if mask.dtype == np.bool_ else mask
        return Deeds(
            self.world[rows],
            self.actor[rows],
            self.target[rows],
            self.action[rows],
            self.deal[rows],
            self.rate[rows],
        )

    def of(self, action: str) -> "Deeds":
        """The rows with the named action."""
        return self.where(self.action == number_of(action))

    def with_column(self, name: str) -> "Deeds":
        """The rows whose action has a positive number in that column."""
        return self.where(self.column(name) > 0)

    def in_first(self, worlds: int) -> "Deeds":
        """The rows of the first worlds."""
        return self.where(self.world < worlds)

    def toward(self, target: Numbers) -> "Deeds":
        """The same deeds, taken to bear on other actors."""
        return replace(self, target=target)


class Week:
    """The choices of a week while they are being collected, and the deeds that they are."""

    def __init__(self, ended: Mask) -> None:
        """Nothing is chosen yet; worlds marked in `ended` (W,) do nothing."""
        self._ended = ended
        self._actors: list[int] = []
        self._options: list[Options] = []
        self._chosen: list[Numbers] = []

    def add(self, actor: int, options: Options, chosen: Numbers) -> None:
        """Adds what an actor chose: (W, groups) numbers of options."""
        self._actors.append(actor)
        self._options.append(options)
        self._chosen.append(chosen.T)

    def tracks(self) -> list[Deeds]:
        """All deeds, one table a track, by actor, target and world."""
        if not self._chosen:
            return [none() for _ in TRACKS]
        deeds = self._deeds()
        return [deeds.where(_TRACKS[deeds.action] == track) for track in range(len(TRACKS))]

    def _deeds(self) -> Deeds:
        """The deeds of all actors, found at once."""
        sizes = [len(options) for options in self._options]
        before = np.cumsum([0, *sizes[:-1]])  # options of the actors before each
        chosen = np.concatenate([c + b for c, b in zip(self._chosen, before, strict=True)])
        action, target, deal = (
            np.concatenate([getattr(options, name) for options in self._options])
            for name in ("action", "target", "deal")
        )
        acts = _ACTS[action][chosen]
        acts &= ~self._ended
        found = np.flatnonzero(acts)
        option, world = chosen.reshape(-1)[found], found % len(self._ended)
        rates = side_by_side([options.rate for options in self._options])
        rate = rates[option] if rates.ndim == 1 else rates[world, option]
        actor = np.repeat(self._actors, sizes)[option]
        return Deeds(world, actor, target[option], action[option], deal[option], rate)


def none() -> Deeds:
    """A table without rows."""
    numbers = np.empty(0, dtype=np.int64)
    return Deeds(numbers, numbers, numbers, numbers, numbers, np.empty(0))


def join(tables: list[Deeds]) -> Deeds:
    """One table out of several."""
    names = [field.name for field in fields(Deeds)]
    columns = {name: np.concatenate([getattr(table, name) for table in tables]) for name in names}
    return Deeds(**columns)


# ── Where deeds bear on a quantity ───────────────────────────────────────────────────


def by_actor(world: World, deeds: Deeds) -> Numbers:
    """Place of the actor of each deed, in an array (W, n)."""
    return deeds.world + world.worlds * deeds.actor


def by_target(world: World, deeds: Deeds) -> Numbers:
    """Place of the target of each deed, in an array (W, n)."""
    return deeds.world + world.worlds * deeds.target


def given(world: World, deeds: Deeds) -> Numbers:
    """Place of each deed from actor to target, in an array (W, n, n)."""
    return deeds.world + world.worlds * (deeds.actor + world.actors * deeds.target)


def received(world: World, deeds: Deeds) -> Numbers:
    """Place of each deed from target to actor, in an array (W, n, n)."""
    return deeds.world + world.worlds * (deeds.target + world.actors * deeds.actor)


def mirrored(world: World, places: Numbers) -> Numbers:
    """The places of the same dyads the other way round, in an array (W, n, n)."""
    pair, number = np.divmod(places, world.worlds)
    target, actor = np.divmod(pair, world.actors)
    back: Numbers = number + world.worlds * (target + world.actors * actor)
    return back


def shift(world: World, name: str, places: Numbers, change: Array | float) -> None:
    """Adds to a quantity at places, which may repeat; then keeps it within its range there."""
    values, quantity = flat(getattr(world, name)), QUANTITIES[name]
    np.add.at(values, places, change)
    values[places] = np.minimum(np.maximum(values[places], quantity.low), quantity.high)


# ── Adds up what deeds do to each dyad ───────────────────────────────────────────────


def sum_given(world: World, deeds: Deeds, values: Array) -> Array:
    """Sum of `values` over the deeds of each actor toward each other, (W, n, n)."""
    return _sums(world, given(world, deeds), values)


def sum_received(world: World, deeds: Deeds, values: Array) -> Array:
    """Sum of `values` over the deeds that each actor has from each other, (W, n, n)."""
    return _sums(world, received(world, deeds), values)


def _sums(world: World, places: Numbers, values: Array) -> Array:
    """Values added up at places of an array (W, n, n)."""
    total = np.bincount(places, values, minlength=world.rung.size)
    return np.asarray(total, dtype=np.float64).reshape(world.rung.shape, order="F")

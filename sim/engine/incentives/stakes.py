"""What is at stake: numbers read off the state, or worked out from it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from realpolitik.sim.engine.world import Array, World, everywhere

Stakes = Callable[[World], Array]


@dataclass(frozen=True)
class Entry:
    """One number of the state: a quantity, and the actor (i,) or dyad (i, j) it belongs to."""

    quantity: str
    place: tuple[int, ...]

    def __call__(self, world: World) -> Array:
        """Its value in each world, (W,)."""
        values: Array = getattr(world, self.quantity)[everywhere(*self.place)]
        return values


ONE = Entry("one", ())  # the same in every world and week


@dataclass(frozen=True)
class Reading:
    """Numbers of the state as they stand.

    Most stakes are of this kind. One that says so, rather than compute, is read together with all
    the others of its actor (see `ledger`).
    """

    entries: tuple[Entry, ...]

    def __call__(self, world: World) -> Array:
        """The numbers, (W, entries)."""
        values = np.empty((len(self.entries), world.worlds))
        for row, entry in zip(values, self.entries, strict=True):
            row[:] = 1.0 if entry == ONE else entry(world)
        return values.T


NOTHING_MOVES = Reading((ONE,))


def reading(quantity: str, places: Iterable[tuple[int, ...]]) -> Reading:
    """What a quantity is in these places."""
    return Reading(tuple(Entry(quantity, place) for place in places))

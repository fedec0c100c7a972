"""All that is at stake for an actor, in the order in which it is gathered fastest."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.incentives.base import ONE, BoundIncentive, Entry, Reading
from realpolitik.sim.engine.world import Array, World, row_of, rows


class Ledger:
    """The stakes of all incentives of an actor as lines, the last of them a 1.

    What several incentives read at the same place stands once, and what never moves adds to the
    last line. `loadings` (lines, options) says what each option does to them, so that the utility
    of an option is the sum over lines of stake · loading, as it is over incentives.
    """

    def __init__(self, bound: Sequence[BoundIncentive], actors: int) -> None:
        """Puts what is read first, by quantity, then what is computed, and the 1 last."""
        read = _loadings_by_entry(bound)
        certain = read.pop(ONE, np.zeros(bound[0].loadings.shape[1]))
        self._computed = [one for one in bound if not isinstance(one.stakes, Reading)]
        self._read: dict[str, NDArray[np.int64]] = {}
        lines = []
        for quantity in dict.fromkeys(entry.quantity for entry in read):
            entries = [entry for entry in read if entry.quantity == quantity]
            self._read[quantity] = np.array([row_of(entry.place, actors) for entry in entries])
            lines += [read[entry] for entry in entries]
        lines += [one.loadings for one in self._computed]
        self.loadings = np.vstack([*lines, certain])

    def gather(self, world: World) -> Array:
        """The stakes in each world, (W, lines)."""
        lines = np.empty((len(self.loadings), world.worlds))
        at = 0
        for quantity, numbers in self._read.items():
            begun, at = at, at + len(numbers)
            # `clip` lets NumPy write where it is told; the rows are known to exist
            values = rows(getattr(world, quantity))
            values.take(numbers, axis=0, out=lines[begun:at], mode="clip")
        for incentive in self._computed:
            begun, at = at, at + incentive.features
            lines[begun:at] = incentive.stakes(world).T
        lines[-1] = 1.0
        return lines.T


def _loadings_by_entry(bound: Sequence[BoundIncentive]) -> dict[Entry, Array]:
    """What each option does to each number that is read off the state, added up."""
    read: dict[Entry, Array] = {}
    for incentive in bound:
        if isinstance(incentive.stakes, Reading):
            for entry, loading in zip(incentive.stakes.entries, incentive.loadings, strict=True):
                read[entry] = read[entry] + loading if entry in read else loading
    return read

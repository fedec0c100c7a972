"""All that is at stake for an actor, in the order in which it is gathered fastest."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from realpolitik.sim.engine.incentives.base import ONE, BoundIncentive, Reading
from realpolitik.sim.engine.parameters import Value
from realpolitik.sim.engine.world import Array, World, row_of, rows


class Ledger:
    """The stakes of all incentives of an actor as lines, each with the weight of its incentive.

    `loadings` (options, lines) says what each option does to them for a weight of 1, so that the
    utility of an option is the sum over lines of weight · stake · loading, as it is over
    incentives. Most are 0, as a line bears on one target: the table is sparse, and its cost grows
    with the number of targets. A weight that differs between worlds costs no more than one that
    does not.
    """

    def __init__(self, bound: Sequence[BoundIncentive], actors: int) -> None:
        """Puts what is read first, by quantity, and what is computed after it."""
        read = [
            (entry, one.fixed, loading)
            for one in bound
            if isinstance(one.at_stake, Reading) and not one.moving
            for entry, loading in zip(one.at_stake.entries, one.loadings, strict=True)
        ]
        self._computed = [
            one for one in bound if not isinstance(one.at_stake, Reading) or one.moving
        ]
        self._read: dict[str, NDArray[np.int64]] = {}
        lines, weights = [], []
        for quantity in dict.fromkeys(entry.quantity for entry, _, _ in read):
            chosen = [line for line in read if line[0].quantity == quantity]
            self._read[quantity] = np.array([row_of(entry.place, actors) for entry, _, _ in chosen])
            lines += [loading for _, _, loading in chosen]
            weights += [weight for _, weight, _ in chosen]
        loadings = np.vstack([*lines, *(one.loadings for one in self._computed)])
        self.loadings = sparse.csr_array(loadings.T)
        self._weights = _side_by_side(weights)

    def utility(self, world: World, precision: Value = 1.0) -> Array:
        """Utility of every option times λ [1/utility], a number or one a world: (W, options)."""
        utility: Array = self.loadings @ self._gather(world, precision)
        return utility.T

    def _gather(self, world: World, precision: Value) -> Array:
        """Each line times its weight and λ, (lines, W)."""
        lines = np.empty((self.loadings.shape[1], world.worlds))
        at = 0
        for quantity, numbers in self._read.items():
            begun, at = at, at + len(numbers)
            if quantity == ONE.quantity:
                lines[begun:at] = 1.0
            else:  # `clip` lets NumPy write where it is told; the rows are known to exist
                values = rows(getattr(world, quantity))
                values.take(numbers, axis=0, out=lines[begun:at], mode="clip")
        lines[:at] *= precision * self._weights
        for incentive in self._computed:
            begun, at = at, at + incentive.features
            np.multiply(
                incentive.at_stake(world).T,
                precision * incentive.weight(world),
                out=lines[begun:at],
            )
        return lines


def _side_by_side(weights: Sequence[Value]) -> Array:
    """Weights as a column, or one in each world: (lines, 1) or (lines, W)."""
    column = np.empty((len(weights), max(map(np.size, weights), default=1)))
    for line, weight in zip(column, weights, strict=True):
        line[:] = weight
    return column

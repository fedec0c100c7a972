"""How the values of a measure are spread over worlds, week by week, in bounded size.

An ensemble of any number of worlds keeps, for each week, an exact sum and how often each value
occurred. Values are told apart by 11 significant binary digits: whole numbers up to 2048 stay what
they are, others change by at most one part in 4,000. Two spreads add up to the one of all their
worlds, in any order and grouping, to the last digit.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.engine.world import Array

QUANTILES = {"q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}

KEPT, DROPPED = 19, 13  # bits of a float32: its sign, exponent and 10 of its mantissa; the rest
FRACTION = 52  # binary places of the sums


@dataclass(frozen=True)
class Spread:
    """The values of one measure in each week of some worlds.

    Attributes:
        n: Number of worlds.
        totals: Sum of the values in each week, in units of 2⁻⁵²: whole numbers, which add up the
            same in any order.
        keys: Weeks and values that occurred, each pair as one number, ascending: (V,).
        counts: In how many worlds each occurred, (V,).
    """

    n: int
    totals: tuple[int, ...]
    keys: NDArray[np.int64]
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, values: Array) -> "Spread":
        """The spread of values (weeks, W), each finite."""
        weeks = np.arange(len(values), dtype=np.int64)[:, None]
        keys, counts = np.unique((weeks << KEPT) | _key(values), return_counts=True)
        return cls(values.shape[1], _totals(values), keys, counts.astype(np.int64))

    def __add__(self, other: "Spread") -> "Spread":
        """The spread of the worlds of both."""
        keys, places = np.unique(np.concatenate([self.keys, other.keys]), return_inverse=True)
        counts = np.zeros(len(keys), dtype=np.int64)
        np.add.at(counts, places, np.concatenate([self.counts, other.counts]))
        totals = tuple(one + two for one, two in zip(self.totals, other.totals, strict=True))
        return Spread(self.n + other.n, totals, keys, counts)

    def table(self) -> pd.DataFrame:
        """`week`, `mean`, `n` and the quantiles, one row a week."""
        weeks = len(self.totals)
        ends = np.searchsorted(self.keys >> KEPT, range(1, weeks))
        rows = np.split(np.arange(len(self.keys)), ends)[:weeks]
        quantiles = np.reshape([self._quantiles(row) for row in rows], (weeks, len(QUANTILES)))
        return pd.DataFrame(
            {
                "week": np.arange(1, weeks + 1),
                "mean": [total / (self.n << FRACTION) for total in self.totals],
                "n": self.n,
                **dict(zip(QUANTILES, quantiles.T, strict=True)),
            }
        )

    def _quantiles(self, row: NDArray[np.int64]) -> Array:
        """The quantiles of one week, interpolated between neighbouring worlds."""
        values = _value(self.keys[row])
        order = np.argsort(values)
        values, up_to = values[order], np.cumsum(self.counts[row][order])
        rank = np.array(list(QUANTILES.values())) * (self.n - 1)
        below, above = (
            values[np.searchsorted(up_to, rounded, side="right")]
            for rounded in (np.floor(rank), np.ceil(rank))
        )
        quantiles: Array = below + (above - below) * (rank % 1)
        return quantiles


def _key(values: Array) -> NDArray[np.int64]:
    """The number that stands for each value: the upper bits of it as a float32, rounded."""
    bits = (values + 0.0).astype(np.float32).view(np.uint32)  # −0 becomes 0
    return (bits + np.uint32(1 << (DROPPED - 1)) >> np.uint32(DROPPED)).astype(np.int64)


def _value(keys: NDArray[np.int64]) -> Array:
    """The values that the numbers stand for."""
    bits = ((keys & ((1 << KEPT) - 1)) << DROPPED).astype(np.uint32)
    return bits.view(np.float32).astype(np.float64)


def _totals(values: Array) -> tuple[int, ...]:
    """Exact sums by week: of the whole parts, and of what is left of them."""
    whole = np.floor(values)
    rest = np.ldexp(values - whole, FRACTION).astype(np.int64)  # a block of them fits into 63 bits
    sums = zip(whole.sum(axis=1).tolist(), rest.sum(axis=1).tolist(), strict=True)
    return tuple((int(one) << FRACTION) + two for one, two in sums)

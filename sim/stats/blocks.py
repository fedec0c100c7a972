"""Intervals of means over weeks of which those of a block hang together."""

import numpy as np
from numpy.typing import ArrayLike

from realpolitik.sim.engine.world import Array

BLOCK = 4
"""Weeks that may hang together."""

RESAMPLES = 2000


def block_interval(sums: Array, counts: ArrayLike) -> tuple[float, float]:
    """The middle 95 % of a mean, from blocks that are drawn anew (Künsch 1989).

    Args:
        sums: What is added up in each block, (blocks,).
        counts: Of how many cases, (blocks,).

    >>> block_interval(np.array([2.0, 4.0]), np.array([1.0, 2.0]))
    (2.0, 2.0)
    """
    of = np.asarray(counts, dtype=np.float64)
    drawn = np.random.default_rng(0).integers(len(of), size=(RESAMPLES, len(of)))
    means = sums[drawn].sum(axis=1) / of[drawn].sum(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)

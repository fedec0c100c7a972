"""Choice: base rates moved by utility.

P(option) ∝ q(option) · exp(λ · U(option)): logit quantal response (McKelvey & Palfrey 1995) with a
prior (Matějka & McKay 2015). With λ = 0 the base rates come back.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from realpolitik.sim.engine.world import Array


def choice_probabilities(utility: ArrayLike, base_rate: ArrayLike, precision: float) -> Array:
    """Probability of each option of one choice.

    Args:
        utility: (…, options), in units of a vital interest.
        base_rate: (options,) or (…, options), at least 0; adds up to 1 or is made to.
        precision: λ ≥ 0; how sharply utility steers choice.

    Returns:
        (…, options), adding up to 1 over the last axis.

    >>> choice_probabilities([0.0, 0.1, 0.3], [1 / 3] * 3, 5.0).round(6).tolist()
    [0.140244, 0.231224, 0.628532]
    """
    values = np.asarray(utility, dtype=np.float64)
    weights = np.asarray(base_rate) * np.exp(
        precision * (values - values.max(axis=-1, keepdims=True))
    )
    probabilities: Array = weights / weights.sum(axis=-1, keepdims=True)
    return probabilities


class Draw:
    """Draws an option in each of G groups, by inverse cumulative distribution.

    All groups are drawn from at once, the largest first: their first options, then the second of
    those that have one, and so on. A rank is the place of an option in its group.
    """

    def __init__(self, groups: Sequence[slice]) -> None:
        """Sorts the options by rank; `groups` says where each group lies among the K."""
        sizes = np.array([group.stop - group.start for group in groups], dtype=np.int64)
        self._order = np.argsort(-sizes, kind="stable")
        starts = np.array([group.start for group in groups], dtype=np.int64)[self._order]
        counts = [int(np.count_nonzero(sizes > rank)) for rank in range(max(sizes, default=0))]
        ends = np.cumsum(counts, dtype=np.int64).tolist()
        self._options = np.concatenate(
            [starts[:0], *(starts[:count] + rank for rank, count in enumerate(counts))]
        )
        self._ranks = [slice(end - count, end) for end, count in zip(ends, counts, strict=True)]
        self._starts = starts[:, None].astype(np.int32)
        before = np.array([0, *ends])
        self._last = before[sizes[self._order] - 1] + np.arange(len(sizes))

    def __call__(self, weights: Array, draws: Array) -> NDArray[np.int32]:
        """The option drawn in each group.

        Args:
            weights: (W, K) q · exp(λU) of all options, 0 where closed.
            draws: (G, W) uniform numbers in [0, 1).

        Returns:
            (W, G) numbers of options, 0 to K − 1.
        """
        running = weights.T.take(self._options, axis=0)
        ranks = [running[rank] for rank in self._ranks]
        for before, after in pairwise(ranks):
            np.add(after, before[: len(after)], out=after)
        level = running.take(self._last, axis=0)
        level *= draws.take(self._order, axis=0)
        drawn = np.zeros(level.shape, dtype=np.int32)
        for below, after in pairwise(ranks):  # the last is drawn if no other is
            count = len(after)
            drawn[:count] += below[:count] <= level[:count]
        drawn += self._starts
        chosen = np.empty_like(drawn)
        chosen[self._order] = drawn
        return chosen.T

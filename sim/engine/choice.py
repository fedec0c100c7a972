"""Choice: base rates moved by utility.

P(option) ∝ q(option) · exp(λ · U(option)): logit quantal response (McKelvey & Palfrey 1995) with a
prior (Matějka & McKay 2015). With λ = 0 the base rates come back.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

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


def draw_options(weights: Array, groups: Sequence[slice], draws: Array) -> NDArray[np.int32]:
    """The option drawn in each group, by inverse cumulative distribution.

    Args:
        weights: (W, K) q · exp(λU) of all options, 0 where closed; is used up.
        groups: Where each of the G groups lies among the K, one behind the other; fastest where
            groups of one size are neighbours.
        draws: (G, W) uniform numbers in [0, 1).

    Returns:
        (W, G) numbers of options, 0 to K − 1.
    """
    chosen = np.empty((len(groups), len(weights)), dtype=np.int32)
    for size, (first, last) in _runs(groups):
        starts = np.array([group.start for group in groups[first:last]], dtype=np.int32)
        running = weights.T[starts[0] : starts[-1] + size].reshape(len(starts), size, -1)
        for option in range(1, size):
            np.add(running[:, option], running[:, option - 1], out=running[:, option])
        level = draws[first:last] * running[:, -1]
        count = np.zeros(level.shape, dtype=np.min_scalar_type(size))
        for option in range(size - 1):  # the last is drawn if no other is
            passed = running[:, option] <= level
            np.add(count, passed.view(np.uint8), out=count)
        np.add(starts[:, None], count, out=chosen[first:last])
    return chosen.T


def _runs(groups: Sequence[slice]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Size of neighbouring groups of one size, and the number of the first and behind the last."""
    at = 0
    for size, run in groupby(group.stop - group.start for group in groups):
        begun, at = at, at + len([*run])
        yield size, (begun, at)

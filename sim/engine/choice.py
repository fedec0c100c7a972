"""Choice: base rates moved by utility.

P(option) ∝ q(option) · exp(λ · U(option)): logit quantal response (McKelvey & Palfrey 1995) with a
prior (Matějka & McKay 2015). With λ = 0 the base rates come back.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from realpolitik.sim.engine.world import Array


def choice_probabilities(utility: ArrayLike, base_rate: ArrayLike, precision: float) -> Array:
    """Probability of each option of one track.

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


def draw_options(
    weights: Array, groups: Sequence[slice], draws: Iterable[Array]
) -> NDArray[np.int32]:
    """The option drawn in each group, by inverse cumulative distribution.

    Args:
        weights: (W, K) q · exp(λU) of all options, 0 where closed; is used up.
        groups: Where each of the G groups lies among the K.
        draws: For each group, (W,) uniform numbers in [0, 1).

    Returns:
        (W, G) numbers of options, 0 to K − 1.
    """
    chosen = np.empty((len(groups), len(weights)), dtype=np.int32)
    level, passed = np.empty(len(weights)), np.empty(len(weights), dtype=np.bool_)
    largest = max((group.stop - group.start for group in groups), default=1)
    count = np.empty(len(weights), dtype=np.min_scalar_type(largest))
    step = passed.view(count.dtype) if count.dtype.itemsize == 1 else passed
    for drawn, group, draw in zip(chosen, groups, draws, strict=True):
        running = weights.T[group]
        for before, row in pairwise(running):
            np.add(row, before, out=row)
        np.multiply(draw, running[-1], out=level)
        count.fill(0)
        for row in running[:-1]:  # the last is drawn if no other is
            np.less_equal(row, level, out=passed)
            np.add(count, step, out=count)
        np.add(count, group.start, out=drawn, dtype=np.int32)
    return chosen.T

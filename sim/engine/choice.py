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
    weights: Array, tracks: Sequence[slice], draws: Sequence[Array]
) -> NDArray[np.int64]:
    """The option drawn on each track, by inverse cumulative distribution.

    Args:
        weights: (W, K) q · exp(λU) of the options of all tracks, 0 where closed; is used up.
        tracks: Where each track lies among the K.
        draws: For each track, (W,) uniform numbers in [0, 1).

    Returns:
        (W, tracks) numbers of options, 0 to K − 1.
    """
    longest = max(track.stop - track.start for track in tracks)
    counts = np.empty((len(tracks), len(weights)), dtype=np.min_scalar_type(longest))
    for count, track, draw in zip(counts, tracks, draws, strict=True):
        running = _running_sum(weights[:, track])
        passed = running[:-1] <= draw * running[-1]  # the last is drawn if no other is
        np.add.reduce(passed, axis=0, dtype=counts.dtype, out=count)
    first = np.array([track.start for track in tracks], dtype=np.int64)
    return (counts + first[:, None]).T


def _running_sum(weights: Array) -> Array:
    """Running sum over the options, (options, W), made in place: rows lie together in memory."""
    rows = weights.T
    for before, row in pairwise(rows):
        np.add(row, before, out=row)
    return rows

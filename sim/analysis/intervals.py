"""Intervals of points, and of averages and differences of points."""

from collections.abc import Mapping

import numpy as np
from scipy import stats

from realpolitik.sim.analysis.jackknife import LEVEL, Array, Mask, Rows, error, reach
from realpolitik.sim.experiments.summary import Scale, Z, unseen
from realpolitik.sim.experiments.tallies import Counts, Findings, Tally, scales_of

EQUAL = 1e-12
"""Values that differ by less than this part of their size are the same, but for rounding."""


def scales(findings: Findings) -> Mapping[str, Scale]:
    """Outcome → its scale, for the outcomes that are reported and tallied."""
    reported = scales_of(findings.study)
    return {name: scale for name, scale in reported.items() if name in findings.tallies}


def came(tally: Tally, scale: Scale) -> Array:
    """Of weeks the share of worlds in which it came, of each point, (points,); NaN on others."""
    return tally.share_that_came if scale.name == "weeks" else np.full(len(tally.n), np.nan)


def wilson(hits: Array, n: Counts) -> tuple[Array, Array]:
    """Ends of Wilson's interval of shares (Wilson 1927, doi:10.2307/2276774); NaN of none."""
    some = np.maximum(n, 1)
    share = hits / some
    middle = (share + Z**2 / (2 * some)) / (1 + Z**2 / some)
    spread = np.sqrt(share * (1 - share) / some + Z**2 / (4 * some**2))
    half = Z / (1 + Z**2 / some) * spread
    low = np.where(hits == 0, 0.0, middle - half)
    high = np.where(hits == n, 1.0, middle + half)
    return np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan)


def standard_error(tally: Tally) -> Array:
    """Monte Carlo standard error of the mean of each point, (points,); NaN below two worlds."""
    n, total = tally.n.sum(axis=1), tally.total.sum(axis=1)
    squares = tally.squares.sum(axis=1)
    apart = squares - total**2 / np.maximum(n, 1)
    apart = np.where(apart > EQUAL * squares, apart, 0.0)
    return np.where(n > 1, np.sqrt(apart / np.maximum(n - 1, 1) / np.maximum(n, 1)), np.nan)


def of_points(tally: Tally, scale: Scale) -> tuple[Array, Array]:
    """Ends of the interval of each point's mean, (points,), as `Scale.level` has them."""
    n, mean = tally.n.sum(axis=1), tally.mean
    if scale.name == "share":
        return wilson(tally.total.sum(axis=1), n)
    errors = standard_error(tally)
    half = stats.t.ppf(LEVEL, np.maximum(n - 1, 1)) * errors
    of = np.where(np.isfinite(scale.width), unseen(n.astype(np.float64)), np.nan)
    low = np.where(errors == 0, mean - of * (mean - scale.least), mean - half)
    high = np.where(errors == 0, mean + of * (scale.most - mean), mean + half)
    return within(low, high, scale)


def within(low: Array, high: Array, scale: Scale) -> tuple[Array, Array]:
    """Ends kept to what a quantity of that scale can be."""
    return np.maximum(low, scale.least), np.minimum(high, scale.most)


def half_width(without: Array, scale: Scale, worlds: Counts) -> Array:
    """Half the width of the interval of averages and differences of points, by the batches.

    Where no world differs batches say nothing of how rare such a world may be. Then it is the
    share that worlds not seen may have (`unseen`) times how far two can be apart: NaN where that is
    without limit. Of shares it is never less, as a single world that differs says little more.

    Args:
        without: The estimates without each batch, (..., batches).
        scale: The outcome's scale.
        worlds: Worlds of the points that were combined, the least of them, (...).
    """
    half = reach(error(without), without.shape[-1])
    width = scale.width if np.isfinite(scale.width) else np.nan
    least = width * unseen(np.maximum(worlds, 1).astype(np.float64))
    if scale.name == "share":
        return np.asarray(np.maximum(half, least))
    return np.asarray(np.where(_are_equal(without), least, half))


def _are_equal(without: Array) -> Mask:
    """Whether two batches or more make no difference, (...)."""
    if without.shape[-1] < 2:
        return np.zeros(without.shape[:-1], dtype=bool)
    size = np.maximum(np.abs(without).max(axis=-1), 1.0)
    return np.asarray(np.ptp(without, axis=-1) <= EQUAL * size)


def null_variance(level: float, worlds: Counts, scale: Scale, without: Array) -> Array:
    """Least variance of the mean of each level of a curve, if it lay at that height, (levels,).

    Of a share it follows from the height itself, as in Wilson's interval. Of others it is known
    only where no world differs, from what worlds not seen may do; `without` as in `half_width`.
    """
    if scale.name == "share":
        return np.asarray(level * (1 - level) / np.maximum(worlds, 1))
    half = np.where(_are_equal(without), half_width(without, scale, worlds), 0.0)
    return np.asarray(np.nan_to_num(half / Z) ** 2)


def of_averages(
    tally: Tally, scale: Scale, rows: Rows, without: Array
) -> tuple[Array, Array, Array]:
    """Mean, low and high of each column of `rows` (points, levels), averaged over its points.

    A level of one point has the interval of that point, others one by the batches. `without` are
    the averages without each batch, (levels, batches).
    """
    mean = tally.mean[rows].mean(axis=0)
    if len(rows) == 1:
        low, high = of_points(tally, scale)
        return mean, low[rows[0]], high[rows[0]]
    half = half_width(without, scale, tally.n[rows].sum(axis=-1).min(axis=0))
    return (mean, *within(mean - half, mean + half, scale))

"""The error of whatever is computed from the points of a study: its batches, left out in turn.

World k is the same draw at every point and lies in batch k mod 20 at every point. So batches are
independent of each other, while within a batch all points share their worlds. To leave out a batch
is to leave out the same worlds everywhere, and whatever is computed from many points keeps the
pairing of its worlds: the error of a difference is that of paired worlds, with nothing added.

One method serves everywhere: the delete-one-batch jack-knife with Student's t on one degree of
freedom less than there are batches (Tukey 1958, doi:10.1214/aoms/1177706647; Efron and Stein 1981,
doi:10.1214/aos/1176345462: its variance errs upwards on average). Of a mean over batches of equal
size it is the method of batch means (Schmeiser 1982, doi:10.1287/opre.30.3.556). A mean is the sum
over worlds by their number, both without the batch, so batches that differ in size weigh by it.

Points that differ in their number of worlds (sequential stopping) have batches that are paired in
part: the first worlds of a batch are shared, the rest belong to one point only. The batches are
still independent of each other, so the intervals hold; they are only less narrow than those of
points with equally many worlds. That a point's worlds stop by what was seen in them is left aside.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from realpolitik.sim.engine.world import Array, Mask
from realpolitik.sim.stats.intervals import LEVEL, Scale, Z, unseen, wilson

BATCHES = 20
EQUAL = 1e-12
"""Values that differ by less than this part of their size are the same, but for rounding."""

Counts = NDArray[np.int64]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Tally:
    """Sums of one outcome over the worlds of each batch at each point, as its scale counts them.

    Attributes:
        n: Number of worlds, (points, BATCHES).
        total: Sum of their values, (points, BATCHES).
        squares: Sum of their squares, (points, BATCHES).
        came: Number of worlds that have a value of their own: of weeks those in which it came,
            (points, BATCHES).
    """

    n: Counts
    total: Array
    squares: Array
    came: Counts

    @property
    def mean(self) -> Array:
        """Mean over all worlds of each point, (points,); NaN where there is none."""
        return _ratio(self.total.sum(axis=1), self.n.sum(axis=1))

    @property
    def share_that_came(self) -> Array:
        """Share of worlds in which it came, of each point, (points,); NaN where there is none."""
        return _ratio(self.came.sum(axis=1).astype(np.float64), self.n.sum(axis=1))


def _ratio(total: Array, n: Counts) -> Array:
    with np.errstate(invalid="ignore"):
        return np.where(n > 0, total / np.maximum(n, 1), np.nan)


def came(tally: Tally, scale: Scale) -> Array:
    """Of weeks the share of worlds in which it came, of each point, (points,); NaN on others."""
    return tally.share_that_came if scale.name == "weeks" else np.full(len(tally.n), np.nan)


def without_each(tally: Tally, rows: Rows) -> Array:
    """Mean of each of these points without each batch, (*rows.shape, batches).

    Batches that have no world at any of the points are not counted. NaN where nothing remains.
    """
    used = tally.n[rows.ravel()].any(axis=0)
    n = tally.n[rows].sum(axis=-1, keepdims=True) - tally.n[rows][..., used]
    total = tally.total[rows].sum(axis=-1, keepdims=True) - tally.total[rows][..., used]
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(n > 0, total / np.maximum(n, 1), np.nan))


def covariance(without: Array) -> Array:
    """Covariance of estimates by the jack-knife, (estimates, estimates).

    `without` holds the estimates without each batch, (estimates, batches); NaN below two batches.
    """
    g = without.shape[-1]
    if g < 2:
        return np.full((len(without), len(without)), np.nan)
    apart = without - without.mean(axis=-1, keepdims=True)
    return np.asarray((g - 1) / g * apart @ apart.T)


def error(without: Array) -> Array:
    """Standard error of estimates by the jack-knife; NaN below two batches.

    `without` holds the estimates without each batch, (..., batches).
    """
    g = without.shape[-1]
    if g < 2:
        return np.full(without.shape[:-1], np.nan)
    return np.asarray(np.sqrt((g - 1) * without.var(axis=-1)))


def pseudo_values(estimate: Array, without: Array) -> Array:
    """Tukey's pseudo-values, (..., batches): they average to the estimate with its bias removed.

    Of a quadratic form of means over batches of equal size the bias is removed exactly: what is
    left are the products of different batches, which share no world.
    """
    g = without.shape[-1]
    return np.asarray(g * estimate[..., None] - (g - 1) * without)


def reach(standard_error: Array, batches: int) -> Array:
    """Half the width of the 95 % interval: Student's t on one degree less than the batches."""
    return np.asarray(student(batches) * standard_error)


def student(batches: int) -> float:
    """The quantile of Student's t for that many batches; NaN below two."""
    return float(stats.t.ppf(LEVEL, batches - 1)) if batches > 1 else float("nan")


def assessable(tally: Tally) -> Mask:
    """Points that have a mean, and keep one whichever batch is left out, (points,).

    Of a study that has a single batch: points that have a mean.
    """
    rows = np.arange(len(tally.n))
    some = np.asarray(tally.n.any(axis=1))
    without = without_each(tally, rows)
    if without.shape[-1] < 2:
        return some
    return np.asarray(some & np.isfinite(without).all(axis=-1))


# ── Intervals of points, and of averages and differences of points ──────────────────


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
        return wilson(mean, n)
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

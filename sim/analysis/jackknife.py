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

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from realpolitik.sim.experiments.summary import CONFIDENCE
from realpolitik.sim.experiments.tallies import Tally

Array = NDArray[np.float64]
Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

LEVEL = (1 + CONFIDENCE) / 2


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

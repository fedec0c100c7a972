"""Intervals of points, and of averages and differences of points."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy import stats

from realpolitik.sim.study.analysis.jackknife import LEVEL, Array, Rows, error, reach
from realpolitik.sim.study.summary import RANGES
from realpolitik.sim.study.sweep.findings import Counts, Findings, Tally

Z = float(stats.norm.ppf(LEVEL))


def scales(findings: Findings) -> Mapping[str, str]:
    """Outcome → its scale, for the outcomes that are reported and tallied."""
    reported: list[Mapping[str, Any]] = findings.study["outcomes"]
    return {one["name"]: one["scale"] for one in reported if one["name"] in findings.tallies}


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
    apart = np.maximum(tally.squares.sum(axis=1) - total**2 / np.maximum(n, 1), 0)
    return np.where(n > 1, np.sqrt(apart / np.maximum(n - 1, 1) / np.maximum(n, 1)), np.nan)


def of_points(tally: Tally, scale: str) -> tuple[Array, Array]:
    """Ends of the interval of each point's mean, (points,): Wilson's of shares, else Student's."""
    n = tally.n.sum(axis=1)
    if scale == "share":
        return wilson(tally.total.sum(axis=1), n)
    half = stats.t.ppf(LEVEL, np.maximum(n - 1, 1)) * standard_error(tally)
    return within(tally.mean - half, tally.mean + half, scale)


def within(low: Array, high: Array, scale: str) -> tuple[Array, Array]:
    """Ends kept to what a quantity of that scale can be."""
    least, most = (0, 1) if scale == "share" else RANGES[scale]
    return np.maximum(low, least), np.minimum(high, most)


def half_width(without: Array, scale: str, worlds: Counts) -> Array:
    """Half the width of the interval of averages and differences of points, by the batches.

    Of shares it is at least the width of Wilson's interval of none in as many worlds: where no
    world (or a single one) differs, batches say nothing of how rare such a world may be.

    Args:
        without: The estimates without each batch, (..., batches).
        scale: The outcome's scale.
        worlds: Worlds of the points that were combined, the least of them, (...).
    """
    half = reach(error(without), without.shape[-1])
    if scale != "share":
        return half
    return np.asarray(np.maximum(half, Z**2 / (np.maximum(worlds, 1) + Z**2)))


def null_variance(level: float, worlds: Counts, scale: str) -> Array:
    """Variance of the mean of each point if it lay at that level; 0 where it is not known.

    Of a share it follows from the level itself, as in Wilson's interval.
    """
    known = level * (1 - level) if scale == "share" else 0.0
    return np.asarray(known / np.maximum(worlds, 1))


def of_averages(tally: Tally, scale: str, rows: Rows, without: Array) -> tuple[Array, Array, Array]:
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

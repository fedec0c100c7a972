"""What is measured in the worlds of an ensemble, and how implausible that makes a setting."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from realpolitik.sim.calibrate.patterns import Gauge, Pattern, TargetRecord
from realpolitik.sim.stats.intervals import CONFIDENCE, Interval, Scale, Z, quantile, share

# ── Implausibility ───────────────────────────────────────────────────────────────────


CUTOFF = 3.0
GROUPING = 1 / 12  # variance that a unit of grouping leaves unknown (Sheppard's correction)

Array = NDArray[np.float64]


def implausibility(value: float, variance: float, pattern: Pattern) -> float:
    """I of one pattern at one point; NaN if nothing could be measured there.

    Args:
        value: What was measured, such as a share of worlds.
        variance: Its Monte Carlo variance.
        pattern: What is asked for.
    """
    apart = outside(value, pattern.low, pattern.high)
    if apart == 0 or math.isnan(apart):
        return apart
    known = variance + observation_variance(pattern.record) + pattern.discrepancy**2
    return apart / math.sqrt(known) if known > 0 else math.inf


def outside(value: float, low: float, high: float) -> float:
    """Distance of a value from an interval, 0 inside; NaN of NaN."""
    if math.isnan(value):
        return math.nan
    return max(low - value, value - high, 0.0)


def observation_variance(record: TargetRecord | None) -> float:
    """Sampling variance of what a record says; 0 without one."""
    if record is None:
        return 0.0
    return record.error**2 if record.hits is None else jeffreys_variance(record.hits, record.cases)


def jeffreys_variance(hits: float, n: float) -> float:
    """Variance of a share after `hits` of n, by Jeffreys' prior: of Beta(hits + ½, n − hits + ½).

    Never 0, unlike p(1 − p)/n at 0 of n.
    """
    a, b = hits + 0.5, n - hits + 0.5
    return a * b / ((a + b) ** 2 * (a + b + 1))


def greatest(each: Array) -> Array:
    """The greatest I over patterns of each point, (points,); of those that could be measured.

    `each` is (points, patterns). A point at which nothing could be measured is infinitely
    implausible.
    """
    known = np.where(np.isnan(each), -np.inf, each).max(axis=1)
    return np.where(np.isneginf(known), np.inf, known)


# ── The statistic ────────────────────────────────────────────────────────────────────


Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Measurement:
    """A number that was measured.

    Attributes:
        value: The number; NaN if no world bears on it.
        low: Lower end of its 95 % interval for Monte Carlo error.
        high: Upper end.
        variance: Its Monte Carlo variance.
        n: Number of worlds that bear on it.
    """

    value: float
    low: float
    high: float
    variance: float
    n: int


def read(gauge: Gauge, runs: pd.DataFrame) -> Measurement:
    """The number of a gauge; `runs` has a row a world and a column an outcome.

    Shares have Wilson's interval and Jeffreys' variance; means have that of `Scale.level`;
    quantiles have the interval between order statistics, which needs no distribution (Hahn & Meeker
    1991, section 5.2), and the variance that a normal distribution with that interval would have,
    at least that of counting in whole weeks.
    """
    weeks = gauge.case.scenario.weeks
    values = scores(gauge, runs, weeks)
    seen = values[np.isfinite(values)]
    n = len(seen)
    if n == 0:
        return Measurement(np.nan, np.nan, np.nan, np.nan, 0)
    match gauge.statistic:
        case "share":
            hits = int(seen.sum())
            return _reading(share(hits, n), jeffreys_variance(hits, n), n)
        case "mean":
            found = Scale.of(gauge.scale, weeks).level(seen)
            of_equals = ((found.high - found.low) / (2 * Z)) ** 2
            variance = float(seen.var(ddof=1)) / n if n > 1 else np.nan
            return _reading(found, variance or of_equals, n)
        case "quantile":
            return _of_quantile(seen, gauge.level)


def scores(gauge: Gauge, runs: pd.DataFrame, weeks: int) -> Array:
    """What each world adds to the number, NaN where it does not bear on it: (W,).

    A week that never came counts as the last of `weeks`, but bears on no quantile.
    """
    values = runs[gauge.outcome].to_numpy(dtype=np.float64)
    if gauge.statistic != "quantile":
        values = Scale.of(gauge.scale, weeks).counted(values)
    known = np.isfinite(values)
    if gauge.above is not None:
        values = (values > gauge.above).astype(np.float64)
    elif gauge.at_least is not None:
        values = (values >= gauge.at_least).astype(np.float64)
    if gauge.given:
        known &= runs[gauge.given].to_numpy(dtype=np.float64) == 1
    return np.where(known, values, np.nan)


def verdict(low: float, high: float, target_low: float, target_high: float) -> str:
    """`holds` if all of the interval lies in the target, `missed` if none does; or `undecided`."""
    if target_low <= low and high <= target_high:
        return "holds"
    if high < target_low or low > target_high:
        return "missed"
    return "undecided"


def _reading(interval: Interval, variance: float, n: int) -> Measurement:
    return Measurement(interval.mean, interval.low, interval.high, variance, n)


def _of_quantile(values: Array, level: float) -> Measurement:
    n, ordered = len(values), np.sort(values)
    tail = (1 - CONFIDENCE) / 2
    first = int(stats.binom.ppf(tail, n, level)) - 1
    last = int(stats.binom.ppf(1 - tail, n, level))
    low, high = float(ordered[max(first, 0)]), float(ordered[min(last, n - 1)])
    error = (high - low) / (2 * float(stats.norm.ppf(1 - tail)))
    return Measurement(quantile(values, level), low, high, error**2 + GROUPING, n)

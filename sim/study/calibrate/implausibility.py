"""How implausible a point of the parameters is, given what a pattern asks for.

History matching (Vernon, Goldstein & Bower 2010, doi:10.1214/10-BA524) rejects points whose results
lie further from what was observed than all known uncertainty can explain,

    I = |target − mean| / sqrt(V_ensemble + V_observation + V_discrepancy) > 3,

where 3 is Pukelsheim's rule of three sigma for any distribution with one peak (1994,
doi:10.1080/00031305.1994.10476030). Here worlds are run at every point, so nothing is emulated, and
V_ensemble is the Monte Carlo error of that point (the ensemble variability of Andrianakis et al.
2015, doi:10.1371/journal.pcbi.1003968, for a mean over runs).

Targets here are intervals. Within one no value is better than another, so the target of a point is
the value of the interval that is nearest to its mean: I is 0 inside, and grows from the nearer end.
The other reading, a target in the middle with the variance of a uniform distribution over the
interval, would prefer the middle, and let points pass that lie 1.7 half-widths away from it.
"""

import math

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.study.calibrate.pattern import Pattern, Record

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


def observation_variance(record: Record | None) -> float:
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

"""How far the expectation of an outcome varies over settings of the numbers, chance taken off.

Each setting is seen in a few worlds, so that means differ by chance even where nothing else does.
The variance of the means is parted by the one-way random-effects analysis of variance (Searle,
Casella & McCulloch 1992, Variance Components, chapter 3; for nested simulations Sun, Apley & Staum
2011, Operations Research 59, 998–1007, doi:10.1287/opre.1110.0932).
"""

import numpy as np
from scipy import stats

from realpolitik.sim.engine.world import Array
from realpolitik.sim.stats.intervals import LEVEL, Interval, Scale

TAILS = np.array([1 - LEVEL, LEVEL])
FEWEST_CASES = 1e-3  # of a beta distribution that puts all at its two ends


def between_settings(values: Array) -> float:
    """Variance of the settings' expectations, σ² = (MSB − MSW) / n, at least 0.

    `values` (settings, n) holds what n worlds gave in each; MSB is n times the variance of their
    means, MSW the mean of their variances.
    """
    n = int(values.shape[1])
    among = n * float(values.mean(axis=1).var(ddof=1))
    within = float(values.var(axis=1, ddof=1).mean())
    return max(among - within, 0.0) / n


def over_settings(scale: Scale, values: Array) -> Interval:
    """Mean over settings, and what holds 95 % of their expectations.

    That is of the beta distribution over the scale with this mean and σ² (of a scale without end
    the gamma distribution); where σ² is 0, no more was seen than chance gives, it is the mean.
    `values` (settings, n) holds NaN for a week that never came.
    """
    counted = scale.counted(values)
    middle, variance = float(counted.mean()), between_settings(counted)
    if variance == 0:
        return Interval(middle, middle, middle)
    above = middle - scale.least
    if np.isfinite(scale.width):
        share, spread = above / scale.width, variance / scale.width**2
        cases = max(share * (1 - share) / spread - 1, FEWEST_CASES)
        low, high = scale.width * stats.beta.ppf(TAILS, share * cases, (1 - share) * cases)
    else:
        low, high = stats.gamma.ppf(TAILS, above**2 / variance, scale=variance / above)
    return Interval(middle, scale.least + float(low), scale.least + float(high))

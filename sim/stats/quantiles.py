"""Quantiles of what a number may be, where an estimate, an interval or a range of it is known."""

from typing import NamedTuple

import numpy as np
from scipy import stats
from scipy.special import betainc

from realpolitik.sim.engine.world import Array

COUNTS = np.geomspace(0.5, 1e5, 400)  # of cases that an estimated probability may rest on


class Known(NamedTuple):
    """What is known of n numbers, (n, 1) each.

    Attributes:
        value: An estimate, or what is likeliest.
        low: Lower end of the interval of the estimate, or least value.
        high: Upper end, or greatest value.
        level: Share of the estimate's distribution from low to high; of no matter for a range.
        least: Least value that it takes at all; the interval is cut off there.
        most: Greatest.
    """

    value: Array
    low: Array
    high: Array
    level: Array
    least: Array
    most: Array


def of_range(known: Known, draws: Array) -> Array:
    """Quantiles of triangular distributions, (n, W), at draws (n, W).

    What is declared of an assumed number are its ends and its default. A density that is greatest
    at the default and falls to nothing at the ends says no more than that (Johnson 1997, The
    Statistician 46, 387–398, doi:10.1111/1467-9884.00091).
    """
    wide = known.high - known.low
    found: Array = stats.triang.ppf(draws, (known.value - known.low) / wide, known.low, wide)
    return found


def of_probability(known: Known, draws: Array) -> Array:
    """Quantiles of beta distributions with these means and intervals, (n, W), at draws (n, W).

    They are not cut off at the ends of the intervals.
    """
    counts, mean = cases(known), known.value
    found: Array = stats.beta.ppf(draws, mean * counts, (1 - mean) * counts)
    return found


def cases(known: Known) -> Array:
    """Sum of both parameters of beta distributions with these means and intervals, (n, 1); to 3 %.

    The greatest with which no more than the level lies from low to high; an interval that reaches
    to 0 or 1 has nothing beyond. Of a mean near 0 that may be so of none, as nearly all lies at 0:
    then the one with which the least lies there.
    """
    mean, tail = known.value, (1 - known.level) / 2
    level = 1 - tail * ((known.low > 0).astype(float) + (known.high < 1))
    within = betainc(mean * COUNTS, (1 - mean) * COUNTS, known.high)
    within -= betainc(mean * COUNTS, (1 - mean) * COUNTS, known.low)
    fits = within <= level
    greatest = len(COUNTS) - 1 - np.argmax(fits[:, ::-1], axis=1)
    chosen = np.where(fits.any(axis=1), greatest, within.argmin(axis=1))
    found: Array = COUNTS[chosen][:, None]
    return found


def of_weight(known: Known, draws: Array) -> Array:
    """Quantiles of normal distributions with these intervals, (n, W), cut off at what is taken."""
    reach = np.maximum(known.high - known.value, known.value - known.low)
    spread = reach / stats.norm.ppf((1 + known.level) / 2)
    ends = (known.least - known.value) / spread, (known.most - known.value) / spread
    found: Array = stats.truncnorm.ppf(draws, *ends, known.value, spread)
    return found

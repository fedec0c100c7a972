"""Intervals of a difference between two scenarios whose worlds have nothing in common."""

import math

from scipy import stats

from realpolitik.sim.comparison.paired import LEVEL, NONE, mean_and_error
from realpolitik.sim.engine.world import Array
from realpolitik.sim.experiments.summary import Interval, Scale


def difference(scale: Scale, first: Array, second: Array) -> Interval:
    """Mean of the second less that of the first, as the scale counts them (NaN: never came).

    Newcombe's interval of shares; Welch's of means, and Newcombe's again where on either side all
    worlds are equal, as Welch's would then be empty.
    """
    one, other = scale.counted(first), scale.counted(second)
    equal = all(len(each) and each.max() == each.min() for each in (one, other))
    if scale.name == "share" or equal:
        return of_shares(scale.level(one), scale.level(other))
    return of_means(one, other)


def of_shares(first: Interval, second: Interval) -> Interval:
    """Second share less the first, with Newcombe's hybrid interval of their two.

    Method 10 of Newcombe (1998), Statistics in Medicine 17, 873–890, put together from two of
    Wilson's, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I
    """
    down = (second.mean - second.low) ** 2 + (first.high - first.mean) ** 2
    up = (second.high - second.mean) ** 2 + (first.mean - first.low) ** 2
    middle = second.mean - first.mean
    return Interval(middle, middle - math.sqrt(down), middle + math.sqrt(up))


def of_means(first: Array, second: Array) -> Interval:
    """Mean of the second less that of the first, with Welch's interval.

    Welch (1947), doi:10.1093/biomet/34.1-2.28; without an interval below two values each, or
    where all are equal on either side.
    """
    if min(len(first), len(second)) == 0:
        return NONE
    (one, one_error), (other, other_error) = mean_and_error(first), mean_and_error(second)
    middle = other - one
    v, w = one_error**2, other_error**2
    if not v + w > 0:
        return Interval(middle, math.nan, math.nan)
    parts = (v / (v + w)) ** 2 / (len(first) - 1), (w / (v + w)) ** 2 / (len(second) - 1)
    freedom = 1 / (parts[0] + parts[1])
    reach = float(stats.t.ppf(LEVEL, freedom)) * math.sqrt(v + w)
    return Interval(middle, middle - reach, middle + reach)

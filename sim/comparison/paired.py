"""Intervals of a difference between two scenarios whose worlds are paired.

World k of both has the same draws, so what the two have in common cancels world by world, and the
interval is mostly far narrower than that of two separate ensembles (`unpaired`). Every function
takes changes from the first scenario to the second; with the two swapped, difference and ends turn
their signs exactly, to the last bit, and the order of the worlds does not matter.
"""

import math

import numpy as np
from scipy import stats

from realpolitik.sim.engine.world import Array
from realpolitik.sim.experiments.summary import CONFIDENCE, Interval, Scale, Z, of_equals

LEVEL = (1 + CONFIDENCE) / 2
NONE = Interval(math.nan, math.nan, math.nan)
BISECTIONS = 60  # halvings of an interval of length 2 at most: beyond the precision of a float


def difference(scale: Scale, before: Array, after: Array) -> Interval:
    """Mean change from the first to the second in the same worlds, as the scale counts them.

    `before` and `after` (W,) hold NaN for a week that never came.
    """
    return of_changes(scale, scale.counted(after) - scale.counted(before))


def of_changes(scale: Scale, changes: Array) -> Interval:
    """The same of the changes of each pair, (W,)."""
    if scale.name == "share":
        return of_shares(int((changes > 0).sum()), int((changes < 0).sum()), len(changes))
    return of_means(changes, scale.width)


def of_shares(up: int, down: int, pairs: int) -> Interval:
    """Difference of two shares, with the score interval of Tango (1998).

    Tango, Statistics in Medicine 17, 891–908,
    doi:10.1002/(SICI)1097-0258(19980430)17:8<891::AID-SIM780>3.0.CO;2-B;
    recommended by Fagerland, Lydersen & Laake 2014, doi:10.1002/sim.6148.
    It is not empty where no pair differs: its ends are then ±z²/(n + z²), those of Wilson's
    interval of none. Where about four pairs or more are expected to differ it covers 93 to 97 %;
    where fewer are, it covers more.

    Args:
        up: Pairs of worlds with 0 in the first and 1 in the second.
        down: Pairs with 1 in the first and 0 in the second.
        pairs: All pairs; without any, everything is NaN.
    """
    if pairs == 0:
        return NONE
    return Interval((up - down) / pairs, -_upper(down, up, pairs), _upper(up, down, pairs))


def of_means(changes: Array, most: float = math.inf) -> Interval:
    """Mean of the changes of each pair, with Student's interval; without one below two pairs.

    Pairs that do not differ say nothing of how much those differ that do, so the degrees of
    freedom are the pairs that differ, less one (at least 1). If all differ, that is Student's
    interval as it is known; if few do, his own n − 1 would cover 80 to 90 % instead of 95. Where
    all changes are equal, none mostly, the interval is that of pairs that were not seen
    (`of_equals`): of none it is ±`most`·z²/(n + z²), as Tango's of shares.

    Args:
        changes: One a pair.
        most: How far the two of a pair can be apart; infinite where there is no limit.
    """
    if len(changes) == 0:
        return NONE
    middle, error = mean_and_error(changes)
    if len(changes) == 1:
        return Interval(middle, math.nan, math.nan)
    if changes.max() == changes.min():
        return of_equals(middle, len(changes), -most, most)
    freedom = max(int(np.count_nonzero(changes)) - 1, 1)
    reach = float(stats.t.ppf(LEVEL, freedom)) * error
    return Interval(middle, middle - reach, middle + reach)


def mean_and_error(values: Array) -> tuple[float, float]:
    """Mean and its standard error (NaN of one value), the same for any order of the values.

    Sums are rounded once (Shewchuk 1997, doi:10.1007/PL00009321), hence the same to the last bit.
    """
    n = len(values)
    middle = math.fsum(values) / n
    if n == 1:
        return middle, math.nan
    return middle, math.sqrt(math.fsum((values - middle) ** 2) / (n - 1) / n)


def _upper(up: int, down: int, pairs: int) -> float:
    """The largest difference that the score test does not reject; it falls as that grows."""
    low, high = (up - down) / pairs, 1.0
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        if _score(up, down, pairs, middle) < -Z:
            high = middle
        else:
            low = middle
    return high


def _score(up: int, down: int, pairs: int, difference: float) -> float:
    """Tango's statistic for a supposed difference, which lies above the one observed.

    The share of pairs that fall is estimated with the difference held fixed: the larger root of
    2n·q² + B·q − down·δ·(1 − δ) = 0.
    """
    bend = (2 * pairs - up + down) * difference - up - down
    root = bend**2 + 8 * pairs * down * difference * (1 - difference)
    falls = (math.sqrt(max(root, 0.0)) - bend) / (4 * pairs)
    variance = pairs * (2 * falls + difference * (1 - difference))
    gap = up - down - pairs * difference
    return gap / math.sqrt(variance) if variance > 0 else float(np.sign(gap)) * math.inf

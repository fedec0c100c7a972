"""Intervals of shares and means, and of differences between two scenarios.

Of two scenarios whose worlds are paired, world k of both has the same draws, so that what the two
have in common cancels world by world, and the interval is mostly far narrower than that of two
separate ensembles. Differences run from the first scenario to the second; with the two swapped,
difference and ends turn their signs exactly, to the last bit, and the order of the worlds does not
matter.
"""

import math
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from realpolitik.sim.engine.world import Array

Numbers = TypeVar("Numbers", float, Array)

CONFIDENCE = 0.95
LEVEL = (1 + CONFIDENCE) / 2
Z = float(stats.norm.ppf(LEVEL))
BISECTIONS = 60  # halvings of an interval of length 2 at most: beyond the precision of a float
RANGES = {
    "share": (0, 1),
    "weeks": (1, np.inf),
    "grade": (0, 6),
    "rung": (0, 10),
    "number": (0, np.inf),
    "alignment": (-2, 2),
}


@dataclass(frozen=True)
class Interval:
    """A value with a 95 % interval for Monte Carlo error; NaN where nothing was observed."""

    mean: float
    low: float
    high: float

    def within(self, least: float, most: float) -> "Interval":
        """The same with its ends kept to what the quantity can be."""
        return Interval(self.mean, max(self.low, least), min(self.high, most))


NONE = Interval(math.nan, math.nan, math.nan)


# ── One scenario ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Scale:
    """How the values of an outcome are counted, averaged and compared: one rule for all verbs.

    Attributes:
        name: share, weeks, grade, rung, number or alignment.
        least: Least value that a world can have.
        most: Greatest value, infinite where there is none; of weeks the horizon.
    """

    name: str
    least: float
    most: float

    @classmethod
    def of(cls, name: str, weeks: int) -> "Scale":
        """The scale of an outcome in a scenario of so many weeks."""
        least, most = RANGES[name]
        return cls(name, least, float(weeks) if name == "weeks" else most)

    @property
    def width(self) -> float:
        """How far two worlds can be apart."""
        return self.most - self.least

    def counted(self, values: Array) -> Array:
        """The values as they enter means and differences, so that every world has one.

        Weeks are counted up to the horizon, and one that never came (NaN) counts as the horizon:
        their mean is the restricted mean time to the event (Royston and Parmar 2013,
        doi:10.1186/1471-2288-13-152). Settings are so compared in the same worlds, whether or not
        it came in them.
        """
        if self.name != "weeks":
            return values
        return np.where(np.isfinite(values), np.minimum(values, self.most), self.most)

    def came(self, values: Array) -> float:
        """Share of worlds in which it came, to stand beside a mean of weeks; NaN on other scales.

        What comes after the horizon has not come.
        """
        return float((values <= self.most).mean()) if self.name == "weeks" else float("nan")

    def level(self, values: Array) -> Interval:
        """The mean over all worlds: Wilson's interval of shares, else Student's."""
        counted = self.counted(values)
        if self.name == "share":
            return share(int(counted.sum()), len(counted))
        if len(counted) > 1 and counted.max() == counted.min():
            return of_equals(float(counted[0]), len(counted), self.least, self.most)
        return mean(counted).within(self.least, self.most)


def share(hits: int, n: int) -> Interval:
    """A share with Wilson's interval."""
    if n == 0:
        return NONE
    low, high = wilson(hits / n, n)
    return Interval(hits / n, float(low), float(high))


def wilson(shares: ArrayLike, n: ArrayLike) -> tuple[Array, Array]:
    """Ends of Wilson's interval of shares seen in n cases (1927, doi:10.2307/2276774); NaN of none.

    Shares and numbers may be of any shapes that go together.
    """
    seen, cases = np.asarray(shares, dtype=np.float64), np.asarray(n, dtype=np.float64)
    seen, some = np.where(cases > 0, seen, np.nan), np.maximum(cases, 1)
    whole = 2 * (some + Z**2)
    middle = (2 * some * seen + Z**2) / whole
    half = Z / whole * np.sqrt(4 * some * seen * (1 - seen) + Z**2)
    return np.where(seen == 0, 0.0, middle - half), np.where(seen == 1, 1.0, middle + half)


def mean(values: Array) -> Interval:
    """A mean with Student's interval; without one below two values."""
    if len(values) == 0:
        return NONE
    middle = float(values.mean())
    if len(values) == 1:
        return Interval(middle, math.nan, math.nan)
    error = float(values.std(ddof=1)) / np.sqrt(len(values))
    reach = float(stats.t.ppf(LEVEL, len(values) - 1)) * error
    return Interval(middle, middle - reach, middle + reach)


def unseen(n: Numbers) -> Numbers:
    """The share that worlds of a kind not seen in n worlds may have, z²/(n + z²).

    Upper end of Wilson's interval of none (1927, doi:10.2307/2276774).
    """
    return Z**2 / (n + Z**2)


def of_equals(value: float, n: int, least: float, most: float) -> Interval:
    """The mean of n worlds that all have the same value: what unseen ones may do to it.

    These may lie anywhere from `least` to `most`; where that is without limit so is their effect,
    and the interval is unknown (NaN). Of shares it is Wilson's.
    """
    if not np.isfinite(most - least):
        return Interval(value, float("nan"), float("nan"))
    of = unseen(float(n))
    return Interval(value, value - of * (value - least), value + of * (most - value))


def quantile(values: Array, level: float) -> float:
    """The observed value below which that share lies; NaN of none."""
    if len(values) == 0:
        return float("nan")
    return float(np.quantile(values, level, method="inverted_cdf"))


# ── Two scenarios whose worlds are paired ────────────────────────────────────────────


def paired_difference(scale: Scale, before: Array, after: Array) -> Interval:
    """Mean change from the first to the second in the same worlds, as the scale counts them.

    `before` and `after` (W,) hold NaN for a week that never came.
    """
    return paired_changes(scale, scale.counted(after) - scale.counted(before))


def paired_changes(scale: Scale, changes: Array) -> Interval:
    """The same of the changes of each pair, (W,)."""
    if scale.name == "share":
        return paired_shares(int((changes > 0).sum()), int((changes < 0).sum()), len(changes))
    return paired_means(changes, scale.width)


def paired_shares(up: int, down: int, pairs: int) -> Interval:
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


def paired_means(changes: Array, most: float = math.inf) -> Interval:
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


# ── Two scenarios whose worlds have nothing in common ────────────────────────────────


def unpaired_difference(scale: Scale, first: Array, second: Array) -> Interval:
    """Mean of the second less that of the first, as the scale counts them (NaN: never came).

    Newcombe's interval of shares; Welch's of means, and Newcombe's again where on either side all
    worlds are equal, as Welch's would then be empty.
    """
    one, other = scale.counted(first), scale.counted(second)
    equal = all(len(each) and each.max() == each.min() for each in (one, other))
    if scale.name == "share" or equal:
        return unpaired_shares(scale.level(one), scale.level(other))
    return unpaired_means(one, other)


def unpaired_shares(first: Interval, second: Interval) -> Interval:
    """Second share less the first, with Newcombe's hybrid interval of their two.

    Method 10 of Newcombe (1998), Statistics in Medicine 17, 873–890, put together from two of
    Wilson's, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I
    """
    down = (second.mean - second.low) ** 2 + (first.high - first.mean) ** 2
    up = (second.high - second.mean) ** 2 + (first.mean - first.low) ** 2
    middle = second.mean - first.mean
    return Interval(middle, middle - math.sqrt(down), middle + math.sqrt(up))


def unpaired_means(first: Array, second: Array) -> Interval:
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

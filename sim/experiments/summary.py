"""What an ensemble says of an outcome: its mean, an interval, and the base rate beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from scipy import stats

from realpolitik.sim.engine.measures import Measure
from realpolitik.sim.engine.world import Array
from realpolitik.sim.scenario.vocabulary import BaseRate

Numbers = TypeVar("Numbers", float, Array)

CONFIDENCE = 0.95
Z = float(stats.norm.ppf((1 + CONFIDENCE) / 2))
RANGES = {
    "share": (0, 1),
    "weeks": (1, np.inf),
    "grade": (0, 6),
    "rung": (0, 10),
    "number": (0, np.inf),
    "alignment": (-2, 2),
}
DEATH_CLASSES = {"0": 0, "1–9": 1, "10–99": 10, "100–999": 100, "1000+": 1000}


@dataclass(frozen=True)
class Interval:
    """A value with a 95 % interval for Monte Carlo error; NaN where nothing was observed."""

    mean: float
    low: float
    high: float

    def within(self, least: float, most: float) -> "Interval":
        """The same with its ends kept to what the quantity can be."""
        return Interval(self.mean, max(self.low, least), min(self.high, most))


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


@dataclass(frozen=True)
class Summary:
    """One outcome over an ensemble.

    Mean and interval are those of `Scale.level`: a week that never came counts as the horizon.
    `n` counts the worlds that have a value, of weeks those in which it came; `came` is the share
    of these (NaN on other scales), and median and quantiles are theirs alone. `shares` breaks
    grades and deaths into classes.
    """

    mean: float
    low: float
    high: float
    n: int
    worlds: int
    came: float
    median: float
    q05: float
    q95: float
    scale: str
    label: str
    base_rate: BaseRate | None
    shares: Mapping[str, Interval] | None


def summarise(measure: Measure, values: Array, base_rate: BaseRate | None, weeks: int) -> Summary:
    """Summary of the values of one outcome, one a world (NaN for none), over so many weeks."""
    scale = Scale.of(measure.scale, weeks)
    middle, seen = scale.level(values), values[np.isfinite(values)]
    q05, median, q95 = (quantile(seen, level) for level in (0.05, 0.5, 0.95))
    return Summary(
        *(middle.mean, middle.low, middle.high),
        n=len(seen),
        worlds=len(values),
        came=scale.came(values),
        median=median,
        q05=q05,
        q95=q95,
        scale=measure.scale,
        label=measure.label,
        base_rate=base_rate,
        shares=_classes(measure, seen),
    )


def quantile(values: Array, level: float) -> float:
    """The observed value below which that share lies; NaN of none."""
    if len(values) == 0:
        return float("nan")
    return float(np.quantile(values, level, method="inverted_cdf"))


def share(hits: int, n: int) -> Interval:
    """A share with Wilson's interval (Wilson 1927, doi:10.2307/2276774)."""
    if n == 0:
        return Interval(np.nan, np.nan, np.nan)
    interval = stats.binomtest(hits, n).proportion_ci(CONFIDENCE, method="wilson")
    return Interval(hits / n, float(interval.low), float(interval.high))


def mean(values: Array) -> Interval:
    """A mean with Student's interval; without one below two values."""
    if len(values) == 0:
        return Interval(np.nan, np.nan, np.nan)
    middle = float(values.mean())
    if len(values) == 1:
        return Interval(middle, np.nan, np.nan)
    error = float(values.std(ddof=1)) / np.sqrt(len(values))
    reach = float(stats.t.ppf((1 + CONFIDENCE) / 2, len(values) - 1)) * error
    return Interval(middle, middle - reach, middle + reach)


def _classes(measure: Measure, values: Array) -> dict[str, Interval] | None:
    """Shares of the grades of help, or of classes of civilian deaths."""
    if measure.scale == "grade":
        names = [str(grade) for grade in range(7)]
        numbers = values.astype(int)
    elif measure.measure == "civilian_deaths":
        names = list(DEATH_CLASSES)
        numbers = np.digitize(values, list(DEATH_CLASSES.values())) - 1
    else:
        return None
    counts = np.bincount(numbers, minlength=len(names))
    return {name: share(int(c), len(values)) for name, c in zip(names, counts, strict=True)}

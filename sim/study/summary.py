"""What an ensemble says of an outcome: its mean, an interval, and the base rate beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import stats

from realpolitik.sim.engine.measures import Measure
from realpolitik.sim.engine.world import Array
from realpolitik.sim.scenario.vocabulary import BaseRate

CONFIDENCE = 0.95
RANGES = {
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
class Summary:
    """One outcome over an ensemble.

    `n` counts the worlds that have a value (weeks that never came are left out); the interval is
    Wilson's for shares and Student's for means. `shares` breaks grades and deaths into classes.
    """

    mean: float
    low: float
    high: float
    n: int
    worlds: int
    median: float
    q05: float
    q95: float
    scale: str
    label: str
    base_rate: BaseRate | None
    shares: Mapping[str, Interval] | None


def summarise(measure: Measure, values: Array, base_rate: BaseRate | None) -> Summary:
    """Summary of the values of one outcome, one a world (NaN for none)."""
    seen = values[np.isfinite(values)]
    if measure.scale == "share":
        middle = share(int(seen.sum()), len(seen))
    else:
        middle = mean(seen).within(*RANGES[measure.scale])
    q05, median, q95 = (quantile(seen, level) for level in (0.05, 0.5, 0.95))
    return Summary(
        *(middle.mean, middle.low, middle.high),
        n=len(seen),
        worlds=len(values),
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

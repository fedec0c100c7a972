"""What an ensemble says of an outcome: its mean, an interval, and the base rate beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from realpolitik.sim.engine.measures import Measure
from realpolitik.sim.engine.world import Array
from realpolitik.sim.scenario.vocabulary import BaseRate
from realpolitik.sim.stats.intervals import Interval, Scale, quantile, share

DEATH_CLASSES = {"0": 0, "1–9": 1, "10–99": 10, "100–999": 100, "1000+": 1000}


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

"""Whether what is forecast with a probability comes about as often."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from realpolitik.sim.engine.world import Array
from realpolitik.sim.study.hindcast.cases import Case

BINS = 5
COLUMNS = ("hypothesis", "bin", "low", "high", "forecast", "observed", "n")


def calibration_table(
    cases: Sequence[Case], forecasts: Mapping[tuple[str, str], Array], names: Sequence[str]
) -> pd.DataFrame:
    """Forecast probability, in bins of a fifth, against observed frequency.

    hypothesis, bin, low, high (of the bin), forecast (mean), observed (frequency), n (events);
    bins without events are left out. An event is that a choice reaches at least a category: one
    event of a yes or no, six of a grade. The events of one case are not independent.
    """
    rows = []
    for name in names:
        events = np.array(
            [event for case in cases for event in _events(case, forecasts[case.name, name])]
        ).reshape(-1, 2)
        places = np.minimum((events[:, 0] * BINS).astype(int), BINS - 1)
        for place in np.unique(places):
            chance, came = events[places == place].mean(axis=0)
            ends = (place / BINS, (place + 1) / BINS)
            rows.append((name, int(place), *ends, chance, came, int((places == place).sum())))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _events(case: Case, forecast: Array) -> list[tuple[float, float]]:
    """Probability of at least category 1, 2, …, and whether that came about."""
    reached = np.clip(np.cumsum(forecast[::-1])[::-1], 0, 1)
    return [
        (float(chance), float(case.observed >= level))
        for level, chance in enumerate(reached)
        if level > 0
    ]

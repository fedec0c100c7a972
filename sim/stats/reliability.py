"""Whether what is forecast comes about as often: forecasts in bins against frequencies."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike


def binned(chances: ArrayLike, came: ArrayLike, bins: int) -> pd.DataFrame:
    """A row for each of so many equal bins of probability that has events.

    Args:
        chances: Forecast probabilities, of any shape.
        came: Whether each came about, of the same shape.
        bins: Number of bins from 0 to 1.

    Returns:
        bin (number), low, high (its ends), forecast (mean), observed (frequency), n (events).
    """
    forecast = np.asarray(chances, dtype=np.float64).ravel()
    place = np.minimum((forecast * bins).astype(int), bins - 1)
    events = pd.DataFrame({"bin": place, "forecast": forecast, "observed": np.ravel(came) * 1.0})
    of = events.groupby("bin")
    rows = of.mean().assign(n=of.size()).reset_index()
    return rows.assign(low=rows["bin"] / bins, high=(rows["bin"] + 1) / bins)[
        ["bin", "low", "high", "forecast", "observed", "n"]
    ]

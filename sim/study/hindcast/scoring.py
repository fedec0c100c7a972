"""Proper scores of forecasts over ordered categories, and how certain a forecast may be.

Both scores are lowest, on average, for who states what he holds to be true (Gneiting and Raftery
2007, doi:10.1198/016214506000001437). They are taken from the library scoringrules.
"""

import numpy as np
import scoringrules
from numpy.typing import ArrayLike

from realpolitik.sim.engine.world import Array

DOUBT = 0.01
"""Share of a uniform forecast in every forecast that is scored (assumed): nobody is quite certain.

So the log score is at most ln(categories / DOUBT): 5.3 for a yes or no, 6.6 for seven grades. The
forecast itself is changed, not its score, which stays proper; all rivals are treated alike.
"""

OTHER_DOUBTS = (0.001, 0.05)
"""Shares at which Bayes factors are told as well, as they hang on what was thought impossible."""


def tempered(shares: ArrayLike, doubt: float = DOUBT) -> Array:
    """The forecast with a little doubt mixed in, (..., categories)."""
    forecast = np.asarray(shares, dtype=np.float64)
    return np.asarray((1 - doubt) * forecast + doubt / forecast.shape[-1])


def ranked_probability_score(forecast: Array, observed: int) -> float:
    """Mean squared distance of the cumulative forecast from what came, 0 (sure and right) to 1.

    The sum over categories (Epstein 1969, doi:10.1175/1520-0450(1969)008<0985:ASSFPF>2.0.CO;2) is
    divided by the number of categories less one, so that a yes or no and a grade weigh alike. Of a
    yes or no it is the score of Brier.
    """
    total = scoringrules.rps_score(np.asarray(observed + 1), forecast)
    return float(total) / (len(forecast) - 1)


def log_score(forecast: Array, observed: int) -> float:
    """Minus the logarithm of the probability of what came, 0 or more [nat] (Good 1952)."""
    return float(scoringrules.log_score(1, min(float(forecast[observed]), 1.0)))

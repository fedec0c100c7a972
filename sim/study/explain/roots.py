"""Where a function of one number turns its sign, nearest to where one stands."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from scipy.optimize import brentq

STEPS = 8  # of each side of the default, in which a change of sign is looked for


def nearest_root(function: Callable[[float], float], here: float, low: float, high: float) -> float:
    """The root nearest to `here` within the range; NaN if there is none.

    Each side is cut into eight steps, and the first over which the sign changes is bracketed
    (Brent 1973). A function that is monotone, or whose positive part is one interval around
    `here`, has no root that is missed; of another two roots within one step may be.
    """
    if function(here) == 0:
        return here
    roots = [_first_root(function, here, end) for end in (low, high) if end != here]
    found = [root for root in roots if np.isfinite(root)]
    return min(found, key=lambda root: abs(root - here), default=float("nan"))


def _first_root(function: Callable[[float], float], here: float, end: float) -> float:
    """The first root on the way from `here` to `end`."""
    points = np.linspace(here, end, STEPS + 1)
    before = function(here)
    for start, stop in pairwise(points):
        after = function(stop)
        if after == 0:
            return float(stop)
        if before * after < 0:
            return float(brentq(function, start, stop, xtol=1e-14, rtol=1e-14))
        before = after
    return float("nan")

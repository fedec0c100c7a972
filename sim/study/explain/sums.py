"""Sums over worlds, from which means and their intervals are made once all have been seen."""

import math

import numpy as np
from scipy import stats

from realpolitik.sim.engine.world import Array
from realpolitik.sim.study.summary import CONFIDENCE, Interval


class Sums:
    """Number, sum, and sum of squares about the mean of several quantities at once.

    Blocks are merged as by Chan, Golub & LeVeque (1983, doi:10.1080/00031305.1983.10483115): a
    quantity that is the same in every world has a variance of 0, not of the rounding of its
    square.
    """

    def __init__(self, width: int) -> None:
        """Begins with no world and `width` quantities."""
        self.n = 0
        self.total = np.zeros(width)
        self._spread = np.zeros(width)

    def add(self, values: Array) -> None:
        """Adds worlds, (worlds, width)."""
        n = len(values)
        if n == 0:
            return
        total = values.sum(axis=0)
        self._spread += ((values - total / n) ** 2).sum(axis=0)
        if self.n:
            gap = self.total / self.n - total / n
            self._spread += gap**2 * self.n * n / (self.n + n)
        self.n += n
        self.total += total

    def interval(self, place: int) -> Interval:
        """Mean of the quantity in that place, with Student's interval; NaN of none."""
        if self.n == 0:
            return Interval(math.nan, math.nan, math.nan)
        middle = float(self.total[place] / self.n)
        if self.n == 1:
            return Interval(middle, math.nan, math.nan)
        error = math.sqrt(float(self._spread[place]) / (self.n - 1) / self.n)
        reach = float(stats.t.ppf((1 + CONFIDENCE) / 2, self.n - 1)) * error
        return Interval(middle, middle - reach, middle + reach)

"""Where an outcome crosses a level along one parameter, with an interval."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from realpolitik.sim.engine.world import Array
from realpolitik.sim.study.summary import Interval

At = Callable[[int], Interval]


@dataclass(frozen=True)
class Crossing:
    """Where the level is crossed, and between which values the worlds cannot tell it from there."""

    at: float
    low: float
    high: float


@dataclass(frozen=True)
class Line:
    """The values of a parameter at which an outcome may be looked at.

    Attributes:
        values: In ascending order.
        home: Number of the one that the scenario has.
        at: What the outcome is at the value of that number; worth remembering, asked for often.
        level: What it is to cross.
    """

    values: Array
    home: int
    at: At
    level: float

    def above(self, number: int) -> bool:
        """Whether the outcome has reached the level there."""
        return self.at(number).mean >= self.level

    def clear(self, number: int) -> bool:
        """Whether the interval of the outcome leaves out the level there."""
        there = self.at(number)
        return there.low > self.level or there.high < self.level

    @property
    def ends(self) -> tuple[int, int]:
        """Numbers of the first and the last value."""
        return 0, len(self.values) - 1

    def straddled(self) -> list[int]:
        """The ends that lie on the other side of the level than home does."""
        return [end for end in self.ends if self.above(end) != self.above(self.home)]

    def crossing(self, end: int) -> Crossing:
        """Where the level is crossed between home and an end on the other side of it.

        By bisection, and between the last two values by a straight line. The interval reaches to
        the first values on both sides at which the level lies outside the interval of the
        outcome, or to the ends: all values of the parameter at which the worlds could not tell
        the outcome from the level (a test turned round).
        """
        near, far = _bisect(self.home, end, lambda n: self.above(n) != self.above(self.home))
        left, right = sorted((near, far))
        first, last = self.ends
        return Crossing(
            self._between(near, far),
            float(self.values[self._clearing(left, first)]),
            float(self.values[self._clearing(right, last)]),
        )

    def _between(self, near: int, far: int) -> float:
        """Where the straight line between two values meets the level."""
        start, stop = self.at(near).mean, self.at(far).mean
        share = (self.level - start) / (stop - start)
        return float(self.values[near] + share * (self.values[far] - self.values[near]))

    def _clearing(self, start: int, end: int) -> int:
        """The first value that is clear on the way to an end, or the end."""
        if start == end or self.clear(start):
            return start
        return _bisect(start, end, self.clear)[1] if self.clear(end) else end


def _bisect(start: int, end: int, holds: Callable[[int], bool]) -> tuple[int, int]:
    """Neighbours of which the second, farther from `start`, is where something begins to hold.

    It does not hold at `start` and holds at `end`; if it comes and goes, one of the places where
    it comes is found.
    """
    while abs(end - start) > 1:
        middle = (start + end) // 2
        if holds(middle):
            end = middle
        else:
            start = middle
    return start, end


def values_between(low: float, high: float, here: float, steps: int) -> tuple[Array, int]:
    """Evenly spaced values over a range with `here` among them, and its number."""
    values = np.unique([*np.linspace(low, high, steps + 1), here])
    return values, int(np.searchsorted(values, here))

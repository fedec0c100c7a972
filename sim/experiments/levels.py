"""The levels of a parameter: decimal numbers, as a person would write them."""

import itertools
import sys
from decimal import Decimal

from realpolitik.sim.experiments.plan import Vary
from realpolitik.sim.scenario.errors import ROUNDING, number

DIGITS = 8  # of a step that somebody would write
VAST = 10**12  # from here on digits say less than the order of magnitude


def clean(value: float) -> float:
    """The number without the rounding of sums: 0.92, not 0.9199999999999999."""
    return float(number(value))


def stepped(low: float, high: float, step: float) -> tuple[float, ...]:
    """The levels a, a + step, … up to the last that is not above b: 0, 0.1, 0.2, 0.3."""
    first, distance = Decimal(repr(low)), Decimal(repr(step))
    return tuple(float(first + k * distance) for k in range(count(low, high, step)))


def reaches(low: float, high: float, step: float) -> bool:
    """Whether steps from the low end come to the high end."""
    steps = (high - low) / step
    return abs(steps - round(steps)) <= ROUNDING


def steps_beside(low: float, high: float, step: float) -> tuple[float, float]:
    """The nearest smaller and greater step that reach the high end, as short decimal numbers.

    The step lies below the width of the range, and does not reach itself.
    """
    width = Decimal(repr(high)) - Decimal(repr(low))
    fewest = count(low, high, step) - 1
    more = next(k for k in itertools.count(fewest + 1) if _divides(k, width))
    fewer = next(k for k in range(fewest, 0, -1) if _divides(k, width))
    return float(width / more), float(width / fewer)


def _divides(times: int, width: Decimal) -> bool:
    """Whether so many steps make the width, and the step has no more digits than are written."""
    step = width / times
    digits = len(step.normalize().as_tuple().digits)
    return step * times == width and digits <= max(DIGITS, len(width.as_tuple().digits))


def count(low: float, high: float, step: float) -> int:
    """How many levels those are, told without making them."""
    return int(min((high - low) / step + ROUNDING, sys.maxsize)) + 1


def amount(value: int) -> str:
    """The number as a person would say it: 1,200, and 6.7e+20."""
    return f"{value:,}" if value < VAST else f"{Decimal(value):.1e}"


def levels(vary: Vary, points: int) -> tuple[float, ...]:
    """Its levels, in ascending order: those that are given, or so many at equal distances."""
    if vary.values:
        return vary.values
    low, high = Decimal(repr(vary.low)), Decimal(repr(vary.high))
    return tuple(clean(float(low + (high - low) * k / (points - 1))) for k in range(points))

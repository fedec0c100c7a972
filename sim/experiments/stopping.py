"""When a point has worlds enough.

The rule for an interval of fixed width of Chow and Robbins (1965, doi:10.1214/aoms/1177700156):
stop at the first n with n ≥ (a / d)² (s² + 1/n), where d is half the width, s² the variance of the
values so far, and a any sequence that tends to the normal distribution's z: here Student's t, so
that his interval is no wider than was asked for. The 1/n keeps the rule from stopping at a variance
of 0 by luck; it also does for Wilson's interval of a share what t does for Student's. On other
scales it is multiplied by the square of their range, so that it does the same for the interval of
worlds that are all equal. Coverage tends to the nominal as the width tends to 0.
"""

from math import isfinite

from scipy.special import stdtrit

from realpolitik.sim.engine.streams import BLOCK

UPPER = 0.975  # where the upper end of a 95 % interval lies


def narrow_enough(n: int, total: float, squares: float, width: float, wide: float = 1.0) -> bool:
    """Whether n values with that sum and sum of squares have a 95 % interval of at most that width.

    Args:
        n: Number of values.
        total: Their sum.
        squares: Sum of their squares.
        width: Width of the 95 % interval from end to end, above 0.
        wide: How far two values can be apart; without limit the 1/n stays as it is, as of shares.
    """
    if n < 2:
        return False
    variance = max(squares - total**2 / n, 0.0) / (n - 1)
    unit = wide**2 if isfinite(wide) else 1.0
    quantile = float(stdtrit(n - 1, UPPER))
    # squares as products: those of floats that go beyond all bounds end at 0 or infinity
    return n * (width * width) >= (2 * quantile) ** 2 * (variance + unit / n)


def next_worlds(worlds: int, most: int) -> int:
    """How many worlds a point is to have next: up to the end of a block, but never above most."""
    return min((worlds // BLOCK + 1) * BLOCK, most)

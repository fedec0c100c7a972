"""When a point has worlds enough.

The rule for an interval of fixed width of Chow and Robbins (1965, doi:10.1214/aoms/1177700156):
stop at the first n with n ≥ (a / d)² (s² + 1/n), where d is half the width, s² the variance of the
values so far, and a any sequence that tends to the normal distribution's z: here Student's t, so
that his interval is no wider than was asked for. The 1/n keeps the rule from stopping at a variance
of 0 by luck; it also does for Wilson's interval of a share what t does for Student's. Coverage
tends to the nominal as the width tends to 0.
"""

from scipy.special import stdtrit

from realpolitik.sim.engine.streams import BLOCK

UPPER = 0.975  # where the upper end of a 95 % interval lies


def narrow_enough(n: int, total: float, squares: float, width: float) -> bool:
    """Whether n values with that sum and sum of squares have a 95 % interval of at most that width.

    Args:
        n: Number of values.
        total: Their sum.
        squares: Sum of their squares.
        width: Width of the 95 % interval from end to end, above 0.
    """
    if n < 2:
        return False
    variance = max(squares - total**2 / n, 0.0) / (n - 1)
    quantile = float(stdtrit(n - 1, UPPER))
    # squares as products: those of floats that go beyond all bounds end at 0 or infinity
    return n * (width * width) >= (2 * quantile) ** 2 * (variance + 1 / n)


def next_worlds(worlds: int, most: int) -> int:
    """How many worlds a point is to have next: up to the end of a block, but never above most."""
    return min((worlds // BLOCK + 1) * BLOCK, most)

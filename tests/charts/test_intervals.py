import math

import pytest

from realpolitik.sim.charts.intervals import wilson


def test_wilson_gives_the_textbook_interval() -> None:
    assert wilson(0.5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)


def test_wilson_of_nothing_seen_reaches_above_zero() -> None:
    low, high = wilson(0.0, 23)
    assert (low, round(high, 3)) == (0.0, 0.143)


@pytest.mark.parametrize(("share", "n"), [(0.5, 0), (math.nan, 10)])
def test_no_cases_give_no_interval(share: float, n: int) -> None:
    assert all(map(math.isnan, wilson(share, n)))

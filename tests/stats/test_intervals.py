"""Intervals of shares and means of one scenario."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from realpolitik.sim.stats.intervals import Scale, mean, share, wilson


def test_wilson_gives_the_textbook_interval() -> None:
    assert wilson(0.5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)


def test_wilson_of_nothing_seen_reaches_above_zero() -> None:
    low, high = wilson(0.0, 23)
    assert (low, high) == pytest.approx((0.0, 0.143), abs=5e-4)


@pytest.mark.parametrize(("share", "n"), [(0.5, 0), (math.nan, 10)])
def test_no_cases_give_no_interval(share: float, n: int) -> None:
    assert all(map(math.isnan, wilson(share, n)))


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_wilsons_interval_is_that_of_scipy_to_the_last_bit(hits: int, more: int) -> None:
    if hits + more:
        found = stats.binomtest(hits, hits + more).proportion_ci(0.95, method="wilson")
        assert (share(hits, hits + more).low, share(hits, hits + more).high) == found


def test_wilson_interval_has_the_published_value() -> None:
    """Newcombe 1998 (Statistics in Medicine 17), table I: 81 of 263."""
    interval = share(81, 263)
    assert (interval.low, interval.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_wilson_interval_of_none_is_not_empty() -> None:
    """Newcombe 1998, table I: 0 of 20."""
    interval = share(0, 20)
    assert (interval.mean, interval.low) == (0, 0)
    assert interval.high == pytest.approx(0.1611, abs=5e-5)


def test_student_interval_of_a_mean() -> None:
    interval = mean(np.array([1.0, 2.0, 3.0, 4.0]))
    assert interval.mean == 2.5
    assert interval.high - 2.5 == pytest.approx(3.182446 * np.sqrt(5 / 3) / 2, abs=1e-5)


def test_a_single_value_has_no_interval() -> None:
    assert np.isnan(mean(np.array([3.0])).low)


@given(st.lists(st.one_of(st.just(np.nan), st.integers(1, 60).map(float)), min_size=1, max_size=80))
def test_the_restricted_mean_is_the_area_under_the_survival_curve(values: list[float]) -> None:
    """In whole weeks: the sum of the shares of worlds in which it is still to come."""
    weeks = np.array(values)
    still = [1.0 if week == 0 else 1 - (weeks <= week).mean() for week in range(26)]
    assert Scale.of("weeks", 26).level(weeks).mean == pytest.approx(sum(still))


@pytest.mark.parametrize("name", ["share", "weeks", "grade", "rung", "alignment"])
@pytest.mark.parametrize("end", ["least", "most"])
def test_worlds_that_are_all_equal_never_have_an_empty_interval(name: str, end: str) -> None:
    scale = Scale.of(name, 26)
    value = getattr(scale, end)
    found = scale.level(np.full(20, float(value)))
    assert found.high - found.low == pytest.approx(scale.width * share(0, 20).high)
    assert scale.least <= found.low <= found.mean <= found.high <= scale.most


def test_of_what_has_no_limit_nobody_knows_what_unseen_worlds_do() -> None:
    assert np.isnan(Scale.of("number", 26).level(np.zeros(20)).high)

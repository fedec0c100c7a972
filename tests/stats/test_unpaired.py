"""Unpaired intervals: published values, coverage of known models, and laws."""

import functools
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from realpolitik.sim.stats.intervals import (
    Interval,
    Scale,
    share,
    unpaired_difference,
    unpaired_means,
    unpaired_shares,
)
from tests.stats.models import Array, coverage, grades, normals, shares, weeks

values = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40).map(np.array)
numbers = st.lists(st.integers(-1000, 1000), min_size=2, max_size=40).map(np.array)
once_share = functools.cache(share)  # the same counts come up again and again
hits = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def of_shares(one: Array, other: Array) -> Interval:
    """The unpaired interval of zeros and ones."""
    first, second = (once_share(int(values.sum()), len(values)) for values in (one, other))
    return unpaired_shares(first, second)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((48, 80), (56, 70), 0.0524, 0.3339),
        ((3, 10), (9, 10), 0.1705, 0.8090),
        ((0, 10), (10, 10), 0.6075, 1.0),
    ],
)
def test_of_shares_has_the_published_values(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe 1998 (Statistics in Medicine 17, 873–890), table II, method 10."""
    found = unpaired_shares(share(*first), share(*second))
    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-5)


@given(numbers, numbers)
def test_of_means_is_welchs(one: Array, other: Array) -> None:
    assume(min(np.ptp(one), np.ptp(other)) > 0)
    found = unpaired_means(one, other)
    test = stats.ttest_ind(other, one, equal_var=False).confidence_interval()
    assert (found.low, found.high) == pytest.approx((test.low, test.high), rel=1e-6, abs=1e-5)


@pytest.mark.parametrize("name", ["weeks", "grade", "rung", "alignment"])
def test_two_sides_on_which_all_worlds_are_equal_may_still_differ(name: str) -> None:
    scale = Scale.of(name, 26)
    one, other = np.full(30, 1.0), np.full(40, 1.5)
    found = unpaired_difference(scale, one, other)
    assert found.mean == 0.5
    assert found.low < 0.5 < found.high
    assert found.high <= scale.width


def test_of_shares_that_never_occur_the_interval_is_newcombes() -> None:
    none = unpaired_difference(Scale.of("share", 26), np.zeros(30), np.zeros(40))
    assert none == unpaired_shares(share(0, 30), share(0, 40))
    assert none.low < 0 < none.high


def test_two_constants_without_a_limit_leave_no_interval() -> None:
    found = unpaired_difference(Scale.of("number", 26), np.ones(3), np.full(4, 3.0))
    assert found.mean == 2
    assert math.isnan(found.low)


def test_a_single_value_leaves_no_interval_and_none_no_difference() -> None:
    alone = unpaired_means(np.ones(1), np.array([2.0, 4.0]))
    assert alone.mean == 2
    assert math.isnan(alone.low)
    assert math.isnan(unpaired_means(np.empty(0), np.ones(3)).mean)


@pytest.mark.parametrize("n", [30, 200, 1000])
@pytest.mark.parametrize(("first", "second"), [(0.5, 0.5), (0.3, 0.4), (0.1, 0.2)])
def test_coverage_of_shares(first: float, second: float, n: int) -> None:
    assert 0.93 <= coverage(shares(first, second, 0.0), n, of_shares) <= 0.97


@pytest.mark.parametrize("n", [10, 30, 300])
@pytest.mark.parametrize("scale", [1.0, 4.0])
def test_coverage_of_means(scale: float, n: int) -> None:
    assert 0.93 <= coverage(normals(0.3, scale, 0.0), n, unpaired_means) <= 0.97


@pytest.mark.parametrize("n", [30, 300])
def test_coverage_of_grades_and_restricted_means(n: int) -> None:
    for model in (grades(0.4, 0.0), weeks(0.05, 0.08, 26, 0.0)):
        assert 0.93 <= coverage(model, n, unpaired_means) <= 0.97


@given(hits, hits)
def test_swapping_turns_the_signs_of_shares_to_the_last_bit(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    one, other = share(*first), share(*second)
    there, back = unpaired_shares(one, other), unpaired_shares(other, one)
    assert (back.mean, back.low, back.high) == (-there.mean, -there.high, -there.low)


@given(values, values)
def test_swapping_turns_the_signs_of_means_to_the_last_bit(one: Array, other: Array) -> None:
    assume(max(np.ptp(one), np.ptp(other)) > 1e-100)  # the square of less is 0
    there, back = unpaired_means(one, other), unpaired_means(other, one)
    assert (back.mean, back.low, back.high) == (-there.mean, -there.high, -there.low)

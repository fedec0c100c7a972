import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from realpolitik.sim.calibrate.patterns import TargetRecord
from realpolitik.sim.calibrate.statistic import (
    greatest,
    implausibility,
    jeffreys_variance,
    observation_variance,
    outside,
)
from tests.calibrate.small import pattern


def test_a_value_inside_the_target_is_not_implausible_at_all() -> None:
    asked = pattern("p", 0.5, 0.8)
    assert [implausibility(value, 0.0001, asked) for value in (0.5, 0.65, 0.8)] == [0, 0, 0]


def test_outside_it_is_the_distance_over_the_root_of_the_three_variances() -> None:
    asked = pattern("p", 0.5, 0.8, record=TargetRecord(cases=100, error=0.04), discrepancy=0.03)
    # 0.1 / sqrt(0.0144 - 0.0025 + 0.0025) with ensemble 0.0144 - 0.0025 = 0.0119
    assert implausibility(0.9, 0.0119, asked) == pytest.approx(0.1 / 0.12)
    assert implausibility(0.4, 0.0119, asked) == pytest.approx(0.1 / 0.12)
    assert implausibility(0.4, 0.0, pattern("p", 0.5, 0.8, discrepancy=0.02)) == pytest.approx(5)


def test_with_nothing_uncertain_any_distance_is_infinitely_implausible() -> None:
    assert implausibility(0.81, 0.0, pattern("p", 0.5, 0.8)) == math.inf


def test_what_could_not_be_measured_is_neither_plausible_nor_implausible() -> None:
    assert math.isnan(implausibility(math.nan, math.nan, pattern("p", 0.5, 0.8)))


@given(hits=st.integers(0, 50), more=st.integers(0, 50))
def test_the_variance_of_a_share_is_that_of_jeffreys_posterior(hits: int, more: int) -> None:
    known = stats.beta(hits + 0.5, more + 0.5).var()
    assert jeffreys_variance(hits, hits + more) == pytest.approx(known)


def test_a_record_of_nothing_in_23_cases_has_the_error_it_is_told_to_have() -> None:
    # Beta(.5, 23.5): mean .5 / 24, variance .5 * 23.5 / (24 ** 2 * 25)
    assert observation_variance(TargetRecord(cases=23, hits=0)) == pytest.approx(11.75 / 14400)
    assert observation_variance(TargetRecord(cases=824, error=0.3)) == pytest.approx(0.09)
    assert observation_variance(None) == 0


@given(st.floats(-2, 2), st.floats(-1, 0), st.floats(0, 1))
def test_distance_from_an_interval(value: float, low: float, high: float) -> None:
    nearest = min(max(value, low), high)
    assert outside(value, low, high) == pytest.approx(abs(value - nearest))


def test_the_greatest_is_that_of_what_could_be_measured() -> None:
    each = np.array([[0.5, 2.0], [np.nan, 1.0], [np.nan, np.nan]])
    assert greatest(each).tolist() == [2.0, 1.0, math.inf]

"""What is measured in worlds, its variance and verdict, and how implausible that makes it."""

import math

import numpy as np
import pandas as pd
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
    read,
    verdict,
)
from realpolitik.sim.stats.intervals import share
from tests.calibrate.small import gauge, pattern


def runs(**columns: list[float]) -> pd.DataFrame:
    return pd.DataFrame(columns)


def test_a_share_of_worlds_has_wilsons_interval_and_jeffreys_variance() -> None:
    found = read(gauge("strike"), runs(strike=[1, 0, 0, 1, 0]))
    assert (found.value, found.n) == (0.4, 5)
    assert (found.low, found.high) == (share(2, 5).low, share(2, 5).high)
    assert found.variance == jeffreys_variance(2, 5)


def test_above_is_strict_and_at_least_is_not() -> None:
    grades = runs(height=[5, 6, 6, 7])
    assert read(gauge("height", above=6), grades).value == 0.25
    assert read(gauge("height", at_least=6), grades).value == 0.75


def test_a_share_given_another_outcome_counts_only_worlds_that_had_it() -> None:
    worlds = runs(height=[9, 2, 9, 9], strike=[1, 1, 0, 1])
    found = read(gauge("height", at_least=9, given="strike"), worlds)
    assert (found.value, found.n) == (2 / 3, 3)


def test_worlds_in_which_a_week_never_came_are_left_out() -> None:
    found = read(gauge("weeks_to_strike", "quantile", level=0.5), runs(weeks_to_strike=[1, np.nan]))
    assert (found.value, found.n) == (1, 1)


def test_in_shares_and_means_a_week_that_never_came_counts_as_the_horizon() -> None:
    worlds = runs(weeks_to_strike=[1, np.nan])
    assert read(gauge("weeks_to_strike", "mean"), worlds).value == 2
    assert read(gauge("weeks_to_strike", above=2), worlds).value == 0.5


def test_a_mean_of_equal_worlds_is_not_certain() -> None:
    found = read(gauge("height", "mean"), runs(height=[6.0] * 50))
    assert found.low < 6 < found.high
    assert found.variance > 0


def test_where_nothing_bears_on_it_there_is_no_value() -> None:
    found = read(gauge("height", at_least=9, given="strike"), runs(height=[9.0], strike=[0.0]))
    assert np.isnan(found.value)
    assert found.n == 0


def test_a_quantile_has_the_interval_between_order_statistics() -> None:
    found = read(
        gauge("weeks_to_strike", "quantile", level=0.5), runs(weeks_to_strike=[*range(100)])
    )
    # Hahn & Meeker: of 100 values the 40th and the 61st hold the median with some 95 %.
    assert (found.low, found.high) == (39, 60)
    assert found.value == 49


def test_a_quantile_of_equal_weeks_still_has_the_variance_of_counting_in_weeks() -> None:
    found = read(gauge("weeks_to_strike", "quantile", level=0.9), runs(weeks_to_strike=[2.0] * 50))
    assert found.variance == pytest.approx(1 / 12)


def test_a_mean_has_the_variance_of_a_mean() -> None:
    found = read(gauge("alignment", "mean"), runs(alignment=[0.0, 1.0, 2.0]))
    assert found.value == 1
    assert found.variance == pytest.approx(1 / 3)


def test_a_pattern_holds_with_all_of_the_interval_and_is_missed_with_none() -> None:
    assert verdict(0.5, 0.6, 0.5, 0.8) == "holds"
    assert verdict(0.45, 0.55, 0.5, 0.8) == "undecided"
    assert verdict(0.81, 0.9, 0.5, 0.8) == "missed"
    assert verdict(0.1, 0.4, 0.5, 0.8) == "missed"
    assert verdict(np.nan, np.nan, 0.5, 0.8) == "undecided"


# ── Implausibility ─────────────────────────────────────────────────────────────────────


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

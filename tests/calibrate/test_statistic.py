import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.calibrate.statistic import jeffreys_variance, read, verdict
from realpolitik.sim.stats.intervals import share
from tests.calibrate.small import gauge


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

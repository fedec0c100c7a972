"""Means, shares and their intervals."""

import numpy as np
import pytest

from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.study.summary import mean, share, summarise


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


def test_an_interval_keeps_to_what_the_quantity_can_be(haniyeh: Scenario) -> None:
    deaths = summarise(haniyeh.outcomes["israeli_civilian_deaths"], np.array([0.0, 0, 0, 90]), None)
    assert (deaths.mean, deaths.low) == (22.5, 0)


def test_weeks_that_never_came_are_left_out(haniyeh: Scenario) -> None:
    weeks = summarise(haniyeh.outcomes["weeks_to_strike"], np.array([2.0, np.nan, 4.0]), None)
    assert (weeks.mean, weeks.n, weeks.worlds) == (3.0, 2, 3)


def test_an_outcome_that_no_world_has_is_not_a_number(haniyeh: Scenario) -> None:
    weeks = summarise(haniyeh.outcomes["weeks_to_strike"], np.array([np.nan]), None)
    assert np.isnan([weeks.mean, weeks.low, weeks.median]).all()
    assert weeks.n == 0


def test_deaths_fall_into_classes(haniyeh: Scenario) -> None:
    values = np.array([0.0, 0, 5, 10, 99, 100, 5000])
    shares = summarise(haniyeh.outcomes["israeli_civilian_deaths"], values, None).shares
    assert shares is not None
    counts = [round(one.mean * 7) for one in shares.values()]
    assert counts == [2, 1, 2, 1, 1]

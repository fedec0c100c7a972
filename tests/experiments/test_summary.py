"""Means, shares and their intervals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim.experiments.summary import Scale, mean, share, summarise
from realpolitik.sim.scenario.schema import Scenario


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
    deaths = summarise(
        haniyeh.outcomes["israeli_civilian_deaths"], np.array([0.0, 0, 0, 90]), None, 26
    )
    assert (deaths.mean, deaths.low) == (22.5, 0)


def test_a_week_that_never_came_counts_as_the_horizon(haniyeh: Scenario) -> None:
    values = np.array([2.0, np.nan, 4.0])
    weeks = summarise(haniyeh.outcomes["weeks_to_strike"], values, None, 26)
    assert weeks.mean == (2 + 26 + 4) / 3
    assert (weeks.n, weeks.worlds, weeks.came) == (2, 3, 2 / 3)
    assert weeks.median == 2, "of the worlds in which it came"


def test_what_never_came_may_still_come_in_worlds_not_seen(haniyeh: Scenario) -> None:
    never = summarise(haniyeh.outcomes["weeks_to_strike"], np.full(20, np.nan), None, 26)
    assert (never.mean, never.high, never.came, never.n) == (26, 26, 0, 0)
    assert never.low == pytest.approx(26 - 25 * share(0, 20).high)
    assert np.isnan(never.median)


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


def test_deaths_fall_into_classes(haniyeh: Scenario) -> None:
    values = np.array([0.0, 0, 5, 10, 99, 100, 5000])
    shares = summarise(haniyeh.outcomes["israeli_civilian_deaths"], values, None, 26).shares
    assert shares is not None
    counts = [round(one.mean * 7) for one in shares.values()]
    assert counts == [2, 1, 2, 1, 1]

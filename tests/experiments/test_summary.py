"""What an ensemble says of an outcome."""

import numpy as np
import pytest

from realpolitik.sim.experiments.summary import summarise
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.stats.intervals import share


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


def test_deaths_fall_into_classes(haniyeh: Scenario) -> None:
    values = np.array([0.0, 0, 5, 10, 99, 100, 5000])
    shares = summarise(haniyeh.outcomes["israeli_civilian_deaths"], values, None, 26).shares
    assert shares is not None
    counts = [round(one.mean * 7) for one in shares.values()]
    assert counts == [2, 1, 2, 1, 1]

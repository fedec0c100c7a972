"""How far one number must move before an outcome crosses a level."""

from collections.abc import Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.experiments.ensemble import simulate
from realpolitik.sim.experiments.vary_request import actors_of
from realpolitik.sim.explain.choice_flips import NEVER, default_parameters
from realpolitik.sim.explain.outcome_flips import UNDECIDED, Line, flip_outcome, values_between
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.stats.intervals import Interval

WORLDS = 120
PRESSURE = "IRN.domestic_pressure"
BARRED = "RUS.legal_bar"  # no embargo: moves nothing


@pytest.fixture(scope="module")
def flips(quarrel: Scenario) -> pd.DataFrame:
    """What the strike hangs on."""
    return flip_outcome(quarrel, "strike", 0.3, [PRESSURE, BARRED], WORLDS, seed=4)


def row_of(table: pd.DataFrame, address: str) -> dict[Hashable, Any]:
    """The row of one address."""
    rows: list[dict[Hashable, Any]] = table[table["address"] == address].to_dict("records")
    return rows[0]


def straight(noise: float, home: float = 0.2, level: float = 0.5) -> Line:
    """An outcome that is its parameter, seen with an interval of ± noise."""
    values, number = values_between(0.0, 1.0, home, 100)
    return Line(
        values, number, lambda n: Interval(values[n], values[n] - noise, values[n] + noise), level
    )


def test_a_straight_line_is_crossed_at_the_level() -> None:
    line = straight(0.095)
    assert line.straddled() == [100]
    found = line.crossing(100)
    assert found.at == pytest.approx(0.5)
    assert found.low == pytest.approx(0.4)
    assert found.high == pytest.approx(0.6)


@pytest.mark.parametrize(("home", "end"), [(0.9, 0), (0.2, 100)])
def test_it_is_found_from_either_side(home: float, end: int) -> None:
    line = straight(0.0, home)
    assert line.straddled() == [end]
    assert line.crossing(end).at == pytest.approx(0.5)


def test_an_interval_wider_than_the_range_reaches_its_ends() -> None:
    found = straight(2.0).crossing(100)
    assert (found.low, found.high) == (0, 1)


def test_a_line_that_does_not_reach_the_level_is_not_straddled() -> None:
    assert straight(0.0, level=1.5).straddled() == []


def test_a_valley_is_crossed_on_both_sides() -> None:
    values, home = values_between(0.0, 1.0, 0.5, 64)
    heights = (2 * values - 1) ** 2
    line = Line(values, home, lambda n: Interval(heights[n], heights[n], heights[n]), 0.25)
    ends = line.straddled()
    found = [line.crossing(end).at for end in ends]
    assert found == [pytest.approx(0.25, abs=1e-3), pytest.approx(0.75, abs=1e-3)]


def test_bisection_looks_at_few_values() -> None:
    seen: set[int] = set()
    values, home = values_between(0.0, 1.0, 0.2, 64)

    def at(number: int) -> Interval:
        seen.add(number)
        return Interval(values[number], values[number] - 0.05, values[number] + 0.05)

    line = Line(values, home, at, 0.5)
    line.crossing(line.straddled()[0])
    assert len(seen) <= 24


def test_the_value_of_the_scenario_is_among_those_looked_at() -> None:
    values, home = values_between(0.0, 1.0, 0.31, 64)
    assert values[home] == 0.31
    assert len(values) == 66
    assert len(values_between(0.0, 1.0, 0.5, 64)[0]) == 65
    weeks, home = values_between(1, 5, 2, 64, integral=True)
    assert (weeks.tolist(), home) == ([1, 2, 3, 4, 5], 1)


def test_pressure_moves_the_strike_one_way_and_flips_it(
    quarrel: Scenario, flips: pd.DataFrame
) -> None:
    row = row_of(flips, PRESSURE)
    assert row["at_low"] < 0.3 < row["at_high"]
    assert row["low"] <= row["flip_low"] <= row["flips_at"] <= row["flip_high"] <= row["high"]
    assert row["verdict"] == f"at {row['flips_at']:.3g}"
    for value, side in ((row["flip_low"], -1), (row["flip_high"], 1)):
        strikes = simulate(quarrel, WORLDS, 4, {PRESSURE: value}).outcomes["strike"]
        assert np.sign(strikes.mean - 0.3) == side


def test_what_moves_nothing_never_flips(quarrel: Scenario, flips: pd.DataFrame) -> None:
    row = row_of(flips, BARRED)
    assert row["at_low"] == row["at_default"] == row["at_high"]
    assert np.isnan(row["flips_at"])
    assert row["verdict"] in (NEVER, UNDECIDED)
    far = flip_outcome(quarrel, "strike", 0.999, [BARRED], WORLDS, seed=4)
    assert list(far["verdict"]) == [NEVER]


def test_too_near_the_level_is_undecided(quarrel: Scenario, flips: pd.DataFrame) -> None:
    level = row_of(flips, BARRED)["at_default"] - 0.001
    near = flip_outcome(quarrel, "strike", level, [BARRED], WORLDS, seed=4)
    assert list(near["verdict"]) == [UNDECIDED]


def test_the_outcome_of_the_scenario_itself_is_that_of_simulate(
    quarrel: Scenario, flips: pd.DataFrame
) -> None:
    own = simulate(quarrel, WORLDS, 4).outcomes["strike"]
    row = row_of(flips, PRESSURE)
    seen = (row["at_default"], row["at_default_low"], row["at_default_high"])
    assert seen == pytest.approx((own.mean, own.low, own.high))
    assert row["default"] == vocabulary().parameters[PRESSURE].default


def test_it_is_the_same_whoever_does_the_work(quarrel: Scenario, flips: pd.DataFrame) -> None:
    told: list[tuple[int, int]] = []
    with ThreadPoolExecutor(1) as executor:
        again = flip_outcome(
            quarrel,
            "strike",
            0.3,
            [PRESSURE, BARRED],
            WORLDS,
            seed=4,
            progress=lambda *steps: told.append(steps),
            executor=executor,
        )
    pd.testing.assert_frame_equal(again, flips)
    assert told[:5] == [(step, 5) for step in range(1, 6)]
    assert told[-1] == (6, 6)


def test_without_parameters_everything_is_asked_about_once(quarrel: Scenario) -> None:
    addresses = default_parameters(quarrel)
    everything = {"RUS.israel_ties", "USA.cost_of_acting", "world.precision"}
    everything |= {"action.offensive_arms.base_rate", "initial.resolve.IRN-ISR"}
    assert everything <= set(addresses)
    assert "RUS.israel_ties.rapport" not in addresses
    assert "world.deaths_cap" not in addresses
    here = ("initial.rapport.RUS-ISR", "initial.rapport.ISR-RUS")
    assert len(set(here) & set(addresses)) == 1  # the same number from either side


def test_what_cannot_bear_on_a_scenario_is_not_asked_about(quarrel: Scenario) -> None:
    addresses = default_parameters(quarrel)
    assert {code for one in addresses for code in actors_of(one)} == set(quarrel.actors)
    assert "action.proxy_strike.base_rate" not in addresses  # nobody here has a proxy


def test_faults_are_named(quarrel: Scenario) -> None:
    with pytest.raises(ScenarioError, match="unknown outcome 'strikes'; did you mean 'strike'"):
        flip_outcome(quarrel, "strikes", 0.5)
    with pytest.raises(ScenarioError, match=r"unknown parameter 'SAU\.russia_ties'"):
        flip_outcome(quarrel, "strike", 0.5, ["SAU.russia_ties"])
    with pytest.raises(ValueError, match="worlds must be at least 2"):
        flip_outcome(quarrel, "strike", 0.5, [PRESSURE], worlds=1)

"""Ensembles: what is refused, what is told while they run, what the tables hold."""

import pytest

from realpolitik.sim import simulate
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.scenario.schema import Scenario


@pytest.mark.parametrize(("worlds", "seed"), [(0, 1), (-3, 1), (5, -1)])
def test_no_worlds_and_negative_seeds_are_refused(
    haniyeh: Scenario, worlds: int, seed: int
) -> None:
    with pytest.raises(ValueError, match="at least"):
        simulate(haniyeh, worlds, seed)


def test_an_unknown_parameter_is_refused_with_the_nearest_name(haniyeh: Scenario) -> None:
    with pytest.raises(ValueError, match=r"did you mean 'RUS\.israel_ties'"):
        simulate(haniyeh, 5, 1, {"RUS.israel_tie": 0.0})


def test_a_parameter_out_of_its_range_is_refused(haniyeh: Scenario) -> None:
    with pytest.raises(ValueError, match=r"RUS\.israel_ties"):
        simulate(haniyeh, 5, 1, {"RUS.israel_ties": 7.0})


def test_progress_counts_world_weeks_up_to_all_of_them(haniyeh: Scenario) -> None:
    told: list[tuple[int, int]] = []
    simulate(haniyeh, BLOCK + 10, 1, progress=lambda done, all_: told.append((done, all_)))
    total = (BLOCK + 10) * haniyeh.weeks
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (total, total)


def test_a_value_for_a_whole_stake_keeps_the_proportions_of_its_parts(haniyeh: Scenario) -> None:
    whole = simulate(haniyeh, 50, 1, {"RUS.israel_ties": 0.62}).runs
    defaults = {"diaspora": 0.07, "returnees": 0.04, "capital": 0.035, "influence": 0.025}
    defaults |= {"rapport": 0.045, "common_enemy": 0.025, "deconfliction": 0.045, "goodwill": 0.025}
    assert sum(defaults.values()) == pytest.approx(0.31)
    twice = {f"RUS.israel_ties.{name}": 2 * value for name, value in defaults.items()}
    assert whole.equals(simulate(haniyeh, 50, 1, twice).runs)


def test_weeks_hold_outcomes_as_they_stood(haniyeh: Scenario) -> None:
    result = simulate(haniyeh, 200, 1)
    strikes = result.weeks[result.weeks["measure"] == "strike_on_israel"]
    assert strikes["mean"].is_monotonic_increasing
    assert strikes["mean"].iloc[-1] == pytest.approx(result.runs["strike_on_israel"].mean())
    assert set(result.weeks["measure"]) == {"rung"} | {
        name for name, measure in haniyeh.outcomes.items() if measure.scale != "weeks"
    }


def test_acts_count_all_worlds_and_events_tell_the_first(haniyeh: Scenario) -> None:
    result = simulate(haniyeh, 60, 1)
    assert result.acts["per_world"].sum() * 60 == pytest.approx(len(result.events))

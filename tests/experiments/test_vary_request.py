"""Addresses, globs and ranges: what is asked for, and what is varied then."""

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from realpolitik.sim import EscalationModel, load_scenario, simulate, sweep
from realpolitik.sim.experiments.plan import Vary
from realpolitik.sim.experiments.plan_file import read_study
from realpolitik.sim.experiments.plan_options import plan_of_settings
from realpolitik.sim.experiments.vary_request import (
    Ranged,
    matching,
    own_values,
    ranged,
    ranges_of,
    typed_request,
)
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.schema import Lever, Scenario, Setting
from realpolitik.sim.scenario.vocabulary import vocabulary


def varied(scenario: Scenario, *texts: str, sampler: str = "grid") -> Ranged:
    """What comes of these words behind `--set`."""
    return ranged(map(typed_request, texts), scenario, sampler, ranges_of(scenario))


def sound(scenario: Scenario, *texts: str) -> list[Vary]:
    """The same, without a fault or a warning."""
    found = varied(scenario, *texts)
    assert (found.faults, found.warnings) == ([], [])
    return found.vary


def fault(scenario: Scenario, *texts: str, sampler: str = "grid") -> str:
    """The one fault of these words."""
    (found,) = varied(scenario, *texts, sampler=sampler).faults
    return str(found)


# ── What is written ──────────────────────────────────────────────────────────────────


def test_a_range_with_a_step_gives_decimal_levels(haniyeh: Scenario) -> None:
    (vary,) = sound(haniyeh, "RUS.israel_ties=0:0.3:0.1")
    assert vary == Vary("RUS.israel_ties", 0.0, 0.3, (0.0, 0.1, 0.2, 0.3))


@pytest.mark.parametrize(
    ("levels", "left_out", "wanted"),
    [
        ("0:0.8:0.3", "0.8", "(0.2 or 0.4), or 0.6"),
        ("0:0.5:0.2", "0.5", "(0.125 or 0.25), or 0.4"),
        ("0.1:0.9:0.7", "0.9", "(0.4 or 0.8), or 0.8"),
        ("0:0.8:0.2666667", "0.8", "(0.2 or 0.4), or 0.5333334"),
    ],
)
def test_a_step_that_leaves_out_the_end_is_refused_with_the_nearest_that_do_not(
    haniyeh: Scenario, levels: str, left_out: str, wanted: str
) -> None:
    told = fault(haniyeh, f"RUS.israel_ties={levels}")
    assert f"leave out {left_out}, the high end of RUS.israel_ties" in told
    assert f"a step that divides the range {wanted} as its high end" in told


def test_values_are_taken_in_ascending_order(haniyeh: Scenario) -> None:
    (vary,) = sound(haniyeh, "RUS.israel_ties=0.5,0.1,0.3")
    assert vary == Vary("RUS.israel_ties", 0.1, 0.5, (0.1, 0.3, 0.5))


def test_a_range_may_have_no_step(haniyeh: Scenario) -> None:
    assert sound(haniyeh, "RUS.israel_ties=0.1:0.5") == [Vary("RUS.israel_ties", 0.1, 0.5)]


def test_an_address_alone_has_its_declared_range(haniyeh: Scenario) -> None:
    assert sound(haniyeh, "world.precision") == [Vary("world.precision", 5, 15)]


def test_the_range_of_a_scenario_comes_before_the_declared_one(haniyeh: Scenario) -> None:
    setting = Setting(value=0.3, range=(0.2, 0.4))
    levers = tuple(
        Lever(parameter=address, label="A choice", range=(0.1, 0.7))
        for address in ("RUS.israel_ties", "USA.israel_alliance")
    )
    update = {"parameters": {"RUS.israel_ties": setting}, "levers": levers}
    given = haniyeh.model_copy(update=update)
    assert sound(given, "RUS.israel_ties") == [Vary("RUS.israel_ties", 0.2, 0.4)]
    assert sound(given, "USA.israel_alliance") == [Vary("USA.israel_alliance", 0.1, 0.7)]


@pytest.mark.parametrize(
    "text",
    ["", "=1:2", "RUS.x=", "RUS.x=1:2:3:4", "RUS.x=a:2", "RUS.x=1,,2", "RUS.x=.nan,1", "RUS.x=1:"],
)
def test_words_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not"):
        typed_request(text)


# ── Globs ────────────────────────────────────────────────────────────────────────────


def test_a_glob_takes_parts_and_not_their_sums(haniyeh: Scenario) -> None:
    found = matching("RUS.*", haniyeh)
    assert "RUS.israel_ties.diaspora" in found
    assert "RUS.israel_ties" not in found
    assert all(address.startswith("RUS.") for address in found)


def test_a_glob_leaves_out_actors_who_are_not_there() -> None:
    without = load_scenario("s300_lifted_2015")
    assert matching("UKR.*", without) == []
    assert "initial.hostility.RUS-USA" in matching("initial.*", without)
    assert "initial.hostility.RUS-UKR" not in matching("initial.*", without)
    assert "matches nothing" in fault(without, "UKR.*")


def test_a_glob_leaves_out_what_has_no_range(haniyeh: Scenario) -> None:
    assert "world.war_rung" not in matching("world.*", haniyeh)
    assert "declared without a range" in fault(haniyeh, "world.war_rung")


def test_a_glob_takes_a_number_that_has_two_addresses_once(haniyeh: Scenario) -> None:
    found = matching("initial.rung.*", haniyeh)
    assert "initial.rung.HEZ-ISR" in found
    assert "initial.rung.ISR-HEZ" not in found
    told = fault(haniyeh, "initial.rung.HEZ-ISR=4,5", "initial.rung.ISR-HEZ=4,5")
    assert "is the same number as initial.rung.HEZ-ISR" in told


def test_a_glob_takes_the_numbers_of_the_shocks_of_the_scenario(haniyeh: Scenario) -> None:
    found = matching("shock.us_*", haniyeh)
    assert found[:3] == [f"shock.us_posture.{name}" for name in ("probability", "guard", "week")]
    assert matching("shock.*", load_scenario("no_shock")) == []


def test_a_week_is_varied_in_whole_numbers(haniyeh: Scenario) -> None:
    address = "shock.haniyeh_killed.week"
    assert sound(haniyeh, f"{address}=1:9:4") == [Vary(address, 1, 9, (1, 5, 9), integral=True)]
    assert sound(haniyeh, address) == [Vary(address, 1, 26, integral=True)]
    told = fault(haniyeh, f"{address}=1:2:0.5")
    assert f"{address} is 1.5; expected a whole number from 1 to 26" in told


def test_a_number_of_a_shock_that_is_not_there_is_told_with_the_nearest(haniyeh: Scenario) -> None:
    told = fault(haniyeh, "shock.haniyeh_killed.presure=0:1")
    assert "did you mean 'shock.haniyeh_killed.pressure'?" in told


def test_a_glob_may_have_a_range(haniyeh: Scenario) -> None:
    found = sound(haniyeh, "HEZ.ir*=0.1:0.3:0.1")
    assert [vary.address for vary in found] == ["HEZ.iran_tie", "HEZ.iranian_supply"]
    assert {vary.values for vary in found} == {(0.1, 0.2, 0.3)}


# ── What is refused, and what is only unusual ────────────────────────────────────────


def test_an_address_of_an_actor_who_is_not_there_is_refused() -> None:
    told = fault(load_scenario("s300_lifted_2015"), "UKR.russia_war")
    assert "UKR is not among the scenario's actors" in told


def test_a_sum_may_be_written_out_but_not_beside_a_part_of_it(haniyeh: Scenario) -> None:
    assert sound(haniyeh, "RUS.israel_ties")
    for texts in (
        ("RUS.israel_ties", "RUS.israel_ties.diaspora"),
        ("RUS.israel_ties.diaspora", "RUS.israel_ties"),
    ):
        assert "is a part of RUS.israel_ties" in fault(haniyeh, *texts)


@pytest.mark.parametrize(
    ("text", "end", "wanted"),
    [
        ("RUS.israel_ties=0:1.2:0.4", "1.2", "a number from 0 to 0.92"),
        ("RUS.israel_ties=-0.1,0.2", "-0.1", "a number from 0 to 0.92"),
        ("RUS.israel_ties=0:1000", "1000", "a number from 0 to 0.92"),
        ("world.precision=0,10", "0", "a number from 5 to 15"),
        ("world.war_rung=5:6", "6", "9"),
        ("initial.stock.HEZ=0:1.5", "1.5", "a number from"),
    ],
)
def test_the_declared_range_binds_what_is_varied(
    haniyeh: Scenario, text: str, end: str, wanted: str
) -> None:
    told = str(varied(haniyeh, text).faults[-1])
    address = text.partition("=")[0]
    assert f"--set {text}: {address} is {end}; expected {wanted}" in told


def test_every_door_has_one_range_and_says_so_in_the_same_words(haniyeh: Scenario) -> None:
    refused = "RUS.israel_ties is 0.95; expected a number from 0 to 0.92"
    study = "title: T\nquestion: Q\nscenario: haniyeh_2024\n"
    beyond = haniyeh.with_parameters({"RUS.israel_ties": 0.95})
    (good,) = sound(haniyeh, "RUS.israel_ties=0:0.8:0.1")
    plan = plan_of_settings("haniyeh_2024", haniyeh, [typed_request("RUS.israel_ties=0,0.1")]).plan
    wide = replace(plan, vary=(replace(good, high=0.95, values=()),))
    doors: list[Callable[[], object]] = [
        lambda: simulate(haniyeh, 2, parameters={"RUS.israel_ties": 0.95}),
        lambda: simulate(beyond, 2),
        lambda: sweep(wide, Path("never made")),
        lambda: sweep(replace(plan, scenario=beyond), Path("never made")),
        lambda: read_study(f"{study}vary: {{RUS.israel_ties: {{low: 0, high: 0.95}}}}", "s.yaml"),
        lambda: read_study(
            f"{study}vary: {{RUS.iran_dependence: }}\nparameters: {{RUS.israel_ties: 0.95}}",
            "s.yaml",
        ),
        lambda: plan_of_settings("h", haniyeh, [typed_request("RUS.israel_ties=0:0.95")]),
    ]
    for door in doors:
        with pytest.raises(ScenarioError, match=refused):
            door()


def test_an_unbounded_model_runs_beyond_the_declared_range(haniyeh: Scenario) -> None:
    def deeds(value: float) -> float:
        model = EscalationModel(
            haniyeh.with_parameters({"RUS.israel_ties": value}), 200, rng=1, bounded=False
        )
        for _ in range(haniyeh.weeks):
            model.step()
        return float(model.outcome("russian_help_to_iran").mean())

    assert deeds(2.0) < deeds(0.92) < deeds(-1.0)


def test_numbers_that_are_none_are_refused(haniyeh: Scenario) -> None:
    asked = typed_request("RUS.israel_ties=0.1,0.2")
    for values in ((0.1, math.nan), (0.1, math.inf)):
        wrong = [type(asked)(asked.address, asked.place, asked.place, values=values)]
        assert len(ranged(wrong, haniyeh, "grid", {}).faults) == 1


@pytest.mark.parametrize("sampler", ["latin_hypercube", "sobol", "morris"])
@pytest.mark.parametrize("levels", ["0.1,0.3", "0.1:0.3:0.1"])
def test_levels_are_refused_by_samplers_of_whole_ranges(
    haniyeh: Scenario, sampler: str, levels: str
) -> None:
    told = fault(haniyeh, f"RUS.israel_ties={levels}", sampler=sampler)
    assert f"{sampler} takes points from whole ranges" in told


def test_a_sum_that_takes_the_place_of_parts_the_scenario_sets_is_told_of(
    haniyeh: Scenario,
) -> None:
    scenario = haniyeh.with_parameters({"RUS.israel_ties.diaspora": 0.1})
    (told,) = varied(scenario, "RUS.israel_ties").warnings
    assert "the scenario sets RUS.israel_ties.diaspora" in told


# ── The scenario's own values ────────────────────────────────────────────────────────


def test_own_values_are_those_of_the_scenario(haniyeh: Scenario) -> None:
    changed = haniyeh.with_parameters({"RUS.israel_ties": 0.5, "initial.stock.HEZ": 0.6})
    own = own_values(changed)
    assert own["RUS.israel_ties"] == pytest.approx(0.5)
    assert own["initial.stock.HEZ"] == 0.6
    assert own["world.precision"] == vocabulary().parameters["world.precision"].default


def test_own_values_of_shocks_are_those_in_the_scenario_or_set_in_it(haniyeh: Scenario) -> None:
    assert own_values(haniyeh)["shock.us_election.week"] == 14
    changed = haniyeh.with_parameters({"shock.us_election.week": 8})
    assert own_values(changed)["shock.us_election.week"] == 8


def test_own_values_at_the_start_are_those_the_scenario_gives() -> None:
    scenario = load_scenario("hypotheses/linkage_retaliator#aid_stops")
    assert own_values(scenario)["initial.flow.USA-UKR"] == 0

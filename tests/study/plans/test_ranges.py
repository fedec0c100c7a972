"""Addresses, globs and ranges: what is asked for, and what is varied then."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim import EscalationModel, load_scenario
from realpolitik.sim.scenario.schema import Lever, Scenario, Setting
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.study.plans.addresses import bearing_on, matching, own_values
from realpolitik.sim.study.plans.asked import asked_by
from realpolitik.sim.study.plans.levels import amount, levels, stepped
from realpolitik.sim.study.plans.limits import GREATEST_WEIGHT, limits_of
from realpolitik.sim.study.plans.plan import Sampler, Vary
from realpolitik.sim.study.plans.ranges import Ranged, ranged, ranges_of


def varied(scenario: Scenario, *texts: str, sampler: Sampler = "grid") -> Ranged:
    """What comes of these words behind `--set`."""
    return ranged(map(asked_by, texts), scenario, sampler, ranges_of(scenario))


def sound(scenario: Scenario, *texts: str) -> list[Vary]:
    """The same, without a fault or a warning."""
    found = varied(scenario, *texts)
    assert (found.faults, found.warnings) == ([], [])
    return found.vary


def fault(scenario: Scenario, *texts: str, sampler: Sampler = "grid") -> str:
    """The one fault of these words."""
    (found,) = varied(scenario, *texts, sampler=sampler).faults
    return str(found)


# ── What is written ──────────────────────────────────────────────────────────────────


def test_a_range_with_a_step_gives_decimal_levels(haniyeh: Scenario) -> None:
    (vary,) = sound(haniyeh, "RUS.israel_ties=0:0.3:0.1")
    assert vary == Vary("RUS.israel_ties", 0.0, 0.3, (0.0, 0.1, 0.2, 0.3))


def test_a_step_that_does_not_divide_the_range_ends_below_its_end(haniyeh: Scenario) -> None:
    (vary,) = sound(haniyeh, "RUS.israel_ties=0:0.5:0.2")
    assert vary == Vary("RUS.israel_ties", 0.0, 0.4, (0.0, 0.2, 0.4))


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
        asked_by(text)


# ── Levels ───────────────────────────────────────────────────────────────────────────


@given(st.integers(-50, 50), st.integers(1, 40), st.integers(1, 60))
def test_levels_are_the_decimal_numbers_a_person_would_write(
    low: int, step: int, steps: int
) -> None:
    found = stepped(low / 100, (low + step * steps) / 100, step / 100)
    assert found == tuple((low + step * k) / 100 for k in range(steps + 1))


@given(st.integers(-500, 500), st.integers(1, 500), st.integers(2, 40))
def test_levels_at_equal_distances_begin_and_end_with_the_range(
    low: int, width: int, points: int
) -> None:
    ends = low / 1000, (low + width) / 1000
    found = levels(Vary("a", *ends), points)
    assert (found[0], found[-1], len(found)) == (*ends, points)
    assert list(found) == sorted(set(found))


def test_large_numbers_are_told_shortly() -> None:
    assert (amount(1200), amount(10**400)) == ("1,200", "1.0e+400")


# ── Limits ───────────────────────────────────────────────────────────────────────────


def test_at_its_limits_the_model_can_still_choose(haniyeh: Scenario) -> None:
    short = haniyeh.model_copy(update={"weeks": 2})
    weights = [
        address
        for address, parameter in bearing_on(short).items()
        if limits_of(parameter) == (-GREATEST_WEIGHT, GREATEST_WEIGHT) and not parameter.parts
    ]
    assert len(weights) > 50
    precision = limits_of(vocabulary().parameters["world.precision"])[1]
    for address in weights[::8]:
        for end in (-GREATEST_WEIGHT, GREATEST_WEIGHT):
            spec = short.with_parameters({address: end, "world.precision": precision})
            with np.errstate(over="raise", invalid="raise"):
                EscalationModel(spec, 2, rng=0).run()


def test_a_precision_that_would_overflow_is_refused(haniyeh: Scenario) -> None:
    assert "which the model cannot take; expected a number from 0 to 30" in fault(
        haniyeh, "world.precision=0,1000"
    )


# ── Globs ────────────────────────────────────────────────────────────────────────────


def test_a_glob_takes_parts_and_not_their_sums(haniyeh: Scenario) -> None:
    found = matching("RUS.*", haniyeh)
    assert "RUS.israel_ties.diaspora" in found
    assert "RUS.israel_ties" not in found
    assert all(address.startswith("RUS.") for address in found)


def test_a_glob_leaves_out_actors_who_are_not_there() -> None:
    without = load_scenario("s300_lifted_2015")
    assert matching("UKR.*", without) == []
    assert "initial.hostility.RUS>USA" in matching("initial.*", without)
    assert "initial.hostility.RUS>UKR" not in matching("initial.*", without)
    assert "matches nothing" in fault(without, "UKR.*")


def test_a_glob_leaves_out_what_has_no_range(haniyeh: Scenario) -> None:
    assert "world.war_rung" not in matching("world.*", haniyeh)
    assert "declared without a range" in fault(haniyeh, "world.war_rung")


def test_a_glob_takes_a_number_that_has_two_addresses_once(haniyeh: Scenario) -> None:
    found = matching("initial.rung.*", haniyeh)
    assert "initial.rung.HEZ>ISR" in found
    assert "initial.rung.ISR>HEZ" not in found
    told = fault(haniyeh, "initial.rung.HEZ>ISR=4,5", "initial.rung.ISR>HEZ=4,5")
    assert "is the same number as initial.rung.HEZ>ISR" in told


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


def test_a_range_beyond_the_declared_one_is_told_of_and_taken(haniyeh: Scenario) -> None:
    found = varied(haniyeh, "RUS.israel_ties=0:1.2:0.4")
    assert found.vary[0].high == 1.2
    told = "RUS.israel_ties goes to 1.2, outside its declared range 0 to 0.92"
    assert found.warnings == [f"--set RUS.israel_ties=0:1.2:0.4: {told}"]


def test_the_model_runs_beyond_the_declared_range(haniyeh: Scenario) -> None:
    def deeds(value: float) -> float:
        model = EscalationModel(haniyeh.with_parameters({"RUS.israel_ties": value}), 200, rng=1)
        for _ in range(haniyeh.weeks):
            model.step()
        return float(model.outcome("russian_help_to_iran").mean())

    assert deeds(2.0) < deeds(0.92) < deeds(-1.0)


@pytest.mark.parametrize(
    "text",
    [
        "RUS.israel_ties=0:1000",
        "world.retaliation_if_resolved=0.5,1.1",
        "world.rung_persistence=-0.1:0.9",
        "action.support.base_rate=0,0.1",
        "initial.stock.HEZ=0:1.5",
        "initial.resolve.IRN>ISR=0:0.5",
    ],
)
def test_what_the_model_cannot_take_is_refused(haniyeh: Scenario, text: str) -> None:
    assert "which the model cannot take" in fault(haniyeh, text)


def test_numbers_that_are_none_are_refused(haniyeh: Scenario) -> None:
    asked = asked_by("RUS.israel_ties=0.1,0.2")
    for values in ((0.1, math.nan), (0.1, math.inf)):
        wrong = [type(asked)(asked.address, asked.place, asked.place, values=values)]
        assert len(ranged(wrong, haniyeh, "grid", {}).faults) == 1


@pytest.mark.parametrize("sampler", ["latin_hypercube", "sobol", "morris"])
@pytest.mark.parametrize("levels", ["0.1,0.3", "0.1:0.3:0.1"])
def test_levels_are_refused_by_samplers_of_whole_ranges(
    haniyeh: Scenario, sampler: Sampler, levels: str
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


def test_own_values_at_the_start_are_those_the_scenario_gives() -> None:
    scenario = load_scenario("hypotheses/linkage_retaliator#aid_stops")
    assert own_values(scenario)["initial.flow.USA>UKR"] == 0

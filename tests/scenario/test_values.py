"""Numbers held against their ranges, and the names that a file mentions."""

from collections.abc import Callable, Iterator

import pytest

from realpolitik.sim import load_scenario
from realpolitik.sim.scenario.errors import Fault, ScenarioError
from realpolitik.sim.scenario.nodes import Node
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.values import (
    base_rates_fit,
    check_parameters,
    items_in,
    mentions,
    parameters_in_range,
    refuse_beyond,
    set_values_in_range,
    start_in_range,
)
from realpolitik.sim.scenario.vocabulary import Vocabulary, vocabulary

WORDS = vocabulary()
TREE, _ = read_tree(
    "shocks:\n"
    "  - {id: a, kind: assassination, by: ISR, against: IRN, when: {outcome: s}}\n"
    "  - {id: b, kind: no_such_kind, by: ISR}\n"
    "deals: [{id: d, actor: RUS, rival: USA}]\n"
    "outcomes: {s: {measure: weeks_to, action: direct_strike, by: IRN, target: RUS}}\n",
    "x.yaml",
)


def test_names_are_taken_from_mappings_whose_kind_is_known() -> None:
    found = [
        (one.kind, one.name, one.key)
        for item in items_in(TREE, WORDS)
        for one in mentions(item.node, item.model)
    ]
    assert ("actor", "ISR", "by") in found
    assert ("outcome", "s", "outcome") in found
    assert ("actor", "USA", "rival") in found
    assert sum(name == "ISR" for _, name, _ in found) == 1  # the unknown kind is left out
    assert ("actor", "RUS", "target") in found
    assert "direct_strike" not in {name for _, name, _ in found}  # a word beside the names


@pytest.mark.parametrize(
    ("address", "value", "told"),
    [
        ("RUS.israel_ties", 7, "--set RUS.israel_ties=7: RUS.israel_ties is 7; expected a number"),
        ("RUS.israel_ties", float("nan"), "RUS.israel_ties is nan; expected a number from"),
        (
            "RUS.israel_tie",
            0.1,
            "'RUS.israel_tie'; did you mean 'RUS.israel_ties'?",
        ),
        ("initial.hostility.IRN", 0.1, "breaks off after IRN; expected initial.hostility.IRN-CODE"),
        ("initial.hostility.IRN<>ISR", 0.1, "is two addresses; expected one way each"),
        ("rate.IRN<>ISR.denounce", 0.1, "one way each: rate.IRN-ISR.denounce and rate.ISR-IRN."),
        ("rate.RUS>ISR.offensive_arms", 0.1, "RUS has no act offensive_arms toward ISR; expected"),
        ("rate.RUS-ISR.denunce", 0.1, "did you mean 'rate.RUS-ISR.denounce'?"),
        ("rate.RUS.denounce", 0.1, "unknown parameter 'rate.RUS.denounce'"),
    ],
)
def test_a_parameter_that_cannot_be_set_so_is_told_as_it_was_typed(
    address: str, value: float, told: str
) -> None:
    (fault,) = check_parameters({address: value})
    assert told in str(fault)


@pytest.mark.parametrize(
    ("address", "value", "told"),
    [
        ("shock.us_posture.gard", 0.1, "did you mean 'shock.us_posture.guard'?"),
        ("shock.haniyeh_kiled.pressure", 0.1, "did you mean 'shock.haniyeh_killed.pressure'?"),
        ("shock.us_posture.guard", 1.5, "shock.us_posture.guard is 1.5; expected a number from -1"),
        ("shock.us_posture.week", 2.5, "week is 2.5; expected a whole number from 1 to 26"),
        ("shock.us_posture.week", 27, "week is 27; expected a whole number from 1 to 26"),
        ("shock.us_posture.delay_weeks", 2, "unknown parameter 'shock.us_posture.delay_weeks'"),
    ],
)
def test_numbers_of_shocks_are_held_against_the_scenario_that_has_them(
    address: str, value: float, told: str
) -> None:
    (fault,) = check_parameters({address: value}, scenarios=[load_scenario("haniyeh_2024")])
    assert str(fault).startswith(f"--set {address}={value:g}: ")
    assert told in str(fault)
    assert check_parameters({address: value}) == []


def test_a_shock_that_one_of_several_scenarios_lacks_cannot_be_set_for_all() -> None:
    scenarios = [load_scenario("haniyeh_2024"), load_scenario("no_shock")]
    setting = {"shock.haniyeh_killed.pressure": 0.5}
    (fault,) = check_parameters(setting, scenarios=scenarios)
    assert "expected shock.ID.FIELD, of a shock that each scenario has" in str(fault)
    assert check_parameters(setting, scenarios=scenarios[:1]) == []


def test_parameters_within_their_range_have_no_fault() -> None:
    ends = {one.address: one.high for one in WORDS.parameters.values()}
    assert check_parameters(ends) == []


Check = Callable[[Node, Vocabulary], Iterator[Fault]]
CASES = [
    (parameters_in_range, "parameters: {RUS.israel_ties: {value: 9}}", "RUS.israel_ties is 9"),
    (start_in_range, "initial: {hostilty: {RUS-IRN: 0}}", "did you mean 'hostility'"),
    (start_in_range, "initial: {hostility: {RUS: 0}}", "expected a dyad such as RUS-IRN"),
    (start_in_range, "initial: {hostility: {RUS-RUS: 0}}", "expected two different actors"),
    (start_in_range, "initial: {hostility: {RUS-IRN: 2}}", "hostility is 2; expected a number"),
    (start_in_range, "initial: {strength: {RUSS: 0.5}}", "did you mean 'RUS'"),
    (
        set_values_in_range,
        "shocks: [{id: a, kind: set, quantity: hostility, of: RUS, toward: IRN, value: 3}]",
        "hostility is set to 3; expected a number from 0 to 1",
    ),
]


@pytest.mark.parametrize(("check", "text", "told"), CASES)
def test_a_number_out_of_its_range_or_place_is_told(check: Check, text: str, told: str) -> None:
    tree, faults = read_tree(text, "x.yaml")
    assert faults == []
    (fault,) = check(tree, WORDS)
    assert told in str(fault)
    assert fault.place.line == 1


def test_a_base_rate_has_the_unit_of_its_measure() -> None:
    weeks = next(rate.id for rate in WORDS.base_rates.values() if rate.unit != "share")
    text = "outcomes: {s: {measure: direct_strike, by: IRN, target: ISR, base_rate: %s}}"
    (fault,) = base_rates_fit(read_tree(text % weeks, "x.yaml")[0], WORDS)
    assert "expected 'share', as direct_strike gives" in str(fault)
    share = next(rate.id for rate in WORDS.base_rates.values() if rate.unit == "share")
    assert list(base_rates_fit(read_tree(text % share, "x.yaml")[0], WORDS)) == []


def test_a_scenario_made_in_python_is_held_to_what_a_file_may_say() -> None:
    good = load_scenario("haniyeh_2024")
    refuse_beyond(good)
    with pytest.raises(ScenarioError, match=r"parameters RUS\.israel_ties=5"):
        refuse_beyond(good.with_parameters({"RUS.israel_ties": 5}))
    with pytest.raises(ScenarioError, match="hostility is 5"):
        refuse_beyond(good.model_copy(update={"initial": {"hostility": {"RUS-IRN": 5.0}}}))

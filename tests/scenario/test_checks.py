"""What must hold in a file beyond types; `tests/bad_scenarios` holds an example of each fault."""

import datetime
from typing import Literal

import pytest
from pydantic import BaseModel

from realpolitik.sim.engine.actions import ActionName, ActorCode, QuantityName
from realpolitik.sim.scenario.errors import Place, ScenarioError, nearest
from realpolitik.sim.scenario.loading import read_scenario
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.values import check_parameters, mentions
from realpolitik.sim.scenario.vocabulary import vocabulary

HEAD = """\
title: A title
question: A question?
start: 2024-08-05
weeks: 10
actors: [RUS, IRN, ISR, USA]
"""


def read(rest: str = "", head: str = HEAD) -> Scenario:
    """The scenario of a head and what is added to it."""
    return read_scenario(head + rest, "x.yaml")


def faults(rest: str, head: str = HEAD) -> list[str]:
    """The faults of a head and what is added to it."""
    with pytest.raises(ScenarioError) as caught:
        read(rest, head)
    return str(caught.value).splitlines()


# ── What is allowed ──────────────────────────────────────────────────────────────────


def test_the_least_that_a_scenario_needs() -> None:
    scenario = read()
    assert scenario.start == datetime.date(2024, 8, 5)
    assert scenario.actors == ("RUS", "IRN", "ISR", "USA")


def test_an_election_within_the_horizon_may_take_effect_after_it() -> None:
    scenario = read("shocks: [{id: vote, kind: election, week: 10, of: USA}]")
    felt = scenario.shocks[0].felt_in_week(scenario.start)
    assert felt is not None
    assert felt > scenario.weeks


def test_an_election_before_the_start_may_take_effect_within_the_horizon() -> None:
    scenario = read("shocks: [{id: vote, kind: election, date: 2024-06-04, of: USA}]")
    assert scenario.shocks[0].felt_in_week(scenario.start) == 3


@pytest.mark.parametrize("key", ["RUS-IRN", "RUS<>IRN", "RUS--IRN"])
def test_values_at_the_start_are_given_one_way_or_both(key: str) -> None:
    assert read(f"initial: {{flow: {{{key}: 0.4}}}}").initial == {"flow": {key: 0.4}}


def test_a_value_at_the_end_of_its_range_is_in_it() -> None:
    for address, parameter in vocabulary().parameters.items():
        if not address.startswith("action."):
            high = f"{parameter.high:.10g}"
            assert read(f"parameters: {{{address}: {high}}}").parameters == {address: float(high)}


def test_an_outcome_may_name_direct_strike_which_is_no_action() -> None:
    rest = "outcomes: {t: {measure: weeks_to, action: direct_strike, by: IRN, target: ISR}}"
    assert "direct_strike" not in vocabulary().actions
    assert list(read(rest).outcomes) == ["t"]


# ── Faults that hide no others ───────────────────────────────────────────────────────


def test_names_are_checked_where_types_are_wrong() -> None:
    shock = "{id: a, kind: posture, week: 1, by: USSA, protecting: ISR, guard: much}"
    assert faults(f"shocks: [{shock}]") == [
        "x.yaml:6:46: unknown actor 'USSA'; did you mean 'USA'?",
        "x.yaml:6:76: guard is 'much'; expected a number",
    ]


def test_dates_are_checked_where_the_title_is_missing() -> None:
    rest = "shocks: [{id: a, kind: posture, week: 11, by: USA, protecting: ISR}]"
    found = faults(rest, HEAD.replace("title: A title\n", ""))
    assert [fault.split(": ")[0] for fault in found] == ["x.yaml:1:1", "x.yaml:5:39"]


def test_two_missing_keys_are_two_faults() -> None:
    found = faults("shocks: [{id: a, kind: posture, week: 1}]")
    assert found == [
        "x.yaml:6:10: missing key 'by' (kind posture)",
        "x.yaml:6:10: missing key 'protecting' (kind posture)",
    ]


def test_a_kind_may_have_the_name_of_a_key() -> None:
    found = faults("shocks: [{kind: set, id: a, set: 1}]")
    assert "x.yaml:6:29: unknown key 'set'; expected one of" in found[-1]


def test_a_value_that_fits_none_of_several_types_is_told_of_once() -> None:
    rest = "outcomes: {t: {measure: weeks_to, action: 3, by: IRN, target: ISR}}"
    assert faults(rest) == ["x.yaml:6:43: action is 3; expected text, in quotes"]


def test_both_actors_of_a_dyad_are_checked() -> None:
    found = faults("initial: {hostility: {IRM-UXA: 0.5}}")
    assert found == [
        "x.yaml:6:23: unknown actor 'IRM'; did you mean 'IRN'?",
        "x.yaml:6:23: unknown actor 'UXA'; did you mean 'USA'?",
    ]


def test_weeks_that_are_no_number_leave_dates_alone() -> None:
    rest = "shocks: [{id: a, kind: posture, week: 500, by: USA, protecting: ISR}]"
    found = faults(rest, HEAD.replace("weeks: 10", "weeks: ten"))
    assert found == ["x.yaml:4:8: weeks is 'ten'; expected a whole number"]


# ── Parameters from outside ──────────────────────────────────────────────────────────


def test_parameters_within_their_range_have_no_fault() -> None:
    assert check_parameters({"RUS.israel_ties": 0.0, "world.precision": 8}) == []


def test_an_unknown_parameter_is_placed_as_it_was_typed() -> None:
    (fault,) = check_parameters({"RUS.israel_tie": 0.0})
    assert str(fault.place) == "--set RUS.israel_tie=0"
    assert fault.problem == "unknown parameter 'RUS.israel_tie'"
    assert fault.suggestion == "RUS.israel_ties"


def test_a_parameter_out_of_range_is_told_its_range() -> None:
    (fault,) = check_parameters({"world.precision": -2.5}, where="parameters")
    parameter = vocabulary().parameters["world.precision"]
    assert fault.place == Place("parameters world.precision=-2.5")
    assert fault.expected == f"a number from {parameter.low:g} to {parameter.high:g}"


# ── Names ────────────────────────────────────────────────────────────────────────────


class Model(BaseModel):
    """Fields whose names hide at several depths."""

    by: ActorCode
    against: tuple[ActorCode, ...] | None = None
    action: ActionName | Literal["anything"] = "anything"
    of: QuantityName | None = None
    note: str = ""


def test_mentions_are_found_in_lists_unions_and_optional_fields() -> None:
    text = "{by: A, against: [B, C], action: D, of: E, note: F, other: G}"
    tree, _ = read_tree(text, "x.yaml")
    found = [(mention.kind, mention.name) for mention in mentions(tree, Model)]
    assert found == [
        ("actor", "A"),
        ("actor", "B"),
        ("actor", "C"),
        ("action", "D"),
        ("quantity", "E"),
    ]


def test_words_that_a_field_may_hold_besides_are_no_mentions() -> None:
    tree, _ = read_tree("{action: anything}", "x.yaml")
    assert list(mentions(tree, Model)) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("rus", "RUS"), ("stirke", "strike"), ("Strike", "strike"), ("zzz", ""), ("", "")],
)
def test_the_nearest_name_is_found_or_none(typed: str, meant: str) -> None:
    assert nearest(typed, ["RUS", "strike", "deal"]) == meant


def test_no_nearest_name_is_sought_for_what_is_no_name() -> None:
    assert nearest("x" * 1000, ["x" * 1000]) == ""


# ── Numbers of shocks ────────────────────────────────────────────────────────────────


RAID = "shocks: [{id: raid, kind: assassination, week: 2, by: ISR, against: IRN}]\n"


def test_a_file_may_set_the_numbers_of_its_shocks() -> None:
    scenario = read(f"{RAID}parameters: {{shock.raid.week: 4, shock.raid.pressure: 0.3}}")
    (raid,) = scenario.shocks_as_set
    assert (raid.week, getattr(raid, "pressure", None)) == (4, 0.3)
    assert scenario.shocks[0].week == 2


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("parameters: {shock.raid.presure: 0.3}", "7:14: unknown parameter 'shock.raid.presure'"),
        (
            "parameters: {shock.raid.pressure: 3}",
            "7:35: shock.raid.pressure is 3; expected a number",
        ),
        ("parameters: {shock.raid.week: 2.5}", "7:31: shock.raid.week is 2.5; expected a whole"),
        ("parameters: {shock.raid.week: 11}", "expected a whole number from 1 to 10"),
        ("parameters: {shock: {raid: {week: 3}}}", "'shock' holds a mapping; expected one key"),
        ("levers: [{parameter: shock.raid.wek, label: When}]", "did you mean 'shock.raid.week'?"),
        ("levers: [{parameter: shock.raid.week, label: When, range: [1, 2.5]}]", "2.5; expected a"),
    ],
)
def test_faults_of_the_numbers_of_shocks_are_told_where_they_stand(rest: str, told: str) -> None:
    (fault,) = faults(RAID + rest)
    assert told in fault


def test_a_number_of_a_shock_that_is_wrong_in_itself_is_not_told_of_as_well() -> None:
    wrong = RAID.replace("by: ISR", "by: ISR, pressure: 2")
    (fault,) = faults(f"{wrong}parameters: {{shock.raid.rung: 3}}")
    assert "pressure is 2" in fault

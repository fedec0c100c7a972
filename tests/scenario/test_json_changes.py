"""JSON Schema of what lies on top of another scenario, and of what must not."""

import pytest
from jsonschema import Draft202012Validator

from realpolitik.sim.scenario.json_schema import json_schema
from realpolitik.sim.scenario.nodes import plain
from realpolitik.sim.scenario.reader import read_tree

VALIDATOR = Draft202012Validator(json_schema())
HEAD = "title: A title\nquestion: A question?\nstart: 2024-08-05\nactors: [RUS, IRN]\n"


def accepts(text: str) -> bool:
    """Whether the schema finds no fault in a text that can be read."""
    tree, faults = read_tree(text, "x.yaml")
    assert faults == []
    return bool(VALIDATOR.is_valid(plain(tree)))


KILLING = "id: a, kind: assassination, week: 1, by: RUS, against: IRN"
ON_TOP = {
    "weeks: 3": True,
    "wekks: 3": False,
    "parameters: {RUS.israel_ties: null}": True,
    "parameters: {RUS.israel_tie: null}": False,
    "shocks:": True,
    "shocks: [{id: a, pressure: 0.5}]": True,
    "shocks: [{id: a, presure: 0.5}]": False,
    "shocks: [{id: a, kind: posture, pressure: 0.5}]": False,
    "shocks: [{id: a, kind: assassination, pressure: 2}]": False,
    "shocks: [{pressure: 0.5}]": False,
    "shocks: [{id: a, drop: true}]": True,
    "shocks: [{id: a, drop: true, week: 1}]": False,
    "deals: [{id: a, openness: 0.3}]": True,
    "deals: [{id: a, openess: 0.3}]": False,
    "outcomes: {war: null, strike: {label: A label}}": True,
    "outcomes: {strike: {lable: A label}}": False,
    "initial: {flow: null, hostility: {RUS-IRN: null}}": True,
    "initial: {flow: {RUS-RUS: 0}}": False,
    "initial: {from_events: a.parquet, until: 2021-03-31, flow: null}": True,
    "initial: {from_events: null}": True,
    "initial: {from_events: 3}": False,
    "initial: {until: 31 March}": False,
}


@pytest.mark.parametrize(("change", "is_right"), ON_TOP.items())
def test_a_file_that_extends_another_may_hold_parts(change: str, is_right: bool) -> None:
    assert accepts(f"extends: haniyeh_2024\n{change}\n") == is_right


@pytest.mark.parametrize(("change", "is_right"), ON_TOP.items())
def test_a_variant_may_hold_parts(change: str, is_right: bool) -> None:
    assert accepts(f"{HEAD}variants:\n  other:\n    {change}\n") == is_right


@pytest.mark.parametrize("key", ["extends: x", "schema_version: 1", "variants: {}", "name: x"])
def test_a_variant_has_not_every_key(key: str) -> None:
    assert not accepts(f"{HEAD}variants:\n  other: {{{key}}}\n")


@pytest.mark.parametrize("change", ["shocks: [{id: a, drop: true}]", "shocks:", "weeks:"])
def test_a_file_that_stands_alone_may_not_hold_changes(change: str) -> None:
    assert not accepts(HEAD + change)


@pytest.mark.parametrize(
    ("when", "is_right"),
    [
        ("{outcome: strike}", True),
        ("{outcome: strike, at_least: 2, delay_weeks: 3}", True),
        ("{outcome: strike, at_least: 2, at_most: 3}", False),
        ("{delay_weeks: 3}", False),
        ("{outcome: strike, delay_weeks: 0}", False),
    ],
)
def test_a_condition_has_an_outcome_and_one_bound(when: str, is_right: bool) -> None:
    shock = KILLING.replace("week: 1", f"when: {when}")
    assert accepts(f"{HEAD}shocks: [{{{shock}}}]\n") == is_right

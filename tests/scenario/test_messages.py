"""Errors of the models told in plain words; tests/bad_scenarios has a file for each of many."""

import pytest
from pydantic import ValidationError

from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.engine.shocks import When
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.loading import read_scenario
from realpolitik.sim.scenario.messages import (
    faults_of,
    is_beside_the_point,
    keys_of,
    longest,
    model_at,
    path_of,
)
from realpolitik.sim.scenario.nodes import Node, Path, plain
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.schema import Episode, Scenario, Setting
from realpolitik.sim.scenario.vocabulary import vocabulary

WORDS = vocabulary()
HEAD = "title: T\nquestion: Q?\nstart: 2024-08-05\nactors: [RUS, IRN]\n"
TREE, _ = read_tree(
    HEAD + "parameters: {RUS.israel_ties: {value: 0.3}}\n"
    "shocks: [{id: a, kind: assassination, when: {outcome: s}}, {id: b}]\n"
    "outcomes: {s: {measure: direct_strike}}\n"
    "deals: [{id: d}]\nepisode: {observed: 7}\n",
    "x.yaml",
)


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ((), WORDS.scenario_type),
        (("shocks", 0), WORDS.shocks["assassination"]),
        (("shocks", 0, "when"), When),
        (("shocks", 1), None),  # it does not say its kind
        (("outcomes", "s"), WORDS.measures["direct_strike"]),
        (("parameters", "RUS.israel_ties"), Setting),
        (("deals", 0), Deal),
        (("episode",), Episode),
        (("sources", 0), None),
    ],
)
def test_a_mapping_becomes_what_its_place_and_its_kind_say(path: Path, model: type | None) -> None:
    assert model_at(TREE, path, WORDS) is model


def test_the_kind_that_pydantic_puts_into_a_path_is_left_out() -> None:
    assert path_of(("shocks", 0, "assassination", "by")) == ("shocks", 0, "by")
    assert path_of(("deals", 0, "actor")) == ("deals", 0, "actor")
    assert longest(TREE, ("shocks", 1, "kind", "x")) == ("shocks", 1)


def test_a_setting_is_not_blamed_for_being_no_number() -> None:
    assert is_beside_the_point(("parameters", "RUS.israel_ties", "float"), TREE)
    assert not is_beside_the_point(("parameters", "RUS.israel_ties", "Setting", "value"), TREE)


def test_keys_are_those_that_a_file_may_write() -> None:
    keys = keys_of(Scenario)
    assert {"title", "extends", "variants"} <= set(keys)
    assert "name" not in keys
    assert keys_of(None) == []


def told(tree: Node) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        WORDS.scenario_type.model_validate(plain(tree), strict=True)
    return [fault.problem for fault in faults_of(caught.value, tree, WORDS)]


def test_each_thing_that_is_wrong_is_told_of_once() -> None:
    tree, _ = read_tree(HEAD + "weeks: many\nweaks: 3\nactors2: 1\n", "x.yaml")
    problems = told(tree)
    assert problems.count("weeks is 'many'") == 1
    assert "unknown key 'weaks'" in problems


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("weeks: 900", "x.yaml:5:8: weeks is 900; expected a whole number from 0 to 520"),
        ("weeks: many", "expected a whole number"),
        ("sources: 3", "sources is 3; expected a list"),
        ("deals: [7]", "entry 1 of deals is 7; expected a mapping (keys with values)"),
        ("shocks: [{id: a}]", "missing key 'kind'; expected one of"),
        ("shocks: [{id: a, kind: postur}]", "unknown kind of shock 'postur'; did you mean 'postu"),
        ("outcomes: {s: {measure: act}}", "missing key"),
        ("levers: [{parameter: RUS.israel_ties, label: L, range: [1]}]", "range has 1 entry"),
    ],
)
def test_a_fault_says_what_was_found_and_what_was_expected(line: str, said: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        read_scenario(f"{HEAD}{line}\n", "x.yaml")
    assert said in str(caught.value)

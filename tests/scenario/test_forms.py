"""Mappings of a file as models: what is right is taken, and each fault is told with its place."""

from typing import Annotated

import pytest
from pydantic import Field

from realpolitik.sim.scenario.errors import Fault, ScenarioError
from realpolitik.sim.scenario.forms import (
    Counted,
    FileForm,
    Form,
    Listed,
    MisfitError,
    Name,
    Names,
    Number,
    Parameters,
    Said,
    Text,
    Yes,
    each_once,
    one_name_of,
    read_file_form,
    read_form,
    refuse,
    refuse_twice,
)
from realpolitik.sim.scenario.nodes import items_of


class Limits(Form):
    """Something inside a mapping."""

    low: Number
    high: Said[Number] = None


class Example(FileForm):
    """A file."""

    needed = ("title",)

    title: Text = ""
    points: Counted = 7
    limits: Said[Limits] = None
    names: Said[Annotated[Names, each_once("name")]] = None
    colour: Annotated[Name, one_name_of("colour", lambda: ("red", "green"))] = "red"
    levels: dict[str, Number] = Field(default={})
    parameters: Parameters = Field(default={})
    loud: Yes = False
    things: Listed = ()


def told(text: str) -> tuple[Example, list[str]]:
    """What a text says, and its faults, each with its place."""
    form = read_file_form(text, "x.yaml", Example, "an example")
    return form, [str(fault).removeprefix("x.yaml:") for fault in form.faults]


def test_what_a_file_says_is_taken_and_the_rest_has_its_default() -> None:
    form, faults = told("title: ' A '\nlimits: {low: '1e2'}\nloud: true\nlevels: {a: 1, b: 0.5}\n")
    assert faults == []
    assert (form.title, form.points, form.loud) == ("A", 7, True)
    assert form.limits
    assert (form.limits.low, form.limits.high) == (100.0, None)
    assert form.levels == {"a": 1, "b": 0.5}


def test_one_fault_hides_no_other_and_what_is_right_is_kept() -> None:
    form, faults = told("points: many\nnames: [a, b]\nlimits: {low: x, high: 1}\n")
    assert [fault.partition(" ")[0] for fault in faults] == ["1:1:", "1:9:", "3:15:"]
    assert faults[0] == "1:1: missing key 'title'"
    assert (form.points, form.names, form.limits) == (7, ("a", "b"), None)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("points: 0", "2:9: points is 0; expected a whole number from 1 on"),
        ("points: 2.5", "2:9: points is 2.5; expected a whole number from 1 on"),
        ("points: true", "2:9: points is true; expected a whole number from 1 on"),
        ("points:", "2:8: points is nothing; expected a whole number from 1 on"),
        ("limits: 3", "2:9: limits is 3; expected a mapping"),
        ("limits: {}", "2:9: missing key 'low'"),
        ("limits: {low: 1, high: }", "high is nothing; expected a number"),
        ("limits: {low: 1, hihg: 2}", "2:18: unknown key 'hihg'; did you mean 'high'?"),
        ("names: a", "2:8: names is 'a'; expected a list of names"),
        ("names: []", "2:8: names is an empty list; expected a list of names"),
        ("names: [a, [b]]", "2:12: entry 2 of names is a list; expected a name"),
        ("names: [a, b, a]", "2:15: a second name 'a'"),
        ("colour: gren", "2:9: unknown colour 'gren'; did you mean 'green'?"),
        ("colour: [red]", "2:9: colour is a list; expected one of red, green"),
        ("levels: {a.b: x}", "2:15: a.b is 'x'; expected a number"),
        ("levels: [1]", "2:9: levels is a list; expected a mapping"),
        ("loud: false", "2:7: loud is false; expected true, or to be left out"),
        ("things: 3", "2:9: things is 3; expected a list of mappings"),
        ("schema_version: 2", "2:17: an unknown version of the language; expected 1"),
        ("parameters: {RUS: {israel_ties: 0.1}}", "2:20: 'RUS' holds a mapping; expected one key"),
    ],
)
def test_a_fault_has_its_place_and_what_was_expected(line: str, fault: str) -> None:
    _, (found,) = told(f"title: A\n{line}\n")
    assert fault in found


def test_what_stands_under_a_misspelt_key_is_still_taken() -> None:
    form, faults = told("titel: A\nlimits: {lwo: 1}\n")
    assert form.limits
    assert (form.title, form.limits.low) == ("A", 1)
    assert [fault.partition(";")[2] for fault in faults] == [
        " did you mean 'title'?",
        " did you mean 'low'?",
    ]


@pytest.mark.parametrize("text", ["[]", "3", "null", "a"])
def test_a_file_is_a_mapping(text: str) -> None:
    with pytest.raises(ScenarioError, match="expected an example: keys with values"):
        told(text)


def test_a_mapping_in_a_list_is_read_on_its_own_and_knows_its_place() -> None:
    form, _ = told("title: A\nthings:\n  - low: 1\n  - 7\n")
    first, second = items_of(form.node("things"))
    faults: list[Fault] = []
    limits = read_form(first, Limits, faults, "a thing")
    limits.blame("too low", at=("low",))
    read_form(second, Example, faults, "a thing")
    assert [str(fault) for fault in faults] == [
        "x.yaml:3:10: too low",
        "x.yaml:4:5: a thing is 7; expected a mapping with keys such as schema_version",
    ]


def test_forms_inside_forms_know_their_places_too() -> None:
    form, _ = told("title: A\nlimits: {low: 1, high: 0}\n")
    assert form.limits
    form.limits.blame("too low", at=("high",))
    assert [str(fault) for fault in form.faults] == ["x.yaml:2:24: too low"]


def test_an_id_is_used_once() -> None:
    form, _ = told("title: A\nthings: [{id: a}, {id: b}, {id: a}, 3]\n")
    refuse_twice(items_of(form.node("things")), "thing", form.faults)
    assert [str(fault) for fault in form.faults] == [
        "x.yaml:2:33: a second thing 'a' (first in line 2)"
    ]


def test_a_place_is_told_of_once_but_every_missing_key() -> None:
    form, _ = told("limits: {}\n")
    form.blame("this and that")
    form.blame("missing key 'points'")
    with pytest.raises(ScenarioError) as caught:
        refuse(form.faults)
    assert [fault.problem for fault in caught.value.faults] == [
        "missing key 'title'",
        "this and that",
        "missing key 'points'",
        "missing key 'low'",
    ]
    refuse([])


def test_a_misfit_says_where_inside_a_value_it_is() -> None:
    error = MisfitError("too low", "more", at=("low",))
    assert (error.fault.problem, error.fault.expected, error.at) == ("too low", "more", ("low",))

"""One tree on top of another: what is kept, what is replaced, and where it is from."""

import pytest

from realpolitik.sim.scenario.composing import count, merge
from realpolitik.sim.scenario.errors import Fault
from realpolitik.sim.scenario.nodes import MapNode, Plain, entries_of, find, locate, plain
from realpolitik.sim.scenario.reader import read_tree


def tree(text: str, path: str) -> MapNode:
    """The mapping that a text holds."""
    node, faults = read_tree(text, path)
    assert faults == []
    assert isinstance(node, MapNode)
    return node


def put_on(base: str, top: str) -> tuple[MapNode, list[Fault]]:
    """One text on top of another."""
    return merge(tree(base, "base.yaml"), tree(top, "top.yaml"))


def merged(base: str, top: str) -> Plain:
    """What both come to; nothing may be wrong."""
    node, faults = put_on(base, top)
    assert faults == []
    return plain(node)


@pytest.mark.parametrize(
    ("base", "top", "both"),
    [
        ("{weeks: 3, title: a}", "{weeks: 4}", {"weeks": 4, "title": "a"}),
        ("{a: {b: 1, c: 2}}", "{a: {c: 3, d: 4}}", {"a": {"b": 1, "c": 3, "d": 4}}),
        ("{a: {b: {c: 1}}}", "{a: {b: {d: 2}}}", {"a": {"b": {"c": 1, "d": 2}}}),
        ("{actors: [RUS, USA]}", "{actors: [IRN]}", {"actors": ["IRN"]}),
        ("{a: {b: 1}}", "{a: 2}", {"a": 2}),
        ("{a: 1}", "{a: {b: 1}}", {"a": {"b": 1}}),
        ("{shocks: 1}", "{shocks: [{id: a}]}", {"shocks": [{"id": "a"}]}),
    ],
)
def test_mappings_merge_and_all_else_is_replaced(base: str, top: str, both: Plain) -> None:
    assert merged(base, top) == both


@pytest.mark.parametrize("part", ["shocks", "deals"])
def test_lists_merge_by_id_the_base_first_and_new_ones_behind(part: str) -> None:
    base = f"{part}: [{{id: a, x: 1}}, {{id: b, x: 2}}, {{id: c}}]"
    top = f"{part}: [{{id: d}}, {{id: b, y: 3}}, {{id: a, drop: true}}]"
    assert merged(base, top) == {part: [{"id": "b", "x": 2, "y": 3}, {"id": "c"}, {"id": "d"}]}


def test_a_second_item_of_one_id_stays_a_second_item() -> None:
    both = merged("shocks: [{id: a}]", "shocks: [{id: a, x: 1}, {id: a, x: 2}]")
    assert both == {"shocks": [{"id": "a", "x": 1}, {"id": "a", "x": 2}]}


def test_an_item_may_be_taken_away_and_another_put_in_its_place() -> None:
    top = "shocks: [{id: a, drop: true}, {id: a, x: 2}]"
    assert merged("shocks: [{id: a, y: 1}]", top) == {"shocks": [{"id": "a", "x": 2}]}


@pytest.mark.parametrize("nothing", ["", "null", "~"])
def test_a_key_with_nothing_behind_it_takes_the_key_away(nothing: str) -> None:
    top = f"shocks: {nothing}\noutcomes:\n  war: {nothing}\n"
    both = merged("{shocks: [{id: a}], outcomes: {war: 1, peace: 2}}", top)
    assert both == {"outcomes": {"peace": 2}}


@pytest.mark.parametrize(
    ("base", "top", "problem"),
    [
        ("{outcomes: {war: 1}}", "{outcomes: {wat: null}}", "unknown outcome to take away: 'wat'"),
        ("{shocks: [{id: a}]}", "{shocks: [{id: b, drop: true}]}", "unknown shock to take away:"),
        ("{shocks: [{id: a}]}", "{shocks: [{drop: true}]}", "drop without an id"),
        ("{deals: [{id: a}]}", "{deals: [{id: a, drop: true, x: 1}]}", "'a' is taken away and"),
    ],
)
def test_nothing_can_be_taken_away_that_is_not_there(base: str, top: str, problem: str) -> None:
    _, (fault,) = put_on(base, top)
    assert fault.problem.startswith(problem)
    assert fault.place.path == "top.yaml"


@pytest.mark.parametrize(
    ("base", "top"),
    [
        ("{shocks: [{id: a, kind: insult, by: USA}]}", "{shocks: [{id: a, kind: posture}]}"),
        ("{outcomes: {a: {measure: act, by: USA}}}", "{outcomes: {a: {measure: deals}}}"),
    ],
)
def test_another_kind_or_measure_replaces_the_whole(base: str, top: str) -> None:
    assert merged(base, top) == plain(tree(top, "top.yaml"))


def test_the_same_kind_said_again_replaces_nothing_else() -> None:
    both = merged("shocks: [{id: a, kind: insult, by: USA}]", "shocks: [{id: a, kind: insult}]")
    assert both == {"shocks": [{"id": "a", "kind": "insult", "by": "USA"}]}


@pytest.mark.parametrize("time", ["week: 3", "date: 2024-09-01", "when: {outcome: war}"])
def test_a_shock_with_a_new_time_loses_the_old_one(time: str) -> None:
    key = time.partition(":")[0]
    for old in ("week: 1", "date: 2024-08-05", "when: {outcome: peace}"):
        node, _ = put_on(f"shocks: [{{id: a, {old}}}]", f"shocks: [{{id: a, {time}}}]")
        assert list(entries_of(find(node, ("shocks", 0)))) == ["id", key]


def test_a_condition_with_a_new_bound_loses_the_old_one() -> None:
    base = "shocks: [{id: a, when: {outcome: war, at_least: 2, delay_weeks: 3}}]"
    both = merged(base, "shocks: [{id: a, when: {at_most: 1}}]")
    when = {"outcome": "war", "delay_weeks": 3, "at_most": 1}
    assert both == {"shocks": [{"id": "a", "when": when}]}


def test_of_values_at_the_start_the_new_ones_come_last() -> None:
    node, _ = put_on("initial: {flow: {A<>B: 1, A-B: 2}}", "initial: {flow: {A<>B: 3}}")
    assert list(entries_of(find(node, ("initial", "flow")))) == ["A-B", "A<>B"]


def test_what_belongs_to_a_file_is_not_taken_over() -> None:
    base = "{title: a, extends: x, variants: {}, expects: []}"
    assert merged(base, "{weeks: 3}") == {"title": "a", "weeks": 3}


def test_every_value_keeps_its_place() -> None:
    node, _ = put_on("a: {b: 1,\n c: 2}\nd: 3", "a:\n  c: 4\n  e: 5")
    assert str(locate(node, ("a", "b"))) == "base.yaml:1:8"
    assert str(locate(node, ("a", "c"))) == "top.yaml:2:6"
    assert str(locate(node, ("d",))) == "base.yaml:3:4"


def test_a_mapping_from_which_something_was_taken_is_placed_where_that_was_done() -> None:
    node, _ = put_on("a: {b: 1, c: 2}", "a:\n  c:\n")
    assert str(locate(node, ("a",))) == "top.yaml:2:3"


def test_neither_tree_is_changed() -> None:
    base, top = tree("a: {b: 1}", "base.yaml"), tree("a: {c: 2}", "top.yaml")
    merge(base, top)
    assert (plain(base), plain(top)) == ({"a": {"b": 1}}, {"a": {"c": 2}})


def test_keys_count_as_nodes() -> None:
    assert count(tree("{a: [1, 2], b: {c: 3}}", "x.yaml")) == 9

"""Words of YAML and what they mean, and trees whose values know their places."""

import pytest

from realpolitik.sim.scenario.errors import Place
from realpolitik.sim.scenario.nodes import (
    LARGEST_WHOLE,
    ListNode,
    MapEntry,
    MapNode,
    Node,
    NotFiniteError,
    Scalar,
    ScalarNode,
    child,
    describe,
    entries_of,
    find,
    items_of,
    locate,
    number_of,
    plain,
    resolve,
    text_of,
    whole,
)


def at(line: int) -> Place:
    return Place("x.yaml", line, 1)


ACTORS = ListNode(at(2), (ScalarNode(at(3), "RUS"), ScalarNode(at(4), 7)))
TREE = MapNode(at(1), {"actors": MapEntry(at(2), ACTORS)})


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("", None),
        ("~", None),
        ("true", True),
        ("yes", "yes"),
        ("007", 7),
        ("0x1F", 31),
        ("0o17", 15),
        ("-.5", -0.5),
        ("1e2", 100.0),
        ("1_000", "1_000"),
        ("2024-08-05", "2024-08-05"),
    ],
)
def test_a_word_means_what_yaml_1_2_says(word: str, value: Scalar) -> None:
    found = resolve(word)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("word", [".inf", "-.INF", ".nan", "1e999", str(LARGEST_WHOLE + 1)])
def test_what_no_number_can_hold_is_refused(word: str) -> None:
    with pytest.raises(NotFiniteError):
        resolve(word)


def test_whole_numbers_may_be_written_with_a_point() -> None:
    assert [whole(value) for value in (3.0, 3.5, "3.0")] == [3, 3.5, "3.0"]
    assert type(whole(3.0)) is int


def test_a_path_leads_to_a_value_or_nowhere() -> None:
    assert find(TREE, ("actors", 1)) == ScalarNode(at(4), 7)
    assert find(TREE, ()) is TREE
    for path in (("actors", 2), ("actor",), ("actors", "RUS")):
        assert find(TREE, path) is None


def test_a_place_is_the_last_on_the_way() -> None:
    assert locate(TREE, ("actors", 0)) == at(3)
    assert locate(TREE, ("actors", 5)) == at(2)
    entry = MapNode(at(9), {"key": MapEntry(at(10), ScalarNode(at(11), 1))})
    assert locate(entry, ("key",)) == at(11)
    assert locate(entry, ("key",), at_key=True) == at(10)


def test_the_values_alone_are_plain() -> None:
    assert plain(TREE) == {"actors": ["RUS", 7]}


def test_what_is_of_another_kind_has_no_text_number_items_or_entries() -> None:
    assert text_of(ScalarNode(at(1), 7)) is None
    assert number_of(ScalarNode(at(1), True)) is None
    assert number_of(ScalarNode(at(1), "1e2")) == 100
    assert items_of(TREE) == ()
    assert entries_of(ACTORS) == {}
    assert child(ACTORS, "actors") is None
    assert child(TREE, "actors") is ACTORS


@pytest.mark.parametrize(
    ("node", "told"),
    [
        (TREE, "a mapping"),
        (ListNode(at(1), ()), "an empty list"),
        (ScalarNode(at(1), None), "nothing"),
        (ScalarNode(at(1), False), "false"),
        (ScalarNode(at(1), ""), "an empty text"),
        (ScalarNode(at(1), "7"), "the text '7'"),
        (ScalarNode(at(1), 7.0), "7"),
    ],
)
def test_a_value_is_called_as_a_person_would(node: Node, told: str) -> None:
    assert describe(node) == told

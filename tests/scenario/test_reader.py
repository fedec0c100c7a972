"""The reader: what YAML means, what is refused, and that nothing else ever comes out."""

import contextlib
import re
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realpolitik.sim.scenario import reader
from realpolitik.sim.scenario.errors import Place, ScenarioError
from realpolitik.sim.scenario.loading import read_scenario
from realpolitik.sim.scenario.nodes import MapNode, Plain, locate, plain
from realpolitik.sim.scenario.reader import read_tree
from tests.offenders import each

BAD = sorted((Path(__file__).parents[1] / "bad_scenarios").glob("*.yaml"))
SHIPPED = files("realpolitik.scenarios").joinpath("haniyeh_2024.yaml").read_text(encoding="utf-8")
HEAD = "title: A title\nquestion: A question?\nstart: 2024-08-05\nactors: [RUS, USA]\n"


def values(text: str) -> Plain:
    """What a text means; it must have no fault."""
    tree, faults = read_tree(text, "x.yaml")
    assert faults == []
    return plain(tree)


def faults(text: str | bytes) -> list[str]:
    """The faults of a text, each on its line."""
    with pytest.raises(ScenarioError) as caught:
        read_scenario(text, "x.yaml")
    return str(caught.value).splitlines()


# ── Files that are wrong ─────────────────────────────────────────────────────────────


def expected_faults(file: Path) -> list[str]:
    """The comments at the head of a bad file: the beginning of each fault, in order."""
    head = re.match(rb"(# \d+:\d+: [^\n]*\n)+", file.read_bytes())
    assert head, f"{file.name} does not say what is wrong with it"
    return [line.removeprefix("# ") for line in head.group().decode().splitlines()]


def test_there_are_many_bad_files() -> None:
    assert len(BAD) >= 150


@each("file", BAD)
def test_bad_file_has_exactly_the_faults_it_says(file: Path) -> None:
    expected = [f"x.yaml:{beginning}" for beginning in expected_faults(file)]
    found = faults(file.read_bytes())
    assert [fault[: len(e)] for fault, e in zip(found, expected, strict=True)] == expected


@each("file", BAD)
def test_bad_file_is_refused_by_the_parser_in_python_too(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "PARSER", yaml.BaseLoader)
    assert re.match(r"x\.yaml:\d+:\d+: ", faults(file.read_bytes())[0])


# ── What words mean ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("yes", "yes"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("2024-08-05", "2024-08-05"),
        ("0o7", 7),
        ("0x1F", 31),
        ("012", 12),
        ("-3", -3),
        ("+3", 3),
        ("1e-3", 0.001),
        (".5", 0.5),
        ("1.", 1),
        ("'1'", "1"),
        ('"true"', "true"),
        ("true", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("null", None),
        ("~", None),
        ("", None),
        ("<<", "<<"),
        ("=", "="),
    ],
)
def test_words_mean_what_yaml_1_2_says(word: str, value: Plain) -> None:
    read = values(f"key: {word}\n")
    assert read == {"key": value}
    assert isinstance(read, dict)
    assert type(read["key"]) is type(value)


def test_blocks_are_texts() -> None:
    assert values("a: |\n  1\n  2\nb: >-\n  true\n") == {"a": "1\n2\n", "b": "true"}


def test_aliases_stand_for_what_they_name() -> None:
    assert values("a: &x [1, 2]\nb: *x\nc: {d: *x}\n") == {
        "a": [1, 2],
        "b": [1, 2],
        "c": {"d": [1, 2]},
    }


def test_a_mark_of_byte_order_is_left_out() -> None:
    assert values("\ufeffa: 1\n") == {"a": 1}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_of_three_ways(end: str) -> None:
    text = (HEAD + "wekks: 3\n").replace("\n", end)
    assert faults(text) == ["x.yaml:5:1: unknown key 'wekks'; did you mean 'weeks'?"]


def test_keys_and_values_know_their_places() -> None:
    tree, _ = read_tree("a:\n  - x\n  - bé: [1, {c: 2}]\n", "x.yaml")
    assert isinstance(tree, MapNode)
    assert locate(tree, ("a", 1, "bé", 1, "c")) == Place("x.yaml", 3, 17)
    assert locate(tree, ("a", 1, "bé"), at_key=True) == Place("x.yaml", 3, 5)
    assert locate(tree, ("a", 7, "nowhere")) == Place("x.yaml", 2, 3)


def test_faults_that_stop_nothing_are_told_together() -> None:
    _, found = read_tree("a: !!int '1'\na: .inf\n3: x\n", "x.yaml")
    places = {(fault.place.line, fault.place.column) for fault in found}
    assert places == {(1, 4), (2, 1), (2, 4), (3, 1)}


# ── Strangers' files ─────────────────────────────────────────────────────────────────


LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30)
)
HOSTILE = {
    "a billion laughs": LAUGHS,
    "open lists": "[" * 900_000,
    "open mappings": "{" * 900_000,
    "lists in lists": "- " * 450_000,
    "keys in keys": "? " * 450_000,
    "one long number": f"{HEAD}weeks: {'9' * 900_000}",
    "anchors": "&a " * 300_000,
    "tags": "!" * 900_000,
    "tabs": "\t" * 900_000,
    "colons": ": " * 450_000,
    "documents": "---\n" * 225_000,
    "commas": "[" + "a," * 400_000,
    "wrong keys": HEAD + "".join(f"k{n}: 1\n" for n in range(20_000)),
    "wrong addresses": HEAD
    + "parameters:\n"
    + "".join(f"  RUS.israel_tie{n}: 1\n" for n in range(20_000)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_refused_with_a_bounded_answer(text: str) -> None:
    assert 1 <= len(faults(text)) <= 101  # how long it takes is for `make fuzz` to say


def test_no_more_than_a_hundred_faults_are_told() -> None:
    found = faults(HEAD + "".join(f"k{n}: 1\n" for n in range(150)))
    assert len(found) == 101
    assert found[-1] == "x.yaml: more than 100 faults"


def test_more_than_a_megabyte_is_refused() -> None:
    assert faults(b"#" * 1_000_001) == ["x.yaml: the file is too large; expected at most 1 MB"]


def test_a_tag_never_makes_an_object(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    assert faults(f"title: !!python/object/apply:os.mkdir ['{trace}']\n")
    assert not trace.exists()


SIGNS = [*"[]{}'|>#%\\\"\t\n", "&a ", "*a ", "!!x ", ": ", "- ", "? ", "---\n", "...\n"]
WORDS = [".nan", "1e999", "null", "<<", "RUS", "\x00", "\ud800", "\u202e"]
PIECES = st.sampled_from([*SIGNS, *WORDS])
EDIT = st.tuples(
    st.integers(0, len(SHIPPED)),
    st.integers(0, 40),
    st.one_of(PIECES, st.text(max_size=5), st.integers(0, len(SHIPPED))),
)


def edited(text: str, edits: list[tuple[int, int, str | int]]) -> str:
    """The text with pieces cut out and others put in, some of them taken from the text itself."""
    for start, length, new in edits:
        piece = SHIPPED[new : new + length] if isinstance(new, int) else new
        text = text[:start] + piece + text[start + length :]
    return text


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EDIT, min_size=1, max_size=4))
def test_whatever_is_done_to_a_file_there_is_a_scenario_or_faults_with_places(
    edits: list[tuple[int, int, str | int]],
) -> None:
    text = edited(SHIPPED, edits)
    with contextlib.suppress(ScenarioError):
        read_scenario(text, "x.yaml")
        return
    found = faults(text)
    assert all(re.match(r"x\.yaml:[1-9]\d*:[1-9]\d*: .", fault) for fault in found)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_refused_with_a_place(raw: bytes) -> None:
    with pytest.raises(ScenarioError):
        read_scenario(raw, "x.yaml")

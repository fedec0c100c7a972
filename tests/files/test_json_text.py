"""JSON that is written for people, and read from anyone within bounds."""

import json
from pathlib import Path

import pytest

from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.json_text import MOST_LETTERS, RecordError, as_json, indented, parse_json


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty folder of ours."""
    (tmp_path / "ours").mkdir()
    return Folder(tmp_path / "ours")


def test_a_number_that_json_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        as_json({"high": float("inf")})


@pytest.mark.parametrize("depth", [60, 900, 100_000])
@pytest.mark.parametrize("pair", [("[", "]"), ('{"a":', "}")])
def test_json_with_too_much_inside_each_other_is_refused(
    folder: Folder, depth: int, pair: tuple[str, str]
) -> None:
    folder.write_text("a.json", f"{pair[0] * depth}1{pair[1] * depth}")
    with pytest.raises(ValueError, match="more than 50"):
        folder.read_json("a.json")


def test_json_as_deep_as_ours_is_read(folder: Folder) -> None:
    value = {"a": [[{"b": [1]}]]}
    folder.write_text("a.json", json.dumps(value))
    assert folder.read_json("a.json") == value


def test_a_text_beyond_the_bound_is_refused() -> None:
    assert parse_json(json.dumps(["x" * MOST_LETTERS]).encode()) == ["x" * MOST_LETTERS]
    with pytest.raises(ValueError, match="a text of more than"):
        parse_json(json.dumps({"x" * (MOST_LETTERS + 1): 1}).encode())


def test_an_error_of_several_lines_keeps_them() -> None:
    error = RecordError("a record is damaged:", *indented(["here", "there"]))
    assert error.lines == ("a record is damaged:", "  here", "  there")

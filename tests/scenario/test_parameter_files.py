"""Parameters from files: YAML, JSON and tables, each fault with its place."""

import json
from pathlib import Path

import pytest

from realpolitik.sim.scenario.errors import Place, ScenarioError
from realpolitik.sim.scenario.parameter_files import (
    decoded,
    is_like_one,
    meant_by,
    number_in,
    read_settings,
    read_sheet,
)

TIES, ENMITY = "RUS.israel_ties", "initial.hostility.IRN-ISR"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def file(folder: Path, name: str, content: str | bytes) -> str:
    """The name of a file that holds this."""
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yaml", "RUS.israel_ties: 0.25\ninitial.hostility.IRN-ISR: 0.8\n"),
        ("old.yml", "# as before\nRUS.israel_ties: 0.25\ninitial.hostility.IRN>ISR: 8e-1\n"),
        ("a.json", json.dumps({TIES: 0.25, ENMITY: 0.8}, indent="\t")),
        ("b", "\ufeff{" + f'"{TIES}": 0.25, "{ENMITY}": 0.8' + "}"),
        ("utf16.json", json.dumps({TIES: 0.25, ENMITY: 0.8}).encode("utf-16")),
        ("a.csv", f"policy,{TIES},{ENMITY}\nnone,0.25,0.8\n"),
        ("a.tsv", f"{TIES}\tinitial_hostility_IRN_ISR\n0,25\t0,8\n"),
    ],
)
def test_each_form_says_the_same(tmp_path: Path, name: str, content: str | bytes) -> None:
    assert read_settings(file(tmp_path, name, content)) == {TIES: 0.25, ENMITY: 0.8}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.yaml", "RUS.israel_ties: 0.3\nRUS.israel_tie: 1\n", "a.yaml:2:1: unknown parameter"),
        ("a.yaml", "RUS.israel_ties:  7\n", "a.yaml:1:19: RUS.israel_ties is 7; expected a numb"),
        ("a.yaml", "RUS:\n  israel_ties: 0.3\n", "a.yaml:2:3: RUS is a mapping"),
        (
            "a.yaml",
            "RUS.israel_ties: high\n",
            "a.yaml:1:18: RUS.israel_ties is 'high'; expected ad",
        ),
        ("a.yaml", "RUS.israel_ties:\n", "a.yaml:1:17: RUS.israel_ties is nothing"),
        ("a.yaml", "- 0.3\n", "a.yaml:1:1: the file holds a list; expected addresses with numbers"),
        ("a.json", '{"RUS.israel_ties": .nan}', "a.json:1:21"),
        ("a.yaml", "", "a.yaml: the file is empty"),
        ("a.csv", f"{TIES}\n0.1\n0.2\n", "a.csv:1:1: 2 rows below the header; expected one"),
        ("a.csv", f"x,{TIES}\n1,\n", f"a.csv:2:3: {TIES} has no value"),
        ("a.csv", f"{TIES},{TIES}\n0.1,0.2\n", f"a.csv:1:17: a second column of {TIES}"),
        ("a.csv", "RUS.israel_tie\n0.1\n", "a.csv:1:1: unknown parameter"),
    ],
)
def test_a_fault_is_told_with_file_and_line(
    tmp_path: Path, name: str, content: str, told: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        read_settings(file(tmp_path, name, content))
    assert str(caught.value).startswith(told)


# ── Labels, cells and texts ──────────────────────────────────────────────────────────


def test_a_label_may_be_punctuated_as_other_tools_do() -> None:
    assert meant_by("initial_hostility_IRN_ISR") == ENMITY
    assert meant_by(TIES) == TIES
    assert meant_by("policy") == ""
    assert is_like_one("RUS.israel_tie")
    assert not is_like_one("policy.rate")


@pytest.mark.parametrize(("cell", "value"), [("0,25", 0.25), (" \u22121e-2 ", -0.01), (".5", 0.5)])
def test_a_cell_may_have_a_comma_or_a_real_minus_sign(cell: str, value: float) -> None:
    assert number_in(cell) == value


@pytest.mark.parametrize(
    ("cell", "told"), [("", "has no value"), ("n/a", "has no value ('n/a')"), ("1e999", "is '1e99")]
)
def test_a_cell_without_a_number_says_what_it_holds(cell: str, told: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        number_in(cell)
    assert str(caught.value).startswith(told)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_read_in_the_encodings_that_spreadsheets_write(encoding: str) -> None:
    assert decoded("RUS – a".encode(encoding), "x.csv") == "RUS – a"


def test_the_header_is_looked_for_below_what_comes_before_and_cells_know_their_place() -> None:
    text = f'made by X\n\n# {TIES};"note; x"\n0,1;"a;b"\n# no row\n'
    sheet = read_sheet(text.encode(), "x.csv", lambda label: label == TIES)
    assert (sheet.head, sheet.delimiter, sheet.header) == (3, ";", [TIES, "note; x"])
    assert list(sheet.rows()) == [(4, ["0,1", "a;b"])]
    assert sheet.place(4, 1) == Place("x.csv", 4, 5)


def test_a_table_without_an_address_says_what_was_looked_for() -> None:
    with pytest.raises(ScenarioError, match="no label among the first 50 lines is an address"):
        read_sheet(b"a,b\n1,2\n", "x.csv", lambda label: label == TIES)

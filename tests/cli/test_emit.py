"""A document on standard output: for people as wide as the terminal, or as JSON."""

import json
from pathlib import Path

import pandas as pd
import pytest

from realpolitik.sim.cli.emit import emit
from realpolitik.sim.documents.document import Column, Document, Section, Table, text


def document_of(*sections: Section) -> Document:
    """A document with these sections."""
    return Document(
        kind="Report",
        title="A title",
        question="",
        answer=("The answer.",),
        facts={"Worlds": "20"},
        sections=sections,
        command="realpolitik run x",
        version="1",
        note="",
        data=lambda: {"worlds": 20},
    )


@pytest.mark.parametrize(("columns", "left"), [("40", "Far, Last"), ("44", "Last"), ("60", "")])
def test_what_a_narrow_terminal_has_no_room_for_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str, left: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    frame = pd.DataFrame({"words": ["word " * 9], "number": ["12 of 345,678"]})
    numbers = [Column(name, text("number"), right=True) for name in ("Near", "Far", "Last")]
    table = Table(frame, [Column("What", text("words")), *numbers])
    emit(document_of(Section("first", "The first", lambda: [table])))
    printed = capsys.readouterr().out
    assert printed.count("12 of 345,678") == 3 - len(left.split())
    assert (f"No room for: {left}." in printed) == bool(left)
    assert max(map(len, printed.splitlines())) <= int(columns)
    assert printed.split().count("word") == 9  # none is broken


def test_the_title_comes_first_and_the_answer_last(capsys: pytest.CaptureFixture[str]) -> None:
    emit(document_of(Section("first", "The first", lambda: ["A sentence."])))
    printed = capsys.readouterr().out
    assert printed.split("\n")[:2] == ["Report: A title", "Worlds: 20"]
    assert "A sentence." in printed
    assert printed.rstrip().endswith("The answer.")


def test_people_and_programs_are_told_where_the_page_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    emit(document_of(), page=Path("x.html"))
    assert capsys.readouterr().out.endswith("\nPage  x.html\n")
    emit(document_of(), as_json=True, page=Path("x.html"))
    assert json.loads(capsys.readouterr().out)["page"] == "x.html"

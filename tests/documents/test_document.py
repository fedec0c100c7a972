"""One table, and every medium shows it: nothing can be said twice in two ways."""

import json
import warnings
from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from realpolitik.sim.charts.style import Words, finish
from realpolitik.sim.cli.emit import emit
from realpolitik.sim.documents import markdown
from realpolitik.sim.documents.document import (
    IN_FULL,
    MARKDOWN,
    PAGE,
    SCREEN,
    Block,
    Chart,
    Column,
    Document,
    Folded,
    Heading,
    Lines,
    Link,
    Place,
    Points,
    Section,
    Table,
    Text,
    text,
)
from realpolitik.sim.documents.html_page import render
from realpolitik.sim.documents.markdown import section

FRAME = pd.DataFrame({"name": ["one", "two"], "share": [0.25, float("nan")]})
TABLE = Table(
    FRAME,
    [
        Column("Name of it", text("name"), short="Name"),
        Column("Share", text("share"), right=True),
        Column("In full", text("name"), on=IN_FULL),
    ],
)


def draw() -> go.Figure:
    figure = go.Figure(go.Bar(x=FRAME["name"], y=FRAME["share"]))
    return finish(figure, Words("One is a quarter", "How to read it", "One bar"), height=200)


def body() -> Iterator[Block]:
    yield "A sentence for all."
    yield Text("Only for a page.", frozenset({PAGE}))
    yield Chart("bars", draw, TABLE)
    yield Heading("Of a <i>part</i>")
    yield Points(["The first remark", "The second"])
    yield Points([])
    yield Folded("What is folded", ["Behind a fold."])


def document_of(*sections: Section) -> Document:
    return Document(
        kind="Trial",
        title="A <b>title</b>",
        question="What?",
        answer=["The answer."],
        facts={"Worlds": "20"},
        note="How to take it.",
        sections=sections,
        command="realpolitik trial",
        version="1.2.3",
        data=lambda: {"worlds": 20, "rows": FRAME},
    )


DOCUMENT = document_of(
    Section("first", "The first", body),
    Section("empty", "Of which nothing is known", lambda: [Points([])]),
    Section("page", "On a page alone", lambda: ["Seen on a page."], frozenset({PAGE})),
)


def test_each_medium_has_every_cell_that_is_meant_for_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    emit(DOCUMENT)
    told = {
        SCREEN: capsys.readouterr().out,
        PAGE: render(DOCUMENT),
        MARKDOWN: section(DOCUMENT, "first"),
    }
    for medium, said in told.items():
        for row in TABLE.cells(medium):
            assert all(cell in said for cell in row), medium
    assert "In full" not in told[SCREEN]
    assert "Name of it" not in told[SCREEN]


def test_what_is_for_one_medium_is_on_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    emit(DOCUMENT)
    printed, page, written = capsys.readouterr().out, render(DOCUMENT), section(DOCUMENT, "first")
    assert "Only for a page." in page
    assert "Only for a page." not in printed + written
    assert "Seen on a page." in page
    assert "Seen on a page." not in printed
    assert "Behind a fold." in page + written
    assert "Behind a fold." not in printed
    assert printed.rstrip().endswith("The answer.")


def test_headings_and_remarks_are_on_every_medium(capsys: pytest.CaptureFixture[str]) -> None:
    emit(DOCUMENT)
    assert (
        "Of a <i>part</i>\n\n  ·  The first remark\n  ·  The second\n\n" in capsys.readouterr().out
    )
    written = section(DOCUMENT, "first")
    assert "\n\n**Of a \\<i\\>part\\</i\\>**\n\n- The first remark\n- The second\n\n" in written
    page = render(DOCUMENT)
    assert "<h3>Of a &lt;i&gt;part&lt;/i&gt;</h3>" in page
    assert "<li>The second</li>" in page
    assert page.count('<ul class="notes">') == 1


def test_a_cell_of_several_lines_keeps_its_links_and_places() -> None:
    cell = Lines([Place("It <b>holds</b>", "claim-1"), "", Link("why", "#why", frozenset({PAGE}))])
    assert cell == "It <b>holds</b>\nwhy"
    made = Table(FRAME.head(1), [Column("Cell", lambda _: cell)])
    part = Section("lines", "Lines", lambda: [made])
    page, written = render(document_of(part)), section(document_of(part), "lines")
    assert '<span class="line"><span id="claim-1">It &lt;b&gt;holds&lt;/b&gt;</span></span>' in page
    assert '<span class="line"><a href="#why">why</a></span>' in page
    assert "| It \\<b\\>holds\\</b\\><br>why |" in written


def test_a_whole_document_as_markdown_has_answer_facts_and_sections() -> None:
    written = markdown.render(DOCUMENT)
    assert written.startswith("The answer.\n\nWorlds: 20.\n\n### The first\n\n")
    assert "On a page alone" not in written


def test_a_section_that_holds_nothing_is_left_out_of_the_page() -> None:
    assert "Of which nothing is known" not in render(DOCUMENT)


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


def test_programs_get_the_rows_of_the_frame(capsys: pytest.CaptureFixture[str]) -> None:
    emit(DOCUMENT, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "worlds": 20,
        "rows": [{"name": "one", "share": 0.25}, {"name": "two", "share": None}],
    }


def test_rows_that_are_left_out_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    short = document_of(
        Section("first", "The first", lambda: [Table(FRAME, TABLE.columns, most=1)])
    )
    emit(short)
    for said in (capsys.readouterr().out, render(short), section(short, "first")):
        assert "1 more row is" in said
        assert "two" not in said[said.find("<main>") :]


def test_it_is_said_where_the_rows_are_that_are_left_out() -> None:
    assert Table(FRAME, TABLE.columns, 1, "all.csv").left_out == "1 more row is in all.csv."


def test_a_cell_leads_on_a_page_to_another_file(capsys: pytest.CaptureFixture[str]) -> None:
    leading = Column("Name", lambda row: Link("<b>", f"{row['name']}/a&b.html", frozenset({PAGE})))
    document = document_of(
        Section(
            "first", "The first", lambda: [Table(FRAME, [leading, Column("Again", leading.show)])]
        )
    )
    assert render(document).count('<a href="two/a&amp;b.html">&lt;b&gt;</a>') == 2
    emit(document)
    for told in (capsys.readouterr().out, section(document, "first")):
        assert "two/" not in told
        assert told.count("b") >= 4


def test_texts_are_no_markup_on_a_page() -> None:
    assert "<b>title</b>" not in render(DOCUMENT)
    assert "A &lt;b&gt;title&lt;/b&gt;" in render(DOCUMENT)


def fail(*_: Any) -> Any:
    raise RuntimeError("the ink has run out")


BROKEN_TABLE = Table(FRAME, [Column("Name", fail)])


@pytest.mark.parametrize(
    "make", [fail, lambda: [BROKEN_TABLE], lambda: [Chart("bars", fail, TABLE)]]
)
def test_a_part_that_cannot_be_made_says_why_and_leaves_the_others(
    make: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    document = document_of(
        Section("bad", "What fails", make), Section("good", "What does not", lambda: ["It stands."])
    )
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        page = render(document)
        emit(document)
        figures = document.figures()
    printed = capsys.readouterr().out
    assert {"the ink has run out" in str(one.message) for one in caught} == {True}
    assert "the ink has run out" in page
    assert "It stands." in page
    assert "It stands." in printed
    assert figures == {}


def test_charts_are_drawn_by_name() -> None:
    assert list(DOCUMENT.figures()) == ["bars"]


def test_a_link_leads_on_in_markdown_and_is_its_text_elsewhere(
    capsys: pytest.CaptureFixture[str],
) -> None:
    table = Table(FRAME, [Column("Name", lambda row: Link(row["name"], f"{row['name']}.md"))])
    document = document_of(Section("first", "The first", lambda: [table]))
    emit(document)
    assert "[one](one.md)" in section(document, "first")
    for said in (capsys.readouterr().out, render(document)):
        assert "one" in said
        assert "one.md" not in said

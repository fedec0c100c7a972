"""One table, and every medium shows it: nothing can be said twice in two ways."""

import json

import pytest

from realpolitik.sim.cli.emit import emit
from realpolitik.sim.documents import markdown
from realpolitik.sim.documents.document import (
    MARKDOWN,
    PAGE,
    SCREEN,
    Anchored,
    Column,
    Link,
    Multiline,
    Section,
    Table,
)
from realpolitik.sim.documents.html_page import render
from realpolitik.sim.documents.markdown import section
from tests.documents.trial import DOCUMENT, FRAME, TABLE, document_of


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
    assert "On no page." in written
    assert "On no page." not in printed + page
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
    cell = Multiline(
        [Anchored("It <b>holds</b>", "claim-1"), "", Link("why", "#why", frozenset({PAGE}))]
    )
    assert cell == "It <b>holds</b>\nwhy"
    made = Table(FRAME.head(1), [Column("Cell", lambda _: cell)])
    part = Section("lines", "Multiline", lambda: [made])
    page, written = render(document_of(part)), section(document_of(part), "lines")
    assert '<span class="line"><span id="claim-1">It &lt;b&gt;holds&lt;/b&gt;</span></span>' in page
    assert '<span class="line"><a href="#why">why</a></span>' in page
    assert "| It \\<b\\>holds\\</b\\><br>why |" in written


def test_a_whole_document_as_markdown_has_answer_facts_and_sections() -> None:
    written = markdown.render(DOCUMENT)
    assert written.startswith("The answer.\n\nWorlds: 20.\n\n### The first\n\n")
    assert "On a page alone" not in written


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

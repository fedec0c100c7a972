"""The page of a document."""

import warnings
from typing import Any

import pytest

from realpolitik.sim.cli.emit import emit
from realpolitik.sim.documents.document import Chart, Column, Section, Table
from realpolitik.sim.documents.html_page import render
from tests.documents.trial import DOCUMENT, FRAME, TABLE, document_of, fail


def test_a_section_that_holds_nothing_is_left_out_of_the_page() -> None:
    assert "Of which nothing is known" not in render(DOCUMENT)


def test_texts_are_no_markup_on_a_page() -> None:
    assert "<b>title</b>" not in render(DOCUMENT)
    assert "A &lt;b&gt;title&lt;/b&gt;" in render(DOCUMENT)


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

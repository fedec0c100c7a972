"""What is said of incentives taken away, on every medium."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from realpolitik.sim.documents import ablation
from realpolitik.sim.documents.ablation import (
    DRAWN,
    MOST,
    Ablated,
    ablation_answer,
    ablation_document,
    interplay,
    named_rows,
    unheard,
)
from realpolitik.sim.documents.document import SCREEN, Table
from realpolitik.sim.documents.html_page import render
from realpolitik.sim.documents.reasons import Inquiry
from realpolitik.sim.explain.ablation import ablate
from realpolitik.sim.scenario.loading import read_scenario
from tests.quarrel import TEXT

SCENARIO = read_scenario(TEXT, "quarrel.yaml")
WORLDS = 10


@pytest.fixture(scope="module")
def found() -> Ablated:
    """Russia without each of its incentives, and without each pair."""
    inquiry = Inquiry(SCENARIO, 0, "realpolitik ablate quarrel.yaml")
    return Ablated(inquiry, "RUS", WORLDS, ablate(SCENARIO, "RUS", WORLDS, 0, pairs=True), ())


def changed(found: Ablated, **columns: Any) -> Ablated:
    """The same with other columns."""
    return replace(found, table=found.table.assign(**columns))


def on_screen(found: Ablated) -> list[Table]:
    """The tables that a terminal has."""
    sections = ablation_document(found).on(SCREEN)
    blocks = [block for section in sections for block in section.body(SCREEN)]
    return [block for block in blocks if isinstance(block, Table)]


def test_part_that_is_the_whole_is_not_told_twice(found: Ablated) -> None:
    names = set(named_rows(found.table)["name"])
    assert {"US rivalry", "Israel ties · rapport"} <= names
    assert "US rivalry · Ukraine" not in names


def test_every_removal_has_its_source_and_sentence(found: Ablated) -> None:
    assert found.singles[["source", "why"]].notna().all(axis=None)


def test_redundant_is_only_what_is_so_for_every_outcome(found: Ablated) -> None:
    assert unheard(changed(found, reading="moves")) == ([], [])
    idle, undecided = unheard(changed(found, reading="redundant"))
    assert "legal bar" in idle
    assert undecided == []
    one = ["undecided" if name == "alignment" else "redundant" for name in found.table["outcome"]]
    assert unheard(changed(found, reading=one)) == ([], idle)


def test_answer_tells_redundant_from_undecided(found: Ablated) -> None:
    for reading, said in (("redundant", "by as much as matters"), ("undecided", "some may")):
        last = ablation_answer(changed(found, reading=reading))[-1]
        assert said in last
        assert "legal bar" in last


def test_outcomes_that_hang_most_on_the_actor_come_first(found: Ablated) -> None:
    last = found.outcomes[-1]
    table = found.table
    readings = ["decides" if name == last else "redundant" for name in table["outcome"]]
    assert changed(found, reading=readings).outcomes[0] == last


def test_pairs_are_told_of_where_they_do_more_than_the_two(found: Ablated) -> None:
    alone = replace(found, named=("alignment",))
    pairs = (found.table["kind"] == "pair") & (found.table["outcome"] == "alignment")
    far = changed(alone, extra=0.2, extra_low=0.1, extra_high=0.3)
    assert len(interplay(far)) == pairs.sum()
    near = changed(alone, extra=0.2, extra_low=-0.1, extra_high=0.3)
    assert interplay(near).empty
    assert "None is seen to." in render(ablation_document(near))


def test_a_terminal_has_the_largest_changes_and_says_how_many_more_there_are(
    found: Ablated, capsys: pytest.CaptureFixture[str]
) -> None:
    loud = changed(found, reading="moves", extra_low=0.1, extra_high=0.3)
    every, named = on_screen(loud), on_screen(replace(loud, named=("height",)))
    assert [len(table.frame) for table in every] == [MOST] * (len(SCENARIO.outcomes) + 1)
    assert all(len(table.frame) > MOST for table in named)
    section = ablation_document(loud).on(SCREEN)[0]
    left = len(loud.of("height")) - MOST
    assert f"{left} more move it; --outcome height lists all." in [
        getattr(block, "text", "") for block in section.body(SCREEN)
    ]


def test_there_is_a_chart_for_each_outcome_named_else_for_the_first(found: Ablated) -> None:
    drawn = ablation_document(found).figures()
    assert len(drawn) == min(DRAWN, len(found.outcomes))
    assert list(ablation_document(replace(found, named=("height",))).figures()) == ["ablation-1"]


def test_an_answer_that_fails_leaves_the_rest(
    found: Ablated, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Ablated) -> None:
        raise RuntimeError("the ink has run out")

    monkeypatch.setattr(ablation, "ablation_answer", fail)
    with pytest.warns(match="the ink has run out"):
        page = render(ablation_document(found))
    assert "the ink has run out" in page
    assert "chart-ablation-1" in page


def test_the_page_reads_well(found: Ablated, browser: Any, chromium: Any, tmp_path: Path) -> None:
    path = tmp_path / "ablate.html"
    path.write_text(render(ablation_document(found)), encoding="utf-8")
    for width in browser.WIDTHS:
        sight = chromium.look(path, width)
        assert sight.faults() == []
        assert sight.seen["charts"][0] == "chart-ablation-1"

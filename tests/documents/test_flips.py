"""What is said of what hangs on what, on every medium."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.charts.flips import Flip
from realpolitik.sim.documents.document import IN_FULL, PAGE, SCREEN, Chart, Folded
from realpolitik.sim.documents.flips import (
    Hanging,
    flips_answer,
    flips_document,
    flips_table,
    hanging_section,
    of_choice,
)
from realpolitik.sim.documents.html_page import render
from realpolitik.sim.documents.reasons import Inquiry
from realpolitik.sim.explain.choice import explain_choice
from realpolitik.sim.explain.choice_flips import flip_choice
from realpolitik.sim.explain.probe import Group
from realpolitik.sim.scenario.loading import read_scenario
from tests.quarrel import TEXT

INQUIRY = Inquiry(read_scenario(TEXT, "quarrel.yaml"), 0, "realpolitik flips quarrel.yaml")


def flips(*at: float) -> pd.DataFrame:
    table = pd.DataFrame({"address": [f"IRN.w{n}" for n in range(len(at))], "flips_at": at})
    table = table.assign(default=0.5, low=0.0, high=1.0, source="P1", why="Why.", verdict="so")
    return table.assign(share_of_range=(table["flips_at"] - 0.5).abs(), level_with="")


def hanging(table: pd.DataFrame) -> Hanging:
    flip = Flip("Iran strikes", "is no longer the likeliest", "One choice.")
    return Hanging(INQUIRY, table, flip, "It stands at 70 %", {"Outcome": "It"})


def test_nearest_flips_are_named_in_the_answer() -> None:
    first, second = flips_answer(flips(0.9, np.nan, 0.4), "It stands at 70 %")
    assert "It stands at 70 %. 2 of 3 parameters" in first
    assert second.index("IRN.w2 at 0.4 instead of 0.5") < second.index("IRN.w0 at 0.9 instead")


def test_no_flip_is_said_in_a_sentence() -> None:
    assert "none of 1 parameters" in flips_answer(flips(np.nan), "Here")[0].lower()


def test_table_of_flips_lists_what_never_does_last() -> None:
    cells = flips_table(flips(np.nan, 0.9), IN_FULL).cells(PAGE)
    assert [row[1] for row in cells] == ["0.9", "never"]


def test_flips_of_an_outcome_have_intervals_and_those_of_a_choice_what_is_level() -> None:
    of_outcome = flips(0.9).assign(flip_low=0.8, flip_high=1.0)
    heads = [
        {column.heading for column in flips_table(table, IN_FULL).columns}
        for table in (of_outcome, flips(0.9))
    ]
    assert heads[0] - heads[1] == {"95\u00a0% interval"}
    assert heads[1] - heads[0] == {"Level with"}


def test_a_terminal_has_what_flips_and_counts_the_rest() -> None:
    table, *rest = flips_document(hanging(flips(np.nan, 0.9))).sections[0].body(SCREEN)
    said = str([table.cells(SCREEN), *rest])  # type: ignore[union-attr]
    assert "IRN.w1" in said
    assert "IRN.w0" not in said
    assert "1 parameter;" in said


def test_section_of_a_report_has_the_chart_or_what_was_moved() -> None:
    told, chart = hanging_section(hanging(flips(0.9)), "A note.").body(PAGE)
    assert str(told).endswith("A note.")
    assert isinstance(chart, Chart)
    assert chart.name == "hangs"
    _, folded = hanging_section(hanging(flips(np.nan)), "A note.").body(PAGE)
    assert isinstance(folded, Folded)


def test_a_choice_says_how_it_stood_and_what_draws_level() -> None:
    scenario = INQUIRY.scenario
    choice = explain_choice(scenario, 0, 0, "USA", 1)
    group = Group("IRN", "material")
    table = flip_choice(scenario, 0, 0, "USA", 1, *group)
    table = table.assign(flips_at=table["low"].where(table.index == 0))
    found = of_choice(INQUIRY, choice, group, table)
    row = choice.margin(group)
    assert f"{abs(row['margin_log_odds']):.2f} log odds" in found.here
    assert ("led the next" in found.here) == row["likeliest"]
    flipping = found.table["flips_at"].notna()
    assert (found.table["level_with"] != "").tolist() == flipping.tolist()


def test_of_public_words_it_is_said_which_are_decided_on() -> None:
    scenario, group = INQUIRY.scenario, Group("IRN", "denounce")
    choice = explain_choice(scenario, 0, 0, "USA", 1)
    found = of_choice(INQUIRY, choice, group, flip_choice(scenario, 0, 0, "USA", 1, *group))
    assert found.facts["Choice"].endswith("(whether the United States denounces Iran)")
    told = {"“denounces Iran”", "“says nothing of the kind about Iran”", ""}
    assert {*found.table["level_with"]} <= told


@pytest.mark.parametrize(("count", "length"), [(0, 0), (1, 50), (30, 50)])
def test_the_page_reads_well(chromium: Any, tmp_path: Path, count: int, length: int) -> None:
    at = [np.nan, *np.linspace(-3, 3, count)]
    table = pd.DataFrame(
        {"address": [f"IRN.w{n}{'_long' * (length // 5)}" for n in range(count + 1)]}
    )
    table = table.assign(flips_at=at, default=0.0, low=-3.0, high=3.0, n=400)
    table = table.assign(flip_low=table["flips_at"] - 0.2, flip_high=3.0, verdict="so")
    table = table.assign(share_of_range=table["flips_at"].abs() / 6, source="P1", why="Why.")
    path = tmp_path / "flips.html"
    path.write_text(render(flips_document(hanging(table))), encoding="utf-8")
    sight = chromium.look(path, 390)
    assert sight.faults() == []
    assert sight.seen["charts"] == ["chart-flips"][:count]

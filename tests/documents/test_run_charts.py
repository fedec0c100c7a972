"""The charts of a run, and the numbers beneath them."""

import re
from collections.abc import Callable, Iterable

import pytest

from realpolitik.sim.charts.style import words_of
from realpolitik.sim.documents.document import PAGE, Block, Chart, Folded, Table
from realpolitik.sim.documents.run_charts import (
    alignment_charts,
    arrival_charts,
    deed_charts,
    help_charts,
    ladder_charts,
    share_charts,
)
from realpolitik.sim.documents.run_view import RunView
from tests.documents.run_sample import sample

MAKERS = (
    *(share_charts, ladder_charts, arrival_charts),
    *(alignment_charts, help_charts, deed_charts),
)


@pytest.fixture
def view() -> RunView:
    """A made-up run."""
    return sample().view()


def charts_of(blocks: Iterable[Block]) -> list[Chart]:
    return [one for one in blocks if isinstance(one, Chart)]


def cells(chart: Chart) -> list[list[str]]:
    return chart.table.cells(PAGE)


def test_each_has_a_name_and_numbers_and_none_is_on_a_terminal(view: RunView) -> None:
    drawn = [one for make in MAKERS for one in charts_of(make(view))]
    names = ["shares", "classes-1", "rungs", "arrivals", "alignment-1", "help-1", "deeds"]
    assert [one.name for one in drawn] == names
    assert all(cells(one) and "screen" not in one.on for one in drawn)
    assert all(words_of(one.draw()).title for one in drawn)


def test_table_beneath_shares_says_interval_and_record(view: RunView) -> None:
    rows = cells(next(share_charts(view)))
    assert rows[0][1:] == ["63.0\u00a0%", "60.0\u00a0% to 66.0\u00a0%", "57.0\u00a0%", "ICB"]
    assert rows[1][3:] == ["–", "–"]


def test_the_record_has_an_interval_where_it_is_known_of_how_many_cases(view: RunView) -> None:
    frame = next(share_charts(view)).table.frame.set_index("label")
    assert frame["record_low"].iloc[0] == pytest.approx(0.5207, abs=1e-3)
    assert frame["record_high"].iloc[0] == pytest.approx(0.6180, abs=1e-3)
    assert frame.loc["Great powers clash", ["record_low", "record_high"]].isna().all()


def test_table_beneath_arrivals_has_a_row_a_week_and_a_column_an_event(view: RunView) -> None:
    (chart,) = charts_of(arrival_charts(view))
    heads = [column.heading for column in chart.table.columns]
    assert heads == ["Week", *(one["label"] for one in view.shares)]
    assert [row[0] for row in cells(chart)] == [str(week) for week in range(1, 27)]


def test_shocks_are_told_with_the_week_in_which_they_are_felt(view: RunView) -> None:
    *_, folded = ladder_charts(view)
    assert isinstance(folded, Folded)
    (table,) = folded.body
    assert isinstance(table, Table)
    weeks = [row[1] for row in table.cells(PAGE)]
    assert weeks == ["1", "1", "2", "14, felt in 15"]


def test_table_beneath_deeds_names_targets(view: RunView) -> None:
    (chart,) = charts_of(deed_charts(view))
    assert ["Doria", "sends offensive arms", "Arcadia", "0.060"] in cells(chart)
    assert list(chart.draw().data[0].x) == ["Arcadia", "United Boroughs", "Houthis", "Doria"]


def test_grades_bear_their_labels(view: RunView) -> None:
    (chart,) = charts_of(help_charts(view))
    assert words_of(chart.draw()).title == "help: most often words, in 40 of 100 worlds"
    assert [row[0] for row in cells(chart)][:2] == ["nothing", "words"]


@pytest.mark.parametrize("make", [help_charts, share_charts, alignment_charts])
def test_names_on_the_page_come_from_no_scenario(make: Callable[..., Iterable[Block]]) -> None:
    made = sample()
    for outcome in made.manifest["outcomes"]:
        outcome["label"] = '"><b>'
    drawn = charts_of(make(made.view()))
    assert drawn
    assert all(re.fullmatch(r"[a-z]+(-\d)?", one.name) for one in drawn)

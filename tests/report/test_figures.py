import re
from typing import Any

from realpolitik.sim.charts.style import words_of
from realpolitik.sim.report.run import figures
from realpolitik.sim.report.run.page import read_run
from realpolitik.sim.report.run.records import Run


def test_table_beneath_shares_says_interval_and_record(run: Run) -> None:
    rows = figures.shares_exhibit(run)[0].table.rows
    assert rows[0][1:] == ("63.0\u00a0%", "60.0\u00a0% to 66.0\u00a0%", "57.0\u00a0%", "ICB")
    assert rows[1][3:] == ("–", "–")


def test_table_beneath_arrivals_has_a_row_a_week_and_a_column_an_event(run: Run) -> None:
    table = figures.arrivals_exhibit(run)[0].table
    assert table.header == ("Week", *(each.label for each in run.outcomes if each.scale == "share"))
    assert [row[0] for row in table.rows] == [str(week) for week in range(1, 27)]


def test_table_beneath_deeds_names_targets(run: Run) -> None:
    rows = figures.deeds_exhibit(run)[0].table.rows
    assert ("Doria", "sends offensive arms", "Arcadia", "0.060") in rows


def test_actors_stand_in_the_order_of_the_scenario(run: Run) -> None:
    figure = figures.deeds_exhibit(run)[0].figure
    assert list(figure.data[0].x) == ["Arcadia", "United Boroughs", "Houthis", "Doria"]


def test_grades_bear_their_labels(run: Run) -> None:
    exhibit = figures.help_exhibits(run)[0]
    assert words_of(exhibit.figure).title == "help: most often words, in 40 of 100 worlds"
    assert [row[0] for row in exhibit.table.rows][:2] == ["nothing", "words"]


def test_words_and_deeds_are_of_the_same_two(sample: Any) -> None:
    for outcome in sample.manifest["outcomes"]:
        if outcome["name"] == "material":
            outcome["toward"] = "BBB"
    assert figures.alignment_exhibits(read_run(*sample.arguments())) == []


def test_names_on_the_page_come_from_no_scenario(sample: Any) -> None:
    for outcome in sample.manifest["outcomes"]:
        outcome["name"] = '"><b>'
    run = read_run(*sample.arguments())
    exhibits = [*figures.help_exhibits(run), *figures.classes_exhibits(run)]
    assert all(re.fullmatch(r"[a-z]+-\d", exhibit.name) for exhibit in exhibits)

"""The charts of a comparison, and what is said of them."""

import pandas as pd
import pytest

from realpolitik.sim.charts.style import words_of
from realpolitik.sim.documents.document import PAGE
from tests.documents.compare_sample import Sample, charts_of, rows_on, sample


@pytest.fixture
def made() -> Sample:
    """A baseline and two others."""
    return sample(3)


CHARTS = {
    *("differences-shares", "differences-others", "outcomes", "help-1", "rungs", "times-1"),
    *("words-1", "relations", "partings"),
}


LANES = {"lanes-1", "lanes-2"}


def test_every_chart_says_worlds_seed_and_that_it_is_a_model_and_has_its_numbers(
    made: Sample,
) -> None:
    drawn = charts_of(made)
    assert drawn.keys() == CHARTS | LANES
    for name, chart in drawn.items():
        words = words_of(chart.draw())
        assert words.caption.startswith("1,000 worlds each, seed 0;"), name
        assert words.caption.endswith("A model, not a forecast."), name
        assert all((words.title, words.alt, chart.table.cells(PAGE))), name
        assert not chart.table.left_out, name


@pytest.mark.parametrize("table", sorted(sample(2).tables.keys() - {"levels", "differences"}))
def test_without_its_table_a_chart_is_left_out(made: Sample, table: str) -> None:
    kinds = {"classes": "help", "weeks": "rungs", "times": "times", "relations": "relations"}
    kinds |= {"partings": "partings", "examples": "lanes", "events": "lanes"}
    made.tables[table] = made.tables[table].iloc[:0]
    kept = {name for name in CHARTS | LANES if name.split("-")[0] != kinds.get(table)}
    assert charts_of(made).keys() == kept


def test_charts_of_more_than_four_scenarios_say_what_they_leave_out() -> None:
    drawn = charts_of(sample(5))
    for name in ("differences-shares", "outcomes", "rungs", "partings"):
        assert "4 scenarios: With a wedge." in words_of(drawn[name].draw()).caption


def test_captions_say_what_is_counted_and_the_ladder_what_is_there(made: Sample) -> None:
    made.scenarios[1] |= {"worlds": 700, "counted": 1000}
    drawn = charts_of(made)
    assert words_of(drawn["outcomes"].draw()).caption.startswith("1,000 worlds each, seed 0;")
    assert words_of(drawn["rungs"].draw()).caption.startswith(
        "in the order of the scenarios 1,000 worlds, seed 0; 700 worlds, seed 0; 1,000 worlds"
    )


def test_words_are_set_against_deeds_by_what_is_measured_not_by_names(made: Sample) -> None:
    names = {"public_alignment": "said", "material_alignment": "done"}
    for each in made.scenarios:
        each["outcomes"] = {names.get(key, key): of for key, of in each["outcomes"].items()}
    for table in ("levels", "differences"):
        made.change(table, outcome=made.tables[table]["outcome"].replace(names))
    figure = charts_of(made)["words-1"].draw()
    assert words_of(figure).title.startswith("Doria’s alignment with Arcadia")
    for each in made.scenarios:
        each["outcomes"]["done"]["toward"] = "BBB"
    assert "words-1" not in charts_of(made)


def test_grades_come_before_classes_of_numbers_which_are_called_by_their_labels(
    made: Sample,
) -> None:
    grades = made.tables["classes"]
    labels = [f"{category}0–{category}9" for category in grades["category"]]
    deaths = grades.assign(outcome="deaths", label=labels)
    made.tables["classes"] = pd.concat([deaths, grades])
    drawn = charts_of(made)
    assert drawn["help-1"].draw().data[1].name == "1 words"
    assert drawn["help-2"].draw().data[1].name == "10–19"


def test_numbers_of_scenarios_called_as_a_column_are_their_own(made: Sample) -> None:
    for name, table in made.tables.items():
        if "scenario" in table:
            made.change(name, scenario=table["scenario"].replace("scenario_1", "week"))
    made.scenarios[1]["key"] = "week"
    first = rows_on(charts_of(made)["partings"].table, PAGE)[0]
    assert (first["Week"], first["With harsh words"]) == ("never", "5.0 %")

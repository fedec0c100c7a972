"""The page of a comparison: what it says, table by table."""

import re
from typing import Any

import pandas as pd
import pytest

from realpolitik.sim.charts.style import words_of
from realpolitik.sim.report import render_comparison
from realpolitik.sim.report.compare import figures
from realpolitik.sim.report.compare.answer import answer
from realpolitik.sim.report.compare.deeds import deeds_of, parted_worlds
from realpolitik.sim.report.compare.records import Compared, read_comparison
from realpolitik.sim.report.compare.tables import outcomes_tables


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def text_of(page: str) -> str:
    """What a reader reads, without markup, scripts and styles."""
    bare = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    words = re.sub(r"<[^>]+>", " ", bare)
    return re.sub(r"\s+", " ", words.replace("&nbsp;", " ").replace("\u00a0", " "))


@pytest.fixture
def made(comparisons: Any) -> Any:
    return comparisons.sample(3)


@pytest.fixture
def compared(made: Any) -> Compared:
    return read_comparison(*made.arguments())


def test_same_input_gives_same_page(comparisons: Any) -> None:
    one, other = (comparisons.sample(3).arguments() for _ in range(2))
    assert render_comparison(*one) == render_comparison(*other)


def test_page_names_version_seed_worlds_and_the_command(made: Any) -> None:
    said = text_of(render_comparison(*made.arguments()))
    command = (
        "realpolitik compare crises/scenario_0 crises/scenario_1 crises/scenario_2 "
        "--worlds 1000 --seed 0"
    )
    for words in ("realpolitik 0.1.0", "1,000 worlds each, seed 0", command):
        assert words in said
    assert "a model, not a forecast" in said


def test_answer_begins_with_what_differs_most(compared: Compared) -> None:
    lead, *_ = answer(compared)
    assert plain(lead) == (
        "Most differs with “Without ships”: Civilian deaths, from 14.0 to 26.0 (+12.00, "
        "interval +11.82 to +12.18); Arcadia strikes Boroughs, from 60.0 % to 76.0 % of worlds "
        "(+16.0 percentage points, interval +15.2 to +16.8)."
    )


def test_answer_says_what_does_not_differ_and_by_how_much_it_still_may(compared: Compared) -> None:
    last = plain(answer(compared)[-1])
    assert "No difference can be told from chance in “War between any two”" in last
    assert "by at most 0.8 percentage points" in last
    assert "6.0 times narrower" in last


def test_scenario_that_is_the_baseline_itself_differs_in_nothing(comparisons: Any) -> None:
    made = comparisons.sample(2)
    table = made.tables["differences"]
    zero = dict.fromkeys(("difference", "low", "high", "up", "down", "width_paired"), 0.0)
    made.tables["differences"] = table.assign(**zero, same=1.0, gain=float("nan"))
    said = " ".join(answer(read_comparison(*made.arguments())))
    assert said == ("With “With harsh words” nothing differs at all: every world is the same.")


def test_differences_that_chance_explains_are_not_claimed(comparisons: Any) -> None:
    made = comparisons.sample(2)
    made.tables["differences"] = made.tables["differences"].assign(low=-9.0, high=99.0)
    lead, *_ = answer(read_comparison(*made.arguments()))
    assert lead == "With “With harsh words” nothing differs by more than chance explains."


def test_a_change_in_weeks_leads_only_where_no_share_stands_out_and_says_its_cap(
    comparisons: Any,
) -> None:
    made = comparisons.sample(2)
    table = made.tables["differences"]
    weeks = table["scale"] == "weeks"
    made.tables["differences"] = table.assign(
        width_unpaired=table["width_unpaired"].where(~weeks, 1e-6)
    )
    assert "Weeks" not in answer(read_comparison(*made.arguments()))[0]
    made.tables["differences"] = made.tables["differences"].assign(
        low=table["low"].where(weeks, -99.0), high=table["high"].where(weeks, 99.0)
    )
    lead = plain(answer(read_comparison(*made.arguments()))[0])
    assert "Weeks until Arcadia strikes, a change of" in lead
    assert "never counts as week 26" in lead


def test_words_are_set_against_deeds_by_what_is_measured_not_by_names(made: Any) -> None:
    names = {"public_alignment": "said", "material_alignment": "done"}
    for each in made.manifest["scenarios"]:
        each["outcomes"] = {names.get(key, key): of for key, of in each["outcomes"].items()}
    levels = made.tables["levels"]
    made.tables["levels"] = levels.assign(outcome=levels["outcome"].replace(names))
    (exhibit,) = figures.alignment_exhibits(read_comparison(*made.arguments()))
    assert words_of(exhibit.figure).title.startswith("Doria’s alignment with Arcadia")
    for each in made.manifest["scenarios"]:
        each["outcomes"]["done"]["toward"] = "BBB"
    assert figures.alignment_exhibits(read_comparison(*made.arguments())) == []


def test_command_repeats_the_scenarios_that_were_run_and_reads_the_others(made: Any) -> None:
    first, second, third = made.manifest["scenarios"]
    first |= {"ran": False, "called": "results/a run", "seed": 3}
    for each in (second, third):
        each |= {"ran": True, "worlds": 500, "seed": 9}
    said = text_of(render_comparison(*made.arguments()))
    assert "'results/a run' crises/scenario_1 crises/scenario_2 --worlds 500 --seed 9" in (
        said.replace("&#39;", "'")
    )


def test_notes_call_scenarios_by_their_titles_and_say_nothing_twice(made: Any) -> None:
    notes = ["scenario_1: only in scenario_1: war", "scenario_2: not paired: other seed (0 and 7)"]
    made.manifest["notes"] = notes
    said = text_of(render_comparison(*made.arguments()))
    assert "“With harsh words”: only in scenario_1: war." in said
    assert "not paired: other seed" not in said


def test_scenarios_without_a_common_outcome_are_said_to_be_so(made: Any) -> None:
    made.tables["differences"] = made.tables["differences"].iloc[:0]
    (said,) = answer(read_comparison(*made.arguments()))
    assert "no outcome in common" in said


def test_unpaired_comparison_says_so_and_why(comparisons: Any) -> None:
    made = comparisons.sample(2)
    made.unpair("scenario_1")
    said = text_of(render_comparison(*made.arguments()))
    assert "“With harsh words” is not paired with the baseline (other seed (0 and 7))" in said
    assert "nothing can be said of where they part" in said
    assert "times narrower" not in said
    compared = read_comparison(*made.arguments())
    (table,) = outcomes_tables(compared)
    assert {row[-1] for row in table.table.rows} == {"not paired"}


def test_table_of_outcomes_gives_levels_difference_changed_worlds_and_gain(
    compared: Compared,
) -> None:
    first, second = outcomes_tables(compared)
    assert (first.title, second.title) == ("With harsh words", "Without ships")
    row = [plain(cell) for cell in first.table.rows[0]]
    assert row == [
        "Arcadia strikes Boroughs",
        "60.0 %\n57.0 % to 63.0 %",
        "68.0 %\n65.0 % to 71.0 %",
        "+8.0 percentage points\n+7.3 to +8.8",
        "up 9.0 %\ndown 1.0 %",
        "6.0×",
    ]
    assert first.notes == [
        "A week that never came counts as week 26 (Weeks until Arcadia strikes)."
    ]


def test_weeks_are_shown_as_the_mean_of_which_the_difference_is(made: Any) -> None:
    made.tables["levels"]["restricted"] += 1.0
    first, _ = outcomes_tables(read_comparison(*made.arguments()))
    weeks = next(row for row in first.table.rows if row[0].startswith("Weeks"))
    assert weeks[1].startswith("10.0\n")


def test_deeds_of_paired_worlds_are_in_both_or_on_one_side(compared: Compared) -> None:
    parted = parted_worlds(compared, "scenario_1")
    assert parted == {3: 2, 17: 2, 40: 2}
    deeds = deeds_of(compared, "scenario_1", list(parted))
    assert set(deeds["track"]) == {"material", "force"}
    events = compared.of("events", "scenario_0")
    loud = events[events["track"].isin(["material", "force"])]
    kept = deeds["side"].isin(["both", "before"]).sum()
    assert kept == len(loud)
    assert (deeds["side"] == "before").sum() == (deeds["side"] == "after").sum() > 0


def test_deed_is_told_with_its_target(compared: Compared) -> None:
    deeds = deeds_of(compared, "scenario_1", [3]).set_index("week")
    assert deeds.loc[4, "said"] == "Arcadia imposes sanctions on the Houthis"


def test_scenarios_of_one_title_are_told_apart(made: Any) -> None:
    for each in made.manifest["scenarios"]:
        each["title"] = "The same"
    titles = read_comparison(*made.arguments()).sides.titles
    assert len(set(titles.values())) == 3


def test_markup_in_texts_is_shown_as_it_stands(made: Any) -> None:
    made.manifest["scenarios"][1]["title"] = "<script>alert(1)</script>"
    assert "<script>alert" not in render_comparison(*made.arguments())


def test_charts_of_more_than_four_scenarios_say_what_they_leave_out(comparisons: Any) -> None:
    compared = read_comparison(*comparisons.sample(5).arguments())
    for exhibit in (
        *figures.difference_exhibits(compared),
        *figures.shares_exhibit(compared),
        *figures.ladder_exhibit(compared),
        *figures.parting_exhibit(compared),
    ):
        assert "4 scenarios: With a wedge." in words_of(exhibit.figure).caption


def test_grades_come_before_classes_of_numbers_which_are_called_by_their_labels(
    made: Any,
) -> None:
    grades = made.tables["classes"]
    labels = [f"{category}0–{category}9" for category in grades["category"]]
    deaths = grades.assign(outcome="deaths", label=labels)
    made.tables["classes"] = pd.concat([deaths, grades])
    first, second = figures.help_exhibits(read_comparison(*made.arguments()))
    assert first.figure.data[1].name == "1 words"
    assert second.figure.data[1].name == "10–19"


MAKERS = (
    figures.difference_exhibits,
    figures.shares_exhibit,
    figures.help_exhibits,
    figures.ladder_exhibit,
    figures.time_exhibits,
    figures.alignment_exhibits,
    figures.relations_exhibit,
    figures.parting_exhibit,
    figures.lanes_exhibits,
)


@pytest.mark.parametrize("make", MAKERS)
def test_every_chart_says_worlds_seed_and_that_it_is_a_model(make: Any, compared: Compared) -> None:
    exhibits = make(compared)
    assert exhibits
    for exhibit in exhibits:
        words = words_of(exhibit.figure)
        assert words.caption.startswith("1,000 worlds each, seed 0;")
        assert words.caption.endswith("A model, not a forecast.")
        assert words.title
        assert words.alt
        assert exhibit.table.rows
        assert {len(row) for row in exhibit.table.rows} == {len(exhibit.table.header)}


@pytest.mark.parametrize("make", MAKERS)
def test_without_its_table_a_chart_is_left_out(make: Any, compared: Compared) -> None:
    assert make(Compared(**{**vars(compared), "tables": {"levels": pd.DataFrame()}})) == []

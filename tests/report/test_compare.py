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
    assert "intervals of the shares among them reach at most 0.8 percentage points" in last
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
    assert table.table.header == ("Outcome", "Baseline", "Other", "Difference")
    assert "Gain: how many times" not in said
    assert "its worlds have other luck" in said


def longer(made: Any) -> Compared:
    """The second scenario is a run of 52 weeks."""
    made.unpair("scenario_1", "other length (26 and 52 weeks)")
    made.manifest["scenarios"][1] |= {"weeks": 52, "seed": 0}
    return read_comparison(*made.arguments())


def test_run_of_another_length_does_not_lead_and_is_not_called_a_matter_of_luck(made: Any) -> None:
    compared = longer(made)
    assert "harsh words" not in answer(compared)[0]
    said = text_of(render_comparison(*made.arguments()))
    assert "it is counted over 52 weeks instead of 26, so shares and counts are not" in said
    assert "luck, so" not in said
    assert "Horizon 26 and 52 weeks" in said
    assert (
        "1,000 worlds, seed 0, 52 weeks"
        in words_of(figures.shares_exhibit(compared)[0].figure).caption
    )
    for exhibit in figures.difference_exhibits(compared):
        rows = [row for row in exhibit.table.rows if row[1] == "With harsh words"]
        assert all(row[0].startswith("Weeks") for row in rows)


def test_comparison_with_nothing_but_another_length_says_that_nothing_can_be_said(
    comparisons: Any,
) -> None:
    lead, last = answer(longer(comparisons.sample(2)))
    assert lead.startswith("No scenario is as long as the baseline")
    assert "52 weeks instead of 26" in last


def test_scenario_that_is_run_for_the_weeks_of_the_baseline_shows_its_own(made: Any) -> None:
    made.manifest["scenarios"][1]["own_weeks"] = 52
    assert "26 instead of its own 52" in text_of(render_comparison(*made.arguments()))


def test_outcomes_that_all_differ_are_told_by_their_intervals(comparisons: Any) -> None:
    made = comparisons.sample(2)
    made.tables["differences"] = made.tables["differences"].assign(low=0.001, high=0.5)
    last = answer(read_comparison(*made.arguments()))[-1]
    assert last.startswith("For every outcome the interval leaves out 0.")


def test_captions_say_what_is_counted_and_the_ladder_what_is_there(made: Any) -> None:
    made.manifest["scenarios"][1] |= {"worlds": 700, "counted": 1000}
    compared = read_comparison(*made.arguments())
    (shares,), (ladder,) = figures.shares_exhibit(compared), figures.ladder_exhibit(compared)
    assert words_of(shares.figure).caption.startswith("1,000 worlds each, seed 0;")
    assert words_of(ladder.figure).caption.startswith(
        "in the order of the scenarios 1,000 worlds, seed 0; 700 worlds, seed 0; 1,000 worlds"
    )


def test_page_says_which_worlds_are_told(made: Any) -> None:
    assert "as far as is usual" in text_of(render_comparison(*made.arguments()))
    (lanes, *_) = figures.lanes_exhibits(read_comparison(*made.arguments()))
    assert "as far as is usual" in words_of(lanes.figure).caption


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


def test_beside_a_mean_of_weeks_stands_in_how_many_worlds_it_came(made: Any) -> None:
    first, _ = outcomes_tables(read_comparison(*made.arguments()))
    weeks = next(row for row in first.table.rows if row[0].startswith("Weeks"))
    assert weeks[1].endswith("\ncame in 80.0\u00a0%")


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

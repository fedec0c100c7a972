"""What a run answers, and one of its worlds week by week."""

from typing import Any

import pandas as pd
import pytest

from realpolitik.sim.documents.run_story import answer, story
from realpolitik.sim.documents.run_view import RunView
from tests.documents.run_sample import Sample, assume, sample

COLUMNS = ["world", "week", "actor", "on", "track", "action", "label"]


@pytest.fixture
def made() -> Sample:
    """A run that a test may spoil."""
    return sample()


@pytest.fixture
def view(made: Sample) -> RunView:
    """It, looked into."""
    return made.view()


# ── One world ────────────────────────────────────────────────────────────────────────


def told(made: Sample, rows: list[tuple[Any, ...]], weeks: int = 4) -> list[tuple[str, str]]:
    """When, and what, of the story of world 7 with these deeds and no shocks."""
    made.manifest["scenario"] |= {"weeks": weeks, "shocks": []}
    made.events = pd.DataFrame([(7, *row) for row in rows], columns=COLUMNS)
    made.acts = made.acts.assign(per_world=made.acts["on"].map({"DDD": weeks}).fillna(0.0))
    found = story(made.view())
    return [(when.replace("\u00a0", " "), what) for when, what in found.to_numpy().tolist()]


def test_week_is_told_with_its_date(made: Sample) -> None:
    rows = [(3, "AAA", "BBB", "force", "show_of_force", "shows force")]
    said = "Arcadia shows force against the United Boroughs."
    assert ("Week 3 (19 August)", said) in told(made, rows)


def test_force_is_told_before_words(made: Sample) -> None:
    rows = [
        (1, "DDD", "AAA", "private", "urge_restraint", "urges restraint"),
        (1, "AAA", "BBB", "force", "limited_strike", "makes a limited strike"),
    ]
    assert told(made, rows)[0][1] == (
        "Arcadia makes a limited strike on the United Boroughs; Doria urges restraint on Arcadia."
    )


def test_same_act_toward_two_is_told_once(made: Sample) -> None:
    rows = [
        (1, "CCC", "AAA", "force", "show_of_force", "shows force"),
        (1, "CCC", "DDD", "force", "show_of_force", "shows force"),
    ]
    assert told(made, rows)[0][1] == "The Houthis show force against Arcadia and Doria."


def test_quiet_weeks_are_one_passage(made: Sample) -> None:
    rows = [
        (1, "AAA", "BBB", "force", "show_of_force", "shows force"),
        (2, "AAA", "BBB", "words", "denounce", "denounces"),
        (3, "AAA", "BBB", "words", "denounce", "denounces"),
    ]
    said = "Quiet: 2 acts, nothing out of the ordinary."
    assert told(made, rows)[1:] == [("Weeks 2 to 4", said)]


def test_lesser_acts_are_counted(made: Sample) -> None:
    rows = [
        (1, "AAA", "BBB", "force", "show_of_force", "shows force"),
        (1, "BBB", "AAA", "words", "denounce", "denounces"),
    ]
    assert told(made, rows)[0][1].endswith("Boroughs. (1 lesser act besides.)")


def test_what_is_usual_between_two_is_no_news(made: Sample) -> None:
    sanction = ("material", "sanction", "imposes sanctions")
    rows = [
        (1, "AAA", "DDD", *sanction),
        (2, "AAA", "BBB", *sanction),
        (2, "AAA", "DDD", *sanction),
    ]
    made.acts = pd.DataFrame([("AAA", "DDD", *sanction, 2.0, False)], columns=made.acts.columns)
    assert told(made, rows)[:2] == [
        ("Week 1 (5 August)", "Quiet: 1 act, nothing out of the ordinary."),
        (
            "Week 2 (12 August)",
            "Arcadia imposes sanctions on the United Boroughs. (1 lesser act besides.)",
        ),
    ]


def test_a_step_back_is_news_only_where_there_was_force_before(made: Sample) -> None:
    rows = [
        (1, "AAA", "BBB", "force", "de_escalate", "steps back"),
        (2, "BBB", "AAA", "force", "show_of_force", "shows force"),
        (2, "AAA", "BBB", "force", "de_escalate", "steps back"),
    ]
    quiet, loud, *_ = told(made, rows)
    assert quiet == ("Week 1 (5 August)", "Quiet: 1 act, nothing out of the ordinary.")
    assert "steps back from the standoff with the United Boroughs" in loud[1]


def test_holding_is_not_told(made: Sample) -> None:
    rows = [(1, "AAA", "", "force", "hold", "uses no force")]
    assert told(made, rows) == [("Weeks 1 to 4", "Nothing happens.")]


def test_shock_is_told_in_its_week(view: RunView) -> None:
    first = story(view)["told"][0]
    assert first.startswith("So leader_killed.\nSo fleet_moves_to_arcadia.\n")


# ── The answer ───────────────────────────────────────────────────────────────────────


def test_first_sentence_says_share_interval_and_record(view: RunView) -> None:
    assert answer(view)[0].startswith(
        "In 63 of 100 worlds Arcadia strikes the United Boroughs within 26 weeks (60 to 66); "
        "the record of like cases says 57 of 100."
    )


def test_first_paragraph_says_when(view: RunView) -> None:
    assert "by week 2 in half of the worlds and by week 3 in nineteen of twenty" in answer(view)[0]


def test_timing_of_another_act_is_not_taken_for_the_strikes(made: Sample) -> None:
    timing = next(each for each in made.manifest["outcomes"] if each["name"] == "weeks_to")
    timing["action"] = "sanction"
    assert "nineteen of twenty" not in answer(made.view())[0]


def test_second_paragraph_says_how_far_it_goes(view: RunView) -> None:
    said = answer(view)[1]
    assert "Arcadia makes a major strike on the United Boroughs in 12 of 100 worlds;" in said
    assert "full-scale war breaks out in 20 (record: 19 of 100)" in said
    assert "great powers clash in none of 1,000 worlds (record: never)" in said
    assert "climbs to rung 6 of 10 (limited direct strike)" in said
    assert "calms down again in 80 of 100 worlds, in half of those by week 14" in said


def test_third_paragraph_says_who_helps_in_word_and_deed(view: RunView) -> None:
    said = answer(view)[2]
    assert "Doria sends offensive arms to Arcadia in 6 of 100 worlds." in said
    assert "does for Arcadia is words in 40 of 100 worlds, cover in 20 and shields in 15." in said
    assert "Doria’s words side with Arcadia more than the deeds do in 97 of 100 worlds." in said


def test_unknown_measure_is_said_by_its_label(made: Sample) -> None:
    first = made.manifest["outcomes"][0]
    first |= {"measure": "third_party", "label": "Ports are closed"}
    view = made.view()
    assert answer(view)[0].startswith("In 63 of 100 worlds “Ports are closed” holds")


def test_action_that_never_happened_is_still_named(made: Sample) -> None:
    arms = next(each for each in made.manifest["outcomes"] if each["name"] == "arms")
    arms |= {"action": "diplomatic_cover", "mean": 0.0}
    said = " ".join(answer(made.view()))
    assert "Doria gives diplomatic cover to Arcadia in none of 1,000 worlds" in said


def test_nothing_measured_is_said_plainly(made: Sample) -> None:
    made.manifest["outcomes"] = []
    assert answer(made.view()) == [
        "No outcome has a value: nothing was measured, or it never came."
    ]


def test_the_first_share_tells_chance_and_what_is_assumed_apart(made: Sample) -> None:
    assert "(60 to 66)" in answer(made.view())[0]
    assume(made)
    assert "(chance: 60 to 66; what is assumed: 20 to 90)" in answer(made.view())[0]

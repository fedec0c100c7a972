"""What is said of a comparison, on every medium."""

import html
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim import charts
from realpolitik.sim.charts.style import words_of
from realpolitik.sim.documents import compare, compare_charts
from realpolitik.sim.documents.compare import answer, compare_document, outcome_table, parting
from realpolitik.sim.documents.compare_charts import Compared
from realpolitik.sim.documents.document import PAGE, SCREEN
from realpolitik.sim.documents.html_page import render
from realpolitik.sim.documents.markdown import section
from tests.documents.compare_sample import Sample, charts_of, rows_on, sample


@pytest.fixture
def made() -> Sample:
    """A baseline and two others."""
    return sample(3)


def page_of(made: Sample) -> str:
    """What a reader reads, without markup, scripts and styles."""
    page = render(compare_document(made.found))
    bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(bare).split())


def answered(made: Sample) -> list[str]:
    """The answer, with plain spaces."""
    return [said.replace("\u00a0", " ") for said in answer(Compared.of(made.found))]


# ── The answer ───────────────────────────────────────────────────────────────────────


def test_answer_begins_with_what_differs_most_and_ends_with_what_does_not(made: Sample) -> None:
    lead, *_, last = answered(made)
    assert lead == (
        "Most differs with “Without ships”: Civilian deaths, from 14.0 to 26.0 (+12.00, "
        "interval +11.82 to +12.18); Arcadia strikes Boroughs, from 60.0 % to 76.0 % of worlds "
        "(+16.0 percentage points, interval +15.2 to +16.8)."
    )
    assert "No difference can be told from chance in “War between any two”" in last
    assert "intervals of the shares among them reach at most 0.8 percentage points" in last
    assert "6.0 times narrower" in last


ZERO = dict.fromkeys(("difference", "low", "high", "up", "down", "width_paired"), 0.0)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (ZERO | {"same": 1.0, "gain": np.nan}, "nothing differs at all: every world is the same."),
        ({"low": -9.0, "high": 99.0, "gain": np.nan}, "nothing differs by more than chance"),
        ({"low": 0.001, "high": 0.5}, "For every outcome the interval leaves out 0."),
        ({"difference": np.nan}, "no outcome in common, so nothing can be compared."),
    ],
)
def test_answer_says_what_the_intervals_bear_out(columns: dict[str, float], said: str) -> None:
    made = sample(2)
    made.change("differences", **columns)
    assert said in " ".join(answered(made))


def test_scenario_that_shares_no_outcome_is_not_said_to_differ_by_chance(made: Sample) -> None:
    rows = made.tables["differences"]
    made.tables["differences"] = rows[rows["scenario"] == "scenario_1"]
    said = " ".join(answered(made))
    assert "With “Without ships” no outcome is in common, so nothing can be compared." in said


def test_a_change_in_weeks_leads_only_where_no_share_stands_out_and_says_its_cap() -> None:
    made = sample(2)
    table = made.tables["differences"]
    weeks = table["scale"] == "weeks"
    made.change("differences", width_unpaired=table["width_unpaired"].where(~weeks, 1e-6))
    assert "Weeks" not in answered(made)[0]
    ends = {"low": table["low"].where(weeks, -99.0), "high": table["high"].where(weeks, 99.0)}
    made.change("differences", **ends)
    lead = answered(made)[0]
    assert "Weeks until Arcadia strikes, a change of" in lead
    assert "never counts as week 26" in lead


# ── What cannot be paired ────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("no_charts")
def test_unpaired_comparison_says_so_and_why() -> None:
    made = sample(2)
    made.unpair("scenario_1")
    said = page_of(made)
    assert "“With harsh words” is not paired with the baseline (other seed (0 and 7))" in said
    assert "nothing can be said of where they part" in said
    assert "its worlds have other luck" in said
    assert "Paired no" in said
    assert not [told for told in ("times narrower", "Gain: how many", "Tango") if told in said]
    rows = rows_on(outcome_table(Compared.of(made.found), "scenario_1"), PAGE)
    assert list(rows[0]) == ["Outcome", "Baseline", "Other", "Difference", "95 % interval"]
    assert all(row["Outcome"].endswith("(not paired)") for row in rows)


def longer(made: Sample) -> Sample:
    """The second scenario is a run of 52 weeks."""
    made.unpair("scenario_1", "other length (26 and 52 weeks)")
    made.scenarios[1] |= {"weeks": 52, "own_weeks": 52, "seed": 0}
    return made


@pytest.mark.usefixtures("no_charts")
def test_run_of_another_length_does_not_lead_and_is_not_called_a_matter_of_luck(
    made: Sample,
) -> None:
    assert "harsh words" not in answered(longer(made))[0]
    said = page_of(made)
    assert "it is counted over 52 weeks instead of 26, so shares and counts are not" in said
    assert "luck, so" not in said
    assert "Horizon 26 and 52 weeks" in said
    drawn = charts_of(made)
    assert "1,000 worlds, seed 0, 52 weeks" in words_of(drawn["outcomes"].draw()).caption
    for name in ("differences-shares", "differences-others"):
        rows = rows_on(drawn[name].table, PAGE)
        of_it = [row["Outcome"] for row in rows if row["Scenario"] == "With harsh words"]
        assert all(outcome.startswith("Weeks") for outcome in of_it)


def test_comparison_with_nothing_but_another_length_says_that_nothing_can_be_said() -> None:
    lead, last = answered(longer(sample(2)))
    assert lead.startswith("No scenario is as long as the baseline")
    assert "52 weeks instead of 26" in last


# ── The page ─────────────────────────────────────────────────────────────────────────


def test_page_names_version_seed_worlds_and_the_command(made: Sample) -> None:
    said = page_of(made)
    command = (
        "realpolitik compare crises/scenario_0 crises/scenario_1 crises/scenario_2 "
        "--worlds 1000 --seed 0"
    )
    for words in ("realpolitik 0.1.0", "1,000 worlds each, seed 0", command, "not a forecast"):
        assert words in said
    assert render(compare_document(made.found)) == render(compare_document(sample(3).found))


def test_command_repeats_the_scenarios_that_were_run_and_reads_the_others(made: Sample) -> None:
    first, second, third = made.scenarios
    first |= {"ran": False, "called": "results/a run", "seed": 3}
    for each in (second, third):
        each |= {"worlds": 500, "seed": 9, "set": {"RUS.israel_ties": 0.25}}
    assert compare_document(made.found).command == (
        "realpolitik compare 'results/a run' crises/scenario_1 crises/scenario_2 "
        "--worlds 500 --seed 9 --set RUS.israel_ties=0.25"
    )


@pytest.mark.usefixtures("no_charts")
def test_notes_call_scenarios_by_their_titles_and_say_nothing_twice(made: Sample) -> None:
    made.scenarios[1]["own_weeks"] = 52
    made.manifest["notes"] = [
        "scenario_1: only in scenario_1: war",
        "scenario_2: not paired: other seed (0 and 7)",
        "scenario_2: rows are rough",
    ]
    made.change("differences", note="rows are rough")
    said = page_of(made)
    assert "“With harsh words”: only in scenario_1: war." in said
    assert "not paired: other seed" not in said
    assert said.count("ows are rough") == 2  # in the note on one, below the table of the other
    assert "26 instead of its own 52" in said


def test_scenarios_of_one_title_are_told_apart_and_markup_is_shown_as_it_stands(
    made: Sample,
) -> None:
    for each in made.scenarios:
        each["title"] = "The <b>same</b>"
    assert len(set(Compared.of(made.found).sides.titles.values())) == 3
    page = render(compare_document(made.found))
    assert "<b>same" not in page
    assert "&lt;b&gt;same" in page


def test_table_of_outcomes_gives_levels_difference_changed_worlds_and_gain(made: Sample) -> None:
    table = outcome_table(Compared.of(made.found), "scenario_1")
    assert list(rows_on(table, PAGE)[0].values()) == [
        "Arcadia strikes Boroughs",
        "60.0 %\n(57.0 % to 63.0 %)",
        "68.0 %\n(65.0 % to 71.0 %)",
        *("+8.0 points", "+7.3 to +8.8", "9.0 %", "1.0 %", "6.0×"),
    ]
    screen = {row["Outcome"]: row for row in rows_on(table, SCREEN)}
    assert screen["Arcadia strikes Boroughs"]["Baseline"] == "60.0 %"
    weeks = screen["Weeks until Arcadia strikes (never = week 26)"]
    assert weeks["Difference"] == "−1.00 weeks"
    assert screen["Doria's public alignment with Arcadia"]["Difference"] == "+0.030"


def test_outcomes_are_markdown_with_intervals_and_in_how_many_worlds_they_came(
    made: Sample,
) -> None:
    made.change("differences", note="few pairs differ; a week that never came counts as week 26")
    told = section(compare_document(made.found), "outcomes").replace("\u00a0", " ")
    assert told.startswith("**With harsh words, against As it was**\n\n| Outcome | ")
    assert "| 60.0 % (57.0 % to 63.0 %) | 68.0 % (65.0 % to 71.0 %) | +8.0 points |" in told
    came = "- Weeks until Arcadia strikes: came in 80.0 % of worlds, in the other scenario in 80.0"
    assert came in told
    assert told.count("\n- Few pairs differ: Arcadia strikes Boroughs, War between any two, ") == 2
    assert "never came" not in told


@pytest.mark.usefixtures("no_charts")
@pytest.mark.parametrize(
    ("shares", "said", "on_page"),
    [
        (
            [0.4, 0.3, 0.1, 0.2],
            "The histories part in 60 % of worlds, half of them by week 1.",
            "By week 3 half of the histories have parted; in 40 of 100 worlds they never do.",
        ),
        (
            [0.0, 1.0],
            "The histories part in 100 % of worlds, half of them by week 1.",
            "By week 1 half of the histories have parted; all do in the end.",
        ),
        (
            [1.0, 0.0],
            "The histories part in none of 1,000 pairs of worlds.",
            "Most never part; in all 1,000 worlds they never do.",
        ),
    ],
)
def test_parting_is_said_in_weeks_and_worlds(shares: list[float], said: str, on_page: str) -> None:
    made = sample(2)
    rows = pd.DataFrame({"scenario": "scenario_1", "week": range(len(shares)), "share": shares})
    made.tables["partings"] = rows.assign(worlds=(1000 * rows["share"]).astype(int))
    assert parting(Compared.of(made.found), "scenario_1") == said
    assert on_page in page_of(made)
    made.tables["partings"] = rows.assign(worlds=(100 * rows["share"]).astype(int))
    known = parting(Compared.of(made.found), "scenario_1")
    assert "first 100 pairs" in known or "none of 100 pairs" in known


def test_programs_get_every_table_and_the_manifest(made: Sample) -> None:
    told = compare_document(made.found, "here").data()
    assert list(told) == ["folder", "manifest", "tables"]
    assert told["folder"] == "here"
    assert {name: len(rows) for name, rows in told["tables"].items()} == {
        name: len(frame) for name, frame in made.tables.items()
    }


# ── What fails, and what is seen ─────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("module", "name"),
    [
        *((compare, name) for name in ("answer", "outcome_table", "parting", "_methods")),
        *((charts, name) for name in ("difference_dots", "ladders", "lanes")),
        *((compare_charts, name) for name in ("change", "deeds_of", "span")),
    ],
)
def test_a_part_that_fails_leaves_the_others(
    made: Sample, monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the ink has run out")

    monkeypatch.setattr(module, name, fail)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        page = render(compare_document(made.found))
    assert {"the ink has run out" in str(one.message) for one in caught} == {True}
    assert "the ink has run out" in page
    assert page.index('id="scenarios"') < page.index('id="again"')


def unpaired(made: Sample) -> None:
    """All but the baseline have other seeds."""
    for each in made.scenarios[1:]:
        made.unpair(each["key"])


def the_same(made: Sample) -> None:
    """Nothing differs."""
    made.change("differences", **ZERO, same=1.0, gain=np.nan)
    never = made.tables["partings"]["week"] == 0
    made.change("partings", share=never.astype(float), worlds=1000 * never)
    for name in ("first_acts", "examples"):
        made.tables[name] = made.tables[name].iloc[:0]
    made.change("relations", mean=0.5)


def never_came(made: Sample) -> None:
    """No outcome has a value anywhere."""
    unknown = ("difference", "low", "high", "width_paired", "width_unpaired", "gain")
    made.change("levels", **dict.fromkeys(("mean", "low", "high"), np.nan))
    made.change("differences", **dict.fromkeys(unknown, np.nan))
    zero = dict.fromkeys(("share_by_then", "low", "came"), 0.0)
    made.change("times", **zero, high=0.004, at_risk=1000)


def long_words(made: Sample) -> None:
    """Long titles and labels."""
    for each in made.scenarios:
        each["title"] = (
            f"What comes of it if nobody at all pays heed to any of it {each['key'][-1]}"
        )
        each["shocks"][0]["note"] = "A very long name of something that happens early on"
    for name in ("levels", "differences"):
        longer = " within the time that anyone will ever care to look at"
        made.change(name, label=made.tables[name]["label"] + longer)


SIGHTS: list[tuple[int, int, Callable[[Sample], None] | None]] = [  # what a telephone shows
    *((2, 1, None), (5, 26, None), (3, 60, long_words)),
    *((2, 26, spoil) for spoil in (unpaired, the_same, never_came)),
]


def test_it_reads_well_on_a_telephone_whatever_came_and_on_a_desk(
    chromium: Any, tmp_path: Path
) -> None:
    looks = [*((case, 390) for case in SIGHTS), ((2, 26, None), 1280), (SIGHTS[2], 1280)]
    faults = {}
    for (scenarios, weeks, spoil), width in looks:
        made = sample(scenarios, weeks)
        if spoil:
            spoil(made)
        path = tmp_path / "page.html"
        path.write_text(render(compare_document(made.found)), encoding="utf-8")
        faults[scenarios, weeks, spoil, width] = chromium.look(path, width).faults()
    assert {case: found for case, found in faults.items() if found} == {}

"""What the pages about reasons say: sums that add up, words, tables with sources."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.documents.reasons import reason_name
from realpolitik.sim.report.explain.choice import (
    choice_answer,
    choice_exhibits,
    options_table,
    reasons_table,
)
from realpolitik.sim.report.explain.choice_page import choice_page
from realpolitik.sim.report.explain.flips import choice_flip, flips_answer, flips_table
from realpolitik.sim.report.explain.mean import (
    mean_answer,
    mean_exhibits,
    mean_terms,
    targets_of,
    weekly_reasons,
)
from realpolitik.sim.report.explain.mean_page import mean_page
from realpolitik.sim.report.explain.sections import hanging_section, reasons_section
from realpolitik.sim.report.explain.weighing import reasons_said
from realpolitik.sim.study.explain.reasons import reasons


def number(cell: str) -> float:
    return float(cell.replace("−", "-"))


def test_names_of_states_keep_their_capitals() -> None:
    assert reason_name("us_rivalry", "ukraine") == "US rivalry · Ukraine"
    assert reason_name("cost_of_acting") == "cost of acting"


# ── One choice ───────────────────────────────────────────────────────────────────────


def test_answer_says_what_was_done_and_how_likely_that_was(explained: Any) -> None:
    found = explained.choice()
    first, second, third = choice_answer(found)
    row = found.choice.margin(found.track)
    assert first.startswith(f"In week {found.choice.week} of world 0 Iran ")
    assert f"{100 * row['probability']:.1f}\u00a0%" in first
    assert "base rate adds" in second
    assert third.startswith("On the other tracks: ")


def test_there_is_a_chart_for_each_track_with_a_choice(explained: Any) -> None:
    found = explained.choice()
    names = [exhibit.name for exhibit in choice_exhibits(found)]
    assert names == [f"reasons-{track}" for track in found.tracks if found.against(track)]
    assert names[0] == f"reasons-{found.track}"


def test_table_of_reasons_adds_up_to_the_waterfall(explained: Any) -> None:
    found = explained.choice()
    table = reasons_table(found, found.track)
    added = sum(number(row[1]) for row in table.rows if "·" not in row[0])
    terms = found.choice.weighed[found.track].steps.set_index("term")["log_odds"]
    assert added == pytest.approx(terms["total"] - terms["base_rate"], abs=0.05)


def test_every_reason_has_its_source_and_sentence(explained: Any) -> None:
    found = explained.choice()
    known = {(str(row["source"]), str(row["why"])) for row in reasons("IRN").to_dict("records")}
    assert {row[-2:] for row in map(tuple, reasons_table(found, found.track).rows)} == known


def test_reasons_that_add_too_little_can_be_left_out(explained: Any) -> None:
    found = explained.choice()
    every, loud = (reasons_table(found, found.track, least).rows for least in (0.0, 0.5))
    assert len(loud) < len(every)
    assert loud == [row for row in every if abs(number(row[1])) >= 0.5]


def test_closed_options_come_last(explained: Any) -> None:
    found = explained.choice()
    closed = [row[2] == "closed" for row in options_table(found, "force").rows]
    assert closed == sorted(closed)


def test_track_that_is_asked_for_comes_first(explained: Any) -> None:
    assert explained.choice(track="private").tracks[0] == "private"


def test_what_was_asked_about_but_closed_is_told_to_have_been(explained: Any) -> None:
    found = explained.choice()
    rows = found.choice.options
    closed = rows.loc[~rows["open"] & (rows["track"] == found.track), "option"].iloc[0]
    asked = replace(found, choice=replace(found.choice, sought=closed))
    assert "was closed to it that week" in choice_answer(asked)[1]
    assert choice_answer(found)[1] in choice_answer(asked)[1]


def test_no_reason_at_all_is_said() -> None:
    terms = pd.DataFrame({"term": ["base_rate", "tie", "total"], "log_odds": [-2, 0.01, -1.99]})
    assert reasons_said(terms).startswith("No reason speaks")


def test_scenario_cannot_put_markup_into_the_page(explained: Any) -> None:
    page = choice_page(explained.choice())
    assert "told <b>plainly</b>" not in page
    assert "told &lt;b&gt;plainly" in page


def test_same_choice_gives_the_same_page(explained: Any) -> None:
    assert choice_page(explained.choice()) == choice_page(explained.choice())


# ── The ensemble ─────────────────────────────────────────────────────────────────────


def test_mean_steps_add_up_to_the_mean_log_odds(explained: Any) -> None:
    mean = explained.mean()
    for target in targets_of(mean):
        terms = mean_terms(mean, target)["log_odds"]
        rows = mean.openness
        there = rows[(rows["target"] == target) & (rows["week"] == 0)].iloc[0]
        assert terms.iloc[-1] == pytest.approx(terms.iloc[:-1].sum())
        assert terms.iloc[-1] == pytest.approx(there["log_odds"])


def test_weekly_reasons_put_parts_together(explained: Any) -> None:
    weekly = weekly_reasons(explained.mean(), "ISR")
    assert not weekly.duplicated(["week", "reason"]).any()
    known = weekly.dropna()
    assert (known["low"] <= known["mean"] + 1e-9).all()
    assert (known["mean"] <= known["high"] + 1e-9).all()


def test_action_that_was_never_open_is_told_of(explained: Any) -> None:
    mean = explained.mean()
    assert mean_answer(explained.asked(), mean, []) == [
        "It was open in no week of any world: there is nothing to explain."
    ]


def test_section_of_the_report_holds_one_target(explained: Any) -> None:
    mean = explained.mean()
    section = reasons_section(explained.asked(), mean, reasons("IRN"), "the scenario asks for it")
    assert [exhibit.name for exhibit in section.exhibits] == ["mean-1", "weeks-1"]
    assert "Picked: the scenario asks for it." in section.intro


def test_page_of_means_says_why_the_action_was_picked(explained: Any) -> None:
    mean, targets = explained.mean(), ["ISR"]
    page = mean_page(explained.asked(), mean, reasons("IRN"), targets, 0, "because of it")
    assert "because of it" in page
    names = [each.name for each in mean_exhibits(explained.asked(), mean, reasons("IRN"), targets)]
    assert names == ["mean-1", "weeks-1"]


# ── Flips ────────────────────────────────────────────────────────────────────────────


def flips(*at: float) -> pd.DataFrame:
    table = pd.DataFrame({"address": [f"IRN.w{n}" for n in range(len(at))], "flips_at": at})
    table = table.assign(default=0.5, low=0.0, high=1.0, source="P1", why="Why.", verdict="so")
    return table.assign(share_of_range=(table["flips_at"] - 0.5).abs())


def test_nearest_flips_are_named_in_the_answer() -> None:
    first, second = flips_answer(flips(0.9, np.nan, 0.4), "It stands at 70 %")
    assert first == (
        "It stands at 70 %. 2 of 3 parameters, moved alone within their ranges, flip that."
    )
    assert (
        second == "The nearest are IRN.w2 at 0.4 instead of 0.5 and IRN.w0 at 0.9 instead of 0.5."
    )


def test_no_flip_is_said_in_a_sentence() -> None:
    assert flips_answer(flips(np.nan), "Here")[0].endswith(
        "None of 1 parameters, moved alone within its range, flips that."
    )


def test_table_of_flips_lists_what_never_does_last() -> None:
    rows = flips_table(flips(np.nan, 0.9)).rows
    assert [row[1] for row in rows] == ["0.9", "never"]


def test_section_of_what_hangs_on_what_has_one_chart() -> None:
    flip = choice_flip("Iran strikes", 3, 0, likeliest=True)
    section = hanging_section(flips(0.9), flip, "Here", ["A note."])
    assert [exhibit.name for exhibit in section.exhibits] == ["hangs"]
    assert section.intro.endswith("A note.")
    nothing = hanging_section(flips(np.nan), flip, "Here")
    assert nothing.exhibits == []
    assert [row[1] for row in nothing.tables[0][1].rows] == ["never"]

from collections import Counter

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.charts import (
    Sides,
    ladder,
    ladders,
)
from realpolitik.sim.charts.ladder import RUNGS, rung_name
from realpolitik.sim.charts.shocks import MOST
from realpolitik.sim.charts.style import words_of

SIDES = Sides({"a": "As it was", "b": "With words"}, "1,000 worlds each, seed 0")

WEEK = np.arange(1, 11)

WEEKS = pd.DataFrame(
    {
        "week": [1, 2, 3],
        "q05": [4.0, 5.0, 1.0],
        "q25": [5.0, 6.0, 1.5],
        "q50": [5.0, 6.2, 2.0],
        "q75": [5.0, 7.0, 3.0],
        "q95": [5.0, 8.0, 4.0],
    }
)
SHOCKS = pd.DataFrame(
    {"week": [1, 1, 3, 9, 0], "label": ["Killing", "Fleet", "Vote", "Late", "Old"]}
)


def test_title_says_peak_and_end() -> None:
    assert words_of(ladder(WEEKS, SHOCKS, 1000)).title == (
        "The weekly median peaks at rung 6.2 (limited direct strike) in week 2 and ends at 2.0 "
        "(sanctions and defensive arming)"
    )


def test_caption_says_n_and_bands() -> None:
    assert words_of(ladder(WEEKS, SHOCKS, 1000)).caption == (
        "1,000 worlds; bands hold the middle 50\u00a0% and 90\u00a0% of worlds in each week; "
        "dotted lines: shocks of the scenario."
    )


def test_every_rung_is_named_on_the_axis() -> None:
    ticks = ladder(WEEKS, SHOCKS, 1000).layout.yaxis.ticktext
    assert [tick.replace("<br>", " ") for tick in ticks] == [
        f"{name} {rung}" for rung, name in enumerate(RUNGS)
    ]


def test_shocks_within_the_weeks_each_have_a_lane() -> None:
    notes = ladder(WEEKS, SHOCKS, 1000).layout.annotations
    assert {note.text for note in notes} == {"Killing", "Fleet", "Vote"}
    assert len({note.ay for note in notes}) == 3


def test_no_shocks_need_no_room() -> None:
    bare = ladder(WEEKS, SHOCKS.iloc[:0], 1000)
    assert len(bare.layout.annotations) == 0
    assert bare.layout.height < ladder(WEEKS, SHOCKS, 1000).layout.height


def many(count: int) -> pd.DataFrame:
    """So many shocks in three weeks."""
    weeks = [1 + number % 3 for number in range(count)]
    return pd.DataFrame({"week": weeks, "label": [f"Shock {number}" for number in range(count)]})


def test_very_many_shocks_are_one_trace_that_names_some_of_each_week() -> None:
    bare, full = (ladder(WEEKS, shocks, 1000) for shocks in (SHOCKS.iloc[:0], many(800)))
    assert len(full.layout.shapes) == len(full.layout.annotations) == 0
    assert full.layout.height == bare.layout.height
    assert len(full.data) == len(bare.data) + 1
    (crowd,) = [trace for trace in full.data if trace.name == "shocks"]
    assert [*crowd.x] == [1, 1, None, 2, 2, None, 3, 3, None]
    assert crowd.text[0].startswith("Shock 0<br>Shock 3<br>")
    assert crowd.text[0].endswith("and 262 more")
    assert "800" in words_of(full).caption
    assert "800 in 3 weeks" in words_of(full).alt


def test_labels_and_lines_are_made_once_each(marks_made: Counter[str]) -> None:
    counts = []
    for shocks in (MOST // 2, MOST):
        marks_made.clear()
        figure = ladder(WEEKS, many(shocks), 1000)
        assert len(figure.layout.shapes) == len(figure.layout.annotations) == shocks
        counts.append((marks_made["Shape"], marks_made["Annotation"]))
    assert all(two <= 2 * one for one, two in zip(*counts, strict=True))


def test_rung_is_named_by_the_nearest() -> None:
    assert (rung_name(5.6), rung_name(99), rung_name(-1)) == (RUNGS[6], RUNGS[10], RUNGS[0])


def rungs(key: str, peak: float) -> pd.DataFrame:
    middle = np.where(WEEK == 4, peak, 3.0)
    edges = {"q05": middle - 1, "q25": middle, "q50": middle, "q75": middle, "q95": middle + 1}
    return pd.DataFrame({"scenario": key, "week": WEEK, **edges})


def shocks(*pairs: tuple[int, str]) -> pd.DataFrame:
    return pd.DataFrame(list(pairs), columns=["week", "label"])


OPENING = shocks((1, "Opening"))


FELT = {"a": OPENING, "b": shocks((1, "Opening"), (6, "Insult"))}


def test_ladders_say_where_the_peaks_differ() -> None:
    weeks = pd.concat([rungs("a", 6.0), rungs("b", 7.0)])
    assert words_of(ladders(weeks, FELT, SIDES)).title == (
        "The weekly median peaks at rung 7.0 (repeated exchange) in week 4 in “With words”, "
        "at rung 6.0 (limited direct strike) in week 4 in “As it was”"
    )


def test_ladders_that_are_alike_are_said_to_be_so() -> None:
    weeks = pd.concat([rungs("a", 6.0), rungs("b", 6.0)])
    assert words_of(ladders(weeks, FELT, SIDES)).title.endswith("the medians hardly part at all")


def test_shocks_are_named_where_they_are_new_and_marked_everywhere() -> None:
    layout = ladders(pd.concat([rungs("a", 6.0), rungs("b", 7.0)]), FELT, SIDES).layout
    texts = [note.text for note in layout.annotations]
    assert (texts.count("Opening"), texts.count("Insult")) == (1, 1)
    assert sorted((line.xref, line.x0) for line in layout.shapes) == [
        ("x", 1),
        ("x2", 1),
        ("x2", 6),
    ]


def test_scenario_without_shocks_is_drawn_without_them() -> None:
    felt = {"a": OPENING, "b": shocks()}
    layout = ladders(pd.concat([rungs("a", 6.0), rungs("b", 7.0)]), felt, SIDES).layout
    assert [line.xref for line in layout.shapes] == ["x"]


def test_plots_of_the_ladder_have_the_same_axes() -> None:
    layout = ladders(pd.concat([rungs("a", 6.0), rungs("b", 7.0)]), FELT, SIDES).layout
    assert layout.yaxis.range == layout.yaxis2.range
    assert layout.xaxis.range == layout.xaxis2.range
    heights = [axis.domain[1] - axis.domain[0] for axis in (layout.yaxis, layout.yaxis2)]
    assert heights[0] == pytest.approx(heights[1])

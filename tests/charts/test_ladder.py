from collections import Counter

import pandas as pd

from realpolitik.sim.charts import ladder
from realpolitik.sim.charts.ladder import RUNGS, rung_name
from realpolitik.sim.charts.shocks import MOST
from realpolitik.sim.charts.style import words_of

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

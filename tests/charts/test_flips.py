import math
from collections import Counter
from typing import Any

import pandas as pd

from realpolitik.sim.charts.flips import MOST, Flip, flip_ranges, near, varied_of
from realpolitik.sim.charts.style import words_of

STRIKE = Flip("Iran strikes Israel", "falls below 50 % of worlds", "400 worlds at each value.")


def flips(*at: float, **columns: Any) -> pd.DataFrame:
    table = pd.DataFrame({"address": [f"IRN.w{n}" for n in range(len(at))], "flips_at": at})
    table = table.assign(default=0.5, low=0.0, high=1.0, flip_low=math.nan, flip_high=math.nan)
    share = (table["flips_at"] - table["default"]).abs()
    return table.assign(share_of_range=share, **columns)


def labels(table: pd.DataFrame) -> list[str]:
    notes = flip_ranges(table, STRIKE).layout.annotations
    return [note.text for note in notes if "→" in note.text]


def test_nearest_flip_comes_first_and_what_never_flips_is_not_drawn() -> None:
    assert labels(flips(0.9, math.nan, 0.4)) == [
        "IRN.w2 <b>0.5 → 0.4</b>",
        "IRN.w0 <b>0.5 → 0.9</b>",
    ]


def test_title_says_where_it_flips_and_how_far_that_is() -> None:
    table = flips(0.9, 0.4, flip_low=[0.8, 0.35], flip_high=[1.0, 0.45])
    title = words_of(flip_ranges(table, STRIKE)).title.replace("\u00a0", " ")
    assert title == (
        "Iran strikes Israel: falls below 50 % of worlds once IRN.w1 goes from 0.5 to 0.4 "
        "(0.35 to 0.45), 10 % of its range away"
    )


def test_rows_that_never_flip_are_counted() -> None:
    caption = words_of(flip_ranges(flips(0.9, math.nan, math.nan), STRIKE)).caption
    assert "2 of 3 parameters flip it nowhere in their ranges." in caption


def test_nothing_that_flips_is_said_in_the_title() -> None:
    words = words_of(flip_ranges(flips(math.nan), STRIKE))
    assert words.title == "Iran strikes Israel: no single parameter flips it within its range"
    assert "None of 1 parameters flips it." in words.caption


def test_no_more_than_fifteen_are_drawn_and_the_caption_says_so() -> None:
    table = flips(*(0.51 + 0.01 * n for n in range(MOST + 3)))
    assert len(labels(table)) == MOST
    assert (
        "The nearest 15 of 18 that flip it are drawn."
        in words_of(flip_ranges(table, STRIKE)).caption
    )


def test_ends_of_ranges_are_made_once_each(marks_made: Counter[str]) -> None:
    counts = []
    for drawn in (7, 14):
        marks_made.clear()
        figure = flip_ranges(flips(*(0.51 + 0.01 * n for n in range(drawn))), STRIKE)
        assert len(figure.layout.annotations) == 3 * drawn  # a label, and both ends
        counts.append(marks_made["Annotation"])
    assert counts[1] <= 2 * counts[0]


def test_choices_have_no_intervals() -> None:
    table = flips(0.9, 0.4).drop(columns=["flip_low", "flip_high"])
    names = {trace.name for trace in flip_ranges(table, STRIKE).data}
    assert "95 % interval" not in names
    assert {"it flips", "the scenario"} <= names


def test_values_are_said_as_finely_as_they_are_looked_for() -> None:
    varied = varied_of(flips(0.4321).iloc[0])
    assert near(varied, 0.4321) == "0.43"

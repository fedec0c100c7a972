from typing import Any

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.charts import Case, MeasuredOutcome, Varied, box_limits, peeling
from realpolitik.sim.charts.style import words_of

ARMS = MeasuredOutcome("Russia arms Iran", "share")
CASE = Case(ARMS, ARMS.beyond(0.15, above=True))
TIES, FEAR = Varied("RUS.ties", 0.0, 1.0, 0.3), Varied("RUS.fear", 0.0, 1.0, 0.3)
VARIED = {each.address: each for each in (TIES, FEAR)}
TOTALS: dict[str, Any] = {
    "coverage": 0.8,
    "density": 0.75,
    "n_points": 32,
    "cases": 30,
    "uncertain": 1,
}


def box(p_value: float = 0.01) -> pd.DataFrame:
    return pd.DataFrame(
        [{"address": "RUS.ties", "low": 0.0, "high": 0.5, "p_value": p_value}]
    ).assign(**TOTALS)


def steps() -> pd.DataFrame:
    table = pd.DataFrame({"box": [0, 1, 2], "coverage": [1.0, 0.8, 0.3]})
    numbers: dict[str, Any] = {"density": [0.3, 0.75, 0.9], "n_points": [100, 32, 10]}
    return table.assign(chosen=[False, True, False], **numbers)


def test_title_of_a_box_says_where_how_often_and_against_what() -> None:
    title = words_of(box_limits(box(), steps(), VARIED, CASE)).title.replace("\u00a0", " ")
    assert title == (
        "Russia arms Iran: in more than 15 % of worlds at 75 % of the points where RUS.ties is "
        "at most 0.5, against 30 % of all points"
    )


def test_caption_of_a_box_has_its_points_and_intervals() -> None:
    caption = words_of(box_limits(box(), steps(), VARIED, CASE)).caption.replace("\u00a0", " ")
    assert caption.startswith("32 points in the box. Density")
    assert "75 % (58 % to 87 %)" in caption
    assert "quasi-p values, of the same points, are too small" in caption
    assert "of the 30 points of the case that lie in the box: 80 % (63 % to 90 %)" in caption


@pytest.mark.parametrize(("p_value", "marked"), [(0.01, False), (0.2, True), (np.nan, False)])
def test_restriction_that_may_be_luck_is_marked(p_value: float, marked: bool) -> None:
    label = box_limits(box(p_value), steps(), VARIED, CASE).layout.annotations[0].text
    assert ("may be luck" in label) is marked


def test_peeling_marks_the_whole_space_and_the_box() -> None:
    figure = peeling(steps(), CASE)
    assert [note.text for note in figure.layout.annotations] == [
        "<b>all points</b>",
        "<b>the box</b>",
    ]
    assert (
        words_of(figure)
        .title.replace("\u00a0", " ")
        .endswith("from 30 % to 75 %, and keeps 80 % of the case")
    )


def test_peeling_that_leads_nowhere_says_so() -> None:
    whole = steps().assign(chosen=[True, False, False])
    assert "no box does better" in words_of(peeling(whole, CASE)).title

from typing import Any

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.charts import Case, Measure, Varied, box_limits, parallel, peeling
from realpolitik.sim.charts.parallel import LINES, telling, thinned
from realpolitik.sim.charts.style import words_of

ARMS = Measure("Russia arms Iran", "share")
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


def points(count: int = 400) -> pd.DataFrame:
    """The case is that the ties are low; fear does not matter."""
    values = np.random.default_rng(5).random((count, 2))
    table = pd.DataFrame(values, columns=["RUS.ties", "RUS.fear"])
    mean = 0.3 * (1 - table["RUS.ties"])
    numbers: dict[str, Any] = {"low": mean - 0.02, "high": mean + 0.02, "n": 1000}
    return table.assign(mean=mean, inside=mean > 0.15, **numbers)


def box(p_value: float = 0.01) -> pd.DataFrame:
    return pd.DataFrame(
        [{"address": "RUS.ties", "low": 0.0, "high": 0.5, "p_value": p_value}]
    ).assign(**TOTALS)


def steps() -> pd.DataFrame:
    table = pd.DataFrame({"box": [0, 1, 2], "coverage": [1.0, 0.8, 0.3]})
    numbers: dict[str, Any] = {"density": [0.3, 0.75, 0.9], "n_points": [100, 32, 10]}
    return table.assign(chosen=[False, True, False], **numbers)


def test_title_of_lines_names_the_address_that_tells_the_case() -> None:
    title = words_of(parallel(points(), [FEAR, TIES], CASE, 0)).title.replace("\u00a0", " ")
    inside = int(points()["inside"].sum())
    assert title.startswith(
        f"Russia arms Iran: in more than 15 % of worlds at {inside} of 400 points, "
        "half of them with RUS.ties between 0."
    )


def test_title_of_lines_does_not_call_all_points_half() -> None:
    same = points().assign(inside=[True] + 399 * [False])
    same[["RUS.ties", "RUS.fear"]] = 0.3
    title = words_of(parallel(same, [FEAR, TIES], CASE, 0)).title
    assert title.endswith("at 1 of 400 points, all of them with RUS.fear at 0.3")


def test_case_of_all_or_of_no_points_tells_nothing() -> None:
    for inside in (True, False):
        assert telling(points().assign(inside=inside), [TIES, FEAR]) is None


def test_lines_are_few_and_evenly_chosen() -> None:
    kept = thinned(points(), 60)
    assert len(kept) == 60
    assert (kept.index[0], kept.index[-1]) == (0, 399)
    assert thinned(points(10), 60).equals(points(10))


def test_caption_says_how_many_lines_and_addresses_are_left_out() -> None:
    caption = words_of(parallel(points(), [TIES, FEAR], CASE, 3)).caption
    assert f"At most {LINES[True]} strong and {LINES[False]} other lines are drawn." in caption
    assert caption.endswith("3 more were varied.")


def test_lines_stay_within_their_axes() -> None:
    for trace in parallel(points(), [TIES, FEAR], CASE, 0).data[:2]:
        known = np.array(trace.x, dtype=float)
        assert np.nanmin(known) >= 0
        assert np.nanmax(known) <= 1


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

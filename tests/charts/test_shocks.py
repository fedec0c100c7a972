"""Shocks in charts over weeks: which are drawn, where their names stand, what is said of them."""

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.shocks import (
    MOST,
    TOLD,
    add_shocks,
    describe_shocks,
    is_crowded,
    lanes_height,
    shocks_listed,
    within,
)


def shocks(*pairs: tuple[int, str]) -> pd.DataFrame:
    return pd.DataFrame(list(pairs), columns=["week", "label"])


def drawn(table: pd.DataFrame, last: int = 10) -> go.Figure:
    figure = go.Figure()
    add_shocks(figure, table, last)
    return figure


FEW = within(shocks((0, "Before"), (2, "Killing"), (9, "Vote <b>"), (11, "Late")), 10)
MANY = within(shocks(*((1 + n % 3, f"Shock {n}") for n in range(MOST + 1))), 10)


def test_only_shocks_of_the_weeks_drawn_are_kept_late_ones_first() -> None:
    assert FEW["label"].tolist() == ["Vote <b>", "Killing"]


def test_each_has_a_line_at_its_week_and_its_name_as_it_stands() -> None:
    figure = drawn(FEW)
    assert sorted(line.x0 for line in figure.layout.shapes) == [2, 9]
    assert {note.text for note in figure.layout.annotations} == {"Killing", "Vote &lt;b&gt;"}


def test_names_stand_in_lanes_of_their_own_on_the_side_with_room() -> None:
    notes = {note.text: note for note in drawn(FEW).layout.annotations}
    assert notes["Killing"].ay != notes["Vote &lt;b&gt;"].ay
    assert notes["Killing"].xanchor == "left"
    assert notes["Vote &lt;b&gt;"].xanchor == "right"
    assert all(-note.ay <= lanes_height(FEW) for note in notes.values())


def test_a_longer_name_has_a_higher_lane() -> None:
    assert lanes_height(shocks((1, "word " * 9))) > lanes_height(shocks((1, "word")))


def test_a_crowd_has_no_names_but_tells_the_first_where_one_points() -> None:
    assert is_crowded(MANY)
    assert lanes_height(MANY) == 0
    figure = drawn(MANY)
    (trace,) = figure.data
    assert not figure.layout.annotations
    assert {x for x in trace.x if x} == {1, 2, 3}
    assert f"and {MOST // 3 + 1 - TOLD} more" in "".join(map(str, trace.text))


def test_they_are_listed_early_ones_first_and_a_crowd_is_counted() -> None:
    assert shocks_listed(FEW) == "Killing in week 2; Vote <b> in week 9"
    assert shocks_listed(MANY) == f"{MOST + 1} in 3 weeks"
    assert describe_shocks(FEW).count("Shock in week") == 2
    assert str(MOST + 1) in describe_shocks(MANY)

import itertools

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim.charts.style import (
    MARKS,
    Words,
    finish,
    plain,
    spread,
    translucent,
    week_axis,
    without_head,
    words_of,
    wrapped,
)

WORDS = Words("Half <b>of</b> it", "10 worlds; 95 % intervals.", "A line.")


def test_no_two_marks_share_colour_dash_or_symbol() -> None:
    for look in ("colour", "dash", "symbol"):
        assert len({getattr(mark, look) for mark in MARKS}) == len(MARKS)


def test_text_is_shown_as_it_stands() -> None:
    assert plain("<b>R&D</b>") == "&lt;b&gt;R&amp;D&lt;/b&gt;"


def test_wrapped_text_breaks_between_words() -> None:
    assert wrapped("one two three", 8) == "one two<br>three"


def test_figure_carries_its_words() -> None:
    figure = finish(go.Figure(), WORDS, height=300)
    assert words_of(figure) == Words(WORDS.title, "10 worlds; 95\u00a0% intervals.", "A line.")
    assert "&lt;b&gt;of" in figure.layout.title.text


def test_head_can_be_taken_off_again() -> None:
    figure = finish(go.Figure(), WORDS, height=300)
    bare = without_head(figure)
    assert figure.layout.height > bare.layout.height == 300
    assert bare.layout.title.text is None
    assert bare.layout.meta is None


@given(st.lists(st.floats(0, 1), max_size=8))
def test_spread_values_keep_their_order_and_distance(values: list[float]) -> None:
    moved = spread(values, gap=0.1)
    pairs = sorted(zip(values, moved, strict=True))
    places = sorted(place for _, place in pairs)
    assert all(b - a >= 0.1 - 1e-9 for a, b in itertools.pairwise(places))
    assert pd.Series(moved).rank(method="first").tolist() == (
        pd.Series(values).rank(method="first").tolist()
    )


def test_values_far_apart_stay_where_they_are() -> None:
    assert spread([0.9, 0.1, 0.5], gap=0.1) == pytest.approx([0.9, 0.1, 0.5])


def test_spread_values_stay_within_their_limits() -> None:
    moved = spread([0.0, 0.01, 0.02, 1.0, 1.0], 0.1, low=0, high=1)
    assert moved == pytest.approx([0, 0.1, 0.2, 0.9, 1])


def test_ticks_of_weeks_stay_few() -> None:
    for last in (1, 8, 26, 52, 520):
        figure = go.Figure()
        week_axis(figure, last)
        assert last / figure.layout.xaxis.dtick <= 8


def test_colour_becomes_translucent() -> None:
    assert translucent("#0072B2", 0.5) == "rgba(0,114,178,0.5)"

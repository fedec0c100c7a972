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
    with_credit,
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


CREDIT = "realpolitik 0.1.0 · no_shock · 1,000 worlds · seed 0 · a model, not a forecast"


def figure(traces: int = 1, **look: object) -> go.Figure:
    drawn = go.Figure([go.Scatter(x=[1], y=[1], name=f"{n}", **look) for n in range(traces)])
    return finish(drawn, Words("Title", "Caption.", "Alt."), height=300)


def test_credit_stands_at_the_foot_and_takes_room_of_its_own() -> None:
    bare, signed = figure(), with_credit(figure(), CREDIT)
    foot = signed.layout.legend9
    assert (foot.title.text, foot.yref, foot.y) == (CREDIT, "container", 0)
    assert signed.layout.height > bare.layout.height


def test_figure_itself_stays_as_it_was_and_keeps_its_words() -> None:
    bare = figure()
    signed = with_credit(bare, CREDIT)
    assert bare == figure()
    assert words_of(signed) == words_of(bare)


def test_nothing_to_say_changes_nothing() -> None:
    assert with_credit(figure(), " ") == figure()


def test_markup_in_a_credit_is_shown_as_it_stands() -> None:
    assert with_credit(figure(), "<b>R&D</b>").layout.legend9.title.text == (
        "&lt;b&gt;R&amp;D&lt;/b&gt;"
    )


@pytest.mark.parametrize(
    ("traces", "look", "keyed"),
    [(1, {}, False), (2, {}, True), (1, {"showlegend": True}, True), (2, {"showlegend": False}, 0)],
)
def test_credit_brings_no_key_where_there_was_none(
    traces: int, look: dict[str, bool], keyed: bool
) -> None:
    *shown, _ = with_credit(figure(traces, **look), CREDIT).data
    assert any(trace.showlegend is not False for trace in shown) == keyed


def test_key_that_was_switched_off_stays_off() -> None:
    *shown, _ = with_credit(figure(2).update_layout(showlegend=False), CREDIT).data
    assert all(trace.showlegend is False for trace in shown)

import plotly.graph_objects as go
import pytest

from realpolitik.sim.charts.credit import with_credit
from realpolitik.sim.charts.style import Words, finish, words_of

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

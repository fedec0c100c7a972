import itertools
import re
from importlib.resources import files
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim import charts
from realpolitik.sim.charts.style import (
    CATEGORIES,
    LOOKS,
    MARKS,
    PAPER,
    READINGS,
    VERDICTS,
    Fill,
    Mark,
    Words,
    add_band,
    finish,
    name_ends,
    page_properties,
    plain,
    spread,
    translucent,
    week_axis,
    whiskers,
    with_credit,
    without_head,
    words_of,
    wrapped,
)
from tests.offenders import each

CHARTS = sorted(Path(charts.__file__).parent.glob("*.py"))

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


@pytest.mark.parametrize("marks", [READINGS, VERDICTS], ids=["readings", "verdicts"])
def test_marks_that_stand_together_differ_by_more_than_colour(marks: dict[str, Mark]) -> None:
    assert len({(mark.symbol, mark.hollow) for mark in marks.values()}) == len(marks)


@pytest.mark.parametrize(
    "pair",
    [
        ("words", "deeds"),
        ("model", "record"),
        ("low end", "high end"),
        ("alone", "in all"),
        ("size", "unevenness"),
        ("for", "against"),
        ("force", "material"),
        ("defaults", "best set"),
        ("all points", "the box"),
        ("the scenario", "flip"),
        ("the scenario", "best value"),
    ],
)
def test_looks_that_stand_together_differ_by_more_than_colour(pair: tuple[str, str]) -> None:
    one, other = (LOOKS[name] for name in pair)
    assert (one.symbol, one.hollow) != (other.symbol, other.hollow)


def test_hollow_marks_have_the_colour_of_the_paper_and_an_edge_in_their_own() -> None:
    marker = Mark("#0072B2", "solid", "circle", hollow=True).marker(9)
    assert (marker["color"], marker["line"]["color"]) == (PAPER, "#0072B2")


def test_a_band_goes_out_along_its_upper_edge_and_back_along_the_lower() -> None:
    figure = go.Figure()
    add_band(figure, pd.Series([1, 2], index=[7, 8]), [0.1, 0.2], [0.5, 0.6], "#D5DCE1")
    (band,) = figure.data
    assert (list(band.x), list(band.y)) == ([1, 2, 2, 1], [0.5, 0.6, 0.2, 0.1])
    assert (band.fill, band.showlegend) == ("toself", False)


def test_names_stand_to_the_right_of_where_lines_end() -> None:
    figure = go.Figure()
    name_ends(figure, 26, ["words", "deeds"], [0.2, 0.1])
    notes = figure.layout.annotations
    assert [(note.text, note.x, note.y) for note in notes] == [
        ("words", 26, 0.2),
        ("deeds", 26, 0.1),
    ]
    assert {note.xanchor for note in notes} == {"left"}


def test_a_line_has_colour_dash_and_symbol_of_its_mark() -> None:
    trace = go.Scatter(x=[1], y=[1], **MARKS[1].line())
    mark = MARKS[1]
    assert (trace.line.color, trace.line.dash, trace.marker.symbol) == (
        mark.colour,
        mark.dash,
        mark.symbol,
    )


def test_fills_have_stripes_that_can_be_seen() -> None:
    pattern = Fill("#0072B2", "/").marker()["pattern"]
    assert pattern["bgcolor"] != pattern["fgcolor"]


def test_categories_that_follow_each_other_differ_in_pattern_or_lightness() -> None:
    for one, other in itertools.pairwise(CATEGORIES):
        apart = abs(luminance(one.colour) - luminance(other.colour))
        assert one.pattern != other.pattern or apart > 0.1


def test_whiskers_reach_from_the_low_to_the_high_end() -> None:
    bars = whiskers([1.0, 2.0], ([0.5, 1.0], [1.25, 4.0]), "#0072B2")
    assert (bars["arrayminus"], bars["array"]) == ([0.5, 1.0], [0.25, 2.0])


COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}\b|rgba?\(|\"dash\": \"|\"symbol\": \"|symbol=\"")


@each("path", [path for path in CHARTS if path.name != "style.py"])
def test_colours_dashes_and_symbols_stand_in_the_style_alone(path: Path) -> None:
    assert COLOUR.findall(path.read_text(encoding="utf-8")) == []


def test_the_style_sheet_of_pages_has_no_colour_or_property_of_its_own() -> None:
    sheet = (files("realpolitik.sim.documents") / "templates" / "document.css").read_text("utf-8")
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b(?=[^{]*;)", sheet) == []
    declared = re.findall(r"--([a-z]+):", page_properties())
    assert set(re.findall(r"var\(--([a-z]+)\)", sheet)) == set(declared)


def luminance(colour: str) -> float:
    """Relative luminance of a colour such as #0072B2, as WCAG 2 has it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_numbers_can_be_read_on_every_fill() -> None:
    for fill in CATEGORIES:
        dark, light = sorted(map(luminance, (fill.colour, fill.ink)))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, fill

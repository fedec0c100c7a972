"""The forest chart: where marks, intervals, labels and lines stand, and what the key says."""

import math
from collections import Counter
from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim.charts.forest import (
    ENDS,
    Bars,
    Layer,
    Notes,
    Plot,
    Points,
    Row,
    Spans,
    defaults,
    forest,
    label_of,
    label_with,
    rows_of,
)
from realpolitik.sim.charts.style import FILLS, MARKS, PAPER, REFERENCE, Words, words_of
from realpolitik.sim.formatting.scales import Varied

WORDS = Words("Half of it", "100 worlds; 95 % intervals.", "Two rows.")
CIRCLE, DIAMOND = MARKS[:2]
LINE = {"color": CIRCLE.colour, "width": 2}


def drawn(*layers: Layer, rows: int = 2, marks: int = 1) -> go.Figure:
    labels = [f"Row {row}" for row in range(rows)]
    return forest(WORDS, Plot(rows_of(labels, marks), layers, {"title": "share"}))


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(0, 3), st.floats(0, 3)), min_size=1))
def test_points_stand_at_their_values_and_whiskers_reach_the_ends(
    rows: list[tuple[float, float, float]],
) -> None:
    values = [value for value, _, _ in rows]
    low = [value - below for value, below, _ in rows]
    high = [value + above for value, _, above in rows]
    (trace,) = drawn(Points("model", CIRCLE, values, (low, high)), rows=len(rows)).data
    assert list(trace.x) == values
    ends = zip(trace.x, trace.error_x.arrayminus, trace.error_x.array, strict=True)
    assert [(x - below, x + above) for x, below, above in ends] == [
        pytest.approx(pair) for pair in zip(low, high, strict=True)
    ]


def test_rows_lie_in_order_beneath_their_labels_and_within_the_plot() -> None:
    figure = drawn(Points("a", CIRCLE, [1, 2, 3]), Points("b", DIAMOND, [1, 2, 3], place=1), rows=3)
    first, second = (trace.y for trace in figure.data)
    labels = [note.y for note in figure.layout.annotations]
    bottom, top = figure.layout.yaxis.range
    for label, one, other in zip(labels, first, second, strict=True):
        assert top < label < one < other < bottom
    assert all(lower > upper for upper, lower in pairwise(labels))


def test_a_longer_label_has_more_room() -> None:
    short, long = Row(label_of("Short")), Row(label_of("word " * 20))
    assert long.height > short.height > Row().height


def test_labels_are_shown_as_they_stand_with_their_value() -> None:
    assert label_with("R&D", "+2.0") == "R&amp;D <b>+2.0</b>"
    assert label_with("word " * 9, "a long value").count("<br>") == 1
    assert label_of("word " * 40).endswith(" …")


def test_a_wider_interval_is_thinner_and_not_in_the_key() -> None:
    figure = drawn(Points("a", CIRCLE, [1, 2], ([0, 1], [2, 3]), ([-5, -5], [5, 5])))
    outer, inner = figure.data
    assert outer.error_x.thickness < inner.error_x.thickness
    assert list(outer.error_x.array) == [4, 3]
    assert (outer.showlegend, inner.showlegend) == (False, True)


def test_hollow_points_are_filled_with_paper() -> None:
    (trace,) = drawn(Points("a", CIRCLE, [1, 2], hollow=[True, False])).data
    assert trace.marker.color == (PAPER, CIRCLE.colour)
    assert trace.marker.line.color == CIRCLE.colour


def test_layers_without_anything_to_draw_have_no_trace_and_no_key() -> None:
    empty = (
        Points("a", CIRCLE, []),
        Spans("b", [(math.nan, 1)], LINE),
        Bars("c", FILLS["end"], []),
    )
    assert drawn(*empty).data == ()


def test_the_key_names_a_series_once_however_many_plots_show_it() -> None:
    plot = Plot(rows_of(["A"]), [Points("model", CIRCLE, [1])], {})
    figure = forest(WORDS, plot, plot)
    assert [trace.showlegend for trace in figure.data] == [True, False]
    assert {trace.xaxis for trace in figure.data} == {"x", "x2"}


def test_a_series_without_a_name_is_not_in_the_key() -> None:
    (trace,) = drawn(Points("", CIRCLE, [1, 2])).data
    assert trace.showlegend is False


def test_a_key_of_long_names_has_room_on_a_narrow_page() -> None:
    short = drawn(Points("a", CIRCLE, [1]), Points("b", DIAMOND, [1]))
    long = drawn(*(Points(name * 38, CIRCLE, [1]) for name in "ab"))
    assert long.layout.height > short.layout.height


def test_spans_run_from_end_to_end_of_their_rows() -> None:
    plot = Plot(rows_of(["A", "B", "C"]), [Spans("way", [(0, 1), (3, 2)], LINE, rows=[0, 2])], {})
    (trace,) = forest(WORDS, plot).data
    assert list(trace.x) == [0, 1, None, 3, 2, None]
    assert list(trace.y) == [plot.at(0)] * 2 + [None] + [plot.at(2)] * 2 + [None]


def test_bars_start_where_they_are_told_and_lie_in_their_rows() -> None:
    plot = Plot(rows_of(["A", "B"]), [Bars("b", FILLS["end"], [5, 6], [1, 2], rows=[1, 0])], {})
    (trace,) = forest(WORDS, plot).data
    assert (list(trace.base), list(trace.x)) == ([1, 2], [5, 6])
    assert list(trace.y) == [plot.at(1), plot.at(0)]


def test_notes_stand_on_the_side_they_are_told() -> None:
    notes = drawn(Notes(["low", "high"], [0, 1], [False, True])).layout.annotations[:2]
    assert [(note.x, note.xanchor) for note in notes] == [(0, "left"), (1, "right")]


def test_a_line_crosses_all_rows_of_its_own_plot() -> None:
    plots = [Plot(rows_of(["A"]), [], {}, {value: REFERENCE}) for value in (0.5, 2)]
    shapes = forest(WORDS, *plots).layout.shapes
    assert [(line.x0, line.x1, line.xref) for line in shapes] == [(0.5, 0.5, "x"), (2, 2, "x2")]
    assert {(line.y0, line.y1) for line in shapes} == {(0, 1)}


def test_a_default_is_marked_where_it_lies_in_the_range_only() -> None:
    within, beyond = Varied("a", 0, 4, 1), Varied("b", 0, 4, 9)
    plot = Plot(rows_of(["a", "b"]), [defaults([within, beyond])], ENDS)
    (trace,) = forest(WORDS, plot).data
    assert (list(trace.x), list(trace.y)) == ([0.25], [plot.at(0)])


def test_what_the_reader_points_at_is_said_as_it_stands() -> None:
    (trace,) = drawn(Points("a", CIRCLE, [1], hover=["<b>1</b>"])).data
    assert list(trace.customdata[0]) == ["&lt;b&gt;1&lt;/b&gt;"]


def test_the_figure_carries_its_words() -> None:
    assert words_of(drawn()).title == "Half of it"


def test_labels_are_made_once_each(marks_made: Counter[str]) -> None:
    counts = []
    for rows in (20, 40):
        marks_made.clear()
        drawn(rows=rows)
        counts.append(marks_made["Annotation"])
    assert counts[1] <= 2 * counts[0]

"""Plots one below the other: their heights, and the headings above them."""

import pytest

from realpolitik.sim.charts.stack import (
    Place,
    head,
    head_height,
    heading,
    height_of,
    reference,
    stacked,
)

PLACES = [Place(20, 100), Place(40, 60), Place(0, 180)]


def test_plots_have_the_heights_and_the_room_above_that_they_are_given() -> None:
    layout = stacked(PLACES, shared=False).layout
    total, bottom = height_of(PLACES), 1.0
    for axis, place in zip((layout.yaxis, layout.yaxis2, layout.yaxis3), PLACES, strict=True):
        assert (axis.domain[1] - axis.domain[0]) * total == pytest.approx(place.plot)
        assert (bottom - axis.domain[1]) * total == pytest.approx(place.above)
        bottom = axis.domain[0]


@pytest.mark.parametrize("shared", [True, False])
def test_plots_share_their_axis_of_x_only_if_told(shared: bool) -> None:
    layout = stacked(PLACES, shared=shared).layout
    assert (layout.xaxis.matches is not None) is shared


def test_axes_are_named_as_plotly_names_them() -> None:
    assert [reference("x", row) for row in (1, 2, 3)] == ["x", "x2", "x3"]


def test_a_heading_stays_on_one_line_while_it_fits() -> None:
    assert heading("World 3", "parts in week 2") == "<b>World 3</b> parts in week 2"
    assert heading("R&D", "x " * 20).startswith("<b>R&amp;D</b><br>")


def test_a_heading_of_more_lines_is_higher_and_stands_above_its_plot() -> None:
    long = heading("word " * 20)
    assert head_height(long) > head_height(heading("word"))
    figure = stacked(PLACES, shared=True)
    head(figure, 2, long)
    (note,) = figure.layout.annotations
    assert (note.text, note.yref, note.y, note.yanchor) == (long, "y2 domain", 1, "bottom")

"""Plots one below the other, each with room of its own above it [px]."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from realpolitik.sim.charts.style import INK, PAPER, TEXT, lines, wrapped

HEAD = 26
"""Height of a plot's heading of one line [px]."""


@dataclass(frozen=True)
class Place:
    """Heights of a plot and of what stands above it [px]."""

    above: int
    plot: int


def stacked(places: Sequence[Place], *, shared: bool) -> go.Figure:
    """An empty figure with so many plots, from above; `shared` gives them one axis of x."""
    figure = make_subplots(rows=len(places), cols=1, shared_xaxes=shared)
    total, top = height_of(places), 0
    for row, place in enumerate(places, start=1):
        top += place.above
        domain = [max(0.0, 1 - (top + place.plot) / total), 1 - top / total]
        figure.update_yaxes(domain=domain, row=row, col=1)
        top += place.plot
    return figure


def height_of(places: Sequence[Place]) -> int:
    """Height of all plots together [px]."""
    return sum(place.above + place.plot for place in places)


def reference(axis: str, row: int) -> str:
    """Name of the axis of a plot: x, x2, x3."""
    return axis if row == 1 else f"{axis}{row}"


def heading(name: str, more: str = "", width: int = 34) -> str:
    """A heading (markup): a name in bold and what is said of it, in lines for a narrow page."""
    bold = f"<b>{wrapped(name, width)}</b>"
    if not more:
        return bold
    fits = "<br>" not in bold and len(name) + len(more) <= width
    return f"{bold}{' ' if fits else '<br>'}{wrapped(more, width)}"


def head_height(text: str) -> int:
    """Height of a heading [px]."""
    return HEAD + 17 * (lines(text) - 1)


def head(figure: go.Figure, row: int, text: str, shift: int = 4) -> None:
    """Writes a heading `shift` px above a plot, at its left."""
    figure.add_annotation(
        x=0,
        xref=f"{reference('x', row)} domain",
        y=1,
        yref=f"{reference('y', row)} domain",
        xanchor="left",
        yanchor="bottom",
        yshift=shift,
        text=text,
        align="left",
        showarrow=False,
        font={"size": TEXT, "color": INK},
        bgcolor=PAPER,
    )

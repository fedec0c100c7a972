"""The line between cells above a level and cells below it."""

import math
from collections.abc import Iterator

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from realpolitik.sim.charts.style import INK, PAPER, SMALL

Grid = NDArray[np.float64]
Edge = tuple[tuple[float, float], tuple[float, float]]


def add_steps(figure: go.Figure, values: Grid, level: float) -> None:
    """A thick line along the edges of cells: it claims nothing of what lies between them."""
    edges = list(steps(values, level))
    x = [place for (left, _), (right, _) in edges for place in (left, right, None)]
    y = [place for (_, low), (_, high) in edges for place in (low, high, None)]
    for colour, width in ((PAPER, 6), (INK, 2.8)):
        figure.add_scatter(
            x=x,
            y=y,
            mode="lines",
            line={"color": colour, "width": width},
            hoverinfo="skip",
            showlegend=False,
        )


def steps(values: Grid, level: float) -> Iterator[Edge]:
    """The edges between neighbours of which one lies above the level; cells are 1 by 1.

    Cell (row, column) has its centre at (x = column, y = row). A cell without a value has no edge.
    """
    above, known = values > level, np.isfinite(values)
    for row, column in np.ndindex(*values.shape):
        for down, right in ((1, 0), (0, 1)):
            other = row + down, column + right
            if other[0] >= values.shape[0] or other[1] >= values.shape[1]:
                continue
            if known[row, column] and known[other] and above[row, column] != above[other]:
                x, y = column + right / 2, row + down / 2
                yield (x - down / 2, y - right / 2), (x + down / 2, y + right / 2)


def add_contours(figure: go.Figure, values: Grid, level: float) -> None:
    """Thin labelled lines at round values, and a thick one at the level."""
    for height in round_levels(values):
        if not math.isclose(height, level):
            _add_contour(figure, values, height, (INK, 0.8), named=True)
    if np.isfinite(values).any() and np.nanmin(values) < level < np.nanmax(values):
        _add_contour(figure, values, level, (PAPER, 6.0), named=False)
        _add_contour(figure, values, level, (INK, 2.8), named=True)


def round_levels(values: Grid) -> list[float]:
    """Some five round numbers between the least and the greatest value."""
    known = values[np.isfinite(values)]
    if not len(known) or known.min() == known.max():
        return []
    low, high = float(known.min()), float(known.max())
    step = round_step((high - low) / 5)
    first, last = math.floor(low / step) + 1, math.ceil(high / step) - 1
    return [round(count * step, 10) for count in range(first, last + 1)]


def round_step(step: float) -> float:
    """The least of 1, 2, 5, 10, … times a power of ten that is at least `step`."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= step * (1 - 1e-9))


def _add_contour(
    figure: go.Figure, values: Grid, height: float, look: tuple[str, float], *, named: bool
) -> None:
    colour, width = look
    figure.add_contour(
        z=values,
        contours={
            "start": height,
            "end": height,
            "size": 1,
            "coloring": "none",
            "showlabels": named,
            "labelfont": {"size": SMALL, "color": INK},
        },
        line={"color": colour, "width": width},
        showscale=False,
        showlegend=False,
        hoverinfo="skip",
    )

"""What a conclusion hangs on: how far each parameter must move, within its range, to flip it."""

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.explain.flip_words import (
    MOST,
    Flip,
    alt_text,
    caption,
    finding,
    flipping,
    interval_said,
    near,
    varied_of,
)
from realpolitik.sim.charts.rows import (
    add_defaults,
    label_rows,
    label_with,
    row_axis,
    top_legend,
)
from realpolitik.sim.charts.style import (
    BLUE,
    GREY,
    LIGHT,
    ORANGE,
    SMALL,
    Words,
    annotate,
    finish,
    plain,
)
from realpolitik.sim.formatting.scales import Varied, setting


def flip_ranges(table: pd.DataFrame, flip: Flip) -> go.Figure:
    """The range of each parameter that flips the conclusion alone, the nearest flip first.

    Columns: address, default, low, high (its range), flips_at (NaN: never), share_of_range and,
    if there are intervals, flip_low, flip_high. Rows that never flip are counted, not drawn.
    """
    flips = flipping(table)
    drawn = flips.head(MOST)
    varied = [varied_of(row) for _, row in drawn.iterrows()]
    figure = go.Figure()
    _add_ranges(figure, len(drawn))
    if "flip_low" in drawn:
        _add_intervals(figure, drawn, varied)
    _add_ways(figure, drawn, varied)
    add_defaults(figure, varied)
    _add_flips(figure, drawn, varied)
    labels = [_label(row, each) for (_, row), each in zip(drawn.iterrows(), varied, strict=True)]
    label_rows(figure, labels, lift=9)
    annotate(figure, _ends(varied))
    height = row_axis(figure, labels) if labels else 40
    figure.update_xaxes(range=[-0.03, 1.03], showticklabels=False, showgrid=False)
    top_legend(figure)
    figure.update_layout(legend={"font": {"size": SMALL}})
    words = Words(finding(flips, flip), caption(table, flips, flip), alt_text(drawn, flip))
    return finish(figure, words, height=height + 84)


def _label(row: pd.Series, varied: Varied) -> str:
    return label_with(
        str(row["address"]), f"{setting(row['default'])} → {near(varied, row['flips_at'])}"
    )


def _add_ranges(figure: go.Figure, count: int) -> None:
    """A thin bar a row: from the low to the high end of the range."""
    figure.add_scatter(
        x=[place for _ in range(count) for place in (0, 1, None)],
        y=[place for row in range(count) for place in (row, row, None)],
        mode="lines+markers",
        name="its range",
        line={"color": LIGHT, "width": 5},
        marker={"symbol": "line-ns", "size": 12, "line": {"color": LIGHT, "width": 2}},
        hoverinfo="skip",
        showlegend=count > 0,
    )


def _ends(varied: list[Varied]) -> Iterator[dict[str, Any]]:
    """Both ends of each range in numbers, below its bar."""
    for row, each in enumerate(varied):
        for x, value, anchor in ((0, each.low, "left"), (1, each.high, "right")):
            yield {
                "x": x,
                "y": row,
                "xanchor": anchor,
                "yanchor": "top",
                "yshift": -5,
                "text": setting(value),
                "showarrow": False,
                "font": {"size": 11, "color": GREY},
            }


def _add_intervals(figure: go.Figure, drawn: pd.DataFrame, varied: list[Varied]) -> None:
    """A broad strip where the worlds cannot tell the outcome from the level."""
    x, y = list[float | None](), list[float | None]()
    for row, (each, low, high) in enumerate(
        zip(varied, drawn["flip_low"], drawn["flip_high"], strict=True)
    ):
        if math.isfinite(low) and math.isfinite(high):
            x += [each.place(low), each.place(high), None]
            y += [row, row, None]
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines",
        name="95 % interval",
        line={"color": "#F2B48C", "width": 10},
        hoverinfo="skip",
        showlegend=bool(x),
    )


def _add_ways(figure: go.Figure, drawn: pd.DataFrame, varied: list[Varied]) -> None:
    """A line from the scenario's own value to where it flips."""
    ends = zip(varied, drawn["default"], drawn["flips_at"], strict=True)
    figure.add_scatter(
        x=[
            place
            for each, here, there in ends
            for place in (each.place(here), each.place(there), None)
        ],
        y=[place for row in range(len(drawn)) for place in (row, row, None)],
        mode="lines",
        line={"color": BLUE, "width": 2.5},
        hoverinfo="skip",
        showlegend=False,
    )


def _add_flips(figure: go.Figure, drawn: pd.DataFrame, varied: list[Varied]) -> None:
    figure.add_scatter(
        x=[each.place(at) for each, at in zip(varied, drawn["flips_at"], strict=True)],
        y=list(range(len(drawn))),
        mode="markers",
        name="it flips",
        marker={"symbol": "x", "size": 11, "color": ORANGE, "line": {"width": 0}},
        customdata=[
            [plain(each.address), near(each, row["flips_at"]) + interval_said(row, each)]
            for (_, row), each in zip(drawn.iterrows(), varied, strict=True)
        ],
        hovertemplate="%{customdata[0]} flips it at %{customdata[1]}<extra></extra>",
        showlegend=len(drawn) > 0,
    )

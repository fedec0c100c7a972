"""What a conclusion hangs on: how far each parameter must move, within its range, to flip it."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

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
from realpolitik.sim.formatting.numbers import nearest
from realpolitik.sim.formatting.scales import Varied, setting


@dataclass(frozen=True)
class Flip:
    """Such as subject "Iran strikes Israel" and change "falls below 50 %"; `sample` says the n."""

    subject: str
    change: str
    sample: str


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


MOST = 15
"""Parameters that are drawn, at most."""


def flipping(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that flip, the nearest first."""
    found = table[table["flips_at"].notna()]
    return found.sort_values("share_of_range", kind="stable")


def varied_of(row: pd.Series | Mapping[str, Any]) -> Varied:
    """The parameter of a row."""
    return Varied(str(row["address"]), float(row["low"]), float(row["high"]), float(row["default"]))


def near(varied: Varied, value: float) -> str:
    """A value to a fiftieth of the range or so, about as finely as it is looked for."""
    step = (varied.high - varied.low) / 50
    digits = max(0, math.ceil(-math.log10(step))) if step > 0 else 2
    return setting(round(value, digits) + 0.0)


def span_said(varied: Varied, low: float, high: float, of: str = " of the range") -> str:
    """An interval such as "0.38 to 0.47"; where it reaches an end it may go on beyond it."""
    start = near(varied, low) if low > varied.low else f"start{of}"
    return f"{start} to {near(varied, high) if high < varied.high else f'end{of}'}"


def of_range(share: float) -> str:
    """Such as "21 %", "under 1 %"."""
    return "under 1\u00a0%" if share < 0.01 else f"{nearest(100 * share)}\u00a0%"


def interval_said(row: pd.Series, varied: Varied) -> str:
    """The interval of a flip in brackets, with a space before it; empty without one."""
    if "flip_low" not in row or math.isnan(row["flip_low"]):
        return ""
    return f" ({span_said(varied, float(row['flip_low']), float(row['flip_high']))})"


def finding(flips: pd.DataFrame, flip: Flip) -> str:
    """What the nearest flip is, or that there is none."""
    if not len(flips):
        return f"{flip.subject}: no single parameter flips it within its range"
    first = flips.iloc[0]
    varied = varied_of(first)
    return (
        f"{flip.subject}: {flip.change} once {first['address']} goes from "
        f"{setting(first['default'])} to {near(varied, first['flips_at'])}"
        f"{interval_said(first, varied)}, {of_range(first['share_of_range'])} of its range away"
    )


def caption(table: pd.DataFrame, flips: pd.DataFrame, flip: Flip) -> str:
    """How to read the chart, and how many rows are not drawn."""
    said = [flip.sample, "Each bar is a range, in which that parameter is moved alone."]
    if len(flips) > MOST:
        said.append(f"The nearest {MOST} of {len(flips)} that flip it are drawn.")
    if never := len(table) - len(flips):
        said.append(
            f"{never:,} of {len(table):,} parameters flip it nowhere in their ranges."
            if len(flips)
            else f"None of {len(table):,} parameters flips it."
        )
    return " ".join(filter(None, said))


def alt_text(drawn: pd.DataFrame, flip: Flip) -> str:
    """The rows, for the blind."""
    parts = [
        f"{row['address']} from {setting(row['default'])} to {setting(row['flips_at'])}, "
        f"{of_range(row['share_of_range'])} of its range"
        for _, row in drawn.iterrows()
    ]
    rows = "; ".join(parts) or "none does"
    return f"One row a parameter, from the scenario’s value to where {flip.subject} flips: {rows}."

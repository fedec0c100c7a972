"""What a conclusion hangs on: how far each parameter must move, within its range, to flip it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.forest import (
    ENDS,
    Layer,
    Notes,
    Plot,
    Points,
    Spans,
    defaults,
    forest,
    label_with,
    rows_of,
)
from realpolitik.sim.charts.style import BLUE, DOUBT, LIGHT, LOOKS, Words
from realpolitik.sim.formatting.numbers import nearest
from realpolitik.sim.formatting.scales import Varied, setting

MOST = 15
"""Parameters that are drawn, at most."""


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
    labels = [_label(row, each) for (_, row), each in zip(drawn.iterrows(), varied, strict=True)]
    layers: list[Layer] = [
        Spans("its range", [(0, 1)] * len(drawn), {"color": LIGHT, "width": 5}),
        Spans("95 % interval", _intervals(drawn, varied), {"color": DOUBT, "width": 10}),
        Spans("", _ways(drawn, varied), {"color": BLUE, "width": 2.5}),
        defaults(varied),
        _flips(drawn, varied),
        *_ends(varied),
    ]
    axis = {**ENDS, "showticklabels": False, "showgrid": False}
    words = Words(finding(flips, flip), caption(table, flips, flip), alt_text(drawn, flip))
    return forest(words, Plot(rows_of(labels, step=18), layers, axis))


def _label(row: pd.Series, varied: Varied) -> str:
    return label_with(
        str(row["address"]), f"{setting(row['default'])} → {near(varied, row['flips_at'])}"
    )


def _ends(varied: list[Varied]) -> list[Notes]:
    """Both ends of each range in numbers, below its bar."""
    count = len(varied)
    return [
        Notes([setting(each.low) for each in varied], [0] * count, [False] * count, below=True),
        Notes([setting(each.high) for each in varied], [1] * count, [True] * count, below=True),
    ]


def _intervals(drawn: pd.DataFrame, varied: list[Varied]) -> list[tuple[float, float]]:
    """Where the worlds cannot tell the outcome from the level; NaN where that is not known."""
    if "flip_low" not in drawn:
        return [(math.nan, math.nan)] * len(drawn)
    ends = zip(varied, drawn["flip_low"], drawn["flip_high"], strict=True)
    return [(each.place(low), each.place(high)) for each, low, high in ends]


def _ways(drawn: pd.DataFrame, varied: list[Varied]) -> list[tuple[float, float]]:
    """From the scenario's own value to where it flips."""
    ends = zip(varied, drawn["default"], drawn["flips_at"], strict=True)
    return [(each.place(here), each.place(there)) for each, here, there in ends]


def _flips(drawn: pd.DataFrame, varied: list[Varied]) -> Points:
    hover = [
        f"{each.address} flips it at {near(each, row['flips_at'])}{format_interval(row, each)}"
        for (_, row), each in zip(drawn.iterrows(), varied, strict=True)
    ]
    places = [each.place(at) for each, at in zip(varied, drawn["flips_at"], strict=True)]
    return Points("it flips", LOOKS["flip"], places, hover=hover, size=11)


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


def format_span(varied: Varied, low: float, high: float, of: str = " of the range") -> str:
    """An interval such as "0.38 to 0.47"; where it reaches an end it may go on beyond it."""
    start = near(varied, low) if low > varied.low else f"start{of}"
    return f"{start} to {near(varied, high) if high < varied.high else f'end{of}'}"


def of_range(share: float) -> str:
    """Such as "21 %", "under 1 %"."""
    return "under 1\u00a0%" if share < 0.01 else f"{nearest(100 * share)}\u00a0%"


def format_interval(row: pd.Series, varied: Varied) -> str:
    """The interval of a flip in brackets, with a space before it; empty without one."""
    if "flip_low" not in row or math.isnan(row["flip_low"]):
        return ""
    return f" ({format_span(varied, float(row['flip_low']), float(row['flip_high']))})"


def finding(flips: pd.DataFrame, flip: Flip) -> str:
    """What the nearest flip is, or that there is none."""
    if not len(flips):
        return f"{flip.subject}: no single parameter flips it within its range"
    first = flips.iloc[0]
    varied = varied_of(first)
    return (
        f"{flip.subject}: {flip.change} once {first['address']} goes from "
        f"{setting(first['default'])} to {near(varied, first['flips_at'])}"
        f"{format_interval(first, varied)}, {of_range(first['share_of_range'])} of its range away"
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

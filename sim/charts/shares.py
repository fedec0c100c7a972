"""Shares of worlds as dots with intervals, and the record of past crises beside them."""

import math
import textwrap

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.style import (
    BLUE,
    ORANGE,
    RULE,
    TEXT,
    Words,
    finish,
    plain,
)
from realpolitik.sim.charts.wording import (
    frequency,
    how_many_worlds,
    in_worlds,
    percent,
    short_percent,
)

ROW, LINE = 48, 17
"""Height of a row with its label and its dot, and of a second line of a label [px]."""


def outcome_shares(shares: pd.DataFrame, worlds: int) -> go.Figure:
    """Dot and interval of each share, in the order given.

    Columns: label, share, low, high (95 % interval), record, record_low, record_high (NaN where the
    record says nothing). The first row is the one that the title speaks of.
    """
    figure = go.Figure()
    rows = list(range(len(shares)))
    recorded = shares["record"].notna()
    if recorded.any():
        _add_dots(figure, rows, shares, ("record", "record_low", "record_high"))
    _add_dots(figure, rows, shares, ("share", "low", "high"))
    for row, label, share in zip(rows, shares["label"], shares["share"], strict=True):
        _label(figure, row, _lines(label), f" <b>{short_percent(share)}\u00a0%</b>")
    row_height = ROW + LINE * (max(len(_lines(label)) for label in shares["label"]) - 1)
    figure.update_xaxes(
        range=[-1.5, 101.5], tickvals=list(range(0, 101, 20)), title="share of worlds [%]"
    )
    figure.update_yaxes(
        range=[len(rows) - 1 + 19 / row_height, -1 + 14 / row_height],
        tickvals=rows,
        showticklabels=False,
        gridcolor=RULE,
    )
    figure.update_layout(
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "reversed"}
    )
    words = Words(_finding(shares, worlds), _caption(worlds, bool(recorded.any())), _alt(shares))
    return finish(figure, words, height=row_height * len(rows) + 84)


def _add_dots(
    figure: go.Figure, rows: list[int], shares: pd.DataFrame, columns: tuple[str, str, str]
) -> None:
    """Dots of the model (filled) or of the record (open), with their whiskers."""
    value, low, high = (100 * shares[column].astype(float) for column in columns)
    record = columns[0] == "record"
    colour = ORANGE if record else BLUE
    figure.add_scatter(
        x=value,
        y=[row + 0.2 for row in rows] if record else rows,
        mode="markers",
        name="record of past crises" if record else "model",
        marker={
            "color": colour,
            "size": 10 if record else 11,
            "symbol": "diamond-open" if record else "circle",
            "line": {"width": 2, "color": colour},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": high - value,
            "arrayminus": value - low,
            "color": colour,
            "thickness": 1.2 if record else 2.6,
            "width": 3 if record else 0,
        },
        customdata=[[plain(label)] for label in shares["label"]],
        hovertemplate="%{customdata[0]}<br>%{x:.1f} %<extra></extra>",
    )


def _lines(label: str) -> list[str]:
    """A label in one or two lines, each short enough for a narrow page."""
    return textwrap.wrap(label, 44, max_lines=2, placeholder=" …") or [""]


def _label(figure: go.Figure, row: int, lines: list[str], value: str) -> None:
    """The name of a row above its dot, so that it needs no margin and fits a narrow page."""
    figure.add_annotation(
        x=0,
        y=row,
        xanchor="left",
        yanchor="bottom",
        yshift=6,
        xshift=-6,
        text="<br>".join(map(plain, lines)) + value,
        align="left",
        showarrow=False,
        font={"size": TEXT},
        bgcolor="rgba(255,255,255,0.8)",
    )


def _finding(shares: pd.DataFrame, worlds: int) -> str:
    """Such as "Iran strikes Israel: in 63 of 100 worlds, above the record of 57 of 100"."""
    first = shares.iloc[0]
    said = f"{first['label']}: {in_worlds(first['share'], worlds)}"
    if math.isnan(first["record"]):
        return said
    record = frequency(first["record"], 100)
    if first["low"] <= first["record"] <= first["high"]:
        return f"{said}; the interval covers the record of {record}"
    side = "above" if first["share"] > first["record"] else "below"
    return f"{said}, {side} the record of {record}"


def _caption(worlds: int, recorded: bool) -> str:
    said = f"{how_many_worlds(worlds)}; bars 95 % Wilson intervals"
    return (
        f"{said}, thin bars those of the record, from its number of cases."
        if recorded
        else f"{said}."
    )


def _alt(shares: pd.DataFrame) -> str:
    rows = zip(shares["label"], shares["share"], shares["record"], strict=True)
    parts = [
        f"{label} {percent(share)}" + ("" if math.isnan(record) else f" (record {percent(record)})")
        for label, share, record in rows
    ]
    return "Dots with intervals, one row an outcome. " + "; ".join(parts) + "."

"""Shares of worlds as dots with intervals, and the record of past crises beside them."""

import math

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.intervals import bar
from realpolitik.sim.charts.rows import label_lines, label_rows, row_height
from realpolitik.sim.charts.style import BLUE, ORANGE, RULE, Words, finish, plain
from realpolitik.sim.formatting.numbers import (
    frequency,
    how_many_worlds,
    in_worlds,
    percent,
    short_percent,
)


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
    labels = [
        f"{'<br>'.join(map(plain, label_lines(label)))} <b>{short_percent(share)}\u00a0%</b>"
        for label, share in zip(shares["label"], shares["share"], strict=True)
    ]
    label_rows(figure, labels)
    height = row_height(labels)
    figure.update_xaxes(
        range=[-1.5, 101.5], tickvals=list(range(0, 101, 20)), title="share of worlds [%]"
    )
    figure.update_yaxes(
        range=[len(rows) - 1 + 19 / height, -1 + 14 / height],
        tickvals=rows,
        showticklabels=False,
        gridcolor=RULE,
    )
    figure.update_layout(
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "reversed"}
    )
    words = Words(_finding(shares, worlds), _caption(worlds, bool(recorded.any())), _alt(shares))
    return finish(figure, words, height=height * len(rows) + 84)


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
        error_x=bar(
            high - value, value - low, colour, 1.2 if record else 2.6, cap=3 if record else 0
        ),
        customdata=[[plain(label)] for label in shares["label"]],
        hovertemplate="%{customdata[0]}<br>%{x:.1f} %<extra></extra>",
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

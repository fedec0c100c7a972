"""Shares of worlds in which outcomes hold: of a run beside the record, and scenario by scenario."""

import math

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.forest import (
    SHARES,
    Bars,
    Notes,
    Plot,
    Points,
    Row,
    forest,
    label_of,
    label_with,
    rows_of,
)
from realpolitik.sim.charts.sides import Sides
from realpolitik.sim.charts.style import FILLS, LOOKS, PATTERNS, Fill, Words
from realpolitik.sim.formatting.numbers import (
    frequency,
    how_many_worlds,
    in_worlds,
    percent,
    short_percent,
)

BAR = 17
"""Height of a bar [px]."""


def outcome_shares(shares: pd.DataFrame, worlds: int) -> go.Figure:
    """Dot and interval of each share, in the order given.

    Columns: label, share, low, high (95 % interval), record, record_low, record_high (NaN where the
    record says nothing); assumed_low and assumed_high where settings of the numbers were looked at.
    The first row is the one that the title speaks of.
    """
    recorded = bool(shares["record"].notna().any())
    labels = [
        label_with(str(label), f"{short_percent(share)}\u00a0%")
        for label, share in zip(shares["label"], shares["share"], strict=True)
    ]
    points = [_points(shares, "model", ("share", "low", "high"), 0)]
    if recorded:
        points.append(_points(shares, "record", ("record", "record_low", "record_high"), 1))
    marks = 1 + shares["record"].notna().astype(int)
    rows = [Row(label, count, 13) for label, count in zip(labels, marks, strict=True)]
    caption = _caption(worlds, recorded, assumed="assumed_low" in shares)
    words = Words(_finding(shares, worlds), caption, _alt(shares))
    return forest(words, Plot(rows, points, SHARES))


def _points(shares: pd.DataFrame, look: str, columns: tuple[str, str, str], place: int) -> Points:
    """Marks of the model (filled) or of the record (hollow), with their intervals."""
    value, low, high = (100 * shares[column].astype(float) for column in columns)
    hover = [
        f"{label}, {look}: {percent(share)}"
        for label, share in zip(shares["label"], shares[columns[0]], strict=True)
    ]
    name = "record of past crises" if look == "record" else look
    if look == "record":
        return Points(name, LOOKS[look], value, outer=(low, high), place=place, hover=hover)
    outer = None
    if "assumed_low" in shares:
        outer = (100 * shares["assumed_low"], 100 * shares["assumed_high"])
    return Points(name, LOOKS[look], value, (low, high), outer, place=place, hover=hover)


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


def _caption(worlds: int, recorded: bool, *, assumed: bool) -> str:
    said = f"{how_many_worlds(worlds)}; {'thick ' if assumed else ''}bars 95 % Wilson intervals"
    if assumed:
        said += ", thin bars what is assumed (95 % of settings)"
    if recorded:
        between = (
            "; of the record the interval is" if assumed else ", thin bars those of the record,"
        )
        said += f"{between} from its number of cases"
    return f"{said}."


def _alt(shares: pd.DataFrame) -> str:
    rows = zip(shares["label"], shares["share"], shares["record"], strict=True)
    parts = [
        f"{label} {percent(share)}" + ("" if math.isnan(record) else f" (record {percent(record)})")
        for label, share, record in rows
    ]
    return "Dots with intervals, one row an outcome. " + "; ".join(parts) + "."


def outcome_bars(levels: pd.DataFrame, sides: Sides) -> go.Figure:
    """In how many worlds each outcome holds, by scenario, and pale in how many it does not.

    Columns: scenario, outcome, label, mean, low, high (95 % interval), worlds.
    """
    rows = levels[levels["scenario"].isin(sides.drawn)].dropna(subset=["mean"])
    outcomes = list(dict.fromkeys(rows["outcome"]))
    labels = list(rows.drop_duplicates("outcome")["label"].astype(str))
    layers = [
        layer
        for place, key in enumerate(sides.drawn)
        for layer in _bars(rows[rows["scenario"] == key], outcomes, place, key, sides)
    ]
    caption = sides.caption(
        "each bar is all worlds, the strong part those in which it happens; whiskers are 95 % "
        "Wilson intervals of each scenario by itself. Whether whiskers overlap says little about a "
        "difference: see the chart of differences."
    )
    words = Words(_finding_of_sides(rows, sides), caption, _alt_of_sides(rows, sides))
    plot = rows_of(map(label_of, labels), len(sides.drawn), BAR)
    return forest(words, Plot(plot, layers, {**SHARES, "range": [0, 100.5], "showgrid": False}))


def _bars(
    of: pd.DataFrame, outcomes: list[str], place: int, key: str, sides: Sides
) -> list[Bars | Notes]:
    """The bars of a scenario: all worlds, and those in which it happens with its interval.

    The share stands beside the interval, or in the bar where there is no room beside.
    """
    rows = [outcomes.index(name) for name in of["outcome"]]
    share, low, high = (100 * of[name] for name in ("mean", "low", "high"))
    colour = sides.mark(key).colour
    within = [bool(start > 90) for start in low]
    ends = [
        start if is_within else end for start, end, is_within in zip(low, high, within, strict=True)
    ]
    hover = [percent(float(value)) for value in of["mean"]]
    texts = [f"<b>{short_percent(value)}</b>" for value in of["mean"]]
    fill = Fill(colour, PATTERNS[place], edge=colour)
    whole = [100.0] * len(of)
    return [
        Bars("", FILLS["none"], whole, rows=rows, place=place),
        Bars(sides.named(key), fill, share, None, (low, high), (), rows, place, hover),
        Notes(texts, ends, within, rows, place),
    ]


def _finding_of_sides(rows: pd.DataFrame, sides: Sides) -> str:
    """The outcome whose share goes farthest apart between scenarios, and where it does."""
    if rows.empty:
        return "No outcome that is a share has a value"
    grouped = rows.groupby("outcome", sort=False)["mean"]
    widest = (grouped.max() - grouped.min()).idxmax()
    of = rows[rows["outcome"] == widest]
    least, most = of.iloc[int(of["mean"].argmin())], of.iloc[int(of["mean"].argmax())]
    if least["mean"] == most["mean"]:
        return "No share is seen to differ between the scenarios"
    return (
        f"{of['label'].iloc[0]}: {in_worlds(float(least['mean']), int(least['worlds']))} in "
        f"“{sides.titles[least['scenario']]}”, "
        f"{in_worlds(float(most['mean']), int(most['worlds']))} in "
        f"“{sides.titles[most['scenario']]}”"
    )


def _alt_of_sides(rows: pd.DataFrame, sides: Sides) -> str:
    parts = [
        f"{row['label']}, {sides.titles[row['scenario']]}: {percent(float(row['mean']))}"
        for _, row in rows.iterrows()
    ]
    return "Bars of all worlds, one a scenario and outcome. " + "; ".join(parts) + "."

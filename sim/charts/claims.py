"""How far the effects behind the verdicts on claims go: a dot a claim, grouped by verdict."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.rows import WIDEST
from realpolitik.sim.charts.style import (
    BLUE,
    FAINT,
    GREY,
    INK,
    ORANGE,
    PAPER,
    PINK,
    TEXT,
    Mark,
    Words,
    annotate,
    finish,
    plain,
)

GROUPS = {
    "fails": Mark(ORANGE, "solid", "x"),
    "undecided": Mark(PINK, "dot", "diamond"),
    "holds": Mark(BLUE, "solid", "circle"),
}
"""Verdict → its mark, in the order of the groups from above."""

SIGNS = {"holds": "✓", "fails": "✗", "undecided": "?", "not testable": "–"}
"""Verdict → its sign; a word always stands beside it."""

ALIKE = ("same", "within")
TICKS = (-1000, -100, -10, -1, 0, 1, 10, 100, 1000)

HEADING, LABEL, DOT, LINE, PITCH = 30, 20, 24, 17, 9
"""Heights [px]: heading of a group, first line of a label, its dot, a further line, a bare row."""

Note = dict[str, Any]


TURNED = ("lower", "below")


FARTHEST = 1000.0


@dataclass(frozen=True)
class Ruler:
    """What effects are measured in.

    Attributes:
        axis: Title of the axis.
        title: The finding, with places for {holds}, {fails}, {undecided} and {claims}.
        caption: How to read it.
    """

    axis: str
    title: str
    caption: str


SIZED = Ruler(
    "effect, in units of the smallest that matters",
    "Of {claims} claims with a smallest effect that matters {holds} hold, {fails} fail and "
    "{undecided} stay undecided",
    "Right of the shaded band lies an effect that goes the way the claim says and matters; within "
    "the band it is too small. Squares: nothing should change, so they should lie within the band.",
)


ANY = Ruler(
    "effect, in units of half its 95 % interval",
    "Of {claims} claims where any effect counts, or a level, {holds} hold, {fails} fail and "
    "{undecided} stay undecided",
    "Right of the shaded band lies an effect that goes the way the claim says, or a level on the "
    "side it should be, beyond chance; within the band chance may explain it.",
)


def claim_effects(table: pd.DataFrame, ruler: Ruler) -> go.Figure:
    """Effects turned so that right is what the claim says, with intervals, grouped by verdict.

    One row a claim; columns: claim, verdict (fails, undecided or holds), expect, effect, low,
    high, by (the smallest effect that matters, or 0: then half its interval is the unit). Those
    that hold are drawn close together, without their names.
    """
    drawn = placed(table)
    figure = go.Figure()
    height = 0.0
    for verdict, mark in GROUPS.items():
        rows = drawn[drawn["verdict"] == verdict]
        if len(rows):
            height = _add_group(figure, rows, verdict, mark, height)
    _add_band(figure, drawn, ruler)
    figure.update_yaxes(range=[height + 8, 0], showgrid=False, showticklabels=False)
    figure.update_layout(showlegend=False)
    return finish(figure, _words(table, drawn, ruler), height=max(60, round(height)) + 66 + 8)


def _add_group(
    figure: go.Figure, rows: pd.DataFrame, verdict: str, mark: Mark, top: float
) -> float:
    """A heading, and the rows below it; returns where they end [px from above]."""
    notes = [_note(f"<b>{SIGNS[verdict]} {verdict}</b> ({len(rows)})", top + HEADING - 4, INK)]
    top += HEADING
    if verdict == "holds":
        heights = [top + PITCH * (place + 1) for place in range(len(rows))]
        end = top + PITCH * (len(rows) + 1)
    else:
        labels, heights, end = _labelled(rows["claim"].tolist(), top)
        notes += labels
    annotate(figure, notes)
    _add_dots(figure, rows, heights, mark, size=7 if verdict == "holds" else 10)
    return end


def _labelled(claims: Sequence[str], top: float) -> tuple[list[Note], list[float], float]:
    """Names above their dots: the names, where the dots lie, and where the last row ends."""
    labels, heights = [], []
    for claim in claims:
        told = textwrap.wrap(claim, WIDEST) or [""]
        top += LABEL + LINE * (len(told) - 1)
        labels.append(_note("<br>".join(map(plain, told)), top, GREY))
        heights.append(top + DOT / 2)
        top += DOT
    return labels, heights, top + 8


def _note(text: str, bottom: float, colour: str) -> Note:
    return {
        "x": 0,
        "xref": "x domain",
        "xanchor": "left",
        "y": bottom,
        "yanchor": "bottom",
        "text": text,
        "align": "left",
        "showarrow": False,
        "font": {"size": TEXT, "color": colour},
    }


def _add_dots(
    figure: go.Figure, rows: pd.DataFrame, heights: list[float], mark: Mark, size: int
) -> None:
    x, low, high = (np.arcsinh(rows[name]) for name in ("x", "x_low", "x_high"))
    figure.add_scatter(
        x=x,
        y=heights,
        mode="markers",
        marker={
            "symbol": ["square" if one in ALIKE else mark.symbol for one in rows["expect"]],
            "size": size,
            "color": mark.colour,
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": high - x,
            "arrayminus": x - low,
            "color": mark.colour,
            "thickness": 1.4,
            "width": 0 if size < 10 else 4,
        },
        customdata=[[plain(_hover(row))] for _, row in rows.iterrows()],
        hovertemplate="%{customdata[0]}<extra></extra>",
    )


def _add_band(figure: go.Figure, drawn: pd.DataFrame, ruler: Ruler) -> None:
    """The band of what is too small, the line of nothing, and ticks where they are needed."""
    low, high = min(drawn["x_low"].min(), -3.0), max(drawn["x_high"].max(), 3.0)
    edges = np.arcsinh([low, high] if len(drawn) else [-3.0, 3.0])
    inside = [tick for tick in TICKS if edges[0] - 0.1 <= math.asinh(tick) <= edges[1] + 0.1]
    edge = math.asinh(1)
    figure.add_vrect(x0=-edge, x1=edge, fillcolor=FAINT, line_width=0, layer="below")
    figure.add_vline(x=0, line={"color": PAPER, "width": 3}, layer="below")
    figure.update_xaxes(
        title=ruler.axis,
        range=[edges[0] - 0.25, edges[1] + 0.25],
        tickvals=[math.asinh(tick) for tick in inside],
        ticktext=[f"{tick:+,}".replace("-", "−") if tick else "0" for tick in inside],
    )


def _hover(row: pd.Series) -> str:
    numbers = (f"{row[name]:+.3g}" for name in ("effect", "low", "high"))
    effect, low, high = (one.replace("-", "−") for one in numbers)
    return f"{row['claim']} {effect} ({low} to {high})"


def _words(table: pd.DataFrame, drawn: pd.DataFrame, ruler: Ruler) -> Words:
    count = {verdict: int((table["verdict"] == verdict).sum()) for verdict in GROUPS}
    lost = len(table) - len(drawn)
    said = [ruler.caption, "Whiskers: 95 % intervals, paired where something is changed."]
    said.append("Beyond 1 the scale is logarithmic.")
    if lost:
        said.append(f"Not drawn: {lost} without an interval.")
    parts = [
        f"{verdict}: {', '.join(drawn.loc[drawn['verdict'] == verdict, 'claim']) or 'none'}"
        for verdict in ("fails", "undecided")
    ]
    alt = f"One dot a claim, {ruler.axis}. {'; '.join(parts)}; holds: {count['holds']} claims."
    return Words(ruler.title.format(claims=len(table), **count), " ".join(said), alt)


"""Units beyond which a dot is drawn at the edge."""


def placed(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that have an interval, with where they lie: x, x_low, x_high in units."""
    known = table.dropna(subset=["effect", "low", "high"])
    half = (known["high"] - known["low"]) / 2
    unit = known["by"].where(known["by"] > 0, half)
    sign = np.where(known["expect"].isin(TURNED), -1.0, 1.0)
    ends = {
        name: [_units(one, by) for one, by in zip(sign * known[column], unit, strict=True)]
        for name, column in (("x", "effect"), ("one", "low"), ("other", "high"))
    }
    found = known.assign(**ends)
    found["x_low"] = found[["one", "other"]].min(axis=1)
    found["x_high"] = found[["one", "other"]].max(axis=1)
    return found.sort_values("x", ascending=False, kind="stable")


def _units(effect: float, unit: float) -> float:
    """An effect in units; what is sure to the last digit is as far away as can be."""
    if effect == 0 or not unit:
        return math.copysign(FARTHEST, effect) if effect else 0.0
    return min(max(effect / unit, -FARTHEST), FARTHEST)

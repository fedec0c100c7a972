"""How far the effects behind the verdicts on claims go: a dot a claim, grouped by verdict."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.forest import Layer, Plot, Points, Row, forest, label_of
from realpolitik.sim.charts.style import FAINT, PAPER, SAME, VERDICTS, Words, add_shapes

GROUPS = tuple(VERDICTS)
"""Verdicts, in the order of the groups from above."""

SIGNS = {"holds": "✓", "fails": "✗", "undecided": "?", "not testable": "–"}
"""Verdict → its sign; a word always stands beside it."""

ALIKE = ("same", "within")
TICKS = (-1000, -100, -10, -1, 0, 1, 10, 100, 1000)

PITCH = 9
"""Height of a row without a label [px]."""

TURNED = ("lower", "below")


FARTHEST = 1000.0
"""Units beyond which a dot is drawn at the edge."""


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
    rows, layers = list[Row](), list[Layer]([_Band()])
    for verdict in GROUPS:
        of = drawn[drawn["verdict"] == verdict]
        if len(of):
            layers.append(_points(of, verdict, first=len(rows) + 1))
            rows += _rows(of["claim"].tolist(), verdict)
    plot = Plot(rows, layers, _axis(drawn, ruler))
    return forest(_words(table, drawn, ruler), plot).update_annotations(bgcolor=None)


def _rows(claims: list[str], verdict: str) -> Iterator[Row]:
    """A heading, and a row a claim below it."""
    yield Row(f"<b>{SIGNS[verdict]} {verdict}</b> ({len(claims)})", marks=0)
    for claim in claims:
        yield Row(step=PITCH) if verdict == "holds" else Row(label_of(claim, most=None))


def _points(rows: pd.DataFrame, verdict: str, first: int) -> Points:
    x, low, high = (np.arcsinh(rows[name]) for name in ("x", "x_low", "x_high"))
    mark = VERDICTS[verdict]
    return Points(
        "",
        mark,
        x,
        (low, high),
        rows=range(first, first + len(rows)),
        symbols=[SAME if one in ALIKE else mark.symbol for one in rows["expect"]],
        hover=[_hover(row) for _, row in rows.iterrows()],
        size=7 if verdict == "holds" else 10,
        thickness=1.4,
        cap=0 if verdict == "holds" else 4,
    )


class _Band:
    """The band of what is too small, over all rows, and in it the line of nothing."""

    def draw(self, figure: go.Figure, plot: Plot, number: int) -> None:
        """Shapes below all marks."""
        ends = {"x0": -math.asinh(1), "x1": math.asinh(1), "y0": 0, "y1": plot.height}
        band = {"type": "rect", **ends, "fillcolor": FAINT, "line": {"width": 0}}
        zero = {"type": "line", **ends, "x0": 0, "x1": 0, "line": {"color": PAPER, "width": 3}}
        add_shapes(figure, ({**each, "layer": "below"} for each in (band, zero)))


def _axis(drawn: pd.DataFrame, ruler: Ruler) -> dict[str, Any]:
    """The axis, with ticks where they are needed."""
    low, high = min(drawn["x_low"].min(), -3.0), max(drawn["x_high"].max(), 3.0)
    edges = np.arcsinh([low, high] if len(drawn) else [-3.0, 3.0])
    inside = [tick for tick in TICKS if edges[0] - 0.1 <= math.asinh(tick) <= edges[1] + 0.1]
    return {
        "title": ruler.axis,
        "range": [edges[0] - 0.25, edges[1] + 0.25],
        "tickvals": [math.asinh(tick) for tick in inside],
        "ticktext": [f"{tick:+,}".replace("-", "−") if tick else "0" for tick in inside],
    }


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

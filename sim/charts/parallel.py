"""Points as lines over the addresses: where those of the case of interest lie, among all."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.forest import (
    ENDS,
    Layer,
    Plot,
    Spans,
    defaults,
    forest,
    label_with,
    rows_of,
)
from realpolitik.sim.charts.style import BLUE, GREY, INK, Words, translucent
from realpolitik.sim.formatting.scales import MeasuredOutcome, Varied, how_many, setting_span

MOST = 8
"""Addresses that are drawn."""

LINES = {True: 60, False: 150}
"""Lines in the case and of others that are drawn at most, spread evenly over the points."""


@dataclass(frozen=True)
class Case:
    """The case of interest: an outcome, and in words what it is in that case."""

    measure: MeasuredOutcome
    said: str


def parallel(points: pd.DataFrame, varied: Sequence[Varied], case: Case, further: int) -> go.Figure:
    """A line a point across the axes of up to eight addresses; those in the case drawn strongly.

    Columns: a column an address, mean (of the case's outcome), inside (whether in the case), n
    (worlds). The axes lie one above the other, in the order given, and the outcome's own comes
    last. `further` addresses were varied but are not drawn.
    """
    varied = varied[:MOST]
    known = points.dropna(subset=["mean"])
    outcome = _outcome_axis(known)
    axes, inside = [*varied, outcome], known[known["inside"]]
    layers: list[Layer] = [
        _Lines(known[~known["inside"]], axes, strong=False),
        _Lines(inside, axes, strong=True),
        Spans("middle half of the case", _middles(inside, axes), {"color": INK, "width": 7}),
        defaults(varied),
    ]
    labels = [_axis_label(each) for each in varied]
    labels.append(label_with(case.measure.label, _outcome_span(known, case.measure)))
    words = Words(
        _finding(known, varied, case), _caption(known, case, further), _alt(known, varied, case)
    )
    return forest(words, Plot(rows_of(labels), layers, {**ENDS, "showgrid": False}))


def _outcome_axis(points: pd.DataFrame) -> Varied:
    low, high = (points["mean"].min(), points["mean"].max()) if len(points) else (0.0, 1.0)
    return Varied("mean", float(low), float(high))


def _axis_label(varied: Varied) -> str:
    return label_with(varied.address, setting_span(varied.low, varied.high))


def _outcome_span(points: pd.DataFrame, measure: MeasuredOutcome) -> str:
    if not len(points):
        return "no value"
    return f"{measure.text(points['mean'].min())} to {measure.text(points['mean'].max())}"


@dataclass(frozen=True)
class _Lines:
    """A line a point across all rows, those in the case of interest strongly."""

    points: pd.DataFrame
    axes: Sequence[Varied]
    strong: bool

    def draw(self, figure: go.Figure, plot: Plot, number: int) -> None:
        """All of them as one trace, with gaps between them."""
        kept = thinned(self.points, LINES[self.strong])
        places = np.array(
            [[axis.place(float(value)) for value in kept[axis.address]] for axis in self.axes]
        ).reshape(len(self.axes), len(kept))
        gaps = np.full((1, len(kept)), np.nan)
        heights = [plot.at(row) for row in range(len(self.axes))]
        strong, weak = (translucent(BLUE, 0.5), 1.6), (translucent(GREY, 0.22), 0.9)
        colour, width = strong if self.strong else weak
        figure.add_scatter(
            x=np.vstack([places, gaps]).T.ravel(),
            y=np.tile([*heights, np.nan], len(kept)),
            mode="lines",
            name="points in the case" if self.strong else "other points",
            line={"color": colour, "width": width},
            hoverinfo="skip",
            showlegend=True,
            row=number,
            col=1,
        )


def thinned(points: pd.DataFrame, most: int) -> pd.DataFrame:
    """At most so many of the points, evenly over their order."""
    if len(points) <= most:
        return points
    return points.iloc[np.linspace(0, len(points) - 1, most).round().astype(int)]


def _middles(inside: pd.DataFrame, axes: Sequence[Varied]) -> list[tuple[float, float]]:
    """On each axis the middle half of the case."""
    if not len(inside):
        return []
    halves = [(axis, _middle_half(inside, axis)) for axis in axes]
    return [(axis.place(low), axis.place(high)) for axis, (low, high) in halves]


def _middle_half(inside: pd.DataFrame, axis: Varied) -> tuple[float, float]:
    low, high = inside[axis.address].quantile([0.25, 0.75])
    return float(low), float(high)


def telling(points: pd.DataFrame, varied: Sequence[Varied]) -> tuple[Varied, float, float] | None:
    """The address whose values in the case differ most from all, and their middle half."""
    inside = points[points["inside"]]
    if not len(inside) or len(inside) == len(points):
        return None
    gaps = [
        abs(each.place(float(inside[each.address].median())) - _middle(points, each))
        for each in varied
    ]
    most = varied[int(np.argmax(gaps))]
    return most, *_middle_half(inside, most)


def _middle(points: pd.DataFrame, varied: Varied) -> float:
    return varied.place(float(points[varied.address].median()))


def _finding(points: pd.DataFrame, varied: Sequence[Varied], case: Case) -> str:
    inside = int(points["inside"].sum())
    often = f"{case.measure.label}: {case.said} at {inside:,} of {len(points):,} points"
    found = telling(points, varied)
    if found is None:
        return often
    most, low, high = found
    if most.near(low) == most.near(high):
        same = int(
            points.loc[points["inside"], most.address].map(most.near).eq(most.near(low)).sum()
        )
        which = "all" if same == inside else f"{same:,}"
        return f"{often}, {which} of them with {most.address} at {most.near(low)}"
    return (
        f"{often}, half of them with {most.address} between {most.near(low)} and {most.near(high)}"
    )


def _caption(points: pd.DataFrame, case: Case, further: int) -> str:
    said = [
        f"One line a point, {how_many(list(points['n']), 'worlds a point')}, strong: the outcome "
        f"is {case.said}. Each axis runs from the low to the high end of its range."
    ]
    if "low" in points and len(points):
        width = float((points["high"] - points["low"]).mean())
        said.append(f"A point’s 95 % interval is {case.measure.size(width)} wide on average.")
    if any((points["inside"] == strong).sum() > most for strong, most in LINES.items()):
        said.append(f"At most {LINES[True]} strong and {LINES[False]} other lines are drawn.")
    if further:
        said.append(f"The {MOST} addresses that matter most here; {further} more were varied.")
    return " ".join(said)


def _alt(points: pd.DataFrame, varied: Sequence[Varied], case: Case) -> str:
    inside, parts = points[points["inside"]], []
    for each in varied if len(inside) else ():
        low, high = _middle_half(inside, each)
        parts.append(f"{each.address} {each.near(low)} to {each.near(high)}")
    said = "; ".join(parts) or "none"
    return (
        f"Lines over the addresses. Middle half of the points in which it is {case.said}: {said}."
    )

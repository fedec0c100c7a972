"""Points as lines over the addresses: where those of the case of interest lie, among all."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.rows import add_defaults, label_rows, label_with, row_axis, top_legend
from realpolitik.sim.charts.style import BLUE, GREY, INK, Words, finish, translucent
from realpolitik.sim.formatting.scales import Measure, Varied, how_many, setting_span

MOST = 8
"""Addresses that are drawn."""

LINES = {True: 60, False: 150}
"""Lines in the case and of others that are drawn at most, spread evenly over the points."""


@dataclass(frozen=True)
class Case:
    """The case of interest: an outcome, and in words what it is in that case."""

    measure: Measure
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
    figure = go.Figure()
    _add_lines(figure, known[~known["inside"]], [*varied, outcome], strong=False)
    _add_lines(figure, known[known["inside"]], [*varied, outcome], strong=True)
    _add_middles(figure, known[known["inside"]], [*varied, outcome])
    add_defaults(figure, varied)
    labels = [_axis_label(each) for each in varied]
    labels.append(label_with(case.measure.label, _outcome_span(known, case.measure)))
    label_rows(figure, labels, lift=9)
    height = row_axis(figure, labels)
    figure.update_xaxes(
        range=[-0.03, 1.03],
        tickvals=[0, 1],
        ticktext=["low end", "high end"],
        showgrid=False,
    )
    top_legend(figure)
    words = Words(
        _finding(known, varied, case), _caption(known, case, further), _alt(known, varied, case)
    )
    return finish(figure, words, height=height + 124)


def _outcome_axis(points: pd.DataFrame) -> Varied:
    low, high = (points["mean"].min(), points["mean"].max()) if len(points) else (0.0, 1.0)
    return Varied("mean", float(low), float(high))


def _axis_label(varied: Varied) -> str:
    return label_with(varied.address, setting_span(varied.low, varied.high))


def _outcome_span(points: pd.DataFrame, measure: Measure) -> str:
    if not len(points):
        return "no value"
    return f"{measure.said(points['mean'].min())} to {measure.said(points['mean'].max())}"


def _add_lines(
    figure: go.Figure, points: pd.DataFrame, axes: Sequence[Varied], strong: bool
) -> None:
    """All lines of one kind as one trace, with gaps between them."""
    kept = thinned(points, LINES[strong])
    places = np.array(
        [[axis.place(float(value)) for value in kept[axis.address]] for axis in axes]
    ).reshape(len(axes), len(kept))
    gaps = np.full((1, len(kept)), np.nan)
    x = np.vstack([places, gaps]).T.ravel()
    y = np.tile([*range(len(axes)), np.nan], len(kept))
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines",
        name="points in the case" if strong else "other points",
        line={
            "color": translucent(BLUE, 0.5) if strong else translucent(GREY, 0.22),
            "width": 1.6 if strong else 0.9,
        },
        hoverinfo="skip",
    )


def thinned(points: pd.DataFrame, most: int) -> pd.DataFrame:
    """At most so many of the points, evenly over their order."""
    if len(points) <= most:
        return points
    return points.iloc[np.linspace(0, len(points) - 1, most).round().astype(int)]


def _add_middles(figure: go.Figure, inside: pd.DataFrame, axes: Sequence[Varied]) -> None:
    """On each axis a bar over the middle half of the case."""
    if not len(inside):
        return
    ends = [[axis.place(float(end)) for end in _middle_half(inside, axis)] for axis in axes]
    figure.add_scatter(
        x=[place for low, high in ends for place in (low, high, None)],
        y=[place for row in range(len(ends)) for place in (row, row, None)],
        mode="lines",
        name="middle half of the case",
        line={"color": INK, "width": 7},
        hoverinfo="skip",
    )


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

"""Under what conditions the case of interest holds: a box of values, and how it was found."""

import math
from collections.abc import Mapping

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
from realpolitik.sim.charts.parallel import Case
from realpolitik.sim.charts.style import (
    BLUE,
    GREY,
    INK,
    LIGHT,
    LOOKS,
    Words,
    finish,
)
from realpolitik.sim.formatting.numbers import listing, nearest
from realpolitik.sim.formatting.scales import Varied, setting_span
from realpolitik.sim.stats.intervals import wilson


def box_limits(
    boxes: pd.DataFrame, steps: pd.DataFrame, varied: Mapping[str, Varied], case: Case
) -> go.Figure:
    """The range of the chosen box on the whole range of each address that it restricts.

    Columns of boxes, a row an address that is restricted, at least one: address, low, high
    (limits), coverage, density, n_points, p_value (quasi-p of the restriction, from the same
    points), cases (points in the case, in all), uncertain (points whose interval covers the
    level); of steps, a row a step of the search: box (0 the whole space), density. `varied` is by
    address.
    """
    whole = [varied[str(address)] for address in boxes["address"]]
    ends = [
        (each.place(max(low, each.low)), each.place(min(high, each.high)))
        for each, low, high in zip(whole, boxes["low"], boxes["high"], strict=True)
    ]
    layers: list[Layer] = [
        Spans("whole range", [(0.0, 1.0)] * len(ends), {"color": LIGHT, "width": 4}),
        Spans("in the box", ends, {"color": BLUE, "width": 9}),
        defaults(whole),
    ]
    labels = [
        label_with(each.address, f"{each.within(low, high)}{_luck(p_value)}")
        for each, low, high, p_value in zip(
            whole, *(boxes[name] for name in ("low", "high", "p_value")), strict=True
        )
    ]
    title = f"{case.measure.label}: {describe_box(boxes, steps, varied, case)}"
    words = Words(title, _caption(boxes), _alt(boxes, whole))
    return forest(words, Plot(rows_of(labels), layers, {**ENDS, "showgrid": False}))


def _luck(p_value: float) -> str:
    return " (may be luck)" if math.isfinite(p_value) and p_value > 0.05 else ""


def describe_box(
    boxes: pd.DataFrame, steps: pd.DataFrame, varied: Mapping[str, Varied], case: Case
) -> str:
    """Such as "in more than 5 % of worlds at 78 % of the points where …, against 20 % of all"."""
    limits = zip(boxes["address"], boxes["low"], boxes["high"], strict=True)
    where = [f"{address} is {varied[address].within(low, high)}" for address, low, high in limits]
    said = listing(where) if len(where) <= 3 else f"{len(where)} addresses keep to the box"
    dense = whole_percent(float(boxes["density"].iloc[0]))
    whole = whole_percent(first_density(steps))
    return f"{case.said} at {dense} of the points where {said}, against {whole} of all points"


def whole_percent(share: float) -> str:
    """A share in whole percent."""
    return f"{nearest(100 * share)} %" if math.isfinite(share) else "an unknown share"


def first_density(steps: pd.DataFrame) -> float:
    """Share of all points that are in the case."""
    return float(steps["density"].iloc[int(steps["box"].argmin())])


def _interval(share: float, n: float) -> str:
    low, high = map(float, wilson(share, round(n)))
    return f"{whole_percent(share)} ({whole_percent(low)} to {whole_percent(high)})"


def _caption(boxes: pd.DataFrame) -> str:
    names = ("n_points", "density", "coverage", "cases", "uncertain")
    n, density, coverage, cases, uncertain = (float(boxes[name].iloc[0]) for name in names)
    doubt = "point’s own interval covers" if uncertain == 1 else "points’ own intervals cover"
    return (
        f"{round(n):,} points in the box. Density, the share of them in the case: "
        f"{_interval(density, n)}. Coverage, the share of the {round(cases):,} points of the case "
        f"that lie in the box: {_interval(coverage, cases)}. 95 % Wilson intervals; the box was "
        f"fitted to these points, at others it does a little worse, and quasi-p values, of the "
        f"same points, are too small. {round(uncertain):,} {doubt} the level."
    )


def _alt(boxes: pd.DataFrame, whole: list[Varied]) -> str:
    parts = [
        f"{each.address} {each.within(low, high)}, of {setting_span(each.low, each.high)}"
        for each, low, high in zip(whole, boxes["low"], boxes["high"], strict=True)
    ]
    return f"Bars of the box on the whole range of each address. {'; '.join(parts)}."


def peeling(steps: pd.DataFrame, case: Case) -> go.Figure:
    """Density against coverage of each box, from the whole space inward, the chosen one marked.

    Columns: box (0 the whole space), coverage, density, n_points, chosen.
    """
    steps = steps.sort_values("box", kind="stable")
    figure = go.Figure()
    figure.add_scatter(
        x=100 * steps["coverage"],
        y=100 * steps["density"],
        mode="lines+markers",
        line={"color": GREY, "width": 1.5},
        marker={"color": BLUE, "size": 7},
        customdata=list(zip(steps["box"], steps["n_points"], strict=True)),
        hovertemplate="step %{customdata[0]}, %{customdata[1]} points: coverage %{x:.0f} %, "
        "density %{y:.0f} %<extra></extra>",
        showlegend=False,
    )
    _mark(figure, steps.head(1), "all points", left=False)
    chosen = steps[steps["chosen"].astype(bool) & (steps["box"] != steps["box"].iloc[0])]
    _mark(figure, chosen, "the box", left=True)
    figure.update_xaxes(title="coverage: share of the case inside [%]", range=[-4, 106])
    figure.update_yaxes(title="density: share in the case [%]", range=[-4, 108])
    return finish(figure, _words(steps, chosen, case), height=330)


def _mark(figure: go.Figure, rows: pd.DataFrame, name: str, *, left: bool) -> None:
    """Marks a step and names it below, on the side where there is room."""
    figure.add_scatter(
        x=100 * rows["coverage"],
        y=100 * rows["density"],
        mode="markers",
        marker=LOOKS[name].marker(15),
        hoverinfo="skip",
        showlegend=False,
    )
    for x, y in zip(100 * rows["coverage"], 100 * rows["density"], strict=True):
        figure.add_annotation(
            x=x,
            y=y,
            text=f"<b>{name}</b>",
            showarrow=False,
            xanchor="right" if x > 50 else "left",
            yanchor="top" if left or y > 50 else "bottom",
            xshift=-10 if x > 50 else 10,
            yshift=-4 if left or y > 50 else 4,
            font={"color": INK},
        )


def _words(steps: pd.DataFrame, chosen: pd.DataFrame, case: Case) -> Words:
    first = whole_percent(first_density(steps))
    title = f"{case.measure.label}: no box does better than the whole space ({first} in the case)"
    if len(chosen):
        dense, kept = (
            whole_percent(float(chosen[name].iloc[0])) for name in ("density", "coverage")
        )
        title = (
            f"{case.measure.label}: the box raises the share of points in the case from {first} "
            f"to {dense}, and keeps {kept} of the case"
        )
    caption = (
        f"{int(steps['n_points'].iloc[0]):,} points at first; each step cuts some of them off at "
        f"one end of one address. The case: {case.said}. The chosen box balances the two best."
    )
    parts = [
        f"{whole_percent(coverage)} and {whole_percent(density)}"
        for coverage, density in zip(steps["coverage"], steps["density"], strict=True)
    ]
    alt = f"Line of coverage and density in {len(steps)} boxes, from {parts[0]} to {parts[-1]}."
    return Words(title, caption, alt)

"""Under what conditions the case of interest holds: a box of values, and how it was found."""

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.rows import add_defaults, label_rows, label_with, row_axis, top_legend
from realpolitik.sim.charts.study.parallel import Case
from realpolitik.sim.charts.style import BLUE, LIGHT, SMALL, Words, finish
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
    figure = go.Figure()
    ends = [
        (each.place(max(low, each.low)), each.place(min(high, each.high)))
        for each, low, high in zip(whole, boxes["low"], boxes["high"], strict=True)
    ]
    _add_bars(figure, [(0.0, 1.0)] * len(ends), "whole range", LIGHT, 4)
    _add_bars(figure, ends, "in the box", BLUE, 9)
    add_defaults(figure, whole)
    labels = [
        label_with(each.address, f"{each.within(low, high)}{_luck(p_value)}")
        for each, low, high, p_value in zip(
            whole, *(boxes[name] for name in ("low", "high", "p_value")), strict=True
        )
    ]
    label_rows(figure, labels, lift=9)
    height = row_axis(figure, labels)
    figure.update_xaxes(
        range=[-0.03, 1.03], tickvals=[0, 1], ticktext=["low end", "high end"], showgrid=False
    )
    top_legend(figure)
    figure.update_layout(legend={"font": {"size": SMALL}})
    title = f"{case.measure.label}: {box_said(boxes, steps, varied, case)}"
    words = Words(title, _caption(boxes), _alt(boxes, whole))
    return finish(figure, words, height=height + 84)


def _luck(p_value: float) -> str:
    return " (may be luck)" if math.isfinite(p_value) and p_value > 0.05 else ""


def _add_bars(
    figure: go.Figure, ends: list[tuple[float, float]], name: str, colour: str, width: int
) -> None:
    """A thick line a row, from end to end."""
    figure.add_scatter(
        x=[place for low, high in ends for place in (low, high, None)],
        y=[place for row in range(len(ends)) for place in (row, row, None)],
        mode="lines",
        name=name,
        line={"color": colour, "width": width},
        hoverinfo="skip",
    )


def box_said(
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

"""How a box was found: step by step, fewer points of the case for a greater share among them."""

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.study.boxes import first_density, whole_percent
from realpolitik.sim.charts.study.parallel import Case
from realpolitik.sim.charts.style import BLUE, GREY, INK, ORANGE, Words, finish


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
    _mark(figure, steps.head(1), "all points", (INK, "circle-open", "right"))
    chosen = steps[steps["chosen"].astype(bool) & (steps["box"] != steps["box"].iloc[0])]
    _mark(figure, chosen, "the box", (ORANGE, "star", "left"))
    figure.update_xaxes(title="coverage: share of the case inside [%]", range=[-4, 106])
    figure.update_yaxes(title="density: share in the case [%]", range=[-4, 108])
    return finish(figure, _words(steps, chosen, case), height=330)


def _mark(figure: go.Figure, rows: pd.DataFrame, name: str, look: tuple[str, str, str]) -> None:
    """Marks a step and names it below, on the side where there is room."""
    colour, symbol, side = look
    figure.add_scatter(
        x=100 * rows["coverage"],
        y=100 * rows["density"],
        mode="markers",
        marker={"color": colour, "size": 15, "symbol": symbol, "line": {"width": 2}},
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
            yanchor="top" if side == "left" or y > 50 else "bottom",
            xshift=-10 if x > 50 else 10,
            yshift=-4 if side == "left" or y > 50 else 4,
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

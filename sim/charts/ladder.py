"""The ladder of escalation over the weeks: median, bands, and the shocks that fell into it."""

import textwrap

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.shocks import (
    SPAN,
    add_shocks,
    is_crowded,
    lanes_height,
    shocks_said,
    within,
)
from realpolitik.sim.charts.style import BLUE, Words, finish, translucent, week_axis
from realpolitik.sim.formatting.numbers import how_many_worlds, number

RUNGS = (
    "quiet",
    "hostile words",
    "sanctions and defensive arming",
    "threat and offensive arming",
    "show of force",
    "covert or proxy violence",
    "limited direct strike",
    "repeated exchange",
    "major strike",
    "full-scale war",
    "great-power clash",
)


def ladder(weeks: pd.DataFrame, shocks: pd.DataFrame, worlds: int) -> go.Figure:
    """Highest rung of each week: median, middle half and middle 90 % of worlds.

    Columns of weeks: week, q05, q25, q50, q75, q95; of shocks: week, label. The shocks stand in
    lanes of their own above the plot, so that no two labels meet.
    """
    figure = go.Figure()
    add_bands(figure, weeks, BLUE, row=None, keyed=True)
    figure.add_scatter(
        x=weeks["week"],
        y=weeks["q50"],
        mode="lines+markers",
        name="median of worlds",
        line={"color": BLUE, "width": 2.5},
        marker={"size": 5},
        hovertemplate="week %{x}: median rung %{y:.1f}<extra></extra>",
    )
    last = int(weeks["week"].max())
    seen = within(shocks, last)
    top = lanes_height(seen)
    add_shocks(figure, seen, last)
    week_axis(figure, last)
    rung_axis(figure, step=1)
    figure.update_yaxes(title="highest rung of the week [0–10]")
    figure.update_layout(
        margin={"t": top + 8},
        hovermode="x unified",
        legend={"orientation": "h", "x": 0, "y": -0.16, "yanchor": "top", "traceorder": "reversed"},
    )
    words = Words(_finding(weeks), _caption(worlds, seen), _alt(weeks, seen))
    return finish(figure, words, height=470 + top)


def rung_name(value: float) -> str:
    """Name of the rung nearest to a value."""
    return RUNGS[min(max(round(value), 0), 10)]


def add_bands(
    figure: go.Figure, weeks: pd.DataFrame, colour: str, row: int | None, *, keyed: bool
) -> None:
    """The middle 90 % and, darker, the middle half; `row` is that of a figure of several plots."""
    for low, high, name, opacity in (
        ("q05", "q95", "middle 90 %", 0.14),
        ("q25", "q75", "middle 50 %", 0.34),
    ):
        figure.add_scatter(
            x=pd.concat([weeks["week"], weeks["week"][::-1]]),
            y=pd.concat([weeks[high], weeks[low][::-1]]),
            mode="lines",
            fill="toself",
            fillcolor=translucent(colour, opacity),
            line={"width": 0 if opacity > 0.2 else 0.8, "color": colour, "dash": "dot"},
            name=f"{name} of worlds",
            hoverinfo="skip",
            showlegend=keyed,
            row=row,
            col=None if row is None else 1,
        )


def rung_axis(figure: go.Figure, step: int) -> None:
    """The axis of rungs, every `step`-th of them named."""
    ticks = list(range(0, 11, step))
    figure.update_yaxes(
        range=[*SPAN],
        tickvals=ticks,
        ticktext=[f"{_two_lines(RUNGS[rung])} {rung}" for rung in ticks],
    )


def _two_lines(name: str) -> str:
    """A rung's name in two lines at most, so that it leaves room for the plot."""
    return "<br>".join(textwrap.wrap(name, 17))


def _finding(weeks: pd.DataFrame) -> str:
    peak, end = weeks.iloc[int(weeks["q50"].argmax())], weeks.iloc[-1]
    return (
        f"The weekly median peaks at rung {number(peak['q50'], 1)} ({rung_name(peak['q50'])}) "
        f"in week {int(peak['week'])} and ends at {number(end['q50'], 1)} ({rung_name(end['q50'])})"
    )


def _caption(worlds: int, shocks: pd.DataFrame) -> str:
    said = f"{how_many_worlds(worlds)}; bands hold the middle 50 % and 90 % of worlds in each week"
    if is_crowded(shocks):
        return f"{said}; dotted lines: weeks with shocks, {len(shocks):,} in all."
    return f"{said}; dotted lines: shocks of the scenario." if len(shocks) else f"{said}."


def _alt(weeks: pd.DataFrame, shocks: pd.DataFrame) -> str:
    first, end = weeks.iloc[0], weeks.iloc[-1]
    said = [
        f"Line of the median rung by week, from {number(first['q50'], 1)} in week 1 to "
        f"{number(end['q50'], 1)} in week {int(end['week'])}; nine of ten worlds end between "
        f"{number(end['q05'], 1)} and {number(end['q95'], 1)}.",
        shocks_said(shocks),
    ]
    return " ".join(filter(None, said))

"""The ladder of escalation over the weeks: median, bands, and the shocks that fell into it."""

import textwrap
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.shocks import (
    SPAN,
    add_shocks,
    add_week_lines,
    describe_shocks,
    is_crowded,
    lanes_height,
    shocks_listed,
    within,
)
from realpolitik.sim.charts.sides import Sides
from realpolitik.sim.charts.stack import Place, head, head_height, heading, height_of, stacked
from realpolitik.sim.charts.style import (
    BLUE,
    DOTTED,
    SHOCK,
    THRESHOLD,
    Words,
    finish,
    translucent,
    week_axis,
)
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

PLOT = 196
"""Height of the plot of a scenario [px]."""

ALIKE = 0.05
"""Medians that are closer than this are said to be the same."""


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
            line={"width": 0 if opacity > 0.2 else 0.8, "color": colour, "dash": DOTTED},
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
        describe_shocks(shocks),
    ]
    return " ".join(filter(None, said))


def ladders(weeks: pd.DataFrame, shocks: Mapping[str, pd.DataFrame], sides: Sides) -> go.Figure:
    """Highest rung of each week: median and bands of each scenario, the baseline's median beside.

    Columns of weeks: scenario, week, q05, q25, q50, q75, q95; of the shocks of a scenario (by key):
    week, label. The shocks of the baseline are named above it, those of another scenario where
    the baseline lacks them.
    """
    drawn = [key for key in sides.drawn if key in set(weeks["scenario"])]
    tables = {key: weeks[weeks["scenario"] == key] for key in drawn}
    last = int(weeks["week"].max())
    felt = {key: within(shocks[key], last) for key in drawn}
    named = {key: _named(felt, key, sides) for key in drawn}
    heads = {key: heading(sides.named(key), width=24) for key in drawn}
    places = [Place(10 + head_height(heads[key]) + lanes_height(named[key]), PLOT) for key in drawn]
    figure = stacked(places, shared=True)
    for row, key in enumerate(drawn, start=1):
        unnamed = sorted(set(felt[key]["week"]) - set(named[key]["week"]))
        add_week_lines(figure, unnamed, SHOCK, row)
        add_shocks(figure, named[key], last, row)
        add_bands(figure, tables[key], sides.mark(key).colour, row, keyed=False)
        if key != sides.baseline and sides.baseline in tables:
            _add_baseline(figure, tables[sides.baseline], row)
        _add_median(figure, tables[key], key, row, sides)
        head(figure, row, heads[key], 6 + lanes_height(named[key]))
    week_axis(figure, last)
    figure.update_xaxes(title=None)
    figure.update_xaxes(title="week", row=len(drawn), col=1)
    rung_axis(figure, step=2)
    caption = sides.caption(
        "lines are medians, bands hold the middle 50 % and 90 % of worlds in each week. Thin "
        "dashed line: the baseline’s median. Dotted lines: shocks, named where they are new."
    )
    words = Words(_finding_of_sides(tables, sides), caption, _alt_of_sides(tables, felt, sides))
    return finish(figure, words, height=height_of(places) + 64)


def _named(felt: Mapping[str, pd.DataFrame], key: str, sides: Sides) -> pd.DataFrame:
    """The shocks of a scenario that are named in its plot."""
    shocks = felt[key]
    if key == sides.baseline or sides.baseline not in felt:
        return shocks
    known = felt[sides.baseline]
    known_pairs = set(zip(known["week"], known["label"], strict=True))
    new = [pair not in known_pairs for pair in zip(shocks["week"], shocks["label"], strict=True)]
    return shocks.loc[pd.Series(new, index=shocks.index, dtype=bool)]


def _add_baseline(figure: go.Figure, weeks: pd.DataFrame, row: int) -> None:
    figure.add_scatter(
        x=weeks["week"],
        y=weeks["q50"],
        mode="lines",
        line=THRESHOLD,
        hoverinfo="skip",
        showlegend=False,
        row=row,
        col=1,
    )


def _add_median(figure: go.Figure, weeks: pd.DataFrame, key: str, row: int, sides: Sides) -> None:
    mark = sides.mark(key)
    figure.add_scatter(
        x=weeks["week"],
        y=weeks["q50"],
        mode="lines+markers",
        line={"color": mark.colour, "width": 2.5},
        marker={"size": 6, "symbol": mark.symbol},
        hovertemplate="week %{x}: median rung %{y:.1f}<extra></extra>",
        showlegend=False,
        row=row,
        col=1,
    )


def _peak(weeks: pd.DataFrame) -> tuple[float, int]:
    """Highest median and its first week."""
    peak = weeks.iloc[int(weeks["q50"].argmax())]
    return float(peak["q50"]), int(peak["week"])


def _finding_of_sides(tables: Mapping[str, pd.DataFrame], sides: Sides) -> str:
    """Where the peaks differ most from that of the first scenario; or that they do not."""
    first, *others = tables
    level, week = _peak(tables[first])
    said = f"rung {number(level, 1)} ({rung_name(level)}) in week {week}"
    if not others:
        return f"{sides.titles[first]}: the weekly median peaks at {said}"
    apart = max(others, key=lambda key: abs(_peak(tables[key])[0] - level))
    other, when = _peak(tables[apart])
    if abs(other - level) >= ALIKE:
        return (
            f"The weekly median peaks at rung {number(other, 1)} ({rung_name(other)}) in week "
            f"{when} in “{sides.titles[apart]}”, at {said} in “{sides.titles[first]}”"
        )
    weeks = max(others, key=lambda key: _apart(tables[first], tables[key])[0])
    gap, at = _apart(tables[first], tables[weeks])
    same = (
        f"The weekly median peaks at {said} in “{sides.titles[first]}”, and as high in the others"
    )
    if gap < ALIKE:
        return f"{same}; the medians hardly part at all"
    return f"{same}; medians part most in week {at}, by {number(gap, 1)} in “{sides.titles[weeks]}”"


def _apart(one: pd.DataFrame, other: pd.DataFrame) -> tuple[float, int]:
    """Greatest distance between two medians, and the first week of it."""
    both = one.set_index("week")["q50"] - other.set_index("week")["q50"]
    sizes = both.dropna().abs()
    if sizes.empty:
        return 0.0, 0
    return float(sizes.max()), int(sizes.index[int(sizes.argmax())])


def _alt_of_sides(
    tables: Mapping[str, pd.DataFrame], felt: Mapping[str, pd.DataFrame], sides: Sides
) -> str:
    said = []
    for key, weeks in tables.items():
        level, week = _peak(weeks)
        shocks = shocks_listed(felt[key])
        said.append(
            f"{sides.named(key)}: peak {number(level, 1)} in week {week}, "
            f"end {number(float(weeks['q50'].iloc[-1]), 1)}; shocks: {shocks or 'none'}."
        )
    return "One plot a scenario, median rung by week with bands. " + " ".join(said)

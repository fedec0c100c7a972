"""Relations over time: how the hostility of a few pairs of actors moves in each scenario."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.sides import Sides
from realpolitik.sim.charts.stack import (
    Place,
    head,
    head_height,
    heading,
    height_of,
    reference,
    stacked,
)
from realpolitik.sim.charts.style import ZERO, Words, finish, name_ends, spread, wrapped
from realpolitik.sim.formatting.numbers import capital, number

MOST = 4
"""Pairs that are drawn."""

PLOT = 132
"""Height of the plot of a pair [px]."""


def most_changed(relations: pd.DataFrame, sides: Sides) -> list[tuple[str, str]]:
    """The directed pairs that differ most between scenarios in any week.

    Columns: scenario, week (0 is the start), actor, on, mean.
    """
    rows = relations[relations["scenario"].isin(sides.drawn)]
    pairs = rows.groupby(["actor", "on", "week"], sort=False)["mean"]
    apart = (pairs.max() - pairs.min()).groupby(level=["actor", "on"], sort=False).max()
    return list(apart.sort_values(ascending=False, kind="stable").index[:MOST])


def relations_over_time(
    relations: pd.DataFrame, pairs: Sequence[tuple[str, str]], named: Sequence[str], sides: Sides
) -> go.Figure:
    """Change of mean hostility since the start, a plot a pair, on the same axes.

    Columns: scenario, week (0 is the start), actor, on, mean (of hostility, 0 to 1); `named` says
    what each of the pairs is called, such as "Russia toward Iran".
    """
    rows = relations[relations["scenario"].isin(sides.drawn)]
    drawn = [key for key in sides.drawn if key in set(rows["scenario"])]
    starts = [float(_starts(rows, pair).iloc[0]) for pair in pairs]
    heads = [
        heading(capital(name), f"from {number(start)} at the start")
        for name, start in zip(named, starts, strict=True)
    ]
    places = [Place(12 + head_height(text), PLOT) for text in heads]
    figure = stacked(places, shared=True)
    changes = [_changes(rows, pair, drawn) for pair in pairs]
    low = min(0.0, *(change.min().min() for change in changes))
    high = max(0.0, *(change.max().max() for change in changes))
    air = 0.08 * max(high - low, 0.02)
    for row, (change, text) in enumerate(zip(changes, heads, strict=True), start=1):
        _add_pair(figure, row, change, sides)
        _add_ends(figure, row, change, (low - air, high + air))
        head(figure, row, text, 8)
    last = int(rows["week"].max())
    step = next((step for step in (1, 2, 4, 13, 26, 52) if last <= 8 * step), 104)
    figure.update_xaxes(range=[-0.3, last + 0.3], dtick=step, tick0=0)
    figure.update_xaxes(title="week (0: the start)", row=len(pairs), col=1)
    figure.update_yaxes(range=[low - air, high + air], nticks=4, tickformat="+.2f")
    bottom = -64 / height_of(places)
    figure.update_layout(
        margin={"r": 58}, legend={"x": 0, "y": bottom, "yanchor": "top", "tracegroupgap": 0}
    )
    caption = sides.caption(
        "change of mean hostility [0–1] since the start, over all worlds; numbers at the right: "
        "change by the end. The pairs that differ most; means, of which no intervals are kept."
    )
    words = Words(_finding(changes, named, sides), caption, _alt(changes, named, sides))
    return finish(figure, words, height=height_of(places) + 76 + 21 * len(drawn))


def _starts(rows: pd.DataFrame, pair: tuple[str, str]) -> pd.Series:
    of = rows[(rows["actor"] == pair[0]) & (rows["on"] == pair[1])]
    return of.sort_values("week", kind="stable")["mean"]


def _changes(rows: pd.DataFrame, pair: tuple[str, str], drawn: Sequence[str]) -> pd.DataFrame:
    """A row a week, a column a scenario that has the pair: change since its first week."""
    of = rows[(rows["actor"] == pair[0]) & (rows["on"] == pair[1])]
    wide = of.pivot_table(index="week", columns="scenario", values="mean").sort_index()
    wide = wide[[key for key in drawn if key in wide]]
    return wide - wide.bfill().iloc[0]


def _add_pair(figure: go.Figure, row: int, change: pd.DataFrame, sides: Sides) -> None:
    """The lines of a pair, one a scenario, and where no change is."""
    for key in map(str, change):
        mark = sides.mark(key)
        figure.add_scatter(
            x=change.index,
            y=change[key],
            name=wrapped(sides.named(key), 44),
            **mark.line(),
            hovertemplate="week %{x}: %{y:+.3f}<extra></extra>",
            legendgroup=key,
            showlegend=row == 1,
            row=row,
            col=1,
        )
    figure.add_hline(y=0, line=ZERO, row=row, col=1)


def _add_ends(
    figure: go.Figure, row: int, change: pd.DataFrame, limits: tuple[float, float]
) -> None:
    """The change by the end beside the lines; lines that end alike share a number."""
    ends = {key: float(change[key].dropna().iloc[-1]) for key in map(str, change)}
    said: dict[str, list[float]] = {}
    for end in ends.values():
        said.setdefault(_signed(end), []).append(end)
    middles = [sum(values) / len(values) for values in said.values()]
    gap = 15 / PLOT * (limits[1] - limits[0])
    axes = {"xref": reference("x", row), "yref": reference("y", row)}
    name_ends(figure, change.index.max(), said, spread(middles, gap), **axes)


def _signed(value: float) -> str:
    text = number(value)
    return f"+{text}" if value > 0 and text != "0.00" else text


def _finding(changes: Sequence[pd.DataFrame], named: Sequence[str], sides: Sides) -> str:
    """The pair that goes farthest apart, with its ends."""
    first, name = changes[0], named[0]
    ends = {str(key): float(first[key].dropna().iloc[-1]) for key in first}
    least, most = min(ends, key=lambda key: ends[key]), max(ends, key=lambda key: ends[key])
    if _signed(ends[least]) == _signed(ends[most]):
        return f"Hostility of {name}: {_signed(ends[most])} by the end in every scenario"
    return (
        f"Hostility of {name} ends {_signed(ends[most])} in “{sides.titles[most]}”, "
        f"{_signed(ends[least])} in “{sides.titles[least]}”"
    )


def _alt(changes: Sequence[pd.DataFrame], named: Sequence[str], sides: Sides) -> str:
    said = []
    for change, name in zip(changes, named, strict=True):
        ends = (
            f"{sides.titles[key]} {_signed(float(change[key].iloc[-1]))}"
            for key in map(str, change)
        )
        said.append(f"{name}: {', '.join(ends)}.")
    return "Lines of the change of hostility by week, a plot a pair. By the end: " + " ".join(said)

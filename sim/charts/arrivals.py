"""When things happen, if they do: cumulative shares of worlds by week."""

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.style import (
    INK,
    MARKS,
    SMALL,
    Mark,
    Words,
    annotate,
    finish,
    plain,
    spread,
    translucent,
    week_axis,
    wrapped,
)
from realpolitik.sim.formatting.numbers import how_many_worlds, listing, percent, short_percent
from realpolitik.sim.stats.intervals import wilson

MOST = len(MARKS)
"""More lines than this cannot be told apart."""


def arrivals(weeks: pd.DataFrame, worlds: int) -> go.Figure:
    """Share of worlds in which each event has happened by each week.

    Columns: week, event (its label), share. The events come in the order in which they first
    appear; what never happens in any world is named in the caption and not drawn, and so are events
    beyond the sixth most frequent. The title speaks of the most frequent one.
    """
    final = weeks.groupby("event", sort=False)["share"].last()
    drawn = final[final > 0].sort_values(ascending=False, kind="stable").index[:MOST]
    figure = go.Figure()
    for event, mark in zip(drawn, MARKS, strict=False):
        _add_line(figure, weeks[weeks["event"] == event], mark, worlds)
    highest = 100 * max((float(final[event]) for event in drawn), default=0.0)
    top = min(104.0, highest * 1.15 + 2)
    add_ends(
        figure,
        int(weeks["week"].max()),
        [(float(final[event]), mark) for event, mark in zip(drawn, MARKS, strict=False)],
        top,
    )
    week_axis(figure, int(weeks["week"].max()))
    figure.update_yaxes(title="worlds in which it has happened [%]", range=[-top / 60, top])
    figure.update_layout(
        legend={"x": 0, "y": -0.2, "yanchor": "top", "tracegroupgap": 0},
        margin={"r": 40},
    )
    words = Words(_finding(weeks, drawn), _caption(final, drawn, worlds), _alt(final))
    return finish(figure, words, height=400 + 22 * len(drawn))


def _add_line(figure: go.Figure, rows: pd.DataFrame, mark: Mark, worlds: int) -> None:
    """One event: its line, and its 95 % interval as a thin band."""
    event = rows["event"].iloc[0]
    low, high = wilson(rows["share"], worlds)
    figure.add_scatter(
        x=pd.concat([rows["week"], rows["week"][::-1]]),
        y=[*(100 * high), *(100 * low[::-1])],
        mode="lines",
        fill="toself",
        fillcolor=translucent(mark.colour, 0.13),
        line={"width": 0},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_scatter(
        x=rows["week"],
        y=100 * rows["share"],
        mode="lines+markers",
        name=wrapped(event, 44),
        line={"color": mark.colour, "dash": mark.dash, "width": 2},
        marker={"symbol": mark.symbol, "size": 7, "maxdisplayed": 9},
        customdata=[[plain(event)]] * len(rows),
        hovertemplate="%{customdata[0]}<br>by week %{x}: %{y:.1f} %<extra></extra>",
    )


def add_ends(figure: go.Figure, last: int, ends: list[tuple[float, Mark]], top: float) -> None:
    """The final share at the end of each line, moved apart where they would touch."""
    places = spread([100 * share for share, _ in ends], top / 20, low=0, high=top)
    annotate(
        figure,
        (
            {
                "x": last,
                "y": place,
                "xanchor": "left",
                "xshift": 8,
                "text": short_percent(share),
                "showarrow": False,
                "font": {"size": SMALL, "color": INK},
            }
            for (share, _), place in zip(ends, places, strict=True)
        ),
    )


def week_of(rows: pd.DataFrame, part: float, column: str = "share") -> int:
    """First week by which `part` of those worlds that ever see the event have seen it."""
    return int(rows.loc[rows[column] >= part * rows[column].iloc[-1] - 1e-12, "week"].iloc[0])


def _finding(weeks: pd.DataFrame, drawn: pd.Index) -> str:
    if not len(drawn):
        return "None of the events happens in any world"
    rows = weeks[weeks["event"] == drawn[0]]
    half, most = week_of(rows, 0.5), week_of(rows, 0.9)
    soon = "" if half == most else f" by week {half} in half and"
    when = f"{soon} by week {most} in nine tenths of the worlds"
    return f"{drawn[0]}: where it happens, it does so{when}"


def _caption(final: pd.Series, drawn: pd.Index, worlds: int) -> str:
    never = [event for event in final.index if final[event] == 0]
    left = [event for event in final.index if final[event] > 0 and event not in drawn]
    said = [f"{how_many_worlds(worlds)}; shading 95 % Wilson intervals."]
    if never:
        said.append(f"In no world: {listing(never)}.")
    if left:
        said.append(f"Not drawn, as rarer: {listing(left)}.")
    return " ".join(said)


def _alt(final: pd.Series) -> str:
    parts = [f"{event} {percent(final[event])}" for event in final.index]
    ends = "; ".join(parts) if parts else "nothing"
    return f"Rising lines of the share of worlds by week. At the end: {ends}."

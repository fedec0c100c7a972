"""When things happen, if they do: cumulative shares of worlds by week, of a run or scenarios."""

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.sides import Sides
from realpolitik.sim.charts.style import (
    MARKS,
    Mark,
    Words,
    add_band,
    finish,
    name_ends,
    plain,
    spread,
    translucent,
    week_axis,
    wrapped,
)
from realpolitik.sim.formatting.numbers import (
    how_many_worlds,
    in_worlds,
    listing,
    percent,
    short_percent,
)
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
    add_band(figure, rows["week"], 100 * low, 100 * high, translucent(mark.colour, 0.13))
    figure.add_scatter(
        x=rows["week"],
        y=100 * rows["share"],
        name=wrapped(event, 44),
        **mark.line(),
        customdata=[[plain(event)]] * len(rows),
        hovertemplate="%{customdata[0]}<br>by week %{x}: %{y:.1f} %<extra></extra>",
    )


def add_ends(figure: go.Figure, last: int, ends: list[tuple[float, Mark]], top: float) -> None:
    """The final share at the end of each line, moved apart where they would touch."""
    places = spread([100 * share for share, _ in ends], top / 20, low=0, high=top)
    name_ends(figure, last, [short_percent(share) for share, _ in ends], places)


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


def arrival_curves(times: pd.DataFrame, event: str, sides: Sides) -> go.Figure:
    """Kaplan–Meier curves: steps that rise in the weeks in which the event comes.

    Columns: scenario, week, share_by_then, low, high (95 %), at_risk. Worlds in which it never
    comes are censored at the horizon: the curves end where they are, not at 100 %. `event` is what
    its outcome is called.
    """
    drawn = [key for key in sides.drawn if key in set(times["scenario"])]
    tables = {key: times[times["scenario"] == key] for key in drawn}
    figure = go.Figure()
    for key, rows in tables.items():
        _add_curve(figure, rows, key, sides)
    top = min(104.0, 100 * float(times["high"].max()) * 1.05 + 2)
    ends = [
        (float(rows["share_by_then"].iloc[-1]), sides.mark(key)) for key, rows in tables.items()
    ]
    lasts = sorted({int(rows["week"].max()) for rows in tables.values()})
    last = lasts[-1]
    add_ends(figure, last, ends, top)
    week_axis(figure, last)
    figure.update_yaxes(title="worlds in which it has come [%]", range=[-top / 60, top])
    figure.update_layout(
        legend={"x": 0, "y": -0.22, "yanchor": "top", "traceorder": "normal"}, margin={"r": 40}
    )
    by = f"by week {last}" if len(lasts) == 1 else "by the last week of a scenario"
    caption = sides.caption(
        "steps are Kaplan–Meier estimates, shading their 95 % intervals. Worlds in which it has "
        f"not come {by} are censored there."
    )
    common = {key: rows[rows["week"] <= lasts[0]] for key, rows in tables.items()}
    what = event if len(lasts) == 1 else f"{event}, up to week {lasts[0]}"
    words = Words(
        _finding_of_sides(common, what, sides), caption, _alt_of_sides(tables, event, sides)
    )
    return finish(figure, words, height=380 + 22 * len(drawn))


def _add_curve(figure: go.Figure, rows: pd.DataFrame, key: str, sides: Sides) -> None:
    """The band and the steps of a scenario."""
    mark, name = sides.mark(key), sides.named(key)
    for edge, fill in (("low", None), ("high", "tonexty")):
        figure.add_scatter(
            x=rows["week"],
            y=100 * rows[edge],
            mode="lines",
            line={"width": 0, "shape": "hv"},
            fill=fill,
            fillcolor=translucent(mark.colour, 0.13),
            hoverinfo="skip",
            showlegend=False,
        )
    figure.add_scatter(
        x=rows["week"],
        y=100 * rows["share_by_then"],
        mode="lines+markers",
        name=wrapped(name, 44),
        line={"color": mark.colour, "dash": mark.dash, "width": 2, "shape": "hv"},
        marker={"symbol": mark.symbol, "size": 7, "maxdisplayed": 9},
        customdata=[[plain(name)]] * len(rows),
        hovertemplate="%{customdata[0]}<br>by week %{x}: %{y:.1f} %<extra></extra>",
    )


def _finding_of_sides(tables: dict[str, pd.DataFrame], event: str, sides: Sides) -> str:
    """Where it comes most and least often, and when it does in half of those worlds."""
    ends = {key: float(rows["share_by_then"].iloc[-1]) for key, rows in tables.items()}
    if not any(ends.values()):
        return f"{event}: it never comes in any scenario"
    least, most = min(ends, key=lambda key: ends[key]), max(ends, key=lambda key: ends[key])
    if ends[least] == ends[most]:
        last = int(next(iter(tables.values()))["week"].max())
        return f"{event}: by week {last} equally often in all scenarios, {percent(ends[most])}"
    said = [f"{_come(tables[key], ends[key])} in “{sides.titles[key]}”" for key in (most, least)]
    return f"{event}: it comes {said[0]}, {said[1]}"


def _come(rows: pd.DataFrame, share: float) -> str:
    """Such as "in 75 of 100 worlds, half of them by week 4"."""
    worlds = int(rows["at_risk"].iloc[0])
    half = f" (half of them by week {week_of(rows, 0.5, 'share_by_then')})" if share > 0 else ""
    return f"{in_worlds(share, worlds)}{half}"


def _alt_of_sides(tables: dict[str, pd.DataFrame], event: str, sides: Sides) -> str:
    said = [
        f"{sides.named(key)} {percent(float(rows['share_by_then'].iloc[-1]))}"
        for key, rows in tables.items()
    ]
    return f"Rising steps by week, one a scenario: {event}. At the end: {'; '.join(said)}."

"""Time to an event in several scenarios: the share of worlds in which it has come by each week."""

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.arrivals import add_ends, week_of
from realpolitik.sim.charts.sides import Sides
from realpolitik.sim.charts.style import Words, finish, plain, translucent, week_axis, wrapped
from realpolitik.sim.formatting.numbers import in_worlds, percent


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
    words = Words(_finding(common, what, sides), caption, _alt(tables, event, sides))
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


def _finding(tables: dict[str, pd.DataFrame], event: str, sides: Sides) -> str:
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


def _alt(tables: dict[str, pd.DataFrame], event: str, sides: Sides) -> str:
    said = [
        f"{sides.named(key)} {percent(float(rows['share_by_then'].iloc[-1]))}"
        for key, rows in tables.items()
    ]
    return f"Rising steps by week, one a scenario: {event}. At the end: {'; '.join(said)}."

"""Whether what is forecast with a probability comes about as often."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.style import (
    KEY_ABOVE,
    MARKS,
    REFERENCE,
    Mark,
    Words,
    finish,
    plain,
    whiskers,
)
from realpolitik.sim.formatting.numbers import capital, short_percent
from realpolitik.sim.stats.intervals import wilson

MOST = len(MARKS)
"""Rivals that are drawn; more cannot be told apart."""

FEWEST = 8
"""Events below which the title states no frequency (assumed)."""

SHIFT = 0.9
"""How far the dots of neighbouring rivals are moved apart [percent]."""


def calibration(table: pd.DataFrame, titles: Mapping[str, str]) -> go.Figure:
    """Observed frequency against mean forecast probability, a dot a bin; on the diagonal is well.

    Columns: hypothesis, forecast (mean of the bin), observed (frequency), n (events). `titles` are
    the names of the rivals in words, in the order of drawing, the one the title is about first.
    """
    figure = go.Figure()
    figure.add_scatter(
        x=[0, 100],
        y=[0, 100],
        mode="lines",
        line=REFERENCE,
        hoverinfo="skip",
        showlegend=False,
    )
    drawn = list(titles)[:MOST]
    for place, name in enumerate(drawn):
        rows = table[table["hypothesis"] == name]
        _add_dots(figure, rows, titles[name], MARKS[place], (place - len(drawn) / 2) * SHIFT)
    for update, title in (
        (figure.update_xaxes, "forecast probability [%]"),
        (figure.update_yaxes, "came about [%]"),
    ):
        update(title=title, range=[-4, 104], tickvals=list(range(0, 101, 20)), showgrid=True)
    figure.update_layout(legend=KEY_ABOVE, margin={"t": 60})
    return finish(figure, _words(table, titles), height=440)


def _add_dots(figure: go.Figure, rows: pd.DataFrame, title: str, mark: Mark, shift: float) -> None:
    low, high = wilson(rows["observed"], rows["n"])
    seen = 100 * rows["observed"]
    figure.add_scatter(
        x=[min(max(100 * chance + shift, 0), 100) for chance in rows["forecast"]],
        y=seen,
        mode="lines+markers",
        name=plain(capital(title)),
        line={"color": mark.colour, "dash": mark.dash, "width": 1.2},
        marker={"color": mark.colour, "symbol": mark.symbol, "size": 10},
        error_y=whiskers(seen, (100 * low, 100 * high), mark.colour, 1),
        customdata=[[plain(title), n] for n in rows["n"]],
        hovertemplate="%{customdata[0]}: forecast %{x:.0f} %, came about %{y:.0f} % of "
        "%{customdata[1]} events<extra></extra>",
    )


def _words(table: pd.DataFrame, titles: Mapping[str, str]) -> Words:
    first = next(iter(titles))
    rows = table[table["hypothesis"] == first]
    caption = (
        "Dots: events in bins of a fifth of forecast probability; bars: 95 % Wilson intervals that "
        "take the events as independent, which those of one episode are not. Dots are moved a "
        "little to the side so that none hides another."
    )
    alt = f"Dots around a diagonal for {len(titles)} rivals; {titles[first]}: " + "; ".join(
        f"forecast {short_percent(row['forecast'])} %, came about "
        f"{short_percent(row['observed'])} % of {row['n']}"
        for _, row in rows.iterrows()
    )
    return Words(_finding(rows, titles[first]), caption, alt)


def _finding(rows: pd.DataFrame, title: str) -> str:
    total = rows["n"].sum()
    if not total:
        return "There is nothing to compare forecasts with"
    if total < FEWEST:
        return "Too few events to say whether things come about as often as forecast"
    forecast, observed = (
        float((rows[column] * rows["n"]).sum() / total) for column in ("forecast", "observed")
    )
    relation = "more" if observed > forecast else "less"
    return (
        f"{capital(title)}: what it forecasts with {short_percent(forecast)} % on average came "
        f"about in {short_percent(observed)} % of {total} events, "
        + (
            f"{relation} often than forecast"
            if abs(observed - forecast) >= 0.05
            else "about as often"
        )
    )

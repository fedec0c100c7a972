"""How well rivals forecast: scores less that of the base rate, and whether chances come true."""

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.forest import Plot, Points, forest, label_with, rows_of
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
from realpolitik.sim.formatting.numbers import capital, number, short_percent
from realpolitik.sim.stats.intervals import wilson

SETS = {
    "all": "all cases",
    "article": "cases that the article tells of",
    "omitted": "cases that it leaves out",
}

DIFFERENCE = ("rps_difference", "rps_difference_low", "rps_difference_high")
NUMBERS = ("n", "skill", *DIFFERENCE)

MOST = len(MARKS)
"""Rivals that are drawn; more cannot be told apart."""

FEWEST = 8
"""Events below which the title states no frequency (assumed)."""

SHIFT = 0.9
"""How far the dots of neighbouring rivals are moved apart [percent]."""


def difference_rows(summary: pd.DataFrame, titles: Mapping[str, str], reference: str) -> go.Figure:
    """Mean score of each rival less that of the base rate, on all cases and on each set of them.

    Columns: hypothesis, cases (all, article, omitted), n, skill, rps_difference,
    rps_difference_low, rps_difference_high (95 % interval; NaN where cases are too few). `titles`
    are the names of the rivals in words, the one the title is about first; the base rate itself,
    `reference`, is the line at 0.
    """
    names = [name for name in titles if name != reference]
    overall = summary[summary["cases"] == "all"].set_index("hypothesis")["rps_difference"]
    labels = [label_with(capital(titles[name]), number(overall[name], 3)) for name in names]
    points = [_points(summary, names, cases, place) for place, cases in enumerate(SETS)]
    axis = {"title": "score less that of the base rate", "nticks": 7}
    rows = rows_of(labels, marks=len(SETS), step=13)
    return forest(_words(summary, titles, names), Plot(rows, points, axis, {0: REFERENCE}))


def _points(summary: pd.DataFrame, names: list[str], cases: str, place: int) -> Points:
    rows = summary[summary["cases"] == cases].set_index("hypothesis").reindex(names)
    value, low, high = (rows[column] for column in DIFFERENCE)
    hover = [f"{SETS[cases]}: {number(one, 3)}" for one in value]
    return Points(SETS[cases], MARKS[place], value, (low, high), place=place, hover=hover)


def _words(summary: pd.DataFrame, titles: Mapping[str, str], names: list[str]) -> Words:
    rows = summary[summary["cases"] == "all"].set_index("hypothesis")
    first = {column: float(rows[column][names[0]]) for column in NUMBERS}
    n = "One case" if first["n"] == 1 else f"{first['n']:.0f} cases"
    caption = (
        f"{n}, each weighing as much as its observation is certain. Dots: mean ranked probability "
        "score less that of the base rate. Bars: 95 % jack-knife intervals over crises, where "
        "there are enough of them."
    )
    said = "; ".join(f"{titles[name]} {number(rows['rps_difference'][name], 3)}" for name in names)
    alt = f"Dots with intervals, one row a rival: difference from the base rate. {said}."
    value, low, high = (first[column] for column in DIFFERENCE)
    skill = f"skill {number(first['skill'])}"
    if math.isnan(high):
        return Words(f"Cases of too few crises to say who forecasts better: {skill}", caption, alt)
    span = f"95 % interval of the difference {number(low, 3)} to {number(high, 3)}"
    finding = f"{capital(titles[names[0]])} {_finding(value, high)}"
    return Words(f"{finding}: score {_way(value)} ({span}), {skill}", caption, alt)


def _way(difference: float) -> str:
    return f"{number(abs(difference), 3)} {'higher' if difference >= 0 else 'lower'}"


def _finding(difference: float, high: float) -> str:
    if high < 0:
        return "beats the base rate"
    if difference < 0:
        return "is ahead of the base rate, but perhaps by chance"
    return "does not beat the base rate"


EPISODES = (
    "Dots: cases in bins of a fifth of forecast probability; bars: 95 % Wilson intervals that "
    "take the events as independent, which those of one episode are not. Dots are moved a "
    "little to the side so that none hides another."
)
"""The caption where events are of episodes."""


def calibration(
    table: pd.DataFrame, titles: Mapping[str, str], caption: str = EPISODES
) -> go.Figure:
    """Observed frequency against mean forecast probability, a dot a bin; on the diagonal is well.

    Columns: hypothesis, forecast (mean of the bin), observed (frequency), n (events). `titles` are
    the names of the rivals in words, in the order of drawing, the one the title is about first;
    `caption` says what bins, bars and events are.
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
        _add_bins(figure, rows, titles[name], MARKS[place], (place - len(drawn) / 2) * SHIFT)
    for update, title in (
        (figure.update_xaxes, "forecast probability [%]"),
        (figure.update_yaxes, "came about [%]"),
    ):
        update(title=title, range=[-4, 104], tickvals=list(range(0, 101, 20)), showgrid=True)
    figure.update_layout(legend=KEY_ABOVE, margin={"t": 60})
    return finish(figure, _words_of_calibration(table, titles, caption), height=440)


def _add_bins(figure: go.Figure, rows: pd.DataFrame, title: str, mark: Mark, shift: float) -> None:
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


def _words_of_calibration(table: pd.DataFrame, titles: Mapping[str, str], caption: str) -> Words:
    first = next(iter(titles))
    rows = table[table["hypothesis"] == first]
    alt = f"Dots around a diagonal for {len(titles)} rivals; {titles[first]}: " + "; ".join(
        f"forecast {short_percent(row['forecast'])} %, came about "
        f"{short_percent(row['observed'])} % of {row['n']}"
        for _, row in rows.iterrows()
    )
    return Words(_finding_of_calibration(rows, titles[first]), caption, alt)


def _finding_of_calibration(rows: pd.DataFrame, title: str) -> str:
    total = rows["n"].sum()
    if not total:
        return "There is nothing to compare forecasts with"
    if total < FEWEST:
        return "Too few cases to say whether things come about as often as forecast"
    forecast, observed = (
        float((rows[column] * rows["n"]).sum() / total) for column in ("forecast", "observed")
    )
    relation = "more" if observed > forecast else "less"
    return (
        f"{capital(title)}: what it forecasts with {short_percent(forecast)} % on average came "
        f"about in {short_percent(observed)} % of {total:,} cases, "
        + (
            f"{relation} often than forecast"
            if abs(observed - forecast) >= 0.05
            else "about as often"
        )
    )

"""Weekly acts of a record: how much better they are foreseen, and their shares over time."""

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.forest import Plot, Points, forest, label_with, rows_of
from realpolitik.sim.charts.stack import HEAD, Place, head, heading, height_of, reference, stacked
from realpolitik.sim.charts.style import (
    KEY_ABOVE,
    LOOKS,
    MARKS,
    REFERENCE,
    SHOCK,
    Words,
    add_shapes,
    finish,
    plain,
)
from realpolitik.sim.formatting.numbers import capital, listing, number, rounded_percent

LANE = 76
"""Height of the plot of a class [px]."""


# ── Differences ──────────────────────────────────────────────────────────────────────


def score_differences(
    table: pd.DataFrame, titles: Mapping[str, str], classes: Mapping[str, str]
) -> go.Figure:
    """Mean log score of some forecasts less that of the pair's own rate, a row a class of act.

    Columns: class, forecast, difference, low, high (95 %; NaN where there are too few weeks).
    `titles` are the names of the forecasts, the one the title is about first; `classes` those of
    the classes, in their order.
    """
    own = _of(table, next(iter(titles)), classes)
    labels = [
        label_with(capital(title), number(float(own["difference"][name]), 4))
        for name, title in classes.items()
    ]
    points = [
        _points(_of(table, name, classes), title, place)
        for place, (name, title) in enumerate(titles.items())
    ]
    axis = {"title": "log score less that of the pair’s own rate", "nticks": 7}
    rows = rows_of(labels, marks=len(titles), step=13)
    return forest(_words(own, titles, classes), Plot(rows, points, axis, {0: REFERENCE}))


def _of(table: pd.DataFrame, forecast: str, classes: Mapping[str, str]) -> pd.DataFrame:
    return table[table["forecast"] == forecast].set_index("class").loc[[*classes]]


def _points(rows: pd.DataFrame, title: str, place: int) -> Points:
    hover = [f"{title}: {number(one, 4)}" for one in rows["difference"]]
    ends = (rows["low"], rows["high"])
    return Points(capital(title), MARKS[place], rows["difference"], ends, place=place, hover=hover)


def _words(own: pd.DataFrame, titles: Mapping[str, str], classes: Mapping[str, str]) -> Words:
    better = [classes[str(name)] for name, row in own.iterrows() if row["high"] < 0]
    first = capital(next(iter(titles.values())))
    caption = (
        "Dots: mean log score less that of the pair’s own rate; left of 0 is better. Bars: 95 % "
        "from weeks that are drawn anew in blocks of four."
    )
    said = "; ".join(
        f"{classes[str(name)]} {number(row['difference'], 4)}" for name, row in own.iterrows()
    )
    alt = f"Dots with intervals, one row a class of act. {first}: {said}."
    on = listing(better) if better else "no class of act"
    return Words(f"{first} is surely better than the pair’s own rate on {on}", caption, alt)


# ── Weights ──────────────────────────────────────────────────────────────────────────


def told_weights(weights: pd.DataFrame) -> go.Figure:
    """Weights that a record told, a row each: estimate, its interval, and the declared range.

    Columns: name, estimate, low, high (95 %), declared_low, declared_high. Hollow where the
    interval reaches 0.
    """
    labels = [
        label_with(name, number(value))
        for name, value in zip(weights["name"], weights["estimate"], strict=True)
    ]
    reaches = (weights["low"] <= 0) & (weights["high"] >= 0)
    points = Points(
        "",
        MARKS[0],
        weights["estimate"],
        interval=(weights["low"], weights["high"]),
        outer=(weights["declared_low"], weights["declared_high"]),
        hollow=reaches.tolist(),
        hover=weights["name"].tolist(),
        thickness=4,
    )
    axis = {"title": "weight [utility]", "nticks": 7}
    words = _words_of_weights(weights, int(reaches.sum()))
    return forest(words, Plot(rows_of(labels), [points], axis, {0: REFERENCE}))


def _words_of_weights(weights: pd.DataFrame, reaching: int) -> Words:
    caption = (
        "Dots: estimate, hollow where its interval reaches 0. Thick: 95 % interval, by blocks of "
        "four weeks. Thin: the range that was declared."
    )
    said = "; ".join(
        f"{row['name']} {number(row['estimate'])} ({number(row['low'])} to {number(row['high'])})"
        for _, row in weights.iterrows()
    )
    alt = f"Dots with intervals, one row a weight. {said}."
    effects = f"{len(weights) - reaching} of {len(weights)}"
    return Words(f"Of weights that the record tells, {effects} surely differ from 0", caption, alt)


# ── Shares ───────────────────────────────────────────────────────────────────────────


def weekly_shares(
    weeks: pd.DataFrame, shocks: pd.DataFrame, classes: Mapping[str, str]
) -> go.Figure:
    """Share of pairs with an act of each class, week by week: as foreseen and as in the record.

    Columns of weeks: class, week (its Monday, as a day), spell (number), predicted, observed
    [0 to 1]; of shocks: week (as a day), label. Lines are broken where the record is.
    """
    shown = [name for name in classes if (weeks["class"] == name).any()]
    figure = stacked([Place(HEAD + 14, LANE) for _ in shown], shared=True)
    for row, name in enumerate(shown, start=1):
        of = weeks[weeks["class"] == name]
        _add_lines(figure, of, row)
        head(figure, row, heading(capital(classes[name])))
        add_shapes(figure, (_shock_line(week, row) for week in shocks["week"]))
        figure.update_yaxes(rangemode="tozero", nticks=3, ticksuffix=" %", row=row, col=1)
    figure.update_layout(legend={**KEY_ABOVE, "y": 1.02}, margin={"t": 60})
    height = height_of([Place(HEAD + 14, LANE) for _ in shown])
    return finish(figure, _words_of_shares(weeks, shocks, classes), height=height + 100)


def _add_lines(figure: go.Figure, of: pd.DataFrame, row: int) -> None:
    for column, name in (("predicted", "model"), ("observed", "record")):
        x, y = [], []
        for _, spell in of.groupby("spell"):
            x += [*spell["week"], None]
            y += [*(100 * spell[column]), None]
        figure.add_scatter(
            x=x,
            y=y,
            **LOOKS[name].line(1.6),
            name=f"as in the {name}" if name == "record" else "as foreseen by the model",
            legendgroup=name,
            showlegend=row == 1,
            hovertemplate="%{x}: %{y:.1f} %<extra></extra>",
            row=row,
            col=1,
        )


def _shock_line(week: str, row: int) -> dict[str, object]:
    axis = reference("y", row)
    ends = {"x0": week, "x1": week, "y0": 0, "y1": 1}
    return {"type": "line", "xref": reference("x", row), "yref": f"{axis} domain", **ends} | {
        "line": SHOCK
    }


def _words_of_shares(
    weeks: pd.DataFrame, shocks: pd.DataFrame, classes: Mapping[str, str]
) -> Words:
    means = weeks.groupby("class")[["predicted", "observed"]].mean()
    gap = (means["predicted"] - means["observed"]).abs()
    most = str(gap.idxmax())
    predicted, observed = (f"{100 * float(means[one][most]):.1f}\u00a0%" for one in means)
    caption = "Share of the pairs that can do such an act, as foreseen one week ahead and as seen."
    if len(shocks):
        told = "; ".join(f"{row['label']} ({row['week']})" for _, row in shocks.iterrows())
        caption += f" Dotted: {plain(told)}."
    said = "; ".join(
        f"{classes[str(name)]}: foreseen {rounded_percent(row['predicted'])}, seen "
        f"{rounded_percent(row['observed'])}"
        for name, row in means.iterrows()
    )
    title = (
        f"On average farthest apart: {classes[most]}, foreseen of {predicted} of the pairs a week "
        f"and seen of {observed}"
        if math.isfinite(float(gap[most]))
        else "There is nothing to compare"
    )
    return Words(title, caption, f"Two lines over the weeks, a plot a class of act. {said}.")

"""What each incentive does to one outcome: the change without it, the largest first."""

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.effects import describe_at_most
from realpolitik.sim.charts.forest import Plot, Points, forest, label_with, rows_of
from realpolitik.sim.charts.style import READINGS, REFERENCE, Words
from realpolitik.sim.formatting.scales import MeasuredOutcome, how_many

MOST = 15
"""Incentives that are drawn."""

HEARD = ("decides", "moves")
"""What is said of one whose change chance does not explain."""


def ablation_dots(table: pd.DataFrame, measure: MeasuredOutcome, actor: str) -> go.Figure:
    """The paired change of one outcome without each incentive of an actor, with its interval.

    Columns: name (what is taken away), before, after (means), difference, low, high (95 % paired
    interval), n (pairs of worlds), smallest (change that matters), reading (see `READINGS`).
    """
    known = by_size(table)
    drawn, left = known.head(MOST).reset_index(drop=True), known.iloc[MOST:]
    labels = [
        label_with(str(name), measure.bare_change(change))
        for name, change in zip(drawn["name"], drawn["difference"], strict=True)
    ]
    points = [_points(drawn[drawn["reading"] == each], each, measure) for each in READINGS]
    axis = {"title": _axis(measure), "nticks": 6}
    words = Words(
        _finding(drawn, measure, actor), _caption(table, left, measure), _alt(drawn, measure)
    )
    return forest(words, Plot(rows_of(labels), points, axis, {0: REFERENCE}))


def by_size(table: pd.DataFrame) -> pd.DataFrame:
    """The rows with a reading, the largest change first."""
    known = table[table["reading"].isin(READINGS)]
    order = known["difference"].abs().sort_values(ascending=False, kind="stable").index
    return known.loc[order]


def _axis(measure: MeasuredOutcome) -> str:
    return measure.change_axis.replace("change", "change without it", 1)


def _points(rows: pd.DataFrame, reading: str, measure: MeasuredOutcome) -> Points:
    change, low, high = (measure.factor * rows[name] for name in ("difference", "low", "high"))
    hover = [_hover(row, measure) for _, row in rows.iterrows()]
    return Points(
        reading, READINGS[reading], change, (low, high), rows=list(rows.index), hover=hover
    )


def _hover(row: pd.Series, measure: MeasuredOutcome) -> str:
    return f"without {row['name']}: {format_change(row, measure)}"


def format_change(row: pd.Series, measure: MeasuredOutcome) -> str:
    """Such as "12.0 % of worlds become 3.0 %, −9.0 percentage points (−10.2 to −7.7)"."""
    change = measure.change(row["difference"])
    return (
        f"from {measure.often(row['before'])} to {measure.text(row['after'])}, "
        f"{change} ({measure.change_span(row['low'], row['high'])})"
    )


def _finding(drawn: pd.DataFrame, measure: MeasuredOutcome, actor: str) -> str:
    if not len(drawn):
        return f"{measure.label}: no value without an incentive of {actor}"
    heard = drawn[drawn["reading"].isin(HEARD)]
    if not len(heard):
        most = describe_at_most(drawn, measure)
        return f"{measure.label}: no single incentive of {actor} is seen to move it{most}"
    first = heard.iloc[0]
    return f"{measure.label}: without {first['name']} it goes {format_change(first, measure)}"


def _caption(table: pd.DataFrame, left: pd.DataFrame, measure: MeasuredOutcome) -> str:
    said = [
        f"{how_many(table['n'].astype(float).tolist(), 'pairs of worlds')}, each pair with the "
        "same draws; whiskers: 95 % paired intervals of each row alone.",
        "Decides: the outcome doubles, halves, turns its sign or crosses one half without it; "
        "moves: the interval leaves out 0; redundant: it lies within "
        f"{measure.size(float(table['smallest'].max()))} of 0; undecided: else.",
    ]
    if len(left):
        most = measure.size(float(left["difference"].abs().max()))
        said.append(f"Not drawn: {len(left)} with less (at most {most}).")
    return " ".join(said)


def _alt(drawn: pd.DataFrame, measure: MeasuredOutcome) -> str:
    parts = [
        f"without {row['name']} {measure.change(row['difference'])}, {row['reading']}"
        for _, row in drawn.iterrows()
    ]
    return f"One row an incentive, change of {measure.label}. {'; '.join(parts) or 'None'}."

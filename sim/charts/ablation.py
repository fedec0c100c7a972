"""What each incentive does to one outcome: the change without it, the largest first."""

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.effects import at_most_said
from realpolitik.sim.charts.rows import label_rows, label_with, row_axis, top_legend
from realpolitik.sim.charts.style import (
    BLUE,
    GREY,
    ORANGE,
    PAPER,
    SMALL,
    Mark,
    Words,
    finish,
    plain,
)
from realpolitik.sim.formatting.scales import Measure, how_many

MOST = 15
"""Incentives that are drawn."""

READINGS = {
    "decides": Mark(ORANGE, "solid", "diamond"),
    "moves": Mark(BLUE, "solid", "circle"),
    "undecided": Mark(GREY, "dot", "circle-open"),
    "redundant": Mark(GREY, "dot", "square-open"),
}
"""What is said of an incentive, and what that looks like; "" has no interval, and is left out."""

HEARD = ("decides", "moves")
"""What is said of one whose change chance does not explain."""


def ablation_dots(table: pd.DataFrame, measure: Measure, actor: str) -> go.Figure:
    """The paired change of one outcome without each incentive of an actor, with its interval.

    Columns: name (what is taken away), before, after (means), difference, low, high (95 % paired
    interval), n (pairs of worlds), smallest (change that matters), reading (see `READINGS`).
    """
    known = by_size(table)
    drawn, left = known.head(MOST).reset_index(drop=True), known.iloc[MOST:]
    figure = go.Figure()
    for reading, mark in READINGS.items():
        _add_dots(figure, drawn[drawn["reading"] == reading], reading, mark, measure)
    figure.add_vline(x=0, line={"color": GREY, "width": 1.2, "dash": "dot"})
    labels = [
        label_with(str(name), measure.bare_change(change))
        for name, change in zip(drawn["name"], drawn["difference"], strict=True)
    ]
    label_rows(figure, labels)
    height = row_axis(figure, labels) if labels else 40
    figure.update_xaxes(title=_axis(measure), nticks=6)
    top_legend(figure)
    figure.update_layout(legend={"font": {"size": SMALL}})
    words = Words(
        _finding(drawn, measure, actor), _caption(table, left, measure), _alt(drawn, measure)
    )
    return finish(figure, words, height=height + 84)


def by_size(table: pd.DataFrame) -> pd.DataFrame:
    """The rows with a reading, the largest change first."""
    known = table[table["reading"].isin(READINGS)]
    order = known["difference"].abs().sort_values(ascending=False, kind="stable").index
    return known.loc[order]


def _axis(measure: Measure) -> str:
    return measure.change_axis.replace("change", "change without it", 1)


def _add_dots(
    figure: go.Figure, rows: pd.DataFrame, reading: str, mark: Mark, measure: Measure
) -> None:
    if not len(rows):
        return
    factor = measure.factor
    figure.add_scatter(
        x=factor * rows["difference"],
        y=rows.index,
        mode="markers",
        name=reading,
        marker={
            "symbol": mark.symbol,
            "size": 11,
            "color": mark.colour,
            "line": {"color": mark.colour, "width": 2}
            if mark.symbol.endswith("open")
            else {"color": PAPER, "width": 1},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": factor * (rows["high"] - rows["difference"]),
            "arrayminus": factor * (rows["difference"] - rows["low"]),
            "color": mark.colour,
            "thickness": 1.6,
            "width": 4,
        },
        customdata=[[plain(_hover(row, measure))] for _, row in rows.iterrows()],
        hovertemplate="%{customdata[0]}<extra></extra>",
    )


def _hover(row: pd.Series, measure: Measure) -> str:
    return f"without {row['name']}: {change_said(row, measure)}"


def change_said(row: pd.Series, measure: Measure) -> str:
    """Such as "12.0 % of worlds become 3.0 %, −9.0 percentage points (−10.2 to −7.7)"."""
    change = measure.change(row["difference"])
    return (
        f"from {measure.often(row['before'])} to {measure.said(row['after'])}, "
        f"{change} ({measure.change_span(row['low'], row['high'])})"
    )


def _finding(drawn: pd.DataFrame, measure: Measure, actor: str) -> str:
    if not len(drawn):
        return f"{measure.label}: no value without an incentive of {actor}"
    heard = drawn[drawn["reading"].isin(HEARD)]
    if not len(heard):
        most = at_most_said(drawn, measure)
        return f"{measure.label}: no single incentive of {actor} is seen to move it{most}"
    first = heard.iloc[0]
    return f"{measure.label}: without {first['name']} it goes {change_said(first, measure)}"


def _caption(table: pd.DataFrame, left: pd.DataFrame, measure: Measure) -> str:
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


def _alt(drawn: pd.DataFrame, measure: Measure) -> str:
    parts = [
        f"without {row['name']} {measure.change(row['difference'])}, {row['reading']}"
        for _, row in drawn.iterrows()
    ]
    return f"One row an incentive, change of {measure.label}. {'; '.join(parts) or 'None'}."

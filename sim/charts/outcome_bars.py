"""Shares of worlds of several scenarios: for each outcome a bar of 100 % a scenario."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.grouped import Grouped
from realpolitik.sim.charts.intervals import bar
from realpolitik.sim.charts.rows import top_legend
from realpolitik.sim.charts.sides import Sides
from realpolitik.sim.charts.style import (
    FAINT,
    INK,
    PAPER,
    SMALL,
    Words,
    annotate,
    finish,
    wrapped,
)
from realpolitik.sim.formatting.numbers import in_worlds, percent, short_percent

BAR = 17
"""Height of a bar [px]."""

PATTERNS = ("", "/", ".", "x")
"""Patterns of the bars, by scenario: colour alone does not tell them apart."""


def outcome_bars(levels: pd.DataFrame, sides: Sides) -> go.Figure:
    """In how many worlds each outcome holds, by scenario, and pale in how many it does not.

    Columns: scenario, outcome, label, mean, low, high (95 % interval), worlds.
    """
    rows = levels[levels["scenario"].isin(sides.drawn)].dropna(subset=["mean"])
    outcomes = list(dict.fromkeys(rows["outcome"]))
    labels = list(rows.drop_duplicates("outcome")["label"].astype(str))
    grouped = Grouped.of(labels, len(sides.drawn), BAR)
    figure = go.Figure()
    notes: list[dict[str, Any]] = []
    for mark, key in enumerate(sides.drawn):
        of = rows[rows["scenario"] == key]
        heights = [grouped.height(outcomes.index(name), mark) for name in of["outcome"]]
        _add_bars(figure, of, heights, key, sides)
        notes += _numbers(of, heights)
    annotate(figure, notes)
    grouped.write(figure, labels)
    figure.update_xaxes(
        range=[0, 100.5],
        tickvals=[0, 20, 40, 60, 80, 100],
        title="share of worlds [%]",
        showgrid=False,
    )
    top_legend(figure)
    figure.update_layout(
        barmode="overlay",
        legend={"font": {"size": SMALL}, "traceorder": "normal"},
        margin={"t": 36},
    )
    caption = sides.caption(
        "each bar is all worlds, the strong part those in which it happens; whiskers are 95 % "
        "Wilson intervals of each scenario by itself. Whether whiskers overlap says little about a "
        "difference: see the chart of differences."
    )
    words = Words(_finding(rows, sides), caption, _alt(rows, sides))
    return finish(figure, words, height=grouped.row * len(outcomes) + 92 + 10 * len(sides.drawn))


def _add_bars(
    figure: go.Figure, of: pd.DataFrame, heights: list[float], key: str, sides: Sides
) -> None:
    """The bars of a scenario: all worlds, and those in which it happens with its interval."""
    share = 100 * of["mean"]
    figure.add_bar(
        x=[100] * len(of),
        y=heights,
        width=BAR - 3,
        orientation="h",
        marker={"color": FAINT, "line": {"width": 0}},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_bar(
        x=share,
        y=heights,
        width=BAR - 3,
        orientation="h",
        name=wrapped(sides.named(key), 40),
        marker=_look(key, sides),
        error_x=bar(100 * of["high"] - share, share - 100 * of["low"], INK, 1.2, cap=3),
        hovertemplate="%{x:.1f} %<extra></extra>",
    )


def _numbers(of: pd.DataFrame, heights: list[float]) -> Iterator[dict[str, Any]]:
    """The share of each bar beside its interval, or in the bar where there is no room beside."""
    for middle, end, start, height in zip(of["mean"], of["high"], of["low"], heights, strict=True):
        within = start > 0.9
        yield {
            "x": 100 * (start if within else end),
            "y": height,
            "text": f"<b>{short_percent(middle)}</b>",
            "xanchor": "right" if within else "left",
            "xshift": -4 if within else 4,
            "showarrow": False,
            "font": {"size": SMALL - 1, "color": INK},
            "bgcolor": "rgba(255,255,255,0.75)" if within else None,
            "borderpad": 0,
        }


def _look(key: str, sides: Sides) -> dict[str, object]:
    mark = sides.mark(key)
    return {
        "color": mark.colour,
        "line": {"color": mark.colour, "width": 1},
        "pattern": {
            "shape": PATTERNS[sides.drawn.index(key)],
            "bgcolor": mark.colour,
            "fgcolor": PAPER,
            "size": 6,
            "solidity": 0.3,
            "fgopacity": 0.75,
        },
    }


def _finding(rows: pd.DataFrame, sides: Sides) -> str:
    """The outcome whose share goes farthest apart between scenarios, and where it does."""
    if rows.empty:
        return "No outcome that is a share has a value"
    grouped = rows.groupby("outcome", sort=False)["mean"]
    widest = (grouped.max() - grouped.min()).idxmax()
    of = rows[rows["outcome"] == widest]
    least, most = of.iloc[int(of["mean"].argmin())], of.iloc[int(of["mean"].argmax())]
    if least["mean"] == most["mean"]:
        return "No share is seen to differ between the scenarios"
    return (
        f"{of['label'].iloc[0]}: {in_worlds(float(least['mean']), int(least['worlds']))} in "
        f"“{sides.titles[least['scenario']]}”, "
        f"{in_worlds(float(most['mean']), int(most['worlds']))} in "
        f"“{sides.titles[most['scenario']]}”"
    )


def _alt(rows: pd.DataFrame, sides: Sides) -> str:
    parts = [
        f"{row['label']}, {sides.titles[row['scenario']]}: {percent(float(row['mean']))}"
        for _, row in rows.iterrows()
    ]
    return "Bars of all worlds, one a scenario and outcome. " + "; ".join(parts) + "."

"""Shocks of a scenario as dotted lines, each named in a lane of its own above the plot."""

import textwrap
from collections.abc import Iterable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.stack import reference
from realpolitik.sim.charts.style import (
    INK,
    ORANGE,
    PAPER,
    SHOCK,
    SMALL,
    add_shapes,
    annotate,
    plain,
)

LINE = 15
"""Height of a line of a shock's label [px]."""

MOST = 20
"""Shocks that each have a label; more would take more room than the plot."""

TOLD = 5
"""Shocks of a week that are told, if there are more than labels can name."""

SPAN = (-0.3, 10.4)
"""Ends of the axis of rungs."""


def within(shocks: pd.DataFrame, last: int) -> pd.DataFrame:
    """The shocks of weeks 1 to `last`, late ones first."""
    seen = shocks[shocks["week"].between(1, last)]
    return seen.sort_values("week", ascending=False, kind="stable")


def is_crowded(shocks: pd.DataFrame) -> bool:
    """Whether there are too many shocks for a label each."""
    return len(shocks) > MOST


def lanes_height(shocks: pd.DataFrame) -> int:
    """Height of the lanes that the labels of shocks take [px]; none where they are too many."""
    if is_crowded(shocks):
        return 0
    return sum(_lane(_label(label)) for label in shocks["label"])


def add_shocks(figure: go.Figure, shocks: pd.DataFrame, last: int, row: int = 1) -> None:
    """Draws shocks into a plot of a figure. Columns: week, label; as `within` gives them.

    Late ones stand above and are drawn first: their lines go down behind the labels of early ones.
    Where they are too many for labels, they are one trace, named where the reader points.
    """
    if is_crowded(shocks):
        _add_crowd(figure, shocks, row)
        return
    add_week_lines(figure, shocks["week"], SHOCK, row)
    left = lanes_height(shocks)
    notes = []
    for week, text in zip(shocks["week"], shocks["label"], strict=True):
        label = _label(text)
        left -= _lane(label)
        notes.append(_note(week, label, left + 4, row, is_late=week > 0.42 * last))
    annotate(figure, notes)


def add_week_lines(
    figure: go.Figure, weeks: Iterable[float], line: dict[str, object], row: int = 1
) -> None:
    """Lines over the whole height of a plot."""
    add_shapes(
        figure,
        (
            {
                "type": "line",
                "x0": week,
                "x1": week,
                "xref": reference("x", row),
                "y0": 0,
                "y1": 1,
                "yref": f"{reference('y', row)} domain",
                "line": line,
            }
            for week in weeks
        ),
    )


def shocks_listed(shocks: pd.DataFrame) -> str:
    """The shocks as a blind reader hears of them, early ones first; how many, if they are many."""
    if is_crowded(shocks):
        return f"{len(shocks):,} in {shocks['week'].nunique():,} weeks"
    pairs = zip(shocks["week"][::-1], shocks["label"][::-1], strict=True)
    return "; ".join(f"{label} in week {week}" for week, label in pairs)


def describe_shocks(shocks: pd.DataFrame) -> str:
    """The same in sentences, in the order in which they are drawn."""
    if is_crowded(shocks):
        return f"Shocks: {shocks_listed(shocks)}."
    pairs = zip(shocks["week"], shocks["label"], strict=True)
    return " ".join(f"Shock in week {int(week)}: {label}." for week, label in pairs)


def _note(week: float, label: list[str], above: int, row: int, *, is_late: bool) -> dict[str, Any]:
    """The label of a shock `above` px over its plot, to the left of its line if it comes late."""
    side = "right" if is_late else "left"
    return {
        "x": week,
        "xref": reference("x", row),
        "y": 1,
        "yref": f"{reference('y', row)} domain",
        "ax": 0,
        "ay": -above,
        "yanchor": "bottom",
        "xanchor": side,
        "align": side,
        "text": "<br>".join(map(plain, label)),
        "font": {"size": SMALL, "color": INK},
        "bgcolor": PAPER,
        "borderpad": 2,
        "arrowcolor": ORANGE,
        "arrowwidth": 1.2,
        "arrowhead": 0,
    }


def _add_crowd(figure: go.Figure, shocks: pd.DataFrame, row: int) -> None:
    """Shocks as one trace: a line a week, which tells the first of its shocks."""
    x, y, told = list[Any](), list[float | None](), list[str]()
    for week, labels in shocks.groupby("week", sort=True)["label"]:
        more = f" and {len(labels) - TOLD:,} more" if len(labels) > TOLD else ""
        text = "<br>".join(map(plain, labels.head(TOLD))) + more
        x += [week, week, None]
        y += [*SPAN, None]
        told += [text, text, ""]
    figure.add_scatter(
        x=x,
        y=y,
        text=told,
        mode="lines",
        name="shocks",
        line=SHOCK,
        showlegend=False,
        hovertemplate="%{text}<extra></extra>",
        row=None if row == 1 else row,
        col=None if row == 1 else 1,
    )


def _label(text: str) -> list[str]:
    """The lines of a shock's label."""
    return textwrap.wrap(text, 22, max_lines=2, placeholder=" …") or [""]


def _lane(label: list[str]) -> int:
    """Height of a lane [px]."""
    return LINE * len(label) + 6

"""Rows of dots with their names above them, so that names need no margin and fit a narrow page."""

import textwrap
from collections.abc import Sequence

import plotly.graph_objects as go

from realpolitik.sim.charts.style import INK, PAPER, RULE, TEXT, annotate, plain
from realpolitik.sim.formatting.scales import Varied, setting

ROW, LINE = 48, 17
"""Height of a row with its label and its dot, and of a further line of a label [px]."""

WIDEST = 44
"""Characters in a line of a label that a narrow page has room for."""


def label_lines(label: str) -> list[str]:
    """A label in one or two lines, each short enough for a narrow page."""
    return textwrap.wrap(label, WIDEST, max_lines=2, placeholder=" …") or [""]


def label_with(label: str, value: str) -> str:
    """A label and, in bold, its value: behind it, or on the next line where that is full."""
    rows = label_lines(label)
    gap = " " if len(rows[-1]) + len(value) < WIDEST + 4 else "<br>"
    return "<br>".join(map(plain, rows)) + f"{gap}<b>{plain(value)}</b>"


def row_height(labels: Sequence[str]) -> int:
    """Height of each row [px], so that the longest of the labels has room."""
    return ROW + LINE * max((label.count("<br>") for label in labels), default=0)


def label_rows(figure: go.Figure, labels: Sequence[str], lift: int = 6) -> None:
    """Writes a label (markup) `lift` px above each row: row 0 is the first from above."""
    annotate(
        figure,
        (
            {
                "x": 0,
                "xref": "x domain",
                "y": row,
                "xanchor": "left",
                "yanchor": "bottom",
                "yshift": lift,
                "xshift": 1,
                "text": label,
                "align": "left",
                "showarrow": False,
                "font": {"size": TEXT},
                "bgcolor": "rgba(255,255,255,0.8)",
            }
            for row, label in enumerate(labels)
        ),
    )


def row_axis(figure: go.Figure, labels: Sequence[str]) -> int:
    """Sets the axis of the rows; returns the height that they take [px]."""
    height, count = row_height(labels), len(labels)
    figure.update_yaxes(
        range=[count - 1 + 24 / height, -1 + 14 / height],
        tickvals=list(range(count)),
        showticklabels=False,
        gridcolor=RULE,
    )
    return height * count


def top_legend(figure: go.Figure) -> None:
    """A key above the rows, in one line where the page is wide enough."""
    figure.update_layout(
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "xanchor": "left"}
    )


def add_defaults(figure: go.Figure, varied: Sequence[Varied]) -> None:
    """A diamond at the scenario's own value in each row; a range that lacks it has none."""
    held = [(row, each) for row, each in enumerate(varied) if each.holds_default]
    if not held:
        return
    figure.add_scatter(
        x=[each.place(each.default) for _, each in held],
        y=[row for row, _ in held],
        mode="markers",
        name="the scenario",
        marker={
            "symbol": "diamond",
            "size": 12,
            "color": PAPER,
            "line": {"color": INK, "width": 2},
        },
        customdata=[[plain(each.address), setting(each.default)] for _, each in held],
        hovertemplate="%{customdata[0]} is %{customdata[1]} in the scenario<extra></extra>",
    )

"""Shocks of a scenario as dotted lines, each named in a lane of its own above the plot."""

import textwrap

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.stack import reference
from realpolitik.sim.charts.style import INK, ORANGE, PAPER, SMALL, plain

LINE = 15
"""Height of a line of a shock's label [px]."""

SHOCK = {"color": ORANGE, "width": 1.2, "dash": "dot"}


def within(shocks: pd.DataFrame, last: int) -> pd.DataFrame:
    """The shocks of weeks 1 to `last`, late ones first."""
    seen = shocks[shocks["week"].between(1, last)]
    return seen.sort_values("week", ascending=False, kind="stable")


def lanes_height(shocks: pd.DataFrame) -> int:
    """Height of the lanes that the labels of shocks take [px]."""
    return sum(_lane(_label(label)) for label in shocks["label"])


def add_shocks(figure: go.Figure, shocks: pd.DataFrame, last: int, row: int = 1) -> None:
    """Draws shocks into a plot of a figure. Columns: week, label; as `within` gives them.

    Late ones stand above and are drawn first: their lines go down behind the labels of early ones.
    """
    left = lanes_height(shocks)
    for week, text in zip(shocks["week"], shocks["label"], strict=True):
        label = _label(text)
        left -= _lane(label)
        late = week > 0.42 * last
        add_week_line(figure, week, SHOCK, row)
        figure.add_annotation(
            x=week,
            xref=reference("x", row),
            y=1,
            yref=f"{reference('y', row)} domain",
            ax=0,
            ay=-(left + 4),
            yanchor="bottom",
            xanchor="right" if late else "left",
            align="right" if late else "left",
            text="<br>".join(map(plain, label)),
            font={"size": SMALL, "color": INK},
            bgcolor=PAPER,
            borderpad=2,
            arrowcolor=ORANGE,
            arrowwidth=1.2,
            arrowhead=0,
        )


def add_week_line(figure: go.Figure, week: float, line: dict[str, object], row: int = 1) -> None:
    """A line over the whole height of a plot."""
    figure.add_shape(
        type="line",
        x0=week,
        x1=week,
        xref=reference("x", row),
        y0=0,
        y1=1,
        yref=f"{reference('y', row)} domain",
        line=line,
    )


def _label(text: str) -> list[str]:
    """The lines of a shock's label."""
    return textwrap.wrap(text, 22, max_lines=2, placeholder=" …") or [""]


def _lane(label: list[str]) -> int:
    """Height of a lane [px]."""
    return LINE * len(label) + 6

"""Rows of several marks beneath one label, one mark a scenario; heights in a plot are pixels."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from realpolitik.sim.charts.rows import LINE, label_lines
from realpolitik.sim.charts.stack import reference
from realpolitik.sim.charts.style import TEXT, annotate, plain

LABEL, GAP = 24, 8
"""Height of a label of one line, and of the gap below a row [px]."""


@dataclass(frozen=True)
class Grouped:
    """Rows of `marks` marks each, `step` px apart; labels take as many `lines` as the longest."""

    marks: int
    step: int
    lines: int

    @classmethod
    def of(cls, labels: Sequence[str], marks: int, step: int) -> "Grouped":
        """Rows in which the longest of the labels has room."""
        return cls(marks, step, max((len(label_lines(label)) for label in labels), default=1))

    @property
    def lead(self) -> int:
        """Height of a label [px]."""
        return LABEL + LINE * (self.lines - 1)

    @property
    def row(self) -> int:
        """Height of a row [px]."""
        return self.lead + self.step * self.marks + GAP

    def height(self, row: int, mark: int) -> float:
        """Where a mark of a row stands, from above [px]."""
        return self.row * row + self.lead + self.step * (mark + 0.5)

    def write(self, figure: go.Figure, labels: Sequence[str], place: int = 1) -> None:
        """Writes the labels above their rows, and sets the axis of the plot."""
        annotate(
            figure,
            (
                {
                    "x": 0,
                    "xref": f"{reference('x', place)} domain",
                    "y": self.row * row + self.lead - 2,
                    "yref": reference("y", place),
                    "xanchor": "left",
                    "yanchor": "bottom",
                    "text": "<br>".join(map(plain, label_lines(label))),
                    "align": "left",
                    "showarrow": False,
                    "font": {"size": TEXT},
                    "bgcolor": "rgba(255,255,255,0.8)",
                }
                for row, label in enumerate(labels)
            ),
        )
        figure.update_layout(
            {
                f"yaxis{'' if place == 1 else place}": {
                    "range": [self.row * len(labels), 0],
                    "showticklabels": False,
                    "showgrid": False,
                }
            }
        )

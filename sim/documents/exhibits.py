"""A chart as a page takes it: with a name of its own, and the table beneath."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go


@dataclass(frozen=True)
class TextTable:
    """Header and rows of text; the first column names the row."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Exhibit:
    """A chart, a name for it on the page (never from a scenario), and its numbers.

    `why` says why there is none; empty where there is one.
    """

    name: str
    figure: go.Figure
    table: TextTable
    why: str = ""

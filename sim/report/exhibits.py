"""A chart as a page takes it: with a name of its own, and the table beneath."""

from dataclasses import dataclass

import plotly.graph_objects as go

from realpolitik.sim.report.run.tables import Table


@dataclass(frozen=True)
class Exhibit:
    """A chart, a name for it on the page (never from a scenario), and its numbers.

    `why` says why there is none; empty where there is one.
    """

    name: str
    figure: go.Figure
    table: Table
    why: str = ""

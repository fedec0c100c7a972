"""An exhibit made into HTML: the chart as a script, its words and its table as text."""

from dataclasses import dataclass

import plotly.io

from realpolitik.sim.charts.style import Words, without_head, words_of
from realpolitik.sim.documents.exhibits import Exhibit, TextTable
from realpolitik.sim.formatting.missing import attempt

CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "responsive": True,
    "scrollZoom": False,
    "showSendToCloud": False,
}


@dataclass(frozen=True)
class Panel:
    """What the template needs of a chart."""

    name: str
    words: Words
    chart: str
    table: TextTable
    why: str = ""


def panel(exhibit: Exhibit) -> Panel:
    """The panel of an exhibit, or the reason why there is none; the same gives the same text."""
    what = f"the chart {exhibit.name}"
    return attempt(what, lambda: _drawn(exhibit), lambda why: _missing(exhibit.name, why))


def _missing(name: str, why: str) -> Panel:
    return Panel(name, Words("", "", ""), "", TextTable((), []), why)


def _drawn(exhibit: Exhibit) -> Panel:
    if exhibit.why:
        return _missing(exhibit.name, exhibit.why)
    bare = without_head(exhibit.figure)
    script = plotly.io.to_html(
        bare,
        config=CONFIG,
        include_plotlyjs=False,
        include_mathjax=False,
        full_html=False,
        default_width="100%",
        default_height=f"{bare.layout.height:.0f}px",
        div_id=f"chart-{exhibit.name}",
    )
    # Plotly escapes <, > and / within the script, so that no text of a scenario can end it.
    return Panel(exhibit.name, words_of(exhibit.figure), script, exhibit.table)

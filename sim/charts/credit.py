"""Where a picture comes from: a line at its foot, for charts that leave the page they stood on."""

import plotly.graph_objects as go

from realpolitik.sim.charts.style import GREY, PAPER, SMALL, TEMPLATE, lines, wrapped

LINE = 17
"""Height of a line of the credit [px]."""

WIDTH = 130
"""Characters in a line."""


def with_credit(figure: go.Figure, credit: str) -> go.Figure:
    """A copy with the credit below everything else: tool and version, run, seed, worlds.

    For pictures only; a page says it once for all its charts. The credit is the title of a legend
    of its own: legends alone can stand at the foot of a picture, whatever lies above. Text without
    anything in it changes nothing.
    """
    signed = go.Figure(figure)
    if not credit.strip():
        return signed
    if not _has_key(figure):
        signed.for_each_trace(lambda trace: trace.update(showlegend=False))
    text = wrapped(credit, WIDTH)
    room = LINE * lines(text) + 14
    signed.add_scatter(
        x=[None],
        y=[None],
        mode="markers",
        name=" ",
        legend="legend9",
        showlegend=True,
        marker={"color": PAPER, "size": 1},
        hoverinfo="skip",
    )
    return signed.update_layout(
        legend9={
            "title": {"text": text, "font": {"size": SMALL, "color": GREY}, "side": "top"},
            "font": {"size": 1},
            "orientation": "h",
            "xref": "container",
            "yref": "container",
            "x": 0.008,
            "y": 0,
            "xanchor": "left",
            "yanchor": "bottom",
            "bgcolor": PAPER,
        },
        height=signed.layout.height + room,
        margin={"b": (signed.layout.margin.b or TEMPLATE.layout.margin.b) + room},
        showlegend=True,
    )


def _has_key(figure: go.Figure) -> bool:
    """Whether Plotly gives the figure a key: for several series, or for one that asks for it."""
    if figure.layout.showlegend is not None:
        return bool(figure.layout.showlegend)
    wanted = [trace.showlegend for trace in figure.data if trace.showlegend is not False]
    return len(wanted) > 1 or any(wanted)

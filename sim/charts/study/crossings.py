"""Marks on curves: the scenario's own value, thresholds, and where they are crossed.

Names stand in lanes of their own above the plot, so that no two of them meet.
"""

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.style import GREY, INK, LIGHT, PAPER, SMALL, plain, spread, translucent
from realpolitik.sim.formatting.scales import Varied, setting

LANE = 20
"""Height of a lane [px]."""


def mark_default(figure: go.Figure, varied: Varied) -> int:
    """A dotted line at the scenario's own value, if in the range; returns its lane [px]."""
    if not varied.holds_default:
        return 0
    figure.add_vline(x=varied.default, line={"color": GREY, "width": 1.5, "dash": "dot"})
    _name(figure, varied, varied.default, f"scenario {setting(varied.default)}", 0)
    return LANE


def mark_tipping(
    figure: go.Figure, varied: Varied, tipping: pd.Series, name: str, lanes: int
) -> int:
    """A line where a threshold is crossed, and a strip over its interval; returns its lane [px]."""
    value = float(tipping["value"])
    low = _bounded(float(tipping["low"]), varied.low)
    high = _bounded(float(tipping["high"]), varied.high)
    figure.add_vrect(
        x0=max(low, varied.low),
        x1=min(high, varied.high),
        fillcolor=translucent(LIGHT, 0.45),
        line_width=0,
        layer="below",
    )
    figure.add_vline(x=value, line={"color": INK, "width": 1.5})
    _name(figure, varied, value, f"<b>{name} {varied.near(value)}</b>", lanes)
    return LANE


def _bounded(end: float, limit: float) -> float:
    return end if math.isfinite(end) else limit


def _name(figure: go.Figure, varied: Varied, value: float, text: str, lanes: int) -> None:
    late = varied.place(value) > 0.5
    figure.add_annotation(
        x=value,
        y=1,
        yref="paper",
        ax=0,
        ay=-(lanes + 3),
        yanchor="bottom",
        xanchor="right" if late else "left",
        text=text,
        font={"size": SMALL, "color": INK},
        bgcolor=PAPER,
        borderpad=1,
        arrowcolor=GREY,
        arrowwidth=1,
        arrowhead=0,
    )


def mark_levels(
    figure: go.Figure, levels: Mapping[str, float], factor: float, limits: tuple[float, float]
) -> None:
    """Dashed lines at the thresholds, each with its name at the left."""
    if not levels:
        return
    gap = 0.06 * (limits[1] - limits[0])
    heights = [factor * level for level in levels.values()]
    for name, height, place in zip(levels, heights, spread(heights, gap, *limits), strict=True):
        figure.add_hline(y=height, line={"color": INK, "width": 1.2, "dash": "dash"})
        figure.add_annotation(
            x=0,
            xref="x domain",
            y=place,
            xanchor="left",
            yanchor="bottom",
            text=f"threshold {plain(name)}",
            showarrow=False,
            font={"size": SMALL, "color": INK},
            bgcolor="rgba(255,255,255,0.7)",
        )

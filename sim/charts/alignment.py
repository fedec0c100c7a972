"""Words against deeds: how far one actor sides with another in public, and in fact."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    TEXT,
    Words,
    finish,
    spread,
    translucent,
    week_axis,
)
from realpolitik.sim.formatting.numbers import how_many_worlds, in_worlds, number, possessive

WORDS, DEEDS = "words", "deeds"


@dataclass(frozen=True)
class Pair:
    """Who sides with whom, by name, and the share of worlds in which words exceed deeds."""

    by: str
    toward: str
    words_ahead: float
    worlds: int


def words_and_deeds(weeks: pd.DataFrame, pair: Pair) -> go.Figure:
    """Public and material alignment, means of the weeks so far, with bands over the worlds.

    Columns: week, side ("words" or "deeds"), mean, q25, q75.
    """
    figure = go.Figure()
    sides = {WORDS: (BLUE, "solid", "circle"), DEEDS: (ORANGE, "dash", "diamond")}
    for side, (colour, dash, symbol) in sides.items():
        rows = weeks[weeks["side"] == side]
        _add_band(figure, rows, colour)
        figure.add_scatter(
            x=rows["week"],
            y=rows["mean"],
            mode="lines+markers",
            name=side,
            line={"color": colour, "dash": dash, "width": 2.5},
            marker={"symbol": symbol, "size": 7, "maxdisplayed": 9},
            hovertemplate=f"{side}, weeks 1 to %{{x}}: %{{y:.2f}}<extra></extra>",
            showlegend=False,
        )
    low, high = _range(weeks)
    _label_ends(figure, weeks, 0.09 * (high - low))
    figure.add_hline(y=0, line={"color": GREY, "width": 1})
    week_axis(figure, int(weeks["week"].max()))
    figure.update_yaxes(
        title="alignment so far [−1 against, 1 with]", range=[low, high], tickformat=".2f", nticks=6
    )
    figure.update_layout(margin={"r": 62})
    return finish(
        figure, Words(_finding(weeks, pair), _caption(pair), _alt(weeks, pair)), height=330
    )


def _add_band(figure: go.Figure, rows: pd.DataFrame, colour: str) -> None:
    figure.add_scatter(
        x=pd.concat([rows["week"], rows["week"][::-1]]),
        y=pd.concat([rows["q75"], rows["q25"][::-1]]),
        mode="lines",
        fill="toself",
        fillcolor=translucent(colour, 0.16),
        line={"width": 0},
        hoverinfo="skip",
        showlegend=False,
    )


def _range(weeks: pd.DataFrame) -> tuple[float, float]:
    """Limits of the axis: all bands and 0, with some air."""
    low, high = min(0.0, weeks["q25"].min()), max(0.0, weeks["q75"].max())
    air = 0.12 * max(high - low, 0.1)
    return max(-1.05, low - air), min(1.05, high + air)


def _label_ends(figure: go.Figure, weeks: pd.DataFrame, gap: float) -> None:
    """Names each line at its end."""
    ends = weeks.groupby("side", sort=False)["mean"].last()
    for (side, _), place in zip(ends.items(), spread(ends.tolist(), gap), strict=True):
        figure.add_annotation(
            x=weeks["week"].max(),
            y=place,
            xanchor="left",
            xshift=10,
            text=f"<b>{side}</b>",
            showarrow=False,
            font={"size": TEXT, "color": INK},
        )


def _finding(weeks: pd.DataFrame, pair: Pair) -> str:
    who = f"{possessive(pair.by)} words side with {pair.toward} more than the deeds do"
    often = in_worlds(pair.words_ahead, pair.worlds)
    ends = weeks.groupby("side", sort=False)["mean"].last()
    only = "only " if 0 < pair.words_ahead < 0.5 else ""
    return f"{who} {only}{often} (gap {number(ends[WORDS] - ends[DEEDS])} on average)"


def _caption(pair: Pair) -> str:
    return (
        f"{how_many_worlds(pair.worlds)}; lines are means over worlds of the weeks so far, "
        "bands hold the middle 50 % of worlds. "
        "Words: public statements; deeds: arms, sanctions, force."
    )


def _alt(weeks: pd.DataFrame, pair: Pair) -> str:
    ends = weeks.groupby("side", sort=False)["mean"].last()
    said = " and ".join(f"{side} {number(value)}" for side, value in ends.items())
    return f"Two lines by week, alignment of {pair.by} with {pair.toward}. At the end: {said}."

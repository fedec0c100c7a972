"""Words against deeds: how far one actor sides with another in public, and in fact.

Over the weeks of one run, and as means of several scenarios.
"""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.forest import Layer, Plot, Points, Spans, forest, label_with, rows_of
from realpolitik.sim.charts.sides import Sides
from realpolitik.sim.charts.style import (
    INK,
    LOOKS,
    TEXT,
    ZERO,
    Words,
    add_band,
    finish,
    name_ends,
    spread,
    translucent,
    week_axis,
)
from realpolitik.sim.formatting.numbers import how_many_worlds, in_worlds, number, possessive

WORDS, DEEDS = "words", "deeds"

ALIKE = 0.005
"""Gaps that are closer than this are said to be the same."""


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
    for side in (WORDS, DEEDS):
        rows, mark = weeks[weeks["side"] == side], LOOKS[side]
        fill = translucent(mark.colour, 0.16)
        add_band(figure, rows["week"], rows["q25"], rows["q75"], fill)
        figure.add_scatter(
            x=rows["week"],
            y=rows["mean"],
            name=side,
            **mark.line(2.5),
            hovertemplate=f"{side}, weeks 1 to %{{x}}: %{{y:.2f}}<extra></extra>",
            showlegend=False,
        )
    low, high = _range(weeks)
    _label_ends(figure, weeks, 0.09 * (high - low))
    figure.add_hline(y=0, line=ZERO)
    week_axis(figure, int(weeks["week"].max()))
    figure.update_yaxes(
        title="alignment so far [−1 against, 1 with]", range=[low, high], tickformat=".2f", nticks=6
    )
    figure.update_layout(margin={"r": 62})
    return finish(
        figure, Words(_finding(weeks, pair), _caption(pair), _alt(weeks, pair)), height=330
    )


def _range(weeks: pd.DataFrame) -> tuple[float, float]:
    """Limits of the axis: all bands and 0, with some air."""
    low, high = min(0.0, weeks["q25"].min()), max(0.0, weeks["q75"].max())
    air = 0.12 * max(high - low, 0.1)
    return max(-1.05, low - air), min(1.05, high + air)


def _label_ends(figure: go.Figure, weeks: pd.DataFrame, gap: float) -> None:
    """Names each line at its end."""
    ends = weeks.groupby("side", sort=False)["mean"].last()
    names = [f"<b>{side}</b>" for side in ends.index]
    font = {"size": TEXT, "color": INK}
    name_ends(figure, weeks["week"].max(), names, spread(ends.tolist(), gap), font=font)


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


def gaps(alignment: pd.DataFrame, subject: str, sides: Sides) -> go.Figure:
    """Mean public and material alignment of each scenario, and the gap between the two.

    Columns: scenario, side ("words" or "deeds"), mean, low, high (95 % interval). `subject` says
    who is aligned with whom.
    """
    drawn = [key for key in sides.drawn if key in set(alignment["scenario"])]
    wide = {
        side: alignment[alignment["side"] == side].set_index("scenario").reindex(drawn)
        for side in (WORDS, DEEDS)
    }
    gap = wide[WORDS]["mean"] - wide[DEEDS]["mean"]
    labels = [label_with(sides.named(key), f"gap {number(gap[key])}") for key in drawn]
    ends = zip(wide[WORDS]["mean"], wide[DEEDS]["mean"], strict=True)
    layers: list[Layer] = [
        Spans("", ends, {"color": INK, "width": 1.6}),
        *map(_points, wide, wide.values()),
    ]
    axis = {"title": "mean alignment [−1 against, 1 with]", "nticks": 6, "tickformat": ".2f"}
    caption = sides.caption(
        "means over worlds and weeks with 95 % intervals of each scenario by itself. "
        "Words: public statements; deeds: arms, sanctions, force."
    )
    words = Words(
        _finding_of_gaps(gap, subject, sides), caption, _alt_of_gaps(wide, subject, sides)
    )
    return forest(words, Plot(rows_of(labels), layers, axis, {0: ZERO}))


def _points(side: str, rows: pd.DataFrame) -> Points:
    """The marks of words, or of deeds, with their intervals."""
    hover = [f"{side} {number(value, 3)}" for value in rows["mean"]]
    return Points(side, LOOKS[side], rows["mean"], (rows["low"], rows["high"]), hover=hover)


def _finding_of_gaps(gap: pd.Series, subject: str, sides: Sides) -> str:
    """Where words run ahead of deeds most, and least."""
    least, most = str(gap.idxmin()), str(gap.idxmax())
    if float(gap.max() - gap.min()) < ALIKE:
        side = "ahead of" if gap.mean() > 0 else "behind"
        return f"{subject}: words run {side} deeds by {number(abs(gap.mean()))} in every scenario"
    over, under = float(gap[most]), float(gap[least])
    least_said = number(abs(under)) if (over < 0) == (under < 0) else _lead(under)
    return (
        f"{subject}: words {_lead(over)} in “{sides.titles[most]}”, "
        f"{least_said} in “{sides.titles[least]}”"
    )


def _lead(gap: float) -> str:
    """Such as "exceed deeds by 0.16"."""
    return f"{'exceed' if gap >= 0 else 'fall short of'} deeds by {number(abs(gap))}"


def _alt_of_gaps(wide: dict[str, pd.DataFrame], subject: str, sides: Sides) -> str:
    said = [
        f"{sides.named(str(key))}: words {number(float(wide[WORDS].loc[key, 'mean']))}, "
        f"deeds {number(float(wide[DEEDS].loc[key, 'mean']))}"
        for key in wide[WORDS].index
    ]
    return f"{subject}, a dot for words and a diamond for deeds. {'; '.join(said)}."

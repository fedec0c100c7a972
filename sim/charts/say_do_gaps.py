"""Words against deeds in several scenarios: a dot for what is said, a diamond for what is done."""

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.alignment import DEEDS, WORDS
from realpolitik.sim.charts.intervals import bar
from realpolitik.sim.charts.rows import label_rows, label_with, row_axis, top_legend
from realpolitik.sim.charts.sides import Sides
from realpolitik.sim.charts.style import BLUE, GREY, INK, ORANGE, SMALL, Words, finish
from realpolitik.sim.formatting.numbers import number

LOOKS = {WORDS: (BLUE, "circle"), DEEDS: (ORANGE, "diamond")}

ALIKE = 0.005
"""Gaps that are closer than this are said to be the same."""


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
    figure = go.Figure()
    _add_gaps(figure, wide)
    for side in wide:
        _add_side(figure, wide[side], side)
    labels = [label_with(sides.named(key), f"gap {number(gap[key])}") for key in drawn]
    label_rows(figure, labels)
    height = row_axis(figure, labels)
    figure.add_vline(x=0, line={"color": GREY, "width": 1.2})
    figure.update_xaxes(title="mean alignment [−1 against, 1 with]", nticks=6, tickformat=".2f")
    figure.update_layout(legend={"font": {"size": SMALL}})
    top_legend(figure)
    caption = sides.caption(
        "means over worlds and weeks with 95 % intervals of each scenario by itself. "
        "Words: public statements; deeds: arms, sanctions, force."
    )
    words = Words(_finding(gap, subject, sides), caption, _alt(wide, subject, sides))
    return finish(figure, words, height=height + 84)


def _add_gaps(figure: go.Figure, wide: dict[str, pd.DataFrame]) -> None:
    """A line from the words to the deeds of each scenario."""
    for row, key in enumerate(wide[WORDS].index):
        figure.add_scatter(
            x=[wide[side].loc[key, "mean"] for side in (WORDS, DEEDS)],
            y=[row, row],
            mode="lines",
            line={"color": INK, "width": 1.6},
            hoverinfo="skip",
            showlegend=False,
        )


def _add_side(figure: go.Figure, rows: pd.DataFrame, side: str) -> None:
    """The marks of words, or of deeds, with their intervals."""
    colour, symbol = LOOKS[side]
    middle = rows["mean"]
    figure.add_scatter(
        x=middle,
        y=list(range(len(rows))),
        mode="markers",
        name=side,
        marker={"color": colour, "symbol": symbol, "size": 11},
        error_x=bar(rows["high"] - middle, middle - rows["low"], colour, 2, cap=5),
        hovertemplate=f"{side} %{{x:.3f}}<extra></extra>",
    )


def _finding(gap: pd.Series, subject: str, sides: Sides) -> str:
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


def _alt(wide: dict[str, pd.DataFrame], subject: str, sides: Sides) -> str:
    said = [
        f"{sides.named(str(key))}: words {number(float(wide[WORDS].loc[key, 'mean']))}, "
        f"deeds {number(float(wide[DEEDS].loc[key, 'mean']))}"
        for key in wide[WORDS].index
    ]
    return f"{subject}, a dot for words and a diamond for deeds. {'; '.join(said)}."

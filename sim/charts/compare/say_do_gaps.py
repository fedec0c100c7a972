"""Words against deeds in several scenarios: a dot for what is said, a diamond for what is done."""

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.compare.sides import Sides
from realpolitik.sim.charts.rows import label_rows, label_with, row_axis, top_legend
from realpolitik.sim.charts.run.alignment import DEEDS, WORDS
from realpolitik.sim.charts.style import BLUE, GREY, INK, ORANGE, SMALL, Words, finish
from realpolitik.sim.words.numbers import number

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
    rows = list(range(len(drawn)))
    for row, key in enumerate(drawn):
        figure.add_scatter(
            x=[wide[side].loc[key, "mean"] for side in (WORDS, DEEDS)],
            y=[row, row],
            mode="lines",
            line={"color": INK, "width": 1.6},
            hoverinfo="skip",
            showlegend=False,
        )
    looks = {WORDS: (BLUE, "circle"), DEEDS: (ORANGE, "diamond")}
    for side, (colour, symbol) in looks.items():
        middle = wide[side]["mean"]
        figure.add_scatter(
            x=middle,
            y=rows,
            mode="markers",
            name=side,
            marker={"color": colour, "symbol": symbol, "size": 11},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": wide[side]["high"] - middle,
                "arrayminus": middle - wide[side]["low"],
                "color": colour,
                "thickness": 2,
                "width": 5,
            },
            hovertemplate=f"{side} %{{x:.3f}}<extra></extra>",
        )
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


def _finding(gap: pd.Series, subject: str, sides: Sides) -> str:
    """Where words run ahead of deeds most, and least."""
    least, most = str(gap.idxmin()), str(gap.idxmax())
    if float(gap.max() - gap.min()) < ALIKE:
        side = "ahead of" if gap.mean() > 0 else "behind"
        return f"{subject}: words run {side} deeds by {number(abs(gap.mean()))} in every scenario"
    return (
        f"{subject}: words exceed deeds by {number(gap[most])} in “{sides.titles[most]}”, "
        f"{number(gap[least])} in “{sides.titles[least]}”"
    )


def _alt(wide: dict[str, pd.DataFrame], subject: str, sides: Sides) -> str:
    said = [
        f"{sides.named(str(key))}: words {number(float(wide[WORDS].loc[key, 'mean']))}, "
        f"deeds {number(float(wide[DEEDS].loc[key, 'mean']))}"
        for key in wide[WORDS].index
    ]
    return f"{subject}, a dot for words and a diamond for deeds. {'; '.join(said)}."

"""What moves an outcome most: each address at both ends of its range, the strongest first."""

import math

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.rows import label_rows, label_with, row_axis, top_legend
from realpolitik.sim.charts.study.effect_words import effect_said, effects_said, sure, worlds_said
from realpolitik.sim.charts.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PAPER,
    SMALL,
    Words,
    finish,
    plain,
)
from realpolitik.sim.formatting.scales import Measure, setting

MOST = 15
"""Addresses that are drawn."""


def tornado(
    effects: pd.DataFrame, measure: Measure, baseline: float = math.nan, beside: str = ""
) -> go.Figure:
    """An outcome at the low and the high end of each address.

    Columns: address, value_low, value_high (the ends), at_low, at_high (means there), difference
    (high − low end, the same worlds at both), low, high (its paired 95 % interval), n (worlds a
    point), points (over how many an end is averaged).
    `baseline` is the outcome at the scenario's own values; NaN: not known, not drawn;
    `beside` is a sentence on the other addresses.
    """
    known = effects.dropna(subset=["difference"])
    order = known["difference"].abs().sort_values(ascending=False, kind="stable").index
    drawn, left = known.loc[order[:MOST]], known.loc[order[MOST:]]
    figure = go.Figure()
    for row, (_, effect) in enumerate(drawn.iterrows()):
        _add_span(figure, row, effect, measure)
    _add_ends(figure, drawn, measure)
    if math.isfinite(baseline):
        figure.add_vline(
            x=measure.factor * baseline, line={"color": GREY, "width": 1.2, "dash": "dot"}
        )
    labels = [_label(effect, measure) for _, effect in drawn.iterrows()]
    label_rows(figure, labels, lift=9)  # clear of the rings
    height = row_axis(figure, labels)
    figure.update_xaxes(title=measure.axis, nticks=6)
    top_legend(figure)
    words = Words(
        f"{measure.label}: {effects_said(effects, measure)}",
        " ".join(filter(None, [_caption(effects, left, measure, baseline), beside])),
        _alt(drawn, measure),
    )
    return finish(figure, words, height=height + 84)


def _add_span(figure: go.Figure, row: int, effect: pd.Series, measure: Measure) -> None:
    """The way from the low to the high end: full where chance does not explain it, else dotted."""
    figure.add_scatter(
        x=[measure.factor * effect["at_low"], measure.factor * effect["at_high"]],
        y=[row, row],
        mode="lines",
        line={
            "color": INK if sure(effect) else GREY,
            "width": 3 if sure(effect) else 1.5,
            "dash": "solid" if sure(effect) else "dot",
        },
        hoverinfo="skip",
        showlegend=False,
    )


def _add_ends(figure: go.Figure, drawn: pd.DataFrame, measure: Measure) -> None:
    """A ring at the low end; at the high end a diamond, with the interval of the difference."""
    rows = list(range(len(drawn)))
    hover = [[plain(_hover(effect, measure))] for _, effect in drawn.iterrows()]
    factor = measure.factor
    figure.add_scatter(
        x=factor * drawn["at_low"],
        y=rows,
        mode="markers",
        name="at the low end",
        marker={
            "color": PAPER,
            "size": 13,
            "symbol": "circle",
            "line": {"color": BLUE, "width": 3},
        },
        customdata=hover,
        hovertemplate="%{customdata[0]}<extra></extra>",
    )
    figure.add_scatter(
        x=factor * drawn["at_high"],
        y=rows,
        mode="markers",
        name="at the high end",
        marker={"color": ORANGE, "size": 9, "symbol": "diamond"},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": factor * (drawn["high"] - drawn["difference"]),
            "arrayminus": factor * (drawn["difference"] - drawn["low"]),
            "color": ORANGE,
            "thickness": 1.4,
            "width": 4,
        },
        customdata=hover,
        hovertemplate="%{customdata[0]}<extra></extra>",
    )
    figure.update_layout(legend={"font": {"size": SMALL}})


def _label(effect: pd.Series, measure: Measure) -> str:
    doubt = "" if sure(effect) else "?"
    return label_with(str(effect["address"]), f"{measure.bare_change(effect['difference'])}{doubt}")


def _hover(effect: pd.Series, measure: Measure) -> str:
    return (
        f"{effect['address']}: {measure.said(effect['at_low'])} at {setting(effect['value_low'])}, "
        f"{measure.said(effect['at_high'])} at {setting(effect['value_high'])}"
    )


def _caption(effects: pd.DataFrame, left: pd.DataFrame, measure: Measure, baseline: float) -> str:
    said = [
        f"{worlds_said(effects, 'an end')}, the same at both; whiskers and ? from "
        "the paired 95 % interval of the difference (?: it holds 0)."
    ]
    if math.isfinite(baseline):
        said.append(f"Dotted line: the scenario as it is, {measure.said(baseline)}.")
    if len(left):
        most = measure.size(float(left["difference"].abs().max()))
        further = "address moves" if len(left) == 1 else "addresses move"
        said.append(f"{len(left)} further {further} it less (at most {most}).")
    return " ".join(said)


def _alt(drawn: pd.DataFrame, measure: Measure) -> str:
    parts = [f"{each['address']}: {effect_said(each, measure)}" for _, each in drawn.iterrows()]
    rows = "; ".join(parts) or "no rows"
    return f"One row an address, {measure.label} at both ends of its range. {rows}."

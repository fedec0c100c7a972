"""Outcomes against one address, with bands, and the value at which they cross a threshold."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.study.crossings import mark_default, mark_levels, mark_tipping
from realpolitik.sim.charts.study.curve_words import Curve, curve_words
from realpolitik.sim.charts.style import (
    INK,
    MARKS,
    TEXT,
    axis_title,
    finish,
    plain,
    spread,
    translucent,
    wrapped,
)
from realpolitik.sim.formatting.scales import Measure, Varied

MOST = 4
"""More curves than this are not drawn in one chart."""

PLOT, NARROW = 300, 280
"""Height of the plot itself, and its width on a narrow page [px]."""


def curves(
    table: pd.DataFrame,
    tipping: pd.DataFrame,
    effects: pd.DataFrame,
    varied: Varied,
    measures: Mapping[str, Measure],
    beside: str = "",
    of: str = "",
) -> go.Figure:
    """Means of up to four outcomes of one scale against the values of one address.

    Columns of table: outcome, value, mean, low, high (95 % interval), n (worlds a point), points
    (averaged); of tipping: outcome, threshold, value, low, high, direction ("rising", "falling",
    "wavering" or "never"); of effects those of `tornado` and outcome. All hold rows of this
    address only; an outcome without an effect has no paired difference. `measures` says by
    outcome what is drawn, in that order; `beside` is a sentence on the other addresses. Lines may
    be scenarios in place of outcomes: then `of` is the one outcome that all of them show.
    """
    lines = _curves(table, tipping, effects, measures)
    figure = go.Figure()
    for line in lines:
        _add_curve(figure, line, alone=len(lines) == 1)
    bottom, top = _limits(lines)
    figure.update_yaxes(title=lines[0].measure.axis, range=[bottom, top], nticks=7)
    title = axis_title(varied.axis, NARROW)
    air = 0.03 * (varied.high - varied.low) or 0.5
    figure.update_xaxes(title=title, range=[varied.low - air, varied.high + air], nticks=7)
    lanes = mark_default(figure, varied)
    for line in lines:
        name = "tipping point" if len(lines) == 1 else f"{line.letter} tips at"
        for _, tipping_point in line.crossings.iterrows():
            lanes += mark_tipping(figure, varied, tipping_point, name, lanes)
    levels = {line.measure.level(line.level): line.level for line in lines if len(line.tipping)}
    mark_levels(figure, levels, lines[0].measure.factor, (bottom, top))
    foot = 46 + 16 * title.count("<br>")
    key = _add_letters(figure, lines, varied, (bottom, top))
    figure.update_layout(legend={"x": 0, "xanchor": "left", "y": -foot / PLOT, "yanchor": "top"})
    figure.update_layout(margin={"t": 14 + lanes, "b": foot + key, "r": 16 if key == 0 else 30})
    return finish(
        figure, curve_words(lines, varied, beside, of), height=PLOT + 14 + foot + lanes + key
    )


def _curves(
    table: pd.DataFrame,
    tipping: pd.DataFrame,
    effects: pd.DataFrame,
    measures: Mapping[str, Measure],
) -> list[Curve]:
    lines = []
    for (name, measure), mark, letter in zip(measures.items(), MARKS[:MOST], "ABCD", strict=False):
        rows = table[table["outcome"] == name].sort_values("value", kind="stable")
        found = tipping[tipping["outcome"] == name]
        effect = next((row for _, row in effects.iterrows() if row["outcome"] == name), None)
        lines.append(Curve(letter, measure, mark, rows, found, effect))
    return lines


def _limits(lines: list[Curve]) -> tuple[float, float]:
    """Limits of the axis of values: from 0 for shares, else as far as the bands go."""
    factor, share = lines[0].measure.factor, lines[0].measure.scale == "share"
    columns = [line.rows[column] for line in lines for column in ("mean", "low", "high")]
    levels = pd.Series([line.level for line in lines], dtype=float)
    found = factor * pd.concat([*columns, levels]).dropna().astype(float)
    low, high = (float(found.min()), float(found.max())) if len(found) else (0.0, 1.0)
    if share:
        return -max(high, 1.0) / 60, min(104.0, max(high, 1.0) * 1.15 + 0.5)
    air = 0.08 * (high - low) or max(0.05 * abs(high), 0.5)
    return low - air, high + air


def _add_curve(figure: go.Figure, line: Curve, alone: bool) -> None:
    measure, mark = line.measure, line.mark
    band = line.rows.dropna(subset=["low", "high"])
    figure.add_scatter(
        x=pd.concat([band["value"], band["value"][::-1]]),
        y=measure.factor * pd.concat([band["high"], band["low"][::-1]]),
        mode="lines",
        fill="toself",
        fillcolor=translucent(mark.colour, 0.16),
        line={"width": 0},
        hoverinfo="skip",
        showlegend=False,
    )
    rows = line.rows
    figure.add_scatter(
        x=rows["value"],
        y=measure.factor * rows["mean"],
        mode="lines+markers",
        name=f"<b>{line.letter}</b> {wrapped(measure.label, 42)}",
        line={"color": mark.colour, "dash": mark.dash, "width": 2.5},
        marker={"symbol": mark.symbol, "size": 7, "maxdisplayed": 25},
        customdata=[
            [plain(measure.label), measure.said(mean), measure.said(low), measure.said(high)]
            for mean, low, high in zip(rows["mean"], rows["low"], rows["high"], strict=True)
        ],
        hovertemplate="%{customdata[0]}<br>at %{x:.3g}: %{customdata[1]} "
        "(%{customdata[2]} to %{customdata[3]})<extra></extra>",
        showlegend=not alone,
    )


def _add_letters(
    figure: go.Figure, lines: list[Curve], varied: Varied, limits: tuple[float, float]
) -> int:
    """The letter of each of several curves at its end, and the height of their key [px]."""
    if len(lines) == 1:
        return 0
    known = [(line, line.rows.dropna(subset=["mean"])) for line in lines]
    ends = [
        (line, line.measure.factor * rows["mean"].iloc[-1]) for line, rows in known if len(rows)
    ]
    gap = (limits[1] - limits[0]) * 17 / PLOT
    places = spread([end for _, end in ends], gap, *limits)
    for (line, _), place in zip(ends, places, strict=True):
        figure.add_annotation(
            x=varied.high,
            y=place,
            xanchor="left",
            xshift=9,
            text=f"<b>{line.letter}</b>",
            showarrow=False,
            font={"size": TEXT, "color": INK},
        )
    count = sum(wrapped(line.measure.label, 42).count("<br>") + 1 for line in lines)
    return 19 * count + 4 * len(lines) + 10

"""Outcomes against one address, with bands, and the value at which they cross a threshold."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.effects import describe_direction, describe_worlds, prominence
from realpolitik.sim.charts.style import (
    CLEAR,
    GREY,
    INK,
    LIGHT,
    MARKS,
    PAPER,
    REFERENCE,
    SMALL,
    TEXT,
    THRESHOLD,
    Mark,
    Words,
    add_band,
    axis_title,
    finish,
    name_ends,
    plain,
    spread,
    translucent,
    wrapped,
)
from realpolitik.sim.formatting.numbers import listing
from realpolitik.sim.formatting.scales import MeasuredOutcome, Varied, setting

MOST = 4
"""More curves than this are not drawn in one chart."""

PLOT, NARROW = 300, 280
"""Height of the plot itself, and its width on a narrow page [px]."""


LANE = 20
"""Height of a lane [px]."""


@dataclass(frozen=True)
class Curve:
    """One outcome: its letter, its look, its rows by value, and what is known of its threshold.

    `tipping` has a row a crossing, in ascending order, or one that says never; none without a
    threshold. `effect` is the paired difference between its ends; None: not known.
    """

    letter: str
    measure: MeasuredOutcome
    mark: Mark
    rows: pd.DataFrame
    tipping: pd.DataFrame
    effect: pd.Series | None = None

    @property
    def crossings(self) -> pd.DataFrame:
        """Where it crosses its threshold within the range."""
        return self.tipping[self.tipping["value"].notna()]

    @property
    def weight(self) -> float:
        """How surely it moves from end to end; 0 where chance may explain it."""
        return 0.0 if self.effect is None else prominence(self.effect)

    @property
    def level(self) -> float:
        """Its threshold; NaN without one."""
        return float(self.tipping["threshold"].iloc[0]) if len(self.tipping) else math.nan


def curves(
    table: pd.DataFrame,
    tipping: pd.DataFrame,
    effects: pd.DataFrame,
    varied: Varied,
    measures: Mapping[str, MeasuredOutcome],
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
    measures: Mapping[str, MeasuredOutcome],
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
    low, high = (measure.factor * band[name] for name in ("low", "high"))
    add_band(figure, band["value"], low, high, translucent(mark.colour, 0.16))
    rows = line.rows
    figure.add_scatter(
        x=rows["value"],
        y=measure.factor * rows["mean"],
        name=f"<b>{line.letter}</b> {wrapped(measure.label, 42)}",
        **mark.line(2.5, most=25),
        customdata=[
            [plain(measure.label), measure.text(mean), measure.text(low), measure.text(high)]
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
    letters = [f"<b>{line.letter}</b>" for line, _ in ends]
    name_ends(figure, varied.high, letters, places, font={"size": TEXT, "color": INK})
    count = sum(wrapped(line.measure.label, 42).count("<br>") + 1 for line in lines)
    return 19 * count + 4 * len(lines) + 10


def mark_default(figure: go.Figure, varied: Varied) -> int:
    """A dotted line at the scenario's own value, if in the range; returns its lane [px]."""
    if not varied.holds_default:
        return 0
    figure.add_vline(x=varied.default, line=REFERENCE)
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
        figure.add_hline(y=height, line=THRESHOLD)
        figure.add_annotation(
            x=0,
            xref="x domain",
            y=place,
            xanchor="left",
            yanchor="bottom",
            text=f"threshold {plain(name)}",
            showarrow=False,
            font={"size": SMALL, "color": INK},
            bgcolor=CLEAR,
        )


def curve_words(lines: list[Curve], varied: Varied, beside: str, of: str = "") -> Words:
    """Title, caption and text for the blind; `of` is the outcome, where lines are scenarios.

    The title speaks of the first curve that crosses its threshold, or else of the one that is
    moved most surely; of all, where none is moved.
    """
    told = next((line for line in lines if len(line.crossings)), None)
    told = told or max(lines, key=lambda line: line.weight)
    finding = finding_of(told, varied)
    alike = [line.measure.label for line in lines if finding_of(line, varied) == finding]
    title = f"{f'{of}, ' if of else ''}{listing(alike)}: {finding}"
    return Words(title, _caption(lines, varied, beside), _alt(lines, varied, of))


def finding_of(line: Curve, varied: Varied) -> str:
    """What a curve shows: a crossing, or from where to where it goes, if that can be told."""
    measure, rows = line.measure, line.rows.dropna(subset=["mean"])
    if not len(rows):
        return f"no value at any setting of {varied.address}"
    if len(line.crossings):
        return describe_crossing(line.crossings, varied, measure)
    if math.isfinite(line.level):
        return _never(line.level, rows, varied, measure)
    if line.effect is not None:
        return describe_direction(line.effect, measure)
    first, last = rows.iloc[0], rows.iloc[-1]
    ends = f"{measure.often(first['mean'])} at {setting(first['value'])}"
    return f"{ends} and {measure.text(last['mean'])} at {setting(last['value'])}, not paired"


def describe_crossing(crossings: pd.DataFrame, varied: Varied, measure: MeasuredOutcome) -> str:
    """Such as "in fewer than 5 % of worlds once RUS.israel_ties reaches 0.42 (0.38 to 0.47)"."""
    parts = list[str]()
    for _, each in crossings.iterrows():
        name = "it" if parts else varied.address
        value, low, high = (float(each[column]) for column in ("value", "low", "high"))
        level = float(each["threshold"])
        side = f"{measure.beyond(level, each['direction'] == 'rising')} once {name} reaches"
        if each["direction"] == "wavering":
            side = f"not told from {measure.level(level)} where {name} is near"
        parts.append(f"{side} {varied.near(value)} ({varied.span(low, high)})")
    return ", then ".join(parts)


def _never(level: float, rows: pd.DataFrame, varied: Varied, measure: MeasuredOutcome) -> str:
    above = float(rows["mean"].mean()) > level
    ends = f"{setting(rows['value'].iloc[0])} and {setting(rows['value'].iloc[-1])}"
    reached = (rows["low"] <= level) & (level <= rows["high"])
    doubt = ", though intervals reach that level" if reached.any() else ""
    return f"{measure.beyond(level, above)} wherever {varied.address} lies between {ends}{doubt}"


def _caption(lines: list[Curve], varied: Varied, beside: str) -> str:
    rows = pd.concat([line.rows for line in lines])
    said = [f"{describe_worlds(rows, 'a value')}; shading 95 % intervals of chance."]
    if math.isfinite(varied.default):
        own = f"{setting(varied.default)} in the scenario"
        said.append(f"{own}: dotted line." if varied.holds_default else f"{own}: not in the range.")
    if any(len(line.crossings) for line in lines):
        said.append("Grey strip: 95 % interval of where the threshold (dashed) is crossed.")
    elif any(len(line.tipping) for line in lines):
        said.append("Dashed: the threshold, which is not crossed.")
    return " ".join(filter(None, [*said, beside]))


def _alt(lines: list[Curve], varied: Varied, of: str) -> str:
    parts = [f"{line.measure.label}, {finding_of(line, varied)}" for line in lines]
    what = f"{of} by value of {varied.address}, one line a scenario"
    what = what if of else f"Means by value of {varied.address}, one line an outcome"
    return f"{what}. {'; '.join(parts)}."

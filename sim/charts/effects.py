"""What moves an outcome most: each address at both ends of its range, the strongest first."""

import math

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.forest import Plot, Points, Spans, forest, label_with, rows_of
from realpolitik.sim.charts.style import INK, LOOKS, REFERENCE, UNSURE, Words
from realpolitik.sim.formatting.scales import MeasuredOutcome, how_many, setting

MOST = 15
"""Addresses that are drawn."""


def tornado(
    effects: pd.DataFrame, measure: MeasuredOutcome, baseline: float = math.nan, beside: str = ""
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
    words = Words(
        f"{measure.label}: {describe_effects(effects, measure)}",
        " ".join(filter(None, [_caption(effects, left, measure, baseline), beside])),
        _alt(drawn, measure),
    )
    labels = [_label(effect, measure) for _, effect in drawn.iterrows()]
    lines = {measure.factor * baseline: REFERENCE} if math.isfinite(baseline) else {}
    axis = {"title": measure.axis, "nticks": 6}
    return forest(words, Plot(rows_of(labels), _layers(drawn, measure), axis, lines))


def _layers(drawn: pd.DataFrame, measure: MeasuredOutcome) -> list[Spans | Points]:
    """The ways from end to end, dotted where chance may explain them, and a mark at each end."""
    numbers = ("at_low", "at_high", "difference", "low", "high")
    at_low, at_high, change, low, high = (measure.factor * drawn[name] for name in numbers)
    certain = [sure(effect) for _, effect in drawn.iterrows()]
    ends = list(zip(at_low, at_high, strict=True))
    hover = [_hover(effect, measure) for _, effect in drawn.iterrows()]
    ways = []
    for is_sure, line in ((True, {"color": INK, "width": 3}), (False, UNSURE)):
        rows = [row for row, each in enumerate(certain) if each == is_sure]
        ways.append(Spans("", [ends[row] for row in rows], line, rows=rows))
    whisker = (at_high - change + low, at_high - change + high)
    return [
        *ways,
        Points("at the low end", LOOKS["low end"], at_low, hover=hover, size=13),
        Points("at the high end", LOOKS["high end"], at_high, outer=whisker, hover=hover, size=9),
    ]


def _label(effect: pd.Series, measure: MeasuredOutcome) -> str:
    doubt = "" if sure(effect) else "?"
    return label_with(str(effect["address"]), f"{measure.bare_change(effect['difference'])}{doubt}")


def _hover(effect: pd.Series, measure: MeasuredOutcome) -> str:
    return (
        f"{effect['address']}: {measure.text(effect['at_low'])} at {setting(effect['value_low'])}, "
        f"{measure.text(effect['at_high'])} at {setting(effect['value_high'])}"
    )


def _caption(
    effects: pd.DataFrame, left: pd.DataFrame, measure: MeasuredOutcome, baseline: float
) -> str:
    said = [
        f"{describe_worlds(effects, 'an end')}, the same at both; whiskers and ? from "
        "the paired 95 % interval of the difference (?: it holds 0)."
    ]
    if math.isfinite(baseline):
        said.append(f"Dotted line: the scenario as it is, {measure.text(baseline)}.")
    if len(left):
        most = measure.size(float(left["difference"].abs().max()))
        further = "address moves" if len(left) == 1 else "addresses move"
        said.append(f"{len(left)} further {further} it less (at most {most}).")
    return " ".join(said)


def _alt(drawn: pd.DataFrame, measure: MeasuredOutcome) -> str:
    parts = [f"{each['address']}: {describe_effect(each, measure)}" for _, each in drawn.iterrows()]
    rows = "; ".join(parts) or "no rows"
    return f"One row an address, {measure.label} at both ends of its range. {rows}."


def sure(effect: pd.Series) -> bool:
    """Whether the paired interval leaves out 0."""
    return bool(effect["low"] > 0 or effect["high"] < 0)


def prominence(effect: pd.Series) -> float:
    """How far an effect stands out: its size in half-widths of its paired interval.

    0 where chance may explain it; comparable between outcomes of different units.
    """
    if not sure(effect):
        return 0.0
    half = float(effect["high"] - effect["low"]) / 2
    return abs(float(effect["difference"])) / half if half > 0 else math.inf


def surely_moving(effects: pd.DataFrame) -> pd.DataFrame:
    """The effects that chance does not explain, the greatest first."""
    if not len(effects):
        return effects
    kept = effects[[sure(effect) for _, effect in effects.iterrows()]]
    order = kept["difference"].abs().sort_values(ascending=False, kind="stable").index
    return kept.loc[order]


def describe_effects(effects: pd.DataFrame, measure: MeasuredOutcome) -> str:
    """What of several addresses moves an outcome most, such as "RUS.ties moves it most, from …"."""
    known = effects.dropna(subset=["difference"])
    if not len(known):
        return "no address has a value at both ends of its range"
    moving = surely_moving(known)
    if not len(moving):
        return f"no address is seen to move it{describe_at_most(known, measure)}"
    return f"{moving['address'].iloc[0]} moves it most, {describe_effect(moving.iloc[0], measure)}"


def describe_at_most(effects: pd.DataFrame, measure: MeasuredOutcome) -> str:
    """How far intervals of effects reach, such as ", at most by 1.3 percentage points"."""
    most = effects[["low", "high"]].astype(float).abs().to_numpy()
    known = len(most) and np.isfinite(most).all()
    return f", at most by {measure.size(float(most.max()))}" if known else ""


def describe_effect(effect: pd.Series, measure: MeasuredOutcome) -> str:
    """Such as "from 12.1 % of worlds at 0 to 3.0 % at 0.8, a change of −9.1 points (−10 to −8)"."""
    return (
        f"from {measure.often(effect['at_low'])} at {setting(effect['value_low'])} "
        f"to {measure.text(effect['at_high'])} at {setting(effect['value_high'])}, "
        f"a change of {format_change(effect, measure)}"
    )


def format_change(effect: pd.Series, measure: MeasuredOutcome) -> str:
    """Such as "−9.1 percentage points (−10.2 to −8.0)"."""
    span = measure.change_span(float(effect["low"]), float(effect["high"]))
    return f"{measure.change(float(effect['difference']))} ({span})"


def describe_direction(effect: pd.Series, measure: MeasuredOutcome) -> str:
    """From where to where an outcome goes along one address, if it can be told from chance."""
    way = (
        f"as {effect['address']} goes from {setting(effect['value_low'])} "
        f"to {setting(effect['value_high'])}"
    )
    if not math.isfinite(effect["difference"]):
        return f"no value at one of the ends {way}"
    if not sure(effect):
        return f"no difference between the ends can be told from chance {way}"
    ends = f"from {measure.often(effect['at_low'])} to {measure.text(effect['at_high'])}"
    return f"{ends} {way}, a change of {format_change(effect, measure)}"


def describe_worlds(rows: pd.DataFrame, what: str) -> str:
    """Such as "400 worlds a value", or "400 worlds at each of 3 points a value".

    Columns: n (worlds a point, the least of those averaged), points (how many are averaged).
    """
    counts, points = rows["n"].astype(float).tolist(), rows["points"].max()
    if not points > 1:
        return how_many(counts, f"worlds {what}")
    return f"{how_many(counts, 'worlds')} at each of {int(points)} points {what}"

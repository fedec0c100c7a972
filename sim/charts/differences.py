"""How far outcomes differ from the baseline: dots around 0, with paired and unpaired intervals."""

import math
from collections.abc import Iterator

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.effects import sure
from realpolitik.sim.charts.forest import Plot, Points, forest, label_of, rows_of
from realpolitik.sim.charts.sides import Sides
from realpolitik.sim.charts.style import ZERO, Words
from realpolitik.sim.formatting.numbers import listing, number
from realpolitik.sim.formatting.scales import MeasuredOutcome


def difference_dots(differences: pd.DataFrame, sides: Sides) -> go.Figure:
    """Each outcome less the baseline’s, one plot a unit, one row an outcome.

    Columns: scenario, outcome, label, scale, difference, low, high (95 %), paired, pairs,
    width_unpaired, gain. Thin bars behind: as wide as the interval without pairs, about the same
    middle.
    """
    rows = differences[differences["scenario"].isin(sides.others)].dropna(subset=["difference"])
    words = Words(finding(rows, sides), caption(rows, sides), alt(rows, sides))
    return forest(words, *(_plot(group, sides) for group in _groups(rows)))


def _groups(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The outcomes that share an axis: those of one scale, numbers each by itself."""
    unit = rows["scale"].where(rows["scale"] != "number", "number " + rows["outcome"])
    for name in dict.fromkeys(unit):
        yield rows[unit == name]


def _plot(group: pd.DataFrame, sides: Sides) -> Plot:
    """The rows of one unit, a mark a scenario."""
    first = group.iloc[0]
    measure = MeasuredOutcome(str(first["label"]), str(first["scale"]))
    outcomes = list(dict.fromkeys(group["outcome"]))
    labels = group.drop_duplicates("outcome")["label"].astype(str)
    return Plot(
        rows_of(map(label_of, labels), len(sides.others)),
        [_points(group, outcomes, place, key, sides) for place, key in enumerate(sides.others)],
        {"title": measure.change_axis, "nticks": 6, "range": _range(group)},
        {0: ZERO},
    )


def _range(group: pd.DataFrame) -> list[float]:
    """Limits of the axis: all bars and 0, with some air; a plot without differences has some."""
    factor = MeasuredOutcome("", group["scale"].iloc[0]).factor
    half = group["width_unpaired"].fillna(0.0) / 2
    low = factor * min(0.0, group["low"].min(), (group["difference"] - half).min())
    high = factor * max(0.0, group["high"].max(), (group["difference"] + half).max())
    air = 0.04 * (high - low) or 1.0
    return [low - air, high + air]


def _points(group: pd.DataFrame, outcomes: list[str], place: int, key: str, sides: Sides) -> Points:
    """The dots of a scenario on thin and on thick bars; hollow where the interval holds 0."""
    of = group[group["scenario"] == key]
    factor = MeasuredOutcome("", str(group["scale"].iloc[0])).factor
    names = ("difference", "low", "high", "width_unpaired")
    middle, low, high, width = (factor * of[name] for name in names)
    return Points(
        sides.titles[key],
        sides.mark(key),
        middle,
        (low, high),
        (middle - width / 2, middle + width / 2),
        rows=[outcomes.index(name) for name in of["outcome"]],
        place=place,
        hollow=[not sure(row) for _, row in of.iterrows()],
        hover=[f"{format_difference(row)}; {format_gain(row)}" for _, row in of.iterrows()],
        size=9,
        thickness=3.2,
    )


def format_difference(row: pd.Series) -> str:
    """A difference in a sentence, such as "+7.6 percentage points (+5.0 to +10.2)"."""
    measure = MeasuredOutcome(str(row["label"]), str(row["scale"]))
    change = measure.change(float(row["difference"]))
    return f"{change} ({measure.change_span(float(row['low']), float(row['high']))})"


def format_gain(row: pd.Series) -> str:
    """How many times narrower its interval is for being paired."""
    if not row["paired"]:
        return "not paired"
    pairs, gain = f"{int(row['pairs']):,} pairs", float(row["gain"])
    return f"{pairs}; interval {number(gain, 1)} times narrower" if math.isfinite(gain) else pairs


def weight(row: pd.Series) -> float:
    """How far a difference stands out: its size in half-widths of the unpaired interval.

    Comparable between units: 1 is what an unpaired comparison would just have seen.
    """
    width = float(row["width_unpaired"])
    return abs(float(row["difference"])) / (width / 2) if width > 0 else 0.0


def strongest(rows: pd.DataFrame) -> pd.DataFrame:
    """The differences whose interval leaves out 0, those that stand out most first."""
    kept = rows[[sure(row) for _, row in rows.iterrows()]] if len(rows) else rows
    weights = [weight(row) for _, row in kept.iterrows()]
    return kept.iloc[sorted(range(len(kept)), key=lambda place: -weights[place])]


def finding(rows: pd.DataFrame, sides: Sides) -> str:
    """The difference that stands out most; one of weeks, which the horizon caps, only if alone."""
    ranked = strongest(rows)
    if not len(ranked):
        return "None of these outcomes differs from the baseline by more than chance explains"
    uncapped = ranked[ranked["scale"] != "weeks"]
    first = (uncapped if len(uncapped) else ranked).iloc[0]
    title = sides.titles[first["scenario"]]
    return f"{first['label']} stands out: {format_difference(first)} in “{title}”"


def caption(rows: pd.DataFrame, sides: Sides) -> str:
    """What dots and bars are, and what is not paired."""
    paired = rows[rows["paired"].astype(bool)]
    if paired.empty:
        how = "bars 95 % intervals of worlds that are not paired"
    else:
        gain = float(paired["gain"].median())
        times = f" ({number(gain, 1)} times, in the median)" if math.isfinite(gain) else ""
        thin = f"thin bars, about the same dot, as wide as without pairing{times}"
        how = f"thick bars paired 95 % intervals; {thin}"
    apart = list(dict.fromkeys(rows.loc[~rows["paired"].astype(bool), "scenario"]))
    some = f"; not paired: {listing([sides.titles[key] for key in apart])}" if len(apart) else ""
    hollow = "Hollow: the interval holds 0."
    capped = (
        " A week that never came counts as the last." if (rows["scale"] == "weeks").any() else ""
    )
    against = f"Less the baseline, “{sides.titles[sides.baseline]}”."
    return sides.caption(f"{how}{some if len(paired) else ''}. {hollow}{capped} {against}")


def alt(rows: pd.DataFrame, sides: Sides) -> str:
    """All dots in words."""
    parts = [
        f"{row['label']}, {sides.titles[row['scenario']]}: {format_difference(row)}"
        for _, row in rows.iterrows()
    ]
    return "Dots around 0, one row an outcome. " + "; ".join(parts) + "."

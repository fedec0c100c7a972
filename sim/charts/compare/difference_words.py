"""What is said of differences: which stand out, how sure they are, what pairs add."""

import math

import pandas as pd

from realpolitik.sim.charts.compare.sides import Sides
from realpolitik.sim.charts.study.effect_words import sure
from realpolitik.sim.formatting.numbers import listing, number
from realpolitik.sim.formatting.scales import Measure


def difference_said(row: pd.Series) -> str:
    """A difference in a sentence, such as "+7.6 percentage points (+5.0 to +10.2)"."""
    measure = Measure(str(row["label"]), str(row["scale"]))
    change = measure.change(float(row["difference"]))
    return f"{change} ({measure.change_span(float(row['low']), float(row['high']))})"


def gain_said(row: pd.Series) -> str:
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
    return f"{first['label']} stands out: {difference_said(first)} in “{title}”"


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
        f"{row['label']}, {sides.titles[row['scenario']]}: {difference_said(row)}"
        for _, row in rows.iterrows()
    ]
    return "Dots around 0, one row an outcome. " + "; ".join(parts) + "."

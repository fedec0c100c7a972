"""What is said of effects: how far an address moves an outcome, and whether chance explains it.

The rule is one everywhere: an effect is told if the 95 % interval of its paired difference leaves
out 0. Intervals of the ends say less, as both ends saw the same worlds.
"""

import math

import numpy as np
import pandas as pd

from realpolitik.sim.formatting.scales import Measure, how_many, setting


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


def effects_said(effects: pd.DataFrame, measure: Measure) -> str:
    """What of several addresses moves an outcome most, such as "RUS.ties moves it most, from …"."""
    known = effects.dropna(subset=["difference"])
    if not len(known):
        return "no address has a value at both ends of its range"
    moving = surely_moving(known)
    if not len(moving):
        return f"no address is seen to move it{at_most_said(known, measure)}"
    return f"{moving['address'].iloc[0]} moves it most, {effect_said(moving.iloc[0], measure)}"


def at_most_said(effects: pd.DataFrame, measure: Measure) -> str:
    """How far intervals of effects reach, such as ", at most by 1.3 percentage points"."""
    most = effects[["low", "high"]].astype(float).abs().to_numpy()
    known = len(most) and np.isfinite(most).all()
    return f", at most by {measure.size(float(most.max()))}" if known else ""


def effect_said(effect: pd.Series, measure: Measure) -> str:
    """Such as "from 12.1 % of worlds at 0 to 3.0 % at 0.8, a change of −9.1 points (−10 to −8)"."""
    return (
        f"from {measure.often(effect['at_low'])} at {setting(effect['value_low'])} "
        f"to {measure.said(effect['at_high'])} at {setting(effect['value_high'])}, "
        f"a change of {change_said(effect, measure)}"
    )


def change_said(effect: pd.Series, measure: Measure) -> str:
    """Such as "−9.1 percentage points (−10.2 to −8.0)"."""
    span = measure.change_span(float(effect["low"]), float(effect["high"]))
    return f"{measure.change(float(effect['difference']))} ({span})"


def way_said(effect: pd.Series, measure: Measure) -> str:
    """From where to where an outcome goes along one address, if it can be told from chance."""
    way = (
        f"as {effect['address']} goes from {setting(effect['value_low'])} "
        f"to {setting(effect['value_high'])}"
    )
    if not math.isfinite(effect["difference"]):
        return f"no value at one of the ends {way}"
    if not sure(effect):
        return f"no difference between the ends can be told from chance {way}"
    ends = f"from {measure.often(effect['at_low'])} to {measure.said(effect['at_high'])}"
    return f"{ends} {way}, a change of {change_said(effect, measure)}"


def worlds_said(rows: pd.DataFrame, what: str) -> str:
    """Such as "400 worlds a value", or "400 worlds at each of 3 points a value".

    Columns: n (worlds a point, the least of those averaged), points (how many are averaged).
    """
    counts, points = rows["n"].astype(float).tolist(), rows["points"].max()
    if not points > 1:
        return how_many(counts, f"worlds {what}")
    return f"{how_many(counts, 'worlds')} at each of {int(points)} points {what}"

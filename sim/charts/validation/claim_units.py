"""Where the effects behind verdicts lie: in units that make claims about unlike outcomes alike."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

TURNED = ("lower", "below")
FARTHEST = 1000.0
"""Units beyond which a dot is drawn at the edge."""


@dataclass(frozen=True)
class Ruler:
    """What effects are measured in.

    Attributes:
        axis: Title of the axis.
        title: The finding, with places for {holds}, {fails}, {undecided} and {claims}.
        caption: How to read it.
    """

    axis: str
    title: str
    caption: str


SIZED = Ruler(
    "effect, in units of the smallest that matters",
    "Of {claims} claims with a smallest effect that matters {holds} hold, {fails} fail and "
    "{undecided} stay undecided",
    "Right of the shaded band lies an effect that goes the way the claim says and matters; within "
    "the band it is too small. Squares: nothing should change, so they should lie within the band.",
)
ANY = Ruler(
    "effect, in units of half its 95 % interval",
    "Of {claims} claims where any effect counts, or a level, {holds} hold, {fails} fail and "
    "{undecided} stay undecided",
    "Right of the shaded band lies an effect that goes the way the claim says, or a level on the "
    "side it should be, beyond chance; within the band chance may explain it.",
)


def placed(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that have an interval, with where they lie: x, x_low, x_high in units."""
    known = table.dropna(subset=["effect", "low", "high"])
    half = (known["high"] - known["low"]) / 2
    unit = known["by"].where(known["by"] > 0, half)
    sign = np.where(known["expect"].isin(TURNED), -1.0, 1.0)
    ends = {
        name: [_units(one, by) for one, by in zip(sign * known[column], unit, strict=True)]
        for name, column in (("x", "effect"), ("one", "low"), ("other", "high"))
    }
    found = known.assign(**ends)
    found["x_low"] = found[["one", "other"]].min(axis=1)
    found["x_high"] = found[["one", "other"]].max(axis=1)
    return found.sort_values("x", ascending=False, kind="stable")


def _units(effect: float, unit: float) -> float:
    """An effect in units; what is sure to the last digit is as far away as can be."""
    if effect == 0 or not unit:
        return math.copysign(FARTHEST, effect) if effect else 0.0
    return min(max(effect / unit, -FARTHEST), FARTHEST)

"""Effects: how far an outcome moves from one end of an address's range to the other."""

import numpy as np
import pandas as pd

from realpolitik.sim.analysis.curves import Curve, each
from realpolitik.sim.analysis.lines import Lines
from realpolitik.sim.experiments.tallies import Findings
from realpolitik.sim.stats.intervals import Scale
from realpolitik.sim.stats.jackknife import half_width

FIGURES = (
    *("at_low", "at_low_low", "at_low_high", "at_high", "at_high_low", "at_high_high"),
    *("difference", "low", "high", "at_low_came", "at_high_came"),
)


def effects(findings: Findings) -> pd.DataFrame:
    """The outcome at both ends of each address and the difference of the two.

    Columns: outcome, address, value_low, value_high (the ends), at_low, at_low_low, at_low_high,
    at_high, at_high_low, at_high_high, difference (upper end less lower), low, high (its 95 %
    interval), at_low_came, at_high_came (of weeks the share of worlds in which it came; NaN on
    other scales), n, points. Both ends have seen the same worlds, so the interval of the difference
    is that of pairs, and mostly far narrower than those of the ends suggest. In a grid of several
    addresses both are averaged over the others: over `points` points at either end, each of at
    least `n` worlds. NaN where an end has no value.
    """
    scale = findings.scales
    return pd.DataFrame(
        [
            {"outcome": name, "address": line.address, **_effect(line, curve, scale[name])}
            for name, line, curve in each(findings)
        ]
    )


def _effect(line: Lines, curve: Curve, scale: Scale) -> dict[str, float]:
    """The row of one outcome and one address."""
    ends = {"value_low": float(line.levels[0]), "value_high": float(line.levels[-1])}
    if not {*ends.values()} <= {*curve.levels}:
        return {**ends, **dict.fromkeys(FIGURES, np.nan), "n": 0, "points": 0}
    difference = curve.mean[-1] - curve.mean[0]
    n = np.minimum(curve.n[0], curve.n[-1])
    half = half_width(curve.without[-1] - curve.without[0], scale, n)
    low, high = difference - half, difference + half
    low, high = max(low, -scale.width), min(high, scale.width)
    figures = (
        *(curve.mean[0], curve.low[0], curve.high[0]),
        *(curve.mean[-1], curve.low[-1], curve.high[-1]),
        *(difference, low, high),
        *(curve.came[0], curve.came[-1]),
    )
    told = {k: float(v) for k, v in zip(FIGURES, figures, strict=True)}
    return {**ends, **told, "n": int(n), "points": curve.points}

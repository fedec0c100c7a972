"""Tipping points: where along an address an outcome crosses a threshold."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from realpolitik.sim.analysis.crossing import Crossing, crossings
from realpolitik.sim.analysis.curves import Curve, average
from realpolitik.sim.analysis.lines import Lines, defaults, lines
from realpolitik.sim.experiments.tallies import Findings
from realpolitik.sim.stats.jackknife import null_variance

COLUMNS = (*("outcome", "address", "threshold", "value", "low", "high", "direction", "n", "note"),)


def tipping(findings: Findings) -> pd.DataFrame:
    """Where each outcome that has a threshold crosses it, along each address.

    Columns: outcome, address, threshold, value, low, high (95 % interval), direction (rising,
    falling, wavering, never), n (worlds, the least of the points used), note. Each crossing has a
    row; those that cannot be told apart share one, which is `wavering` where they are even. The
    curve is straight between two levels: the interval holds what worlds leave open, not what lies
    between levels, which the note names. In a grid of several addresses the others stay at the
    levels closest to their values in the scenario.
    """
    thresholds: Mapping[str, float] = findings.study["thresholds"]
    own, scale, along = defaults(findings), findings.scales, lines(findings)
    rows: list[dict[str, Any]] = []
    for name in (name for name in scale if name in thresholds):
        for line in (line.nearest(own) for line in along):
            curve = average(line, findings.tallies[name], scale[name])
            level = float(thresholds[name])
            ids = {"outcome": name, "address": line.address, "threshold": level}
            least = null_variance(level, curve.n, scale[name], curve.without)
            found = crossings(curve.levels, curve.mean, curve.without, level, least)
            rows += [{**ids, **row} for row in _rows(curve, found, level, _others(line))]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(
    curve: Curve, found: list[Crossing], threshold: float, others: str
) -> list[dict[str, Any]]:
    """The crossings of a curve as rows; one that says never where there is none."""
    if not found:
        return [_never(curve, threshold, others)]
    return [
        {
            "value": one.value,
            "low": one.low,
            "high": one.high,
            "direction": one.direction,
            "n": int(curve.n[one.segment : one.segment + 2].min()),
            "note": "; ".join(filter(None, _remarks(one, number, len(found), curve, others))),
        }
        for number, one in enumerate(found, start=1)
    ]


def _remarks(one: Crossing, number: int, of: int, curve: Curve, others: str) -> list[str]:
    """What there is to say of a crossing."""
    left, right = curve.levels[one.segment : one.segment + 2]
    open_ends = one.low <= curve.levels[0] or one.high >= curve.levels[-1]
    return [
        f"crossing {number} of {of}" if of > 1 else "",
        "the curve wavers about the threshold there"
        if one.times > 1
        else f"straight line between the levels {left:.4g} and {right:.4g}",
        "the interval reaches the end of the range and may go on beyond it" if open_ends else "",
        others,
    ]


def _never(curve: Curve, threshold: float, others: str) -> dict[str, Any]:
    """The row of a curve that stays on one side."""
    row = {"value": np.nan, "low": np.nan, "high": np.nan, "direction": "never", "n": 0}
    if len(curve.levels) == 0:
        return {**row, "note": "no level has a value"}
    below = bool(curve.mean[0] < threshold)
    at = int(np.argmax(curve.mean) if below else np.argmin(curve.mean))
    reached = (curve.high >= threshold) if below else (curve.low < threshold)
    figures = f"{curve.mean[at]:.3g} ({curve.low[at]:.3g} to {curve.high[at]:.3g})"
    remarks = [
        f"stays {'below' if below else 'at or above'} {threshold:.4g}: "
        f"at {'most' if below else 'least'} {figures}",
        "but intervals reach it: more worlds would tell" if reached.any() else "",
        others,
    ]
    return {**row, "n": int(curve.n[at]), "note": "; ".join(filter(None, remarks))}


def _others(line: Lines) -> str:
    """Where the other addresses of a grid stay."""
    if line.others.shape[1] == 0 or line.others.shape[0] != 1:
        return ""
    stays = line.others.iloc[0]
    return "others at " + ", ".join(f"{name} = {value:.4g}" for name, value in stays.items())

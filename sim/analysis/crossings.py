"""Tipping points: where along an address an outcome crosses a threshold, with intervals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from realpolitik.sim.analysis.curves import AddressLines, AveragedCurve, average, defaults, lines
from realpolitik.sim.engine.world import Array
from realpolitik.sim.experiments.tallies import Findings
from realpolitik.sim.stats.jackknife import covariance, null_variance, student


@dataclass(frozen=True)
class TippingPoint:
    """Where a curve of straight lines between levels crosses a threshold.

    Attributes:
        value: Where it does; where it wavers, the middle of its crossings.
        low: Lower end of the 95 % interval; NaN where there are fewer than two batches.
        high: Upper end.
        before: Whether the curve lies at or above the threshold on the left.
        after: The same on the right.
        segment: Number of the level at the left; where it wavers, of the first crossing.
        times: How often it crosses there; more than once: it wavers about the threshold.
    """

    value: float
    low: float
    high: float
    before: bool
    after: bool
    segment: int
    times: int = 1

    @property
    def direction(self) -> str:
        """Rising or falling; `wavering` where it ends on the side from which it came."""
        if self.before == self.after:
            return "wavering"
        return "rising" if self.after else "falling"


def crossings(
    levels: Array, mean: Array, without: Array, threshold: float, least: Array | None = None
) -> list[TippingPoint]:
    """The crossings of a curve with a threshold, from left to right; those not told apart are one.

    The interval of a crossing is the stretch around it in which the threshold lies within the
    pointwise 95 % interval of the curve, by the batches and with what neighbouring levels have
    in common. That is a test turned round (Fieller 1954, doi:10.1111/j.2517-6161.1954.tb00159.x):
    where the curve itself crosses but once, it covers the crossing as often as the pointwise
    interval covers the curve there. It is cut at the ends of the range.

    Args:
        levels: Ascending, (levels,).
        mean: The curve at the levels, (levels,).
        without: The same without each batch, (levels, batches).
        threshold: A level at which the curve counts as above if it is equal.
        least: Variance that a level has at least, (levels,): what it would have if it lay at the
            threshold. Batches in which next to nothing happened know too little of it.
    """
    above = mean >= threshold
    least = np.zeros(len(levels)) if least is None else least
    stretches = _joined([*_stretches(levels, mean - threshold, without, least)])
    found: list[TippingPoint] = []
    for left in np.flatnonzero(above[1:] != above[:-1]):
        weight = (threshold - mean[left]) / (mean[left + 1] - mean[left])
        value = float(levels[left] + weight * (levels[left + 1] - levels[left]))
        low, high = _around(value, stretches, float(levels[-1] - levels[0]))
        if without.shape[-1] < 2:
            low = high = float("nan")
        found.append(
            TippingPoint(value, low, high, bool(above[left]), bool(above[left + 1]), int(left))
        )
    return [_as_one([*same]) for _, same in groupby(found, _place)]


def _place(one: TippingPoint) -> tuple[float, float]:
    """What crossings that cannot be told apart have in common: their interval."""
    return (one.low, one.high) if one.low <= one.high else (one.value, one.value)


def _as_one(same: list[TippingPoint]) -> TippingPoint:
    """The crossing that stands for all that lie in the same stretch."""
    first = same[0]
    value = float(np.median([one.value for one in same]))
    return replace(first, value=value, after=same[-1].after, times=len(same))


def _stretches(
    levels: Array, gap: Array, without: Array, least: Array
) -> Iterator[tuple[float, float]]:
    """Where the threshold, `gap` below the curve, lies within the band, segment by segment."""
    if without.shape[-1] < 2:
        return
    t = student(without.shape[-1])
    for left in range(len(levels) - 1):
        ends = slice(left, left + 2)
        low, high = levels[ends]
        for a, b in _within_band(
            gap[ends], t**2 * _at_least(covariance(without[ends]), least[ends])
        ):
            yield float(low + a * (high - low)), float(low + b * (high - low))


def _at_least(found: Array, least: Array) -> Array:
    """A covariance with no variance less than these; correlations stay as they are."""
    was = np.sqrt(found.diagonal())
    scale = np.sqrt(np.maximum(found.diagonal(), least))
    known = np.outer(was, was) > 0
    alike = np.where(known, found / np.where(known, np.outer(was, was), 1.0), np.eye(len(found)))
    return np.asarray(alike * np.outer(scale, scale))


def _within_band(gap: Array, allowed: Array) -> list[tuple[float, float]]:
    """Where in [0, 1] the straight line between two gaps is less, squared, than is allowed.

    `gap` (2,) are the distances from the threshold at the ends, `allowed` (2, 2) their covariance
    times the square of the quantile. Solves a quadratic inequality.
    """
    slope = gap[1] - gap[0]
    square = slope**2 - (allowed[0, 0] - 2 * allowed[0, 1] + allowed[1, 1])
    linear = 2 * (gap[0] * slope - (allowed[0, 1] - allowed[0, 0]))
    constant = gap[0] ** 2 - allowed[0, 0]
    inner = np.roots(np.array([square, linear, constant]))
    real = inner.real[np.abs(inner.imag) < 1e-12]
    cuts = np.unique(np.clip([0.0, *real, 1.0], 0, 1))
    middles = (cuts[1:] + cuts[:-1]) / 2
    holds = (square * middles + linear) * middles + constant <= 0
    return [(a, b) for a, b, so in zip(cuts[:-1], cuts[1:], holds, strict=True) if so]


def _joined(stretches: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches from left to right, those that touch made one."""
    joined: list[tuple[float, float]] = []
    for low, high in stretches:
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], high)
        else:
            joined.append((low, high))
    return joined


def _around(
    value: float, stretches: list[tuple[float, float]], width: float
) -> tuple[float, float]:
    """The stretch that holds a value; the value alone where the worlds leave nothing open."""
    slack = 1e-9 * width
    for low, high in stretches:
        if low - slack <= value <= high + slack:
            return min(low, value), max(high, value)
    return value, value


# ── The table of tipping points ──────────────────────────────────────────────────────


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
    curve: AveragedCurve, found: list[TippingPoint], threshold: float, others: str
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


def _remarks(
    one: TippingPoint, number: int, of: int, curve: AveragedCurve, others: str
) -> list[str]:
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


def _never(curve: AveragedCurve, threshold: float, others: str) -> dict[str, Any]:
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


def _others(line: AddressLines) -> str:
    """Where the other addresses of a grid stay."""
    if line.others.shape[1] == 0 or line.others.shape[0] != 1:
        return ""
    stays = line.others.iloc[0]
    return "others at " + ", ".join(f"{name} = {value:.4g}" for name, value in stays.items())

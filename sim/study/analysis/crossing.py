"""Crossings of a curve with a threshold, each with an interval."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from realpolitik.sim.study.analysis.jackknife import Array, covariance, student


@dataclass(frozen=True)
class Crossing:
    """Where a curve of straight lines between levels crosses a threshold.

    Attributes:
        value: Where it does.
        low: Lower end of the 95 % interval; NaN where there are fewer than two batches.
        high: Upper end.
        rising: Whether the curve comes from below.
        segment: Number of the level at the left.
    """

    value: float
    low: float
    high: float
    rising: bool
    segment: int


def crossings(levels: Array, mean: Array, without: Array, threshold: float) -> list[Crossing]:
    """The crossings of a curve with a threshold, from left to right.

    The interval of a crossing is the stretch around it in which the threshold lies within the
    pointwise 95 % interval of the curve, by the batches and with what neighbouring levels have
    in common. That is a test turned round (Fieller 1954, doi:10.1111/j.2517-6161.1954.tb00159.x):
    where the curve itself crosses but once, it covers the crossing exactly as often as the
    pointwise interval covers the curve. It is cut at the ends of the range.

    Args:
        levels: Ascending, (levels,).
        mean: The curve at the levels, (levels,).
        without: The same without each batch, (levels, batches).
        threshold: A level at which the curve counts as above if it is equal.
    """
    above = mean >= threshold
    found = []
    stretches = _joined([*_stretches(levels, mean, without, threshold)])
    for left in np.flatnonzero(above[1:] != above[:-1]):
        weight = (threshold - mean[left]) / (mean[left + 1] - mean[left])
        value = float(levels[left] + weight * (levels[left + 1] - levels[left]))
        low, high = _around(value, stretches, float(levels[-1] - levels[0]))
        if without.shape[-1] < 2:
            low = high = float("nan")
        found.append(Crossing(value, low, high, bool(above[left + 1]), int(left)))
    return found


def _stretches(
    levels: Array, mean: Array, without: Array, threshold: float
) -> Iterator[tuple[float, float]]:
    """Where the threshold lies within the band, segment by segment."""
    if without.shape[-1] < 2:
        return
    t = student(without.shape[-1])
    for left in range(len(levels) - 1):
        ends = slice(left, left + 2)
        low, high = levels[ends]
        for a, b in _within_band(mean[ends] - threshold, t**2 * covariance(without[ends])):
            yield float(low + a * (high - low)), float(low + b * (high - low))


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

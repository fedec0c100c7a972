"""Intervals that charts draw: around shares, and as bars about a mark."""

import math
from typing import Any

Z95 = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


def wilson(share: float, n: int) -> tuple[float, float]:
    """95 % score interval of a share seen in n cases (Wilson 1927, doi:10.2307/2276774)."""
    if n < 1 or not math.isfinite(share):
        return math.nan, math.nan
    square = Z95**2
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = Z95 / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n**2))
    return max(0.0, centre - half), min(1.0, centre + half)


def bar(above: Any, below: Any, colour: str, thickness: float, cap: int = 0) -> dict[str, Any]:
    """An error bar of Plotly's: its reaches above and below the marks, both at least 0."""
    return {
        "type": "data",
        "symmetric": False,
        "array": above,
        "arrayminus": below,
        "color": colour,
        "thickness": thickness,
        "width": cap,
    }

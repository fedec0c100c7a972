"""Bayes factors in words: two figures, and no more than can be meant."""

import math

from realpolitik.sim.formatting.numbers import NONE

MOST_SAID = 10_000.0


def factor_said(factor: float) -> str:
    """A Bayes factor to two figures: 240, 12, 3.4, 0.081; none beyond 10,000 or its inverse."""
    if math.isnan(factor):
        return "unknown"
    if factor > MOST_SAID:
        return f"> {MOST_SAID:,.0f}"
    if factor < 1 / MOST_SAID:
        return f"< {1 / MOST_SAID:.4f}"
    return f"{float(f'{factor:.2g}'):,.6g}"


def factor_span(low: float, high: float) -> str:
    """The interval of a Bayes factor; a dash where there is none."""
    return NONE if math.isnan(low) else f"{factor_said(low)} to {factor_said(high)}"

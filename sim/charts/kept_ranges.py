"""Where the values lie that no pattern rules out, beside the ranges that were declared."""

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.forest import (
    ENDS,
    Layer,
    Plot,
    Points,
    Spans,
    defaults,
    forest,
    label_with,
    rows_of,
)
from realpolitik.sim.charts.style import BLUE, LIGHT, LOOKS, Words, translucent
from realpolitik.sim.formatting.numbers import listing
from realpolitik.sim.formatting.scales import Varied


def kept_ranges(ranges: pd.DataFrame, varied: Mapping[str, Varied]) -> go.Figure:
    """Where the points that remain lie in the range of each address, and which was best.

    Columns, a row an address: address, low, high (declared), best, kept_low, kept_q25, kept_q75,
    kept_high (NaN if nothing remains), n (points that remain). `varied` is by address.
    """
    whole = [varied[str(address)] for address in ranges["address"]]
    outer, inner = (
        [
            (each.place(start), each.place(end))
            for each, start, end in zip(whole, ranges[low], ranges[high], strict=True)
        ]
        for low, high in (("kept_low", "kept_high"), ("kept_q25", "kept_q75"))
    )
    layers: list[Layer] = [
        Spans("declared", [(0.0, 1.0)] * len(whole), {"color": LIGHT, "width": 4}),
        Spans("not implausible", outer, {"color": translucent(BLUE, 0.55), "width": 5}),
        Spans("middle half of that", inner, {"color": BLUE, "width": 12}),
        defaults(whole),
        _best(whole, ranges["best"]),
    ]
    labels = [
        label_with(each.address, _kept(each, low, high))
        for each, low, high in zip(whole, ranges["kept_q25"], ranges["kept_q75"], strict=True)
    ]
    words = Words(_narrowed(ranges, whole), _caption(ranges), _alt(ranges, whole))
    return forest(words, Plot(rows_of(labels), layers, {**ENDS, "showgrid": False}))


def _best(whole: list[Varied], best: pd.Series) -> Points:
    """A cross a row where the best set lies."""
    hover = [
        f"{each.address} is {each.near(value)} in the best set"
        for each, value in zip(whole, best, strict=True)
    ]
    places = [each.place(value) for each, value in zip(whole, best, strict=True)]
    return Points("the best set", LOOKS["best value"], places, hover=hover)


def _kept(each: Varied, low: float, high: float) -> str:
    return each.within(low, high) if math.isfinite(low + high) else "nothing remains"


def _narrowed(ranges: pd.DataFrame, whole: list[Varied]) -> str:
    """Which addresses the patterns say most about."""
    if not int(ranges["n"].iloc[0]):
        return "No set of parameters that was tried remains"
    width = pd.Series(
        [
            each.place(high) - each.place(low)
            for each, low, high in zip(whole, ranges["kept_q25"], ranges["kept_q75"], strict=True)
        ]
    )
    first = [whole[int(row)].address for row in width.sort_values(kind="stable").index[:3]]
    return f"The patterns say most about {listing(first)}"


def _caption(ranges: pd.DataFrame) -> str:
    remain = f"{int(ranges['n'].max()):,} points remain, of all waves"
    return (
        f"Each address from the low to the high end of its declared range; {remain}. Later "
        "waves draw around points that remain, so the thick bars show where points lie that were "
        "found, not how probable a value is."
    )


def _alt(ranges: pd.DataFrame, whole: list[Varied]) -> str:
    parts = [
        f"{each.address} {_kept(each, low, high)}"
        for each, low, high in zip(whole, ranges["kept_q25"], ranges["kept_q75"], strict=True)
    ]
    told = "; ".join(parts)
    return f"Bars within bars, one row an address: the middle half of what remains. {told}."

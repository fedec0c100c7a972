"""How well a calibrated model meets its patterns, and which values they leave it."""

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
from realpolitik.sim.charts.style import BLUE, LIGHT, LOOKS, THRESHOLD, Words, translucent
from realpolitik.sim.formatting.numbers import listing, number
from realpolitik.sim.formatting.scales import Varied

SETTINGS = {"start": "defaults", "best": "best set"}
"""Where a pattern is looked at, and what that looks like."""

MOST = 8.0
"""Implausibility beyond which a dot stands at the end of the axis."""


def implausibility_dots(patterns: pd.DataFrame, cutoff: float) -> go.Figure:
    """Implausibility of each pattern at the defaults (open) and at the best set (filled).

    Columns, a row a pattern and setting: at (start | best), pattern, says, value, verdict,
    implausibility (NaN: nothing to be measured), n (worlds that bear on it).
    """
    names = list(dict.fromkeys(patterns["pattern"]))
    labels = [_pattern_label(patterns[patterns["pattern"] == name]) for name in names]
    points = [_points(patterns, names, at, place) for place, at in enumerate(SETTINGS)]
    known = patterns["implausibility"].dropna()
    end = min(max(float(known.max()) if len(known) else 0.0, 1.2 * cutoff), MOST)
    axis = {"title": "implausibility", "range": [-0.02 * end, 1.03 * end], "nticks": 8}
    words = Words(_finding(patterns), _caption(patterns, cutoff), _alt(patterns))
    return forest(words, Plot(rows_of(labels, 2, 12), points, axis, {cutoff: THRESHOLD}))


def _points(patterns: pd.DataFrame, names: list[str], at: str, place: int) -> Points:
    here = patterns[patterns["at"] == at]
    told = zip(
        *(here[name] for name in ("pattern", "value", "implausibility", "verdict")), strict=True
    )
    return Points(
        f"the {SETTINGS[at]}",
        LOOKS[SETTINGS[at]],
        here["implausibility"].clip(upper=MOST),
        rows=[names.index(name) for name in here["pattern"]],
        place=place,
        hover=[
            f"{name}: {number(value, 3)}, implausibility {size:.2f} ({verdict})"
            for name, value, size, verdict in told
        ],
    )


def _pattern_label(both: pd.DataFrame) -> str:
    """What a pattern says, and its verdict before and after."""
    words = [str(word) for word in both["verdict"]]
    told = words[0] if len(set(words)) == 1 else " → ".join(words)
    return label_with(str(both["says"].iloc[0]), told)


def _finding(patterns: pd.DataFrame) -> str:
    """Such as "At the defaults 9 of 11 patterns hold, at the best set 11"."""
    holding = (patterns["verdict"] == "holds").groupby(patterns["at"]).sum()
    number_of = patterns["pattern"].nunique()
    start, best = (int(holding.get(at, 0)) for at in SETTINGS)
    return f"At the defaults {start} of {number_of} patterns hold, at the best set {best}"


def _caption(patterns: pd.DataFrame, cutoff: float) -> str:
    missed = patterns[patterns["verdict"] == "missed"]
    told = [f"{name} ({at})" for name, at in zip(missed["pattern"], missed["at"], strict=True)]
    return (
        f"Up to {int(patterns['n'].max()):,} worlds a pattern. Implausibility is the distance from "
        "the target over the root of the variances of chance, record and model; 0 is inside the "
        f"target, beyond {cutoff:g} (dashed) a set is rejected. A pattern holds if its whole 95 % "
        f"interval lies in the target. Missed: {listing(told) if told else 'none'}."
    )


def _alt(patterns: pd.DataFrame) -> str:
    parts = [
        f"{name} at the {SETTINGS[at]} {size:.2f}, {verdict}"
        for name, at, size, verdict in zip(
            *(patterns[each] for each in ("pattern", "at", "implausibility", "verdict")),
            strict=True,
        )
    ]
    return f"Dots of implausibility, one row a pattern. {'; '.join(parts)}."


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
    words = Words(
        _narrowed(ranges, whole), _caption_of_ranges(ranges), _alt_of_ranges(ranges, whole)
    )
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


def _caption_of_ranges(ranges: pd.DataFrame) -> str:
    remain = f"{int(ranges['n'].max()):,} points remain, of all waves"
    return (
        f"Each address from the low to the high end of its declared range; {remain}. Later "
        "waves draw around points that remain, so the thick bars show where points lie that were "
        "found, not how probable a value is."
    )


def _alt_of_ranges(ranges: pd.DataFrame, whole: list[Varied]) -> str:
    parts = [
        f"{each.address} {_kept(each, low, high)}"
        for each, low, high in zip(whole, ranges["kept_q25"], ranges["kept_q75"], strict=True)
    ]
    told = "; ".join(parts)
    return f"Bars within bars, one row an address: the middle half of what remains. {told}."

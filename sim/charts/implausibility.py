"""Which patterns a calibrated model meets: how implausible it is in each, before and after."""

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.forest import Plot, Points, forest, label_with, rows_of
from realpolitik.sim.charts.style import LOOKS, THRESHOLD, Words
from realpolitik.sim.formatting.numbers import listing, number

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

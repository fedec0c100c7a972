"""Which patterns a calibrated model meets: how implausible it is in each, before and after."""

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.rows import label_rows, label_with, row_axis, top_legend
from realpolitik.sim.charts.style import (
    BLUE,
    GREY,
    ORANGE,
    PAPER,
    SMALL,
    Words,
    finish,
    plain,
)
from realpolitik.sim.formatting.numbers import listing, number

LOOKS = {
    "start": ("the defaults", ORANGE, "diamond", 0.0),
    "best": ("the best set", BLUE, "circle", 0.16),
}
MOST = 8.0
"""Implausibility beyond which a dot stands at the end of the axis."""


def implausibility_dots(patterns: pd.DataFrame, cutoff: float) -> go.Figure:
    """Implausibility of each pattern at the defaults (open) and at the best set (filled).

    Columns, a row a pattern and setting: at (start | best), pattern, says, value, verdict,
    implausibility (NaN: nothing to be measured), n (worlds that bear on it).
    """
    names = list(dict.fromkeys(patterns["pattern"]))
    rows = {name: row for row, name in enumerate(names)}
    figure = go.Figure()
    for at, (called, colour, symbol, shift) in LOOKS.items():
        here = patterns[patterns["at"] == at]
        figure.add_scatter(
            x=here["implausibility"].clip(upper=MOST),
            y=[rows[name] + shift for name in here["pattern"]],
            mode="markers",
            name=called,
            marker={
                "color": PAPER if at == "start" else colour,
                "symbol": symbol,
                "size": 11,
                "line": {"color": colour, "width": 2},
            },
            customdata=[
                [plain(name), number(value, 3), f"{size:.2f}", word]
                for name, value, size, word in here[
                    ["pattern", "value", "implausibility", "verdict"]
                ].itertuples(index=False)
            ],
            hovertemplate="%{customdata[0]}: %{customdata[1]}, implausibility %{customdata[2]} "
            "(%{customdata[3]})<extra></extra>",
        )
    figure.add_vline(x=cutoff, line={"color": GREY, "width": 1.5, "dash": "dash"})
    labels = [_pattern_label(patterns[patterns["pattern"] == name]) for name in names]
    label_rows(figure, labels)
    height = row_axis(figure, labels) + 10
    known = patterns["implausibility"].dropna()
    end = min(max(float(known.max()) if len(known) else 0.0, 1.2 * cutoff), MOST)
    figure.update_xaxes(title="implausibility", range=[-0.02 * end, 1.03 * end], nticks=8)
    top_legend(figure)
    figure.update_layout(legend={"font": {"size": SMALL}})
    words = Words(_finding(patterns), _caption(patterns, cutoff), _alt(patterns))
    return finish(figure, words, height=height + 84)


def _pattern_label(both: pd.DataFrame) -> str:
    """What a pattern says, and its verdict before and after."""
    words = [str(word) for word in both["verdict"]]
    told = words[0] if len(set(words)) == 1 else " → ".join(words)
    return label_with(str(both["says"].iloc[0]), told)


def _finding(patterns: pd.DataFrame) -> str:
    """Such as "At the defaults 9 of 11 patterns hold, at the best set 11"."""
    holding = (patterns["verdict"] == "holds").groupby(patterns["at"]).sum()
    number_of = patterns["pattern"].nunique()
    start, best = (int(holding.get(at, 0)) for at in LOOKS)
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
        f"{row['pattern']} at {LOOKS[row['at']][0]} {row['implausibility']:.2f}, {row['verdict']}"
        for _, row in patterns.iterrows()
    ]
    return f"Dots of implausibility, one row a pattern. {'; '.join(parts)}."

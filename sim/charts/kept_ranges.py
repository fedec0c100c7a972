"""Where the values lie that no pattern rules out, beside the ranges that were declared."""

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.rows import add_defaults, label_rows, label_with, row_axis, top_legend
from realpolitik.sim.charts.style import BLUE, LIGHT, ORANGE, PAPER, SMALL, Words, finish, plain
from realpolitik.sim.formatting.numbers import listing
from realpolitik.sim.formatting.scales import Varied


def kept_ranges(ranges: pd.DataFrame, varied: Mapping[str, Varied]) -> go.Figure:
    """Where the points that remain lie in the range of each address, and which was best.

    Columns, a row an address: address, low, high (declared), best, kept_low, kept_q25, kept_q75,
    kept_high (NaN if nothing remains), n (points that remain). `varied` is by address.
    """
    whole = [varied[str(address)] for address in ranges["address"]]
    figure = go.Figure()
    _add_bars(figure, [(0.0, 1.0)] * len(whole), "declared", LIGHT, 4)
    for name, colour, width, low, high in (
        ("not implausible", BLUE, 5, "kept_low", "kept_high"),
        ("middle half of that", BLUE, 12, "kept_q25", "kept_q75"),
    ):
        ends = [
            (each.place(start), each.place(end))
            for each, start, end in zip(whole, ranges[low], ranges[high], strict=True)
        ]
        _add_bars(figure, ends, name, colour, width)
    add_defaults(figure, whole)
    _add_best(figure, whole, ranges["best"])
    labels = [
        label_with(each.address, _kept(each, low, high))
        for each, low, high in zip(whole, ranges["kept_q25"], ranges["kept_q75"], strict=True)
    ]
    label_rows(figure, labels, lift=9)
    height = row_axis(figure, labels)
    figure.update_xaxes(
        range=[-0.03, 1.03], tickvals=[0, 1], ticktext=["low end", "high end"], showgrid=False
    )
    top_legend(figure)
    figure.update_layout(legend={"font": {"size": SMALL}})
    words = Words(
        _narrowed(ranges, whole), _caption_of_ranges(ranges), _alt_of_ranges(ranges, whole)
    )
    return finish(figure, words, height=height + 84)


def _add_best(figure: go.Figure, whole: list[Varied], best: pd.Series) -> None:
    """A cross a row where the best set lies."""
    figure.add_scatter(
        x=[each.place(value) for each, value in zip(whole, best, strict=True)],
        y=list(range(len(whole))),
        mode="markers",
        name="the best set",
        marker={"symbol": "x", "size": 10, "color": ORANGE, "line": {"color": PAPER, "width": 1}},
        customdata=[
            [plain(each.address), each.near(value)] for each, value in zip(whole, best, strict=True)
        ],
        hovertemplate="%{customdata[0]} is %{customdata[1]} in the best set<extra></extra>",
    )


def _add_bars(
    figure: go.Figure, ends: list[tuple[float, float]], name: str, colour: str, width: int
) -> None:
    """A line a row, from end to end; none where the ends are not known."""
    known = [(row, low, high) for row, (low, high) in enumerate(ends) if math.isfinite(low + high)]
    figure.add_scatter(
        x=[place for _, low, high in known for place in (low, high, None)],
        y=[place for row, _, _ in known for place in (row, row, None)],
        mode="lines",
        name=name,
        line={"color": colour, "width": width},
        opacity=0.55 if width == 5 else 1,
        hoverinfo="skip",
    )


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

"""How much of the differences between points each address accounts for: Sobol' indices as dots."""

import math

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.forest import Plot, Points, forest, label_with, rows_of
from realpolitik.sim.charts.style import LOOKS, Words
from realpolitik.sim.formatting.numbers import NONE, nearest
from realpolitik.sim.formatting.scales import Measure, how_many

MOST = 15
"""Addresses that are drawn."""


def sobol_dots(indices: pd.DataFrame, measure: Measure) -> go.Figure:
    """First (filled) and total index (open) of each address, the greatest total first.

    Columns: address, first, first_low, first_high, total, total_low, total_high (95 % intervals,
    of worlds and design), first_noise_low, first_noise_high, total_noise_low, total_noise_high (of
    worlds alone), n (worlds a point), points.
    """
    known = indices.dropna(subset=["total"]).sort_values("total", ascending=False, kind="stable")
    drawn, left = known.head(MOST), known.iloc[MOST:]
    labels = [
        label_with(str(address), f"{_percent(first)} alone, {_percent(total)} in all")
        for address, first, total in zip(
            drawn["address"], drawn["first"], drawn["total"], strict=True
        )
    ]
    points = [
        _points(drawn, "first", "alone", "alone (first)", 0),
        _points(drawn, "total", "in all", "in all, with interactions (total)", 1),
    ]
    title = "share of the variance between points [%]"
    axis = {"title": title, "range": _limits(drawn), "nticks": 7}
    words = Words(
        f"{measure.label}: {indices_said(indices)}",
        _caption(indices, left),
        _alt(drawn, measure),
    )
    return forest(words, Plot(rows_of(labels, marks=2, step=12), points, axis))


def _percent(share: float) -> str:
    return NONE if not math.isfinite(share) else f"{nearest(100 * share)} %".replace("-", "−")


def _limits(drawn: pd.DataFrame) -> list[float]:
    """Limits of the axis [%]: 0 to 100, and as far beyond as the intervals go."""
    found = drawn[[name for name in drawn if str(name).startswith(("first", "total"))]]
    values = found.to_numpy(dtype=float).ravel()
    values = 100 * values[pd.notna(values)]
    low, high = (values.min(), values.max()) if len(values) else (0.0, 100.0)
    return [min(float(low) - 3, -2.0), max(float(high) + 3, 102.0)]


def _points(drawn: pd.DataFrame, index: str, look: str, name: str, place: int) -> Points:
    """Marks of one index: thin bars for all uncertainty, thick bars for chance between worlds."""
    thin, thick = (
        (100 * drawn[f"{index}{kind}_low"], 100 * drawn[f"{index}{kind}_high"])
        for kind in ("", "_noise")
    )
    hover = [
        f"{address}, {index}: {_percent(share)}"
        for address, share in zip(drawn["address"], drawn[index], strict=True)
    ]
    return Points(
        name, LOOKS[look], 100 * drawn[index], thick, thin, place=place, hover=hover, thickness=4.5
    )


def index_said(row: pd.Series) -> str:
    """Such as "accounts alone for 62 % (54 % to 70 %) of the variance between points"."""
    span = f"{_percent(row['first_low'])} to {_percent(row['first_high'])}"
    if not math.isfinite(row["first_low"]):
        span = "interval unknown"
    return f"accounts alone for {_percent(row['first'])} ({span}) of the variance between points"


def indices_said(indices: pd.DataFrame) -> str:
    """What accounts for most alone, such as "RUS.ties accounts alone for 62 % (54 % to 70 %) …"."""
    known = indices.dropna(subset=["first", "total"])
    if not len(known):
        return (
            "its differences between points cannot be told from chance, so that any address may "
            "account for all of them or for none"
        )
    first = known.sort_values("first", ascending=False, kind="stable").iloc[0]
    return f"{first['address']} {index_said(first)}"


def _caption(indices: pd.DataFrame, left: pd.DataFrame) -> str:
    said = [
        f"{how_many(list(indices['points']), 'points')}, "
        f"{how_many(list(indices['n']), 'worlds a point')}; 95 % intervals: thick from chance "
        "between worlds alone, thin from worlds and choice of points together."
    ]
    if len(left):
        said.append(
            f"Not drawn: {len(left)} with less (at most {_percent(left['total'].max())} in all)."
        )
    return " ".join(said)


def _alt(drawn: pd.DataFrame, measure: Measure) -> str:
    parts = [
        f"{row['address']} {_percent(row['first'])} alone, {_percent(row['total'])} in all"
        for _, row in drawn.iterrows()
    ]
    said = "; ".join(parts) or "none"
    return f"Dots with intervals, one row an address: variance of {measure.label}. {said}."

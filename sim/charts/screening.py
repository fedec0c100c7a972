"""Which addresses matter at all: the mean size of their effects, after Morris."""

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.effects import at_most_said
from realpolitik.sim.charts.forest import Plot, Points, forest, label_with, rows_of
from realpolitik.sim.charts.style import LOOKS, Words
from realpolitik.sim.formatting.scales import Measure, how_many

MOST = 15
"""Addresses that are drawn."""


def morris_dots(effects: pd.DataFrame, measure: Measure) -> go.Figure:
    """Mean size of the effect of each address (dot), and how uneven it is (open triangle).

    Columns: address, mu, mu_star, mu_star_low, mu_star_high (95 % interval), sigma, n (worlds a
    point), points. Effects are changes of the outcome over the whole range of an address.
    """
    known = effects.dropna(subset=["mu_star"])
    known = known.sort_values("mu_star", ascending=False, kind="stable")
    drawn, left = known.head(MOST), known.iloc[MOST:]
    labels = [
        label_with(str(address), measure.bare_change(size).lstrip("+"))
        for address, size in zip(drawn["address"], drawn["mu_star"], strict=True)
    ]
    title = f"{measure.label}: {screening_said(effects, measure)}"
    words = Words(title, _caption(effects, left, measure), _alt(drawn, measure))
    rows = rows_of(labels, marks=2, step=12)
    return forest(words, Plot(rows, _points(drawn, measure), _axis(drawn, measure)))


def _axis(drawn: pd.DataFrame, measure: Measure) -> dict[str, object]:
    found = drawn[["mu_star", "mu_star_high", "sigma"]].max().max()
    most = measure.factor * float(found) if float(found or 0) > 0 else 1.0
    return {"title": measure.change_axis, "range": [-0.03 * most, 1.05 * most], "nticks": 6}


def _points(drawn: pd.DataFrame, measure: Measure) -> list[Points]:
    """A dot a row at the mean size, with its interval, and below it a triangle."""
    numbers = ("mu_star", "mu_star_low", "mu_star_high", "sigma")
    size, low, high, sigma = (measure.factor * drawn[name] for name in numbers)
    hover = {
        name: [
            f"{address}, {said}: {measure.size(value)}"
            for address, value in zip(drawn["address"], drawn[name], strict=True)
        ]
        for name, said in (("mu_star", "mean size"), ("sigma", "unevenness"))
    }
    mean, uneven = LOOKS["size"], LOOKS["unevenness"]
    return [
        Points("mean size of the effect (μ*)", mean, size, (low, high), hover=hover["mu_star"]),
        Points("how uneven it is (σ)", uneven, sigma, place=1, hover=hover["sigma"], size=9),
    ]


def surely_moving(effects: pd.DataFrame) -> pd.DataFrame:
    """The addresses whose interval leaves out 0, the greatest mean size first."""
    kept = effects[effects["mu_star_low"] > 0]
    return kept.sort_values("mu_star", ascending=False, kind="stable")


def screening_said(effects: pd.DataFrame, measure: Measure) -> str:
    """What moves an outcome most, such as "RUS.ties moves it most, by 9.1 points …"."""
    moving = surely_moving(effects)
    if not len(moving):
        ends = effects.assign(low=effects["mu_star_low"], high=effects["mu_star_high"])
        return f"no address is seen to move it{at_most_said(ends, measure)}"
    first = moving.iloc[0]
    return f"{first['address']} moves it most, {_size_said(first, measure)}"


def _size_said(row: pd.Series, measure: Measure) -> str:
    """Such as "by 9.1 points (8.0 to 10.2) on average over its range, downward"."""
    low, high = (measure.size(row[name]).split()[0] for name in ("mu_star_low", "mu_star_high"))
    span = f"{low} to {high}" if pd.notna(row["mu_star_low"]) else "interval unknown"
    way = ""
    if row["mu_star"] > 0 and abs(row["mu"]) > 0.9 * row["mu_star"]:
        way = ", upward" if row["mu"] > 0 else ", downward"
    return f"by {measure.size(row['mu_star'])} ({span}) on average over its range{way}"


def _caption(effects: pd.DataFrame, left: pd.DataFrame, measure: Measure) -> str:
    said = [
        f"{how_many(list(effects['points']), 'points')}, "
        f"{how_many(list(effects['n']), 'worlds a point')}; bars 95 % intervals. A triangle far to "
        "the right of 0: the effect depends on the other addresses, or bends."
    ]
    if len(left):
        most = measure.size(float(left["mu_star"].max()))
        said.append(f"Not drawn: {len(left)} with less (at most {most}).")
    return " ".join(said)


def _alt(drawn: pd.DataFrame, measure: Measure) -> str:
    parts = [f"{row['address']} {_size_said(row, measure)}" for _, row in drawn.iterrows()]
    said = "; ".join(parts) or "none"
    return f"Dots with intervals, one row an address, change of {measure.label}. {said}."

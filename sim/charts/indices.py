"""How much each address matters: Sobol’ indices, and mean sizes of effects after Morris."""

import math

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.effects import describe_at_most
from realpolitik.sim.charts.forest import Plot, Points, forest, label_with, rows_of
from realpolitik.sim.charts.style import LOOKS, Words
from realpolitik.sim.formatting.numbers import NONE, nearest
from realpolitik.sim.formatting.scales import MeasuredOutcome, how_many

MOST = 15
"""Addresses that are drawn."""


def sobol_dots(indices: pd.DataFrame, measure: MeasuredOutcome) -> go.Figure:
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
        f"{measure.label}: {describe_indices(indices)}",
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


def format_index(row: pd.Series) -> str:
    """Such as "accounts alone for 62 % (54 % to 70 %) of the variance between points"."""
    span = f"{_percent(row['first_low'])} to {_percent(row['first_high'])}"
    if not math.isfinite(row["first_low"]):
        span = "interval unknown"
    return f"accounts alone for {_percent(row['first'])} ({span}) of the variance between points"


def describe_indices(indices: pd.DataFrame) -> str:
    """What accounts for most alone, such as "RUS.ties accounts alone for 62 % (54 % to 70 %) …"."""
    known = indices.dropna(subset=["first", "total"])
    if not len(known):
        return (
            "its differences between points cannot be told from chance, so that any address may "
            "account for all of them or for none"
        )
    first = known.sort_values("first", ascending=False, kind="stable").iloc[0]
    return f"{first['address']} {format_index(first)}"


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


def _alt(drawn: pd.DataFrame, measure: MeasuredOutcome) -> str:
    parts = [
        f"{row['address']} {_percent(row['first'])} alone, {_percent(row['total'])} in all"
        for _, row in drawn.iterrows()
    ]
    said = "; ".join(parts) or "none"
    return f"Dots with intervals, one row an address: variance of {measure.label}. {said}."


def morris_dots(effects: pd.DataFrame, measure: MeasuredOutcome) -> go.Figure:
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
    title = f"{measure.label}: {describe_screening(effects, measure)}"
    words = Words(
        title, _caption_of_effects(effects, left, measure), _alt_of_effects(drawn, measure)
    )
    rows = rows_of(labels, marks=2, step=12)
    return forest(
        words, Plot(rows, _points_of_effects(drawn, measure), _axis_of_effects(drawn, measure))
    )


def _axis_of_effects(drawn: pd.DataFrame, measure: MeasuredOutcome) -> dict[str, object]:
    found = drawn[["mu_star", "mu_star_high", "sigma"]].max().max()
    most = measure.factor * float(found) if float(found or 0) > 0 else 1.0
    return {"title": measure.change_axis, "range": [-0.03 * most, 1.05 * most], "nticks": 6}


def _points_of_effects(drawn: pd.DataFrame, measure: MeasuredOutcome) -> list[Points]:
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


def surely_screened(effects: pd.DataFrame) -> pd.DataFrame:
    """The addresses whose interval leaves out 0, the greatest mean size first."""
    kept = effects[effects["mu_star_low"] > 0]
    return kept.sort_values("mu_star", ascending=False, kind="stable")


def describe_screening(effects: pd.DataFrame, measure: MeasuredOutcome) -> str:
    """What moves an outcome most, such as "RUS.ties moves it most, by 9.1 points …"."""
    moving = surely_screened(effects)
    if not len(moving):
        ends = effects.assign(low=effects["mu_star_low"], high=effects["mu_star_high"])
        return f"no address is seen to move it{describe_at_most(ends, measure)}"
    first = moving.iloc[0]
    return f"{first['address']} moves it most, {_format_size(first, measure)}"


def _format_size(row: pd.Series, measure: MeasuredOutcome) -> str:
    """Such as "by 9.1 points (8.0 to 10.2) on average over its range, downward"."""
    low, high = (measure.size(row[name]).split()[0] for name in ("mu_star_low", "mu_star_high"))
    span = f"{low} to {high}" if pd.notna(row["mu_star_low"]) else "interval unknown"
    way = ""
    if row["mu_star"] > 0 and abs(row["mu"]) > 0.9 * row["mu_star"]:
        way = ", upward" if row["mu"] > 0 else ", downward"
    return f"by {measure.size(row['mu_star'])} ({span}) on average over its range{way}"


def _caption_of_effects(effects: pd.DataFrame, left: pd.DataFrame, measure: MeasuredOutcome) -> str:
    said = [
        f"{how_many(list(effects['points']), 'points')}, "
        f"{how_many(list(effects['n']), 'worlds a point')}; bars 95 % intervals. A triangle far to "
        "the right of 0: the effect depends on the other addresses, or bends."
    ]
    if len(left):
        most = measure.size(float(left["mu_star"].max()))
        said.append(f"Not drawn: {len(left)} with less (at most {most}).")
    return " ".join(said)


def _alt_of_effects(drawn: pd.DataFrame, measure: MeasuredOutcome) -> str:
    parts = [f"{row['address']} {_format_size(row, measure)}" for _, row in drawn.iterrows()]
    said = "; ".join(parts) or "none"
    return f"Dots with intervals, one row an address, change of {measure.label}. {said}."

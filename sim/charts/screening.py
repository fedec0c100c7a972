"""Which addresses matter at all: the mean size of their effects, after Morris."""

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.effects import at_most_said
from realpolitik.sim.charts.rows import label_rows, label_with, row_axis, top_legend
from realpolitik.sim.charts.style import BLUE, GREY, SMALL, Words, finish, plain
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
    figure = go.Figure()
    _add_sizes(figure, drawn, measure.factor)
    _add_unevenness(figure, drawn, measure.factor)
    labels = [
        label_with(str(address), measure.bare_change(size).lstrip("+"))
        for address, size in zip(drawn["address"], drawn["mu_star"], strict=True)
    ]
    label_rows(figure, labels)
    height = row_axis(figure, labels) + (10 if labels else 0)
    found = drawn[["mu_star", "mu_star_high", "sigma"]].max().max()
    most = measure.factor * float(found) if float(found or 0) > 0 else 1.0
    figure.update_xaxes(title=measure.change_axis, range=[-0.03 * most, 1.05 * most], nticks=6)
    top_legend(figure)
    figure.update_layout(legend={"font": {"size": SMALL}})
    title = f"{measure.label}: {screening_said(effects, measure)}"
    words = Words(title, _caption(effects, left, measure), _alt(drawn, measure))
    return finish(figure, words, height=height + 84)


def _add_sizes(figure: go.Figure, drawn: pd.DataFrame, factor: float) -> None:
    """A dot a row at the mean size, with its interval."""
    figure.add_scatter(
        x=factor * drawn["mu_star"],
        y=list(range(len(drawn))),
        mode="markers",
        name="mean size of the effect (μ*)",
        marker={"color": BLUE, "size": 11},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": factor * (drawn["mu_star_high"] - drawn["mu_star"]),
            "arrayminus": factor * (drawn["mu_star"] - drawn["mu_star_low"]),
            "color": BLUE,
            "thickness": 2.6,
            "width": 0,
        },
        customdata=_names(drawn),
        hovertemplate="%{customdata[0]}, mean size: %{x:.3g}<extra></extra>",
    )


def _add_unevenness(figure: go.Figure, drawn: pd.DataFrame, factor: float) -> None:
    """An open triangle a row, a little below the dot."""
    figure.add_scatter(
        x=factor * drawn["sigma"],
        y=[row + 0.24 for row in range(len(drawn))],
        mode="markers",
        name="how uneven it is (σ)",
        marker={"color": GREY, "size": 9, "symbol": "triangle-up-open", "line": {"width": 2}},
        customdata=_names(drawn),
        hovertemplate="%{customdata[0]}, unevenness: %{x:.3g}<extra></extra>",
    )


def _names(drawn: pd.DataFrame) -> list[list[str]]:
    return [[plain(str(address))] for address in drawn["address"]]


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

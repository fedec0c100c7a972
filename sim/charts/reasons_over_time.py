"""How what speaks for an action and against it changes over the weeks."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.style import (
    INK,
    LOOKS,
    MARKS,
    REFERENCE,
    SMALL,
    Mark,
    Words,
    finish,
    plain,
    spread,
    translucent,
    week_axis,
    wrapped,
)
from realpolitik.sim.charts.waterfall import NOTHING, signed

MOST = 5
"""Reasons that have a line of their own; the others are summed."""

PLOT, LABEL, LINE = 380, 15, 15
"""Height of the plot [px], letters in a line of a label, and the height of that line [px]."""


def reasons_over_time(table: pd.DataFrame, option: str, other: str, sample: str) -> go.Figure:
    """A line a reason: what it adds to the log odds of the option in each week.

    Columns: week (from 1), reason (its name), mean, low, high (95 % interval), n. The five that
    are strongest over all weeks are drawn, the rest as one sum. `option` is a clause such as
    "Russia sends arms to Iran", `other` what that is weighed against; `sample` a sentence.
    """
    known = table.dropna(subset=["mean"])
    ranking = _ranking(known)
    lines = _lines(known, ranking)
    figure = go.Figure()
    for (name, rows), mark in zip(lines.items(), (*MARKS[:MOST], LOOKS["rest"]), strict=False):
        _add_line(figure, name, rows, mark)
    bottom, top = _limits(lines)
    _add_names(figure, lines, (bottom, top))
    figure.add_hline(y=0, line=REFERENCE)
    week_axis(figure, int(table["week"].max()) if len(table) else 1)
    figure.update_yaxes(title="added to the log odds", range=[bottom, top], nticks=7)
    figure.update_layout(margin={"r": 112}, showlegend=False)
    words = Words(
        _finding(lines, option),
        _caption(other, sample, len(ranking) - MOST),
        _alt(lines),
    )
    return finish(figure, words, height=PLOT + 70)


def _ranking(known: pd.DataFrame) -> list[str]:
    """The reasons that are heard at all, the strongest first."""
    sizes = known.assign(size=known["mean"].abs()).groupby("reason", sort=False)["size"]
    heard = sizes.mean()[sizes.max() >= NOTHING]
    return [str(name) for name in heard.sort_values(ascending=False, kind="stable").index]


def _lines(known: pd.DataFrame, ranking: list[str]) -> dict[str, pd.DataFrame]:
    """Name → rows by week: the strongest, and the sum of the rest."""
    found = {
        name: known[known["reason"] == name].sort_values("week", kind="stable")
        for name in ranking[:MOST]
    }
    rest = known[known["reason"].isin(ranking[MOST:])]
    if len(rest):
        sums = rest.groupby("week", as_index=False)["mean"].sum()
        found[f"{len(ranking) - MOST} weaker together"] = sums.assign(low=np.nan, high=np.nan)
    return found


def _add_line(figure: go.Figure, name: str, rows: pd.DataFrame, mark: Mark) -> None:
    band = rows.dropna(subset=["low", "high"])
    figure.add_scatter(
        x=pd.concat([band["week"], band["week"][::-1]]),
        y=pd.concat([band["high"], band["low"][::-1]]),
        mode="lines",
        fill="toself",
        fillcolor=translucent(mark.colour, 0.16),
        line={"width": 0},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_scatter(
        x=rows["week"],
        y=rows["mean"],
        mode="lines+markers",
        name=plain(name),
        line={"color": mark.colour, "dash": mark.dash, "width": 2.2},
        marker={"symbol": mark.symbol, "size": 7, "maxdisplayed": 9},
        customdata=[[plain(name), signed(mean)] for mean in rows["mean"]],
        hovertemplate="%{customdata[0]}<br>week %{x}: %{customdata[1]}<extra></extra>",
    )


def _limits(lines: dict[str, pd.DataFrame]) -> tuple[float, float]:
    found = pd.concat([pd.Series([0.0]), *(rows["mean"] for rows in lines.values())])
    low, high = float(found.min()), float(found.max())
    air = 0.1 * (high - low) or 0.5
    return low - air, high + air


def _add_names(
    figure: go.Figure, lines: dict[str, pd.DataFrame], limits: tuple[float, float]
) -> None:
    """Each name at the end of its line, moved apart where they would touch."""
    names = [wrapped(name, LABEL) for name in lines]
    tallest = max((name.count("<br>") + 1 for name in names), default=1)
    gap = (limits[1] - limits[0]) * (LINE * tallest + 4) / PLOT
    ends = [float(rows["mean"].iloc[-1]) for rows in lines.values()]
    last = max((int(rows["week"].iloc[-1]) for rows in lines.values()), default=1)
    for name, place in zip(names, spread(ends, gap), strict=True):
        figure.add_annotation(
            x=last,
            y=place,
            xanchor="left",
            xshift=10,
            align="left",
            text=name,
            showarrow=False,
            font={"size": SMALL, "color": INK},
        )


def _finding(lines: dict[str, pd.DataFrame], option: str) -> str:
    if not lines:
        return f"{option}: no reason speaks for it or against it in any week"
    name, rows = next(iter(lines.items()))
    first, last = float(rows["mean"].iloc[0]), float(rows["mean"].iloc[-1])
    side = "for it" if rows["mean"].mean() > 0 else "against it"
    way = f"from {signed(first)} in the first week to {signed(last)} in the last"
    level = f"about {signed(last)} throughout"
    moved = abs(last - first) >= max(0.05 * abs(last), 2 * NOTHING)
    return f"{option}: {name} speaks most strongly {side}, {way if moved else level}"


def _caption(other: str, sample: str, weaker: int) -> str:
    said = [
        sample,
        f"Means, where the action was open; against “{other}”; +0.69 doubles the odds. "
        "Shading: 95 % intervals of chance.",
    ]
    if weaker > 0:
        said.append(f"The {MOST} strongest have a line of their own.")
    return " ".join(said)


def _alt(lines: dict[str, pd.DataFrame]) -> str:
    parts = [
        f"{name} from {signed(rows['mean'].iloc[0])} to {signed(rows['mean'].iloc[-1])}"
        for name, rows in lines.items()
    ]
    return f"Lines over the weeks, one a reason. {'; '.join(parts) or 'none'}."

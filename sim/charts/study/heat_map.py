"""An outcome over two addresses at once, with the line at which it crosses a level."""

import math

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from realpolitik.sim.charts.study.frontier import add_contours, add_steps
from realpolitik.sim.charts.style import INK, PAPER, SHADES, SMALL, Words, axis_title, finish
from realpolitik.sim.words.numbers import short_percent
from realpolitik.sim.words.scales import Measure, Varied, how_many, said, setting

COLUMNS, ROWS = 10, 16
"""Up to so many columns and rows the number of each cell is printed in it."""

CELL, LEAST, NARROW = 34, 150, 270
"""Height of a cell with a number, least height of a map, its width on a narrow page [px]."""


def heat_map(
    table: pd.DataFrame,
    across: Varied,
    up: Varied,
    measure: Measure,
    level: float = math.nan,
    beside: str = "",
) -> go.Figure:
    """Mean of an outcome at each pair of values; a thick line parts what lies above the level.

    Columns: across, up (values of the two addresses, each pair once), mean, low, high (95 %
    interval), n (worlds). The scenario's own pair is ringed. Few cells bear their numbers; many
    are told by labelled contour lines; `beside` is a sentence on the other addresses.
    """
    mean, low, high = (_grid(table, name) for name in ("mean", "low", "high"))
    columns, rows = np.unique(table["across"]), np.unique(table["up"])
    printed = len(columns) <= COLUMNS and len(rows) <= ROWS
    texts = _texts(mean, low, high, measure, level)
    figure = go.Figure()
    factor = measure.factor
    figure.add_heatmap(
        z=factor * mean,
        colorscale=SHADES,
        showscale=False,
        xgap=1 if printed else 0,
        ygap=1 if printed else 0,
        text=texts,
        texttemplate="%{text}" if printed else None,
        textfont={"size": SMALL, "color": INK},
        customdata=_hover(mean, low, high, (columns, rows), measure),
        hovertemplate="%{customdata}<extra></extra>",
        hoverongaps=False,
    )
    (add_steps if printed else add_contours)(figure, factor * mean, factor * level)
    held = _ring(figure, (across, up), (columns, rows))
    height = max(CELL * len(rows), LEAST) if printed else 360
    title = axis_title(across.axis, NARROW)
    figure.update_xaxes(title=title, showgrid=False, **_ticks(columns, most=8))
    figure.update_yaxes(title=axis_title(up.axis, height), showgrid=False, **_ticks(rows, most=16))
    crossed = bool((mean > level).any() and (mean <= level).any())
    caption = f"{_caption(table, measure, level, printed, crossed, held)} {beside}".rstrip()
    words = Words(_finding(table, across, up, measure), caption, _alt(table, across, up, measure))
    return finish(figure, words, height=height + 70 + 16 * title.count("<br>"))


def _grid(table: pd.DataFrame, name: str) -> NDArray[np.float64]:
    """A column as a grid, rows by `up`, columns by `across`; NaN where there is no point."""
    wide = table.pivot_table(index="up", columns="across", values=name, dropna=False)
    wide = wide.reindex(index=np.unique(table["up"]), columns=np.unique(table["across"]))
    return wide.to_numpy(dtype=float)


def _texts(
    mean: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    measure: Measure,
    level: float,
) -> list[list[str]]:
    """The numbers of the cells; a tilde where the interval holds the level."""
    unsure = (low <= level) & (level <= high)
    share = measure.scale == "share"
    return [
        [
            ("~" if doubt else "") + (short_percent(value) if share else said(value, measure.scale))
            for value, doubt in zip(values, doubts, strict=True)
        ]
        for values, doubts in zip(mean, unsure, strict=True)
    ]


def _hover(
    mean: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    values: tuple[NDArray[np.float64], NDArray[np.float64]],
    measure: Measure,
) -> list[list[str]]:
    return [
        [
            f"at {setting(x)} and {setting(y)}: {measure.said(mean[row, column])} "
            f"({measure.said(low[row, column])} to {measure.said(high[row, column])})"
            for column, x in enumerate(values[0])
        ]
        for row, y in enumerate(values[1])
    ]


def _ticks(values: NDArray[np.float64], most: int) -> dict[str, object]:
    """Ticks of an axis that counts columns or rows: every value, or each k-th of many."""
    step = math.ceil(len(values) / most)
    places = list(range(0, len(values), step))
    return {
        "range": [-0.5, len(values) - 0.5],
        "tickvals": places,
        "ticktext": [setting(values[place]) for place in places],
        "tickangle": 0,
    }


def _ring(
    figure: go.Figure,
    pair: tuple[Varied, Varied],
    values: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> bool:
    """A ring at the scenario's own pair of values, if it lies in both ranges."""
    if not all(varied.holds_default for varied in pair):
        return False
    x, y = (
        np.interp(varied.default, found, np.arange(len(found)))
        for varied, found in zip(pair, values, strict=True)
    )
    for colour, width in ((PAPER, 5), (INK, 2.2)):
        figure.add_scatter(
            x=[x],
            y=[y],
            mode="markers",
            marker={"symbol": "circle-open", "size": 31, "color": colour, "line": {"width": width}},
            hoverinfo="skip",
            showlegend=False,
        )
    return True


def _finding(table: pd.DataFrame, across: Varied, up: Varied, measure: Measure) -> str:
    known = table.dropna(subset=["mean"])
    if not len(known):
        return f"{measure.label}: no value at any pair of settings"
    least, most = (
        known.iloc[int(place)] for place in (known["mean"].argmin(), known["mean"].argmax())
    )
    if known["low"].max() <= known["high"].min() or known["mean"].nunique() == 1:
        return f"{measure.label}: no change beyond chance over {across.address} and {up.address}"
    return (
        f"{measure.label}: from {measure.often(least['mean'])} ({_at(least, across, up)}) "
        f"to {measure.said(most['mean'])} ({_at(most, across, up)})"
    )


def _at(row: pd.Series, across: Varied, up: Varied) -> str:
    pairs = ((across, row["across"]), (up, row["up"]))
    return ", ".join(f"{varied.address} {setting(value)}" for varied, value in pairs)


def _caption(
    table: pd.DataFrame, measure: Measure, level: float, printed: bool, crossed: bool, held: bool
) -> str:
    unit = "percent of worlds" if measure.scale == "share" else "means"
    said_of = [f"{how_many(list(table['n']), 'worlds a cell')}, {len(table)} cells; {unit}."]
    if math.isfinite(level):
        line = "thick line" if crossed else "no cell crosses"
        said_of.append(f"{line.capitalize()}{':' if crossed else ''} {measure.level(level)}.")
        if printed:
            said_of.append("~: the cell’s 95 % interval holds that level.")
    ring = "Ring: the scenario as it is." if held else "The scenario’s own values are off the map."
    return " ".join([*said_of, ring])


def _alt(table: pd.DataFrame, across: Varied, up: Varied, measure: Measure) -> str:
    return (
        f"Map of {measure.label} over {across.address} (across) and {up.address} (up), "
        f"{len(table)} cells. {_finding(table, across, up, measure)}."
    )

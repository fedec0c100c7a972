"""An outcome over two addresses at once, with the line at which it crosses a level."""

import math
from collections.abc import Iterator

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from realpolitik.sim.charts.effects import (
    describe_at_most,
    describe_worlds,
    format_change,
    surely_moving,
)
from realpolitik.sim.charts.style import INK, PAPER, RING, SHADES, SMALL, Words, axis_title, finish
from realpolitik.sim.formatting.numbers import short_percent
from realpolitik.sim.formatting.scales import MeasuredOutcome, Varied, format_value, setting

COLUMNS, ROWS = 10, 16
"""Up to so many columns and rows the number of each cell is printed in it."""

CELL, LEAST, NARROW = 34, 150, 270
"""Height of a cell with a number, least height of a map, its width on a narrow page [px]."""


def heat_map(
    table: pd.DataFrame,
    effects: pd.DataFrame,
    across: Varied,
    up: Varied,
    measure: MeasuredOutcome,
    level: float = math.nan,
    beside: str = "",
) -> go.Figure:
    """Mean of an outcome at each pair of values; a thick line parts what lies above the level.

    Columns: across, up (values of the two addresses, each pair once), mean, low, high (95 %
    interval), n (worlds a point), points (averaged); of effects those of `tornado`. The scenario's
    own pair is ringed. Few cells bear their numbers; many are told by labelled contour lines;
    `beside` is a sentence on the other addresses.
    """
    mean, low, high = (_grid(table, name) for name in ("mean", "low", "high"))
    columns, rows = np.unique(table["across"]), np.unique(table["up"])
    printed = len(columns) <= COLUMNS and len(rows) <= ROWS
    figure = go.Figure(
        go.Heatmap(
            z=measure.factor * mean,
            **_colours(measure.factor * mean, measure.factor * (high - low)),
            **_numbers(_texts(mean, low, high, measure, level), printed),
            customdata=_hover(mean, low, high, (columns, rows), measure),
            hovertemplate="%{customdata}<extra></extra>",
            hoverongaps=False,
        )
    )
    add_line = add_steps if printed else add_contours
    add_line(figure, measure.factor * mean, measure.factor * level)
    held = _ring(figure, (across, up), (columns, rows))
    height = max(CELL * len(rows), LEAST) if printed else 360
    title = axis_title(across.axis, NARROW)
    figure.update_xaxes(title=title, showgrid=False, **_ticks(columns, most=8))
    figure.update_yaxes(title=axis_title(up.axis, height), showgrid=False, **_ticks(rows, most=16))
    crossed = bool((mean > level).any() and (mean <= level).any())
    known = [heat_caption(table, measure, held), describe_level(measure, level, printed, crossed)]
    caption = " ".join(
        filter(None, [*known, describe_extremes(table, (across, up), measure), beside])
    )
    finding = heat_finding(table, effects, (across, up), measure)
    alt = (
        f"Map over {across.address} (across) and {up.address} (up), {len(table)} cells. {finding}."
    )
    words = Words(finding, caption, alt)
    return finish(figure, words, height=height + 70 + 16 * title.count("<br>"))


def _grid(table: pd.DataFrame, name: str) -> NDArray[np.float64]:
    """A column as a grid, rows by `up`, columns by `across`; NaN where there is no point."""
    wide = table.pivot_table(index="up", columns="across", values=name, dropna=False)
    wide = wide.reindex(index=np.unique(table["up"]), columns=np.unique(table["across"]))
    return wide.to_numpy(dtype=float)


def _numbers(texts: list[list[str]], printed: bool) -> dict[str, object]:
    """The numbers in the cells, which then stand apart; hidden where there are too many."""
    gap = 1 if printed else 0
    template = "%{text}" if printed else None
    font = {"size": SMALL, "color": INK}
    return {"text": texts, "texttemplate": template, "textfont": font, "xgap": gap, "ygap": gap}


def _colours(mean: NDArray[np.float64], width: NDArray[np.float64]) -> dict[str, object]:
    """Scale of the shades: from least to most, but at least two intervals wide.

    So cells that differ by chance alone look alike.
    """
    known = mean[np.isfinite(mean)]
    if not len(known):
        return {"colorscale": SHADES, "showscale": False}
    least, most = float(known.min()), float(known.max())
    narrowest = 2 * float(np.nanmean(width)) if np.isfinite(width).any() else 0.0
    air = max(0.0, narrowest - (most - least)) / 2
    return {"colorscale": SHADES, "showscale": False, "zmin": least - air, "zmax": most + air}


def _texts(
    mean: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    measure: MeasuredOutcome,
    level: float,
) -> list[list[str]]:
    """The numbers of the cells; a tilde where the interval holds the level."""
    unsure = (low <= level) & (level <= high)
    share = measure.scale == "share"
    return [
        [
            ("~" if doubt else "")
            + (short_percent(value) if share else format_value(value, measure.scale))
            for value, doubt in zip(values, doubts, strict=True)
        ]
        for values, doubts in zip(mean, unsure, strict=True)
    ]


def _hover(
    mean: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    values: tuple[NDArray[np.float64], NDArray[np.float64]],
    measure: MeasuredOutcome,
) -> list[list[str]]:
    return [
        [
            f"at {setting(x)} and {setting(y)}: {measure.text(mean[row, column])} "
            f"({measure.text(low[row, column])} to {measure.text(high[row, column])})"
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
            marker={"symbol": RING, "size": 31, "color": colour, "line": {"width": width}},
            hoverinfo="skip",
            showlegend=False,
        )
    return True


Grid = NDArray[np.float64]
Edge = tuple[tuple[float, float], tuple[float, float]]


def add_steps(figure: go.Figure, values: Grid, level: float) -> None:
    """A thick line along the edges of cells: it claims nothing of what lies between them."""
    edges = list(steps(values, level))
    x = [place for (left, _), (right, _) in edges for place in (left, right, None)]
    y = [place for (_, low), (_, high) in edges for place in (low, high, None)]
    for colour, width in ((PAPER, 6), (INK, 2.8)):
        figure.add_scatter(
            x=x,
            y=y,
            mode="lines",
            line={"color": colour, "width": width},
            hoverinfo="skip",
            showlegend=False,
        )


def steps(values: Grid, level: float) -> Iterator[Edge]:
    """The edges between neighbours of which one lies above the level; cells are 1 by 1.

    Cell (row, column) has its centre at (x = column, y = row). A cell without a value has no edge.
    """
    above, known = values > level, np.isfinite(values)
    for row, column in np.ndindex(*values.shape):
        for down, right in ((1, 0), (0, 1)):
            other = row + down, column + right
            if other[0] >= values.shape[0] or other[1] >= values.shape[1]:
                continue
            if known[row, column] and known[other] and above[row, column] != above[other]:
                x, y = column + right / 2, row + down / 2
                yield (x - down / 2, y - right / 2), (x + down / 2, y + right / 2)


def add_contours(figure: go.Figure, values: Grid, level: float) -> None:
    """Thin labelled lines at round values, and a thick one at the level."""
    for height in round_levels(values):
        if not math.isclose(height, level):
            _add_contour(figure, values, height, (INK, 0.8), named=True)
    if np.isfinite(values).any() and np.nanmin(values) < level < np.nanmax(values):
        _add_contour(figure, values, level, (PAPER, 6.0), named=False)
        _add_contour(figure, values, level, (INK, 2.8), named=True)


def round_levels(values: Grid) -> list[float]:
    """Some five round numbers between the least and the greatest value."""
    known = values[np.isfinite(values)]
    if not len(known) or known.min() == known.max():
        return []
    low, high = float(known.min()), float(known.max())
    step = round_step((high - low) / 5)
    first, last = math.floor(low / step) + 1, math.ceil(high / step) - 1
    return [round(count * step, 10) for count in range(first, last + 1)]


def round_step(step: float) -> float:
    """The least of 1, 2, 5, 10, … times a power of ten that is at least `step`."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= step * (1 - 1e-9))


def _add_contour(
    figure: go.Figure, values: Grid, height: float, look: tuple[str, float], *, named: bool
) -> None:
    colour, width = look
    figure.add_contour(
        z=values,
        contours={
            "start": height,
            "end": height,
            "size": 1,
            "coloring": "none",
            "showlabels": named,
            "labelfont": {"size": SMALL, "color": INK},
        },
        line={"color": colour, "width": width},
        showscale=False,
        showlegend=False,
        hoverinfo="skip",
    )


Pair = tuple[Varied, Varied]


def heat_finding(
    table: pd.DataFrame, effects: pd.DataFrame, pair: Pair, measure: MeasuredOutcome
) -> str:
    """What each address does from end to end, as far as that can be told from chance."""
    if table["mean"].isna().all():
        return f"{measure.label}: no value at any pair of settings"
    names = [varied.address for varied in pair]
    moving = surely_moving(effects[effects["address"].isin(names)])
    if not len(moving):
        ends = f"the ends of {' or '.join(names)}"
        most = describe_at_most(effects[effects["address"].isin(names)], measure)
        return f"{measure.label}: no difference between {ends} can be told from chance{most}"
    parts = [
        f"{format_change(effect, measure)} as {effect['address']} goes "
        f"from {setting(effect['value_low'])} to {setting(effect['value_high'])}"
        for _, effect in moving.iterrows()
    ]
    return f"{measure.label}: {', '.join(parts)}"


def describe_extremes(table: pd.DataFrame, pair: Pair, measure: MeasuredOutcome) -> str:
    """The cells with the least and with the most, as a sentence; empty if there are none."""
    known = table.dropna(subset=["mean"])
    if not len(known):
        return ""
    least, most = (known.iloc[at] for at in (known["mean"].argmin(), known["mean"].argmax()))
    return (
        f"Least: {measure.text(least['mean'])} ({_at(least, pair)}); "
        f"most: {measure.text(most['mean'])} ({_at(most, pair)})."
    )


def _at(row: pd.Series, pair: Pair) -> str:
    places = zip(pair, ("across", "up"), strict=True)
    return ", ".join(f"{varied.address} {setting(row[place])}" for varied, place in places)


def heat_caption(table: pd.DataFrame, measure: MeasuredOutcome, held: bool) -> str:
    """How many worlds and cells, what the numbers are, and where the scenario lies."""
    unit = "percent of worlds" if measure.scale == "share" else "means"
    ring = "Ring: the scenario as it is." if held else "The scenario’s own values are off the map."
    return f"{describe_worlds(table, 'a cell')}, {len(table)} cells; {unit}. {ring}"


def describe_level(measure: MeasuredOutcome, level: float, printed: bool, crossed: bool) -> str:
    """What the thick line is, and what a tilde; empty without a level."""
    if not math.isfinite(level):
        return ""
    line = "Thick line:" if crossed else "No cell crosses"
    doubt = " ~: the cell’s 95 % interval holds that level." if printed else ""
    return f"{line} {measure.level(level)}.{doubt}"

"""How far outcomes differ from the baseline: dots around 0, with paired and unpaired intervals."""

import math
from collections.abc import Iterator

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.effects import sure
from realpolitik.sim.charts.grouped import Grouped
from realpolitik.sim.charts.intervals import bar
from realpolitik.sim.charts.rows import top_legend
from realpolitik.sim.charts.sides import Sides
from realpolitik.sim.charts.stack import Place, height_of, reference, stacked
from realpolitik.sim.charts.style import GREY, LIGHT, PAPER, SMALL, Mark, Words, finish, wrapped
from realpolitik.sim.formatting.numbers import listing, number
from realpolitik.sim.formatting.scales import Measure

DOT, AXIS = 15, 46
"""Heights of a dot, and of the axis below a plot [px]."""


def difference_dots(differences: pd.DataFrame, sides: Sides) -> go.Figure:
    """Each outcome less the baseline’s, one plot a unit, one row an outcome.

    Columns: scenario, outcome, label, scale, difference, low, high (95 %), paired, pairs,
    width_unpaired, gain. Thin bars behind: as wide as the interval without pairs, about the same
    middle.
    """
    rows = differences[differences["scenario"].isin(sides.others)].dropna(subset=["difference"])
    groups = list(_groups(rows))
    names = list(rows.drop_duplicates("outcome")["label"].astype(str))
    grouped = Grouped.of(names, len(sides.others), DOT)
    places = [
        Place(AXIS if place else 6, grouped.row * group["outcome"].nunique())
        for place, group in enumerate(groups)
    ]
    figure = stacked(places, shared=False)
    for place, group in enumerate(groups, start=1):
        _add_plot(figure, place, group, sides, grouped)
    figure.update_layout(legend={"font": {"size": SMALL}})
    top_legend(figure)
    words = Words(finding(rows, sides), caption(rows, sides), alt(rows, sides))
    figure.update_layout(margin={"t": 36})
    return finish(figure, words, height=height_of(places) + 92 + 10 * len(sides.others))


def _groups(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The outcomes that share an axis: those of one scale, numbers each by itself."""
    unit = rows["scale"].where(rows["scale"] != "number", "number " + rows["outcome"])
    for name in dict.fromkeys(unit):
        yield rows[unit == name]


def _add_plot(
    figure: go.Figure, place: int, group: pd.DataFrame, sides: Sides, grouped: Grouped
) -> None:
    """The rows of one unit."""
    outcomes = list(dict.fromkeys(group["outcome"]))
    for mark, key in enumerate(sides.others):
        of = group[group["scenario"] == key]
        heights = [grouped.height(outcomes.index(name), mark) for name in of["outcome"]]
        _add_dots(figure, place, of, heights, key, sides)
    grouped.write(figure, list(group.drop_duplicates("outcome")["label"].astype(str)), place)
    first = group.iloc[0]
    figure.update_xaxes(
        title=Measure(first["label"], first["scale"]).change_axis,
        nticks=6,
        range=_range(group),
        row=place,
        col=1,
    )
    figure.add_shape(
        type="line",
        x0=0,
        x1=0,
        xref=reference("x", place),
        y0=0,
        y1=1,
        yref=f"{reference('y', place)} domain",
        line={"color": GREY, "width": 1.2},
        layer="below",
    )


def _range(group: pd.DataFrame) -> list[float]:
    """Limits of the axis: all bars and 0, with some air; a plot without differences has some."""
    factor = Measure("", group["scale"].iloc[0]).factor
    half = group["width_unpaired"].fillna(0.0) / 2
    low = factor * min(0.0, group["low"].min(), (group["difference"] - half).min())
    high = factor * max(0.0, group["high"].max(), (group["difference"] + half).max())
    air = 0.04 * (high - low) or 1.0
    return [low - air, high + air]


def _add_dots(
    figure: go.Figure, place: int, of: pd.DataFrame, heights: list[float], key: str, sides: Sides
) -> None:
    """The dots of a scenario on thin and on thick bars; hollow where the interval holds 0."""
    factor = Measure("", of["scale"].iloc[0]).factor if len(of) else 1.0
    middle, thin = factor * of["difference"], factor * of["width_unpaired"] / 2
    above, below = factor * of["high"] - middle, middle - factor * of["low"]
    colour = sides.mark(key).colour
    for error, keyed in (
        (bar(thin, thin, LIGHT, 1.6, cap=5), False),
        (bar(above, below, colour, 3.2), place == 1),
    ):
        figure.add_scatter(
            x=middle,
            y=heights,
            mode="markers",
            name=wrapped(sides.titles[key], 40),
            marker=_marks(of, sides.mark(key)),
            error_x=error,
            customdata=[[difference_said(row), gain_said(row)] for _, row in of.iterrows()],
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
            legendgroup=key,
            showlegend=keyed,
            row=place,
            col=1,
        )


def _marks(of: pd.DataFrame, mark: Mark) -> dict[str, object]:
    """Filled where the interval leaves out 0."""
    return {
        "symbol": mark.symbol,
        "size": 9,
        "color": [mark.colour if sure(row) else PAPER for _, row in of.iterrows()],
        "line": {"color": mark.colour, "width": 1.8},
    }


def difference_said(row: pd.Series) -> str:
    """A difference in a sentence, such as "+7.6 percentage points (+5.0 to +10.2)"."""
    measure = Measure(str(row["label"]), str(row["scale"]))
    change = measure.change(float(row["difference"]))
    return f"{change} ({measure.change_span(float(row['low']), float(row['high']))})"


def gain_said(row: pd.Series) -> str:
    """How many times narrower its interval is for being paired."""
    if not row["paired"]:
        return "not paired"
    pairs, gain = f"{int(row['pairs']):,} pairs", float(row["gain"])
    return f"{pairs}; interval {number(gain, 1)} times narrower" if math.isfinite(gain) else pairs


def weight(row: pd.Series) -> float:
    """How far a difference stands out: its size in half-widths of the unpaired interval.

    Comparable between units: 1 is what an unpaired comparison would just have seen.
    """
    width = float(row["width_unpaired"])
    return abs(float(row["difference"])) / (width / 2) if width > 0 else 0.0


def strongest(rows: pd.DataFrame) -> pd.DataFrame:
    """The differences whose interval leaves out 0, those that stand out most first."""
    kept = rows[[sure(row) for _, row in rows.iterrows()]] if len(rows) else rows
    weights = [weight(row) for _, row in kept.iterrows()]
    return kept.iloc[sorted(range(len(kept)), key=lambda place: -weights[place])]


def finding(rows: pd.DataFrame, sides: Sides) -> str:
    """The difference that stands out most; one of weeks, which the horizon caps, only if alone."""
    ranked = strongest(rows)
    if not len(ranked):
        return "None of these outcomes differs from the baseline by more than chance explains"
    uncapped = ranked[ranked["scale"] != "weeks"]
    first = (uncapped if len(uncapped) else ranked).iloc[0]
    title = sides.titles[first["scenario"]]
    return f"{first['label']} stands out: {difference_said(first)} in “{title}”"


def caption(rows: pd.DataFrame, sides: Sides) -> str:
    """What dots and bars are, and what is not paired."""
    paired = rows[rows["paired"].astype(bool)]
    if paired.empty:
        how = "bars 95 % intervals of worlds that are not paired"
    else:
        gain = float(paired["gain"].median())
        times = f" ({number(gain, 1)} times, in the median)" if math.isfinite(gain) else ""
        thin = f"thin bars, about the same dot, as wide as without pairing{times}"
        how = f"thick bars paired 95 % intervals; {thin}"
    apart = list(dict.fromkeys(rows.loc[~rows["paired"].astype(bool), "scenario"]))
    some = f"; not paired: {listing([sides.titles[key] for key in apart])}" if len(apart) else ""
    hollow = "Hollow: the interval holds 0."
    capped = (
        " A week that never came counts as the last." if (rows["scale"] == "weeks").any() else ""
    )
    against = f"Less the baseline, “{sides.titles[sides.baseline]}”."
    return sides.caption(f"{how}{some if len(paired) else ''}. {hollow}{capped} {against}")


def alt(rows: pd.DataFrame, sides: Sides) -> str:
    """All dots in words."""
    parts = [
        f"{row['label']}, {sides.titles[row['scenario']]}: {difference_said(row)}"
        for _, row in rows.iterrows()
    ]
    return "Dots around 0, one row an outcome. " + "; ".join(parts) + "."

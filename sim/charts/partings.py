"""Where histories part: the week of the first deed that differs, over pairs of worlds."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.sides import Sides
from realpolitik.sim.charts.stack import Place, head, head_height, heading, height_of, stacked
from realpolitik.sim.charts.style import FAINT, HALF, INK, SMALL, Words, finish, week_axis
from realpolitik.sim.formatting.numbers import in_worlds, percent, short_percent
from realpolitik.sim.formatting.scales import how_many

PLOT = 104
"""Height of the plot of a scenario [px]."""


def parting_weeks(partings: pd.DataFrame, sides: Sides) -> go.Figure:
    """Share of pairs of worlds that part in each week, a plot a scenario, on the same axes.

    Columns: scenario, week (0: never), worlds, share. The dotted line is the week by which half of
    all pairs have parted.
    """
    drawn = [key for key in sides.others if key in set(partings["scenario"])]
    tables = {key: partings[partings["scenario"] == key] for key in drawn}
    heads = {key: heading(sides.titles[key], _summary(rows)) for key, rows in tables.items()}
    places = [Place(14 + head_height(heads[key]), PLOT) for key in drawn]
    figure = stacked(places, shared=True)
    for row, (key, rows) in enumerate(tables.items(), start=1):
        _add_bars(figure, row, rows, key, sides)
        head(figure, row, heads[key], 8)
    last = int(partings["week"].max())
    week_axis(figure, last)
    figure.update_xaxes(title=None)
    figure.update_xaxes(title="week of the first deed that differs", row=len(drawn), col=1)
    parted = partings[(partings["week"] > 0) & partings["scenario"].isin(drawn)]
    top = 100 * float(parted["share"].max()) * 1.18 + 0.5
    figure.update_yaxes(range=[0, top], nticks=4, gridcolor=FAINT)
    figure.update_yaxes(title="pairs [%]", row=(len(drawn) + 1) // 2, col=1)
    caption = sides.caption(
        "world k of a scenario has the same draws as world k of the baseline, until a deed "
        f"differs. Shares are of {_pairs(tables)} whose deeds are known, parted or not; dotted: "
        "half have parted."
    )
    words = Words(_finding(tables, sides), caption, _alt(tables, sides))
    return finish(figure, words, height=height_of(places) + 60)


def _pairs(tables: Mapping[str, pd.DataFrame]) -> str:
    """Such as "1,000 pairs", or "100 to 1,000 pairs"."""
    return how_many([float(rows["worlds"].sum()) for rows in tables.values()], "pairs")


def _add_bars(figure: go.Figure, row: int, rows: pd.DataFrame, key: str, sides: Sides) -> None:
    parted, mark = rows[rows["week"] > 0], sides.mark(key)
    most = float(parted["share"].max())
    figure.add_bar(
        x=parted["week"],
        y=100 * parted["share"],
        marker={"color": mark.colour, "line": {"width": 0}},
        text=[
            short_percent(share) if share == most and share > 0 else "" for share in parted["share"]
        ],
        textposition="outside",
        constraintext="none",
        textfont={"size": SMALL, "color": INK},
        cliponaxis=False,
        hovertemplate="week %{x}: %{y:.1f} % of pairs<extra></extra>",
        showlegend=False,
        row=row,
        col=1,
    )
    half = half_by(rows)
    if half:
        figure.add_vline(x=half + 0.5, line=HALF, layer="below", row=row, col=1)


def half_by(rows: pd.DataFrame) -> int:
    """First week by which half of all pairs have parted; 0 where fewer ever do."""
    parted = rows[rows["week"] > 0].sort_values("week", kind="stable")
    reached = parted[parted["share"].cumsum() >= 0.5 - 1e-12]
    return int(reached["week"].iloc[0]) if len(reached) else 0


def never(rows: pd.DataFrame) -> float:
    """Share of the pairs that never part."""
    return float(rows.loc[rows["week"] == 0, "share"].sum())


def _summary(rows: pd.DataFrame) -> str:
    """Such as "half by week 6, never 3.2 %"."""
    half = half_by(rows)
    return f"{f'half by week {half}' if half else 'fewer than half'}, never {percent(never(rows))}"


def describe_parting(rows: pd.DataFrame) -> str:
    """Such as "by week 6 half of the histories have parted; in 3 of 100 worlds they never do"."""
    half, worlds = half_by(rows), int(rows["worlds"].sum())
    by = f"by week {half} half of the histories have parted" if half else "most never part"
    if not never(rows):
        return f"{by}; all do in the end"
    return f"{by}; {in_worlds(never(rows), worlds)} they never do"


def _finding(tables: dict[str, pd.DataFrame], sides: Sides) -> str:
    """Where histories part soonest, and where latest."""
    halves = {key: half_by(rows) for key, rows in tables.items()}
    if not any(halves.values()):
        return "Most histories never part from the baseline’s"
    last = 1 + max(halves.values())
    soonest = min(halves, key=lambda key: halves[key] or last)
    latest = max(halves, key=lambda key: halves[key] or last)
    said = f"Half of the histories have parted by week {halves[soonest]}"
    if (halves[soonest] or last) == (halves[latest] or last):
        return f"{said} in every scenario" if len(halves) > 1 else said
    end = f"by week {halves[latest]}" if halves[latest] else "never"
    return f"{said} in “{sides.titles[soonest]}”, {end} in “{sides.titles[latest]}”"


def _alt(tables: dict[str, pd.DataFrame], sides: Sides) -> str:
    said = [f"{sides.titles[key]}: {_summary(rows)}." for key, rows in tables.items()]
    return "Bars by week, a plot a scenario. " + " ".join(said)

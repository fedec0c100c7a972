"""Swim lanes: what is done in pairs of worlds, week by week, and where the two part."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.shocks import add_week_lines
from realpolitik.sim.charts.sides import Sides
from realpolitik.sim.charts.stack import HEAD, Place, head, heading, height_of, stacked
from realpolitik.sim.charts.style import (
    GREY,
    INK,
    KEY_ABOVE,
    LOOKS,
    MARKS,
    THRESHOLD,
    Mark,
    Words,
    finish,
    plain,
    week_axis,
)
from realpolitik.sim.formatting.numbers import listing

LANE = 36
"""Height of an actor's lane [px]."""

MOST = 6
"""Lanes of a world."""

BEFORE, BOTH, AFTER = "before", "both", "after"
HEIGHTS = {BEFORE: -0.24, BOTH: 0.0, AFTER: 0.24}
"""Where a deed stands in its lane, 0 being the middle."""

SAID = {
    BOTH: "small, on the line: in both worlds",
    BEFORE: "hollow, above: only in the baseline",
    AFTER: "filled, below: only in the scenario",
}

SHIFTS = {"force": 0.2, "material": -0.2}
"""Track → how far its marks are moved [weeks], so that none hides another of the same week."""


def lanes(
    deeds: pd.DataFrame, parted: Mapping[int, int], last: int, key: str, sides: Sides
) -> go.Figure:
    """Deeds of force and of arms in some worlds of the baseline and of the scenario `key`.

    Columns: world, week, actor (by name), track ("material" or "force"), side ("before": only in
    the baseline, "after": only in the scenario, "both"), label. `parted` gives the week in which
    each world parts from its pair, `last` the horizon.
    """
    actors = {world: _actors(deeds[deeds["world"] == world]) for world in parted}
    places = [Place(HEAD + 14, LANE * max(1, len(names))) for names in actors.values()]
    figure = stacked(places, shared=True)
    for row, (world, names) in enumerate(actors.items(), start=1):
        of = deeds[(deeds["world"] == world) & deeds["actor"].isin(names)]
        for side in (BOTH, BEFORE, AFTER):
            mine = of[of["side"] == side]
            if len(mine):
                mark = sides.mark(key if side == AFTER else sides.baseline)
                _add_deeds(figure, row, mine, names, side, mark)
                _add_key(figure, row, side, mark)
        figure.update_yaxes(
            range=[len(names) - 0.5, -0.5],
            tickvals=list(range(len(names))),
            ticktext=[plain(name) for name in names],
            tickfont={"color": INK},
            row=row,
            col=1,
        )
        add_week_lines(figure, [parted[world] - 0.5], THRESHOLD, row)
        head(figure, row, heading(f"World {world}", f"parts in week {parted[world]}"), 8)
    week_axis(figure, last)
    figure.update_xaxes(title=None)
    figure.update_xaxes(title="week", row=len(actors), col=1)
    figure.update_layout(legend={**KEY_ABOVE, "itemsizing": "trace"}, margin={"t": 66})
    caption = sides.caption(
        "triangles: force; squares: arms, sanctions, intelligence. Dashed: the week in which the "
        "two worlds part. Words are left out, and actors that do the same in both. First a world "
        "whose outcomes move apart as far as is usual, then the two in which they move farthest."
    )
    words = Words(_finding(deeds, parted, key, sides), caption, _alt(deeds, parted))
    return finish(figure, words, height=height_of(places) + 120)


def _actors(deeds: pd.DataFrame) -> list[str]:
    """The actors whose deeds differ, those with the most such deeds first."""
    counts = deeds.loc[deeds["side"] != BOTH, "actor"].value_counts(sort=False)
    ranked = sorted(counts.index, key=lambda name: (-counts[name], name))
    return [str(name) for name in ranked[:MOST]]


def _add_deeds(
    figure: go.Figure, row: int, deeds: pd.DataFrame, names: Sequence[str], side: str, mark: Mark
) -> None:
    """The deeds of one side: small in both worlds, hollow above, filled below the line."""
    told = zip(deeds["week"], deeds["actor"], deeds["label"], strict=True)
    figure.add_scatter(
        x=[week + SHIFTS[track] for week, track in zip(deeds["week"], deeds["track"], strict=True)],
        y=[names.index(actor) + HEIGHTS[side] for actor in deeds["actor"]],
        mode="markers",
        name=SAID[side],
        marker=_marks([LOOKS[track].symbol for track in deeds["track"]], side, mark),
        cliponaxis=False,
        customdata=[[plain(f"week {week}: {actor} {label}")] for week, actor, label in told],
        hovertemplate="%{customdata[0]}<extra></extra>",
        showlegend=False,
        row=row,
        col=1,
    )


def _add_key(figure: go.Figure, row: int, side: str, mark: Mark) -> None:
    """The side in the legend, once: a mark that stands nowhere."""
    if side not in {trace.legendgroup for trace in figure.data}:
        figure.add_scatter(
            x=[None],
            y=[None],
            mode="markers",
            name=SAID[side],
            marker=_marks([MARKS[0].symbol], side, mark),
            legendgroup=side,
            row=row,
            col=1,
        )


def _marks(symbols: Sequence[str], side: str, mark: Mark) -> dict[str, object]:
    """What the deeds of one side look like."""
    colour = GREY if side == BOTH else mark.colour
    hollow = "-open" if side == BEFORE else ""
    return {
        "symbol": [f"{symbol}{hollow}" for symbol in symbols],
        "size": 5 if side == BOTH else 9,
        "color": colour,
        "line": {"color": colour, "width": 2 if side == BEFORE else 0},
    }


def _finding(deeds: pd.DataFrame, parted: Mapping[int, int], key: str, sides: Sides) -> str:
    """In which weeks the worlds part, and how many deeds differ from then on."""
    weeks = sorted(set(parted.values()))
    when = f"week{'s' if len(weeks) > 1 else ''} {listing([str(week) for week in weeks])}"
    differ = int((deeds["side"] != BOTH).sum())
    return (
        f"“{sides.titles[key]}”: {_worlds(len(parted))} part in {when}; "
        f"{differ} of {len(deeds)} deeds of force and arms happen on one side only"
    )


def _worlds(count: int) -> str:
    words = {1: "one pair of worlds", 2: "two pairs of worlds", 3: "three pairs of worlds"}
    return words.get(count, f"{count} pairs of worlds")


def _alt(deeds: pd.DataFrame, parted: Mapping[int, int]) -> str:
    said = []
    for world, week in parted.items():
        of = deeds[deeds["world"] == world]
        counts = {side: int((of["side"] == side).sum()) for side in HEIGHTS}
        said.append(
            f"World {world} parts in week {week}: {counts[BOTH]} deeds in both, "
            f"{counts[BEFORE]} only in the baseline, {counts[AFTER]} only in the scenario."
        )
    return "Lanes by actor with a mark a deed, a plot a world. " + " ".join(said)

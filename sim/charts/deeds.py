"""Who does what how often: a map of actors and actions."""

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from realpolitik.sim.charts.style import INK, SHADES, SMALL, TEXT, Words, finish, plain, wrapped
from realpolitik.sim.formatting.numbers import TINY, how_many_worlds, short

ROW, HEAD = 31, 30
"""Height of a row, and of the heading of a track [px]."""

TRACKS = ("words", "private", "material", "force")
HOLD, BACK = "hold", "de_escalate"
LEAST, MOST = 0.01, 100.0
"""Limits of the colours [times a world]; the scale between them is logarithmic."""


@dataclass(frozen=True)
class Cells:
    """One track: its actions, and by action and actor how often and toward whom."""

    actions: list[str]
    values: list[list[float]]
    targets: list[list[str]]


def deeds_map(acts: pd.DataFrame, worlds: int) -> go.Figure:
    """Mean number of acts a world, by action and actor, one panel a track, the frequent first.

    Columns: track, action, label, actor, on, per_world, background; actors by name, in the order in
    which they shall stand. Holding is left out. Colours are logarithmic: rare force is seen.
    """
    acts = acts[(acts["action"] != HOLD) & (acts["per_world"] > 0)]
    actors = list(dict.fromkeys(acts["actor"]))
    tracks = [track for track in _tracks(acts) if track in set(acts["track"])]
    panels = [_cells(acts[acts["track"] == track], actors) for track in tracks]
    heights = [ROW * len(panel.actions) for panel in panels]
    total = sum(heights) + HEAD * len(panels)
    figure = make_subplots(
        rows=len(panels),
        cols=1,
        shared_xaxes=True,
        row_heights=heights,
        vertical_spacing=HEAD / total if len(panels) > 1 else 0,
    )
    for row, (track, panel) in enumerate(zip(tracks, panels, strict=True), start=1):
        _add_panel(figure, row, panel, actors)
        _head(figure, row, track)
    figure.update_yaxes(
        type="category", autorange="reversed", tickfont={"color": INK}, showgrid=False
    )
    figure.update_xaxes(type="category", showgrid=False, showticklabels=False)
    figure.update_xaxes(
        row=1,
        col=1,
        side="top",
        showticklabels=True,
        tickfont={"color": INK},
        autotickangles=[0, 90],
    )
    figure.update_layout(margin={"t": 44})
    words = Words(_finding(acts), _caption(worlds), _alt(acts))
    return finish(figure, words, height=total + 120)


def _tracks(acts: pd.DataFrame) -> list[str]:
    """The tracks in their usual order, unknown ones last."""
    return [*TRACKS, *(track for track in dict.fromkeys(acts["track"]) if track not in TRACKS)]


def _cells(acts: pd.DataFrame, actors: list[str]) -> Cells:
    sums, said = (
        defaultdict[tuple[str, str], float](float),
        defaultdict[tuple[str, str], list[str]](list),
    )
    ranked = acts.sort_values("per_world", ascending=False, kind="stable")
    columns = (ranked[name] for name in ("label", "actor", "on", "per_world"))
    for label, actor, on, often in zip(*columns, strict=True):
        sums[label, actor] += often
        said[label, actor].append(f"{plain(on)} {short(often)}")
    totals = acts.groupby("label", sort=False)["per_world"].sum()
    labels = [str(label) for label in totals.sort_values(ascending=False, kind="stable").index]
    return Cells(
        labels,
        [[sums.get((label, actor), math.nan) for actor in actors] for label in labels],
        [["<br>".join(said[label, actor]) for actor in actors] for label in labels],
    )


def _add_panel(figure: go.Figure, row: int, panel: Cells, actors: list[str]) -> None:
    colours = np.log10(np.clip(np.array(panel.values), LEAST, MOST))
    figure.add_heatmap(
        x=[plain(actor) for actor in actors],
        y=[two_lines(label) for label in panel.actions],
        z=colours,
        zmin=np.log10(LEAST),
        zmax=np.log10(MOST),
        colorscale=SHADES,
        showscale=False,
        xgap=2,
        ygap=2,
        text=[[short(value) for value in line] for line in panel.values],
        texttemplate="%{text}",
        textfont={"size": SMALL, "color": INK},
        customdata=panel.targets,
        hovertemplate="%{x} %{y}, %{text} a world<br>%{customdata}<extra></extra>",
        hoverongaps=False,
        row=row,
        col=1,
    )


def two_lines(label: str) -> str:
    """A label in two lines or so, which leaves room for the cells on a narrow page."""
    return wrapped(label, 16)


def _head(figure: go.Figure, row: int, track: str) -> None:
    figure.add_annotation(
        text=f"<b>{plain(track)}</b>",
        xref="paper",
        yref=f"y{row if row > 1 else ''} domain",
        x=0,
        y=1,
        xanchor="right",
        yanchor="bottom",
        xshift=-6,
        showarrow=False,
        font={"size": TEXT},
    )


def _finding(acts: pd.DataFrame) -> str:
    """The most frequent act of force outside old wars, or of any kind where there is none."""
    force = acts[(acts["track"] == "force") & (acts["action"] != BACK) & ~acts["background"]]
    outside = "Outside wars already under way the" if acts["background"].any() else "The"
    kind = "act of force" if len(force) else "act"
    for actor, label, often in _ranking(force if len(force) else acts)[:1]:
        times = short(often).replace(TINY, "less than .01")
        return f"{outside} most frequent {kind} is “{label}”: {actor}, {times} times a world"
    return "Nobody does anything"


def _ranking(acts: pd.DataFrame) -> list[tuple[str, str, float]]:
    """Actor, label and mean number a world, all targets together, the most frequent first."""
    sums = acts.groupby(["actor", "label"], sort=False)["per_world"].sum().reset_index()
    sums = sums.sort_values("per_world", ascending=False, kind="stable")
    return list(zip(sums["actor"], sums["label"], sums["per_world"], strict=True))


def _caption(worlds: int) -> str:
    return (
        f"{how_many_worlds(worlds)}; mean number of acts a world, all targets together; "
        f"colours logarithmic; {TINY} less than .01, empty never."
    )


def _alt(acts: pd.DataFrame) -> str:
    most = [f"{actor} {label} {short(often)}" for actor, label, often in _ranking(acts)[:5]]
    return (
        "Table of actors and actions, mean number of acts a world. "
        f"Most frequent: {'; '.join(most)}."
    )

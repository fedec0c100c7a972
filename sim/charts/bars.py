"""All worlds as bars, cut into ordered categories: grades of help, classes of deaths."""

import itertools
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.forest import SHARES, Bars, Plot, Row, forest, rows_of
from realpolitik.sim.charts.sides import Sides
from realpolitik.sim.charts.style import CATEGORIES, Words, plain
from realpolitik.sim.formatting.numbers import frequency, how_many_worlds, in_worlds, percent

ROOM, LETTER_ROOM = 0.015, 0.015
"""Share that a piece needs for a label in it, and for each letter of that, on a narrow page."""

AXIS = {**SHARES, "range": [0, 100], "showgrid": False}


def share_bar(shares: pd.DataFrame, subject: str, worlds: int) -> go.Figure:
    """A bar of 100 %, with a key that names every piece and says how many worlds it holds.

    Columns: category (short, printed in the piece), label, share, low, high; at most seven rows,
    from the least to the most. The title says of `subject` which category is the most frequent.
    """
    pieces = [
        (str(category), str(label), [float(share)])
        for category, label, share in zip(
            *(shares[name] for name in ("category", "label", "share")), strict=True
        )
    ]
    names = [
        f"{key_of(category, label)}: {_counted(share, worlds)}"
        for category, label, (share,) in pieces
    ]
    caption = f"{how_many_worlds(worlds)}; 95 % Wilson intervals in the table."
    words = Words(_finding(shares, subject, worlds), caption, _alt(shares, subject))
    plot = Plot([Row(step=56)], _pieces(pieces, names, thick=46), AXIS)
    return forest(words, plot, key_below=True)


def _counted(share: float, worlds: int) -> str:
    if 0 < share < 1:
        return str(frequency(share, worlds))
    return "none" if share == 0 else "all"


def help_bars(shares: pd.DataFrame, subject: str, sides: Sides) -> go.Figure:
    """A bar a scenario, cut into categories from the least to the most.

    Columns: scenario, category (short, printed in the piece), label, share, worlds; at most seven
    categories. `subject` says what they are categories of.
    """
    rows = shares[shares["scenario"].isin(sides.drawn)]
    drawn = [key for key in sides.drawn if key in set(rows["scenario"])]
    names = rows.drop_duplicates("category")
    pieces = []
    for category, label in zip(names["category"], names["label"], strict=True):
        of = rows[rows["category"] == category].set_index("scenario")["share"].reindex(drawn)
        pieces.append((str(category), str(label), of.fillna(0.0).tolist()))
    keys = [key_of(category, label) for category, label, _ in pieces]
    caption = sides.caption("95 % Wilson intervals in the table.")
    words = Words(
        _finding_of_sides(rows, subject, drawn, sides), caption, _alt_of_sides(rows, drawn, sides)
    )
    labels = [f"<b>{plain(sides.short(key))}</b>" for key in drawn]
    plot = Plot(rows_of(labels, step=34), _pieces(pieces, keys, thick=30), AXIS)
    return forest(words, plot, key_below=True)


def _pieces(
    pieces: Sequence[tuple[str, str, list[float]]], names: Sequence[str], thick: int
) -> list[Bars]:
    """Category, label and shares by row → bars that begin where those before end."""
    ends = itertools.accumulate(
        (shares for _, _, shares in pieces),
        lambda before, shares: [a + b for a, b in zip(before, shares, strict=True)],
        initial=[0.0] * len(pieces[0][2]) if pieces else [],
    )
    return [
        Bars(
            name,
            fill,
            [100 * share for share in shares],
            [100 * start for start in starts],
            texts=[label_in(category, share) for share in shares],
            hover=[f"{label}: {percent(share)}" for share in shares],
            thick=thick,
        )
        for (category, label, shares), name, fill, starts in zip(
            pieces, names, itertools.cycle(CATEGORIES), ends, strict=False
        )
    ]


def label_in(category: str, share: float) -> str:
    """What stands in a piece; nothing where it would not fit."""
    room = ROOM + LETTER_ROOM * len(category)
    return f"<b>{plain(category)}</b>" if share >= room else ""


def key_of(category: str, label: str) -> str:
    """What a piece is called in the key: with the mark that stands in it."""
    return label if category in label else f"{category} {label}"


def _finding(shares: pd.DataFrame, subject: str, worlds: int) -> str:
    most = shares.iloc[int(shares["share"].argmax())]
    return f"{subject}: most often {most['label']}, {in_worlds(float(most['share']), worlds)}"


def _alt(shares: pd.DataFrame, subject: str) -> str:
    pairs = zip(shares["label"], shares["share"], strict=True)
    return f"{subject}, one bar of all worlds: " + "; ".join(
        f"{label} {percent(share)}" for label, share in pairs
    )


def _finding_of_sides(rows: pd.DataFrame, subject: str, drawn: list[str], sides: Sides) -> str:
    """The category whose share goes farthest apart between scenarios."""
    wide = rows.pivot_table(index="category", columns="scenario", values="share", sort=False)
    widest = (wide.max(axis=1) - wide.min(axis=1)).idxmax()
    of = rows[rows["category"] == widest]
    least, most = of.iloc[int(of["share"].argmin())], of.iloc[int(of["share"].argmax())]
    label = str(of["label"].iloc[0])
    low, high = (in_worlds(float(end["share"]), int(end["worlds"])) for end in (least, most))
    if len(drawn) < 2 or low == high:
        return f"{subject}: “{label}” {high} in every scenario"
    return (
        f"{subject}: “{label}” {low} in “{sides.titles[least['scenario']]}”, "
        f"{high} in “{sides.titles[most['scenario']]}”"
    )


def _alt_of_sides(rows: pd.DataFrame, drawn: list[str], sides: Sides) -> str:
    said = []
    for key in drawn:
        of = rows[rows["scenario"] == key]
        parts = zip(of["label"], of["share"], strict=True)
        grades = "; ".join(f"{label} {percent(float(share))}" for label, share in parts)
        said.append(f"{sides.named(key)}: {grades}.")
    return "One bar of all worlds a scenario. " + " ".join(said)

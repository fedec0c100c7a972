"""One bar of all worlds, cut into ordered categories: grades of help, classes of deaths."""

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.style import (
    BLUE,
    INK,
    LIGHT,
    PAPER,
    PINK,
    SMALL,
    Words,
    finish,
    plain,
)
from realpolitik.sim.formatting.numbers import frequency, how_many_worlds, in_worlds, percent

FILLS = (
    (LIGHT, "", INK),
    ("#9CC9E3", "/", INK),
    (BLUE, "", PAPER),
    ("#8FD3BE", "\\", INK),
    ("#2DB18B", "", INK),
    ("#E5782B", "|", INK),
    (PINK, ".", INK),
)
"""Fill, pattern and colour of the number in it, from the least category to the most.

Every number has a contrast of 4.5 or more against its fill.
"""

ROOM, LETTER_ROOM = 0.015, 0.015
"""Share that a piece needs for a label in it, and for each letter of that, on a narrow page."""


def share_bar(shares: pd.DataFrame, subject: str, worlds: int) -> go.Figure:
    """A bar of 100 %, with a key that names every piece and says how many worlds it holds.

    Columns: category (short, printed in the piece), label, share, low, high; at most seven rows,
    from the least to the most. The title says of `subject` which category is the most frequent.
    """
    figure = go.Figure()
    for (_, row), (fill, pattern, ink) in zip(shares.iterrows(), FILLS, strict=False):
        _add_piece(figure, row, (fill, pattern, ink), worlds)
    figure.update_xaxes(range=[0, 100], title="share of worlds [%]", showgrid=False)
    figure.update_yaxes(visible=False)
    figure.update_layout(
        barmode="stack",
        bargap=0.1,
        legend={"x": 0, "y": -0.75, "yanchor": "top", "traceorder": "normal"},
        margin={"l": 12},
    )
    caption = f"{how_many_worlds(worlds)}; 95 % Wilson intervals in the table."
    words = Words(_finding(shares, subject, worlds), caption, _alt(shares, subject))
    return finish(figure, words, height=160 + 24 * len(shares))


def _add_piece(figure: go.Figure, row: pd.Series, look: tuple[str, str, str], worlds: int) -> None:
    fill, pattern, ink = look
    label, share = plain(str(row["label"])), float(row["share"])
    said = str(frequency(share, worlds)) if 0 < share < 1 else ("none" if share == 0 else "all")
    figure.add_bar(
        x=[100 * share],
        y=[""],
        orientation="h",
        name=f"{key_of(str(row['category']), label)}: {said}",
        marker=piece(fill, pattern),
        text=[label_in(str(row["category"]), share)],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": ink, "size": SMALL},
        customdata=[[label]],
        hovertemplate="%{customdata[0]}<br>%{x:.1f} %<extra></extra>",
    )


def label_in(category: str, share: float) -> str:
    """What stands in a piece; nothing where it would not fit."""
    room = ROOM + LETTER_ROOM * len(category)
    return f"<b>{plain(category)}</b>" if share >= room else ""


def piece(fill: str, pattern: str) -> dict[str, object]:
    """What a piece of a bar looks like: as markers of Plotly say it."""
    return {
        "color": fill,
        "line": {"color": PAPER, "width": 1.5},
        "pattern": {
            "shape": pattern,
            "bgcolor": fill,
            "fgcolor": PAPER,
            "size": 8,
            "solidity": 0.2,
            "fgopacity": 0.6,
        },
    }


def key_of(category: str, label: str) -> str:
    """What a piece is called in the key: with the mark that stands in it."""
    return label if plain(category) in label else f"{plain(category)} {label}"


def _finding(shares: pd.DataFrame, subject: str, worlds: int) -> str:
    most = shares.iloc[int(shares["share"].argmax())]
    return f"{subject}: most often {most['label']}, {in_worlds(float(most['share']), worlds)}"


def _alt(shares: pd.DataFrame, subject: str) -> str:
    pairs = zip(shares["label"], shares["share"], strict=True)
    return f"{subject}, one bar of all worlds: " + "; ".join(
        f"{label} {percent(share)}" for label, share in pairs
    )

"""Ordered categories, such as grades of help, of several scenarios: one bar of 100 % each."""

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.bars import FILLS, key_of, label_in, piece
from realpolitik.sim.charts.rows import label_rows
from realpolitik.sim.charts.sides import Sides
from realpolitik.sim.charts.style import SMALL, Words, finish, plain
from realpolitik.sim.formatting.numbers import in_worlds, percent

ROW = 66
"""Height of a bar with its name above it [px]."""


def help_bars(shares: pd.DataFrame, subject: str, sides: Sides) -> go.Figure:
    """A bar a scenario, cut into categories from the least to the most.

    Columns: scenario, category (short, printed in the piece), label, share, worlds; at most seven
    categories. `subject` says what they are categories of.
    """
    rows = shares[shares["scenario"].isin(sides.drawn)]
    drawn = [key for key in sides.drawn if key in set(rows["scenario"])]
    figure = go.Figure()
    names = rows.drop_duplicates("category")
    for category, label, (fill, pattern, ink) in zip(
        names["category"], names["label"], FILLS, strict=False
    ):
        of = rows[rows["category"] == category].set_index("scenario")["share"].reindex(drawn)
        figure.add_bar(
            x=100 * of.fillna(0.0),
            y=list(range(len(drawn))),
            width=0.48,
            orientation="h",
            name=key_of(str(category), plain(str(label))),
            marker=piece(fill, pattern),
            text=[label_in(str(category), part) for part in of],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": ink, "size": SMALL},
            customdata=[[plain(str(label))]] * len(drawn),
            hovertemplate="%{customdata[0]}<br>%{x:.1f} %<extra></extra>",
        )
    label_rows(figure, [f"<b>{plain(sides.short(key))}</b>" for key in drawn], lift=18)
    figure.update_xaxes(range=[0, 100], title="share of worlds [%]", showgrid=False)
    figure.update_yaxes(range=[len(drawn) - 0.68, -0.72], showticklabels=False, showgrid=False)
    height = ROW * len(drawn) + 56
    figure.update_layout(
        barmode="stack",
        legend={"x": 0, "y": -72 / height, "yanchor": "top", "traceorder": "normal"},
    )
    caption = sides.caption("95 % Wilson intervals in the table.")
    words = Words(_finding(rows, subject, drawn, sides), caption, _alt(rows, drawn, sides))
    return finish(figure, words, height=height + 40 + 21 * len(names))


def _finding(rows: pd.DataFrame, subject: str, drawn: list[str], sides: Sides) -> str:
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


def _alt(rows: pd.DataFrame, drawn: list[str], sides: Sides) -> str:
    said = []
    for key in drawn:
        of = rows[rows["scenario"] == key]
        parts = zip(of["label"], of["share"], strict=True)
        grades = "; ".join(f"{label} {percent(float(share))}" for label, share in parts)
        said.append(f"{sides.named(key)}: {grades}.")
    return "One bar of all worlds a scenario. " + " ".join(said)

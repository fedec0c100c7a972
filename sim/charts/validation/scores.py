"""How well each rival forecast: its skill over the base rate, a row a rival."""

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.rows import label_rows, label_with, row_axis, top_legend
from realpolitik.sim.charts.style import GREY, MARKS, SMALL, Mark, Words, finish, plain
from realpolitik.sim.words.numbers import capital, number

LEAST = -2.0
"""Skill below which bars are cut: a score three times that of the base rate."""

SETS = {
    "all": "all cases",
    "article": "cases that the article tells of",
    "omitted": "cases that it leaves out",
}


def skill_rows(summary: pd.DataFrame, titles: Mapping[str, str], reference: str) -> go.Figure:
    """Skill of each rival over the base rate, on all cases, on the article's, on the others.

    Columns: hypothesis, cases (all, article, omitted), n, skill, skill_low, skill_high (95 %
    interval). `titles` are the names of the rivals in words, the one the title is about first; the
    base rate itself, `reference`, is the line at 0.
    """
    names = [name for name in titles if name != reference]
    figure = go.Figure()
    for place, (cases, title) in enumerate(SETS.items()):
        chosen = summary[summary["cases"] == cases].set_index("hypothesis").reindex(names)
        _add_dots(figure, chosen, title, MARKS[place], 0.2 * place)
    overall = summary[summary["cases"] == "all"].set_index("hypothesis")["skill"]
    labels = [label_with(capital(titles[name]), number(overall[name])) for name in names]
    label_rows(figure, labels)
    height = row_axis(figure, labels) + 20
    figure.update_yaxes(range=[len(names) - 1 + 0.7, -0.75])
    figure.add_vline(x=0, line={"color": GREY, "width": 1.4, "dash": "dot"})
    lowest = float(summary["skill_low"].min())
    least = max(LEAST, lowest) if math.isfinite(lowest) else LEAST
    figure.update_xaxes(
        title="skill over the base rate: 1 perfect, 0 no better", range=[least - 0.05, 1.05]
    )
    top_legend(figure)
    figure.update_layout(legend={"font": {"size": SMALL}}, margin={"t": 40})
    return finish(figure, _words(summary, titles, names), height=int(1.3 * height) + 84)


def _add_dots(figure: go.Figure, rows: pd.DataFrame, title: str, mark: Mark, shift: float) -> None:
    skill, low, high = (
        rows[name].clip(lower=LEAST) for name in ("skill", "skill_low", "skill_high")
    )
    figure.add_scatter(
        x=skill,
        y=[row + shift for row in range(len(rows))],
        mode="markers",
        name=plain(title),
        marker={"color": mark.colour, "symbol": mark.symbol, "size": 10},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": high - skill,
            "arrayminus": skill - low,
            "color": mark.colour,
            "thickness": 1.6,
            "width": 4,
        },
        customdata=[[plain(title), number(one)] for one in rows["skill"]],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
    )


def _words(summary: pd.DataFrame, titles: Mapping[str, str], names: list[str]) -> Words:
    rows = summary[summary["cases"] == "all"].set_index("hypothesis")
    skills = {name: float(rows["skill"][name]) for name in names}
    first = names[0]
    ends = [float(rows[end][first]) for end in ("skill_low", "skill_high")]
    caption = (
        f"{rows['n'][first]} cases, each weighing as much as its observation is certain. Skill: "
        "1 − ranked probability score / that of the base rate. Bars: 95 % jack-knife intervals "
        f"over cases, cut at {number(LEAST, 0)}."
    )
    said = "; ".join(f"{titles[name]} {number(skill)}" for name, skill in skills.items())
    alt = f"Dots with intervals, one row a rival: skill over the base rate on all cases. {said}."
    span = f"{number(ends[0])} to {number(ends[1])}"
    finding = f"{capital(titles[first])} {_finding(skills[first], ends[0])}"
    return Words(f"{finding}: skill {number(skills[first])} (95 % interval {span})", caption, alt)


def _finding(skill: float, low: float) -> str:
    if low > 0:
        return "beats the base rate"
    if skill > 0:
        return "is ahead of the base rate, but perhaps by chance"
    return "does not beat the base rate"

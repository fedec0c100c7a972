"""How well each rival forecast: its score less that of the base rate, a row a rival."""

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.rows import label_rows, label_with, row_axis, top_legend
from realpolitik.sim.charts.style import GREY, MARKS, SMALL, Mark, Words, finish, plain
from realpolitik.sim.formatting.numbers import capital, number

SETS = {
    "all": "all cases",
    "article": "cases that the article tells of",
    "omitted": "cases that it leaves out",
}

DIFFERENCE = ("rps_difference", "rps_difference_low", "rps_difference_high")
NUMBERS = ("n", "skill", *DIFFERENCE)


def difference_rows(summary: pd.DataFrame, titles: Mapping[str, str], reference: str) -> go.Figure:
    """Mean score of each rival less that of the base rate, on all cases and on each set of them.

    Columns: hypothesis, cases (all, article, omitted), n, skill, rps_difference,
    rps_difference_low, rps_difference_high (95 % interval; NaN where cases are too few). `titles`
    are the names of the rivals in words, the one the title is about first; the base rate itself,
    `reference`, is the line at 0.
    """
    names = [name for name in titles if name != reference]
    figure = go.Figure()
    for place, (cases, title) in enumerate(SETS.items()):
        chosen = summary[summary["cases"] == cases].set_index("hypothesis").reindex(names)
        _add_dots(figure, chosen, title, MARKS[place], 0.2 * place)
    overall = summary[summary["cases"] == "all"].set_index("hypothesis")["rps_difference"]
    labels = [label_with(capital(titles[name]), number(overall[name], 3)) for name in names]
    label_rows(figure, labels)
    height = row_axis(figure, labels) + 20
    figure.update_yaxes(range=[len(names) - 1 + 0.7, -0.75])
    figure.add_vline(x=0, line={"color": GREY, "width": 1.4, "dash": "dot"})
    figure.update_xaxes(title="score less that of the base rate")
    top_legend(figure)
    figure.update_layout(legend={"font": {"size": SMALL}}, margin={"t": 40})
    return finish(figure, _words(summary, titles, names), height=int(1.3 * height) + 84)


def _add_dots(figure: go.Figure, rows: pd.DataFrame, title: str, mark: Mark, shift: float) -> None:
    value, low, high = (rows[column] for column in DIFFERENCE)
    figure.add_scatter(
        x=value,
        y=[row + shift for row in range(len(rows))],
        mode="markers",
        name=plain(title),
        marker={"color": mark.colour, "symbol": mark.symbol, "size": 10},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": high - value,
            "arrayminus": value - low,
            "color": mark.colour,
            "thickness": 1.6,
            "width": 4,
        },
        customdata=[[plain(title), number(one, 3)] for one in value],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
    )


def _words(summary: pd.DataFrame, titles: Mapping[str, str], names: list[str]) -> Words:
    rows = summary[summary["cases"] == "all"].set_index("hypothesis")
    first = {column: float(rows[column][names[0]]) for column in NUMBERS}
    n = "One case" if first["n"] == 1 else f"{first['n']:.0f} cases"
    caption = (
        f"{n}, each weighing as much as its observation is certain. Dots: mean ranked probability "
        "score less that of the base rate. Bars: 95 % jack-knife intervals over crises, where "
        "there are enough of them."
    )
    said = "; ".join(f"{titles[name]} {number(rows['rps_difference'][name], 3)}" for name in names)
    alt = f"Dots with intervals, one row a rival: difference from the base rate. {said}."
    value, low, high = (first[column] for column in DIFFERENCE)
    skill = f"skill {number(first['skill'])}"
    if math.isnan(high):
        return Words(f"Cases of too few crises to say who forecasts better: {skill}", caption, alt)
    span = f"95 % interval of the difference {number(low, 3)} to {number(high, 3)}"
    finding = f"{capital(titles[names[0]])} {_finding(value, high)}"
    return Words(f"{finding}: score {_way(value)} ({span}), {skill}", caption, alt)


def _way(difference: float) -> str:
    return f"{number(abs(difference), 3)} {'higher' if difference >= 0 else 'lower'}"


def _finding(difference: float, high: float) -> str:
    if high < 0:
        return "beats the base rate"
    if difference < 0:
        return "is ahead of the base rate, but perhaps by chance"
    return "does not beat the base rate"

"""How well each rival forecast: its score less that of the base rate, a row a rival."""

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.charts.forest import Plot, Points, forest, label_with, rows_of
from realpolitik.sim.charts.style import MARKS, REFERENCE, Words
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
    overall = summary[summary["cases"] == "all"].set_index("hypothesis")["rps_difference"]
    labels = [label_with(capital(titles[name]), number(overall[name], 3)) for name in names]
    points = [_points(summary, names, cases, place) for place, cases in enumerate(SETS)]
    axis = {"title": "score less that of the base rate", "nticks": 7}
    rows = rows_of(labels, marks=len(SETS), step=13)
    return forest(_words(summary, titles, names), Plot(rows, points, axis, {0: REFERENCE}))


def _points(summary: pd.DataFrame, names: list[str], cases: str, place: int) -> Points:
    rows = summary[summary["cases"] == cases].set_index("hypothesis").reindex(names)
    value, low, high = (rows[column] for column in DIFFERENCE)
    hover = [f"{SETS[cases]}: {number(one, 3)}" for one in value]
    return Points(SETS[cases], MARKS[place], value, (low, high), place=place, hover=hover)


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

"""What a map over two addresses says: what each of them does, and where least and most lie."""

import math

import pandas as pd

from realpolitik.sim.charts.study.effect_words import (
    at_most_said,
    change_said,
    surely_moving,
    worlds_said,
)
from realpolitik.sim.formatting.scales import Measure, Varied, setting

Pair = tuple[Varied, Varied]


def heat_finding(table: pd.DataFrame, effects: pd.DataFrame, pair: Pair, measure: Measure) -> str:
    """What each address does from end to end, as far as that can be told from chance."""
    if table["mean"].isna().all():
        return f"{measure.label}: no value at any pair of settings"
    names = [varied.address for varied in pair]
    moving = surely_moving(effects[effects["address"].isin(names)])
    if not len(moving):
        ends = f"the ends of {' or '.join(names)}"
        most = at_most_said(effects[effects["address"].isin(names)], measure)
        return f"{measure.label}: no difference between {ends} can be told from chance{most}"
    parts = [
        f"{change_said(effect, measure)} as {effect['address']} goes "
        f"from {setting(effect['value_low'])} to {setting(effect['value_high'])}"
        for _, effect in moving.iterrows()
    ]
    return f"{measure.label}: {', '.join(parts)}"


def extremes_said(table: pd.DataFrame, pair: Pair, measure: Measure) -> str:
    """The cells with the least and with the most, as a sentence; empty if there are none."""
    known = table.dropna(subset=["mean"])
    if not len(known):
        return ""
    least, most = (known.iloc[at] for at in (known["mean"].argmin(), known["mean"].argmax()))
    return (
        f"Least: {measure.said(least['mean'])} ({_at(least, pair)}); "
        f"most: {measure.said(most['mean'])} ({_at(most, pair)})."
    )


def _at(row: pd.Series, pair: Pair) -> str:
    places = zip(pair, ("across", "up"), strict=True)
    return ", ".join(f"{varied.address} {setting(row[place])}" for varied, place in places)


def heat_caption(table: pd.DataFrame, measure: Measure, held: bool) -> str:
    """How many worlds and cells, what the numbers are, and where the scenario lies."""
    unit = "percent of worlds" if measure.scale == "share" else "means"
    ring = "Ring: the scenario as it is." if held else "The scenario’s own values are off the map."
    return f"{worlds_said(table, 'a cell')}, {len(table)} cells; {unit}. {ring}"


def level_said(measure: Measure, level: float, printed: bool, crossed: bool) -> str:
    """What the thick line is, and what a tilde; empty without a level."""
    if not math.isfinite(level):
        return ""
    line = "Thick line:" if crossed else "No cell crosses"
    doubt = " ~: the cell’s 95 % interval holds that level." if printed else ""
    return f"{line} {measure.level(level)}.{doubt}"

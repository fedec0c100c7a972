"""What a chart of curves says: where a curve crosses its threshold, or from where to where."""

import math
from dataclasses import dataclass

import pandas as pd

from realpolitik.sim.charts.study.effect_words import prominence, way_said, worlds_said
from realpolitik.sim.charts.style import Mark, Words
from realpolitik.sim.formatting.numbers import listing
from realpolitik.sim.formatting.scales import Measure, Varied, setting


@dataclass(frozen=True)
class Curve:
    """One outcome: its letter, its look, its rows by value, and what is known of its threshold.

    `tipping` has a row a crossing, in ascending order, or one that says never; none without a
    threshold. `effect` is the paired difference between its ends; None: not known.
    """

    letter: str
    measure: Measure
    mark: Mark
    rows: pd.DataFrame
    tipping: pd.DataFrame
    effect: pd.Series | None = None

    @property
    def crossings(self) -> pd.DataFrame:
        """Where it crosses its threshold within the range."""
        return self.tipping[self.tipping["value"].notna()]

    @property
    def weight(self) -> float:
        """How surely it moves from end to end; 0 where chance may explain it."""
        return 0.0 if self.effect is None else prominence(self.effect)

    @property
    def level(self) -> float:
        """Its threshold; NaN without one."""
        return float(self.tipping["threshold"].iloc[0]) if len(self.tipping) else math.nan


def curve_words(lines: list[Curve], varied: Varied, beside: str, of: str = "") -> Words:
    """Title, caption and text for the blind; `of` is the outcome, where lines are scenarios.

    The title speaks of the first curve that crosses its threshold, or else of the one that is
    moved most surely; of all, where none is moved.
    """
    told = next((line for line in lines if len(line.crossings)), None)
    told = told or max(lines, key=lambda line: line.weight)
    finding = finding_of(told, varied)
    alike = [line.measure.label for line in lines if finding_of(line, varied) == finding]
    title = f"{f'{of}, ' if of else ''}{listing(alike)}: {finding}"
    return Words(title, _caption(lines, varied, beside), _alt(lines, varied, of))


def finding_of(line: Curve, varied: Varied) -> str:
    """What a curve shows: a crossing, or from where to where it goes, if that can be told."""
    measure, rows = line.measure, line.rows.dropna(subset=["mean"])
    if not len(rows):
        return f"no value at any setting of {varied.address}"
    if len(line.crossings):
        return crossing_said(line.crossings, varied, measure)
    if math.isfinite(line.level):
        return _never(line.level, rows, varied, measure)
    if line.effect is not None:
        return way_said(line.effect, measure)
    first, last = rows.iloc[0], rows.iloc[-1]
    ends = f"{measure.often(first['mean'])} at {setting(first['value'])}"
    return f"{ends} and {measure.said(last['mean'])} at {setting(last['value'])}, not paired"


def crossing_said(crossings: pd.DataFrame, varied: Varied, measure: Measure) -> str:
    """Such as "in fewer than 5 % of worlds once RUS.israel_ties reaches 0.42 (0.38 to 0.47)"."""
    parts = list[str]()
    for _, each in crossings.iterrows():
        name = "it" if parts else varied.address
        value, low, high = (float(each[column]) for column in ("value", "low", "high"))
        level = float(each["threshold"])
        side = f"{measure.beyond(level, each['direction'] == 'rising')} once {name} reaches"
        if each["direction"] == "wavering":
            side = f"not told from {measure.level(level)} where {name} is near"
        parts.append(f"{side} {varied.near(value)} ({varied.span(low, high)})")
    return ", then ".join(parts)


def _never(level: float, rows: pd.DataFrame, varied: Varied, measure: Measure) -> str:
    above = float(rows["mean"].mean()) > level
    ends = f"{setting(rows['value'].iloc[0])} and {setting(rows['value'].iloc[-1])}"
    reached = (rows["low"] <= level) & (level <= rows["high"])
    doubt = ", though intervals reach that level" if reached.any() else ""
    return f"{measure.beyond(level, above)} wherever {varied.address} lies between {ends}{doubt}"


def _caption(lines: list[Curve], varied: Varied, beside: str) -> str:
    rows = pd.concat([line.rows for line in lines])
    said = [f"{worlds_said(rows, 'a value')}; shading 95 % intervals of chance."]
    if math.isfinite(varied.default):
        own = f"{setting(varied.default)} in the scenario"
        said.append(f"{own}: dotted line." if varied.holds_default else f"{own}: not in the range.")
    if any(len(line.crossings) for line in lines):
        said.append("Grey strip: 95 % interval of where the threshold (dashed) is crossed.")
    elif any(len(line.tipping) for line in lines):
        said.append("Dashed: the threshold, which is not crossed.")
    return " ".join(filter(None, [*said, beside]))


def _alt(lines: list[Curve], varied: Varied, of: str) -> str:
    parts = [f"{line.measure.label}, {finding_of(line, varied)}" for line in lines]
    what = f"{of} by value of {varied.address}, one line a scenario"
    what = what if of else f"Means by value of {varied.address}, one line an outcome"
    return f"{what}. {'; '.join(parts)}."

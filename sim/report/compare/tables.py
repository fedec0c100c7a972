"""Tables of text for the page of a comparison."""

import math
from dataclasses import dataclass

import pandas as pd

from realpolitik.sim.documents.exhibits import TextTable
from realpolitik.sim.report.compare.records import Compared
from realpolitik.sim.report.run.records import text
from realpolitik.sim.report.study.tables import INTERVAL, count
from realpolitik.sim.words.names import Names
from realpolitik.sim.words.numbers import NONE, number, percent
from realpolitik.sim.words.scales import Measure, came_said, said, span

ACTS = 6
"""First deeds that differ, in a table, at most."""


@dataclass(frozen=True)
class OutcomesTable:
    """What one scenario is against the baseline; `notes` say what is to be known of its rows."""

    key: str
    title: str
    table: TextTable
    notes: list[str]


def outcomes_tables(compared: Compared) -> list[OutcomesTable]:
    """A table a scenario but the baseline: levels, difference, and of pairs up, down and gain."""
    return [_outcomes(compared, key) for key in compared.others]


def _outcomes(compared: Compared, key: str) -> OutcomesTable:
    found = compared.of("differences", key)
    header: tuple[str, ...] = ("Outcome", "Baseline", "Other", "Difference")
    header += ("Up, down", "Gain") if (paired := found["paired"].astype(bool).any()) else ()
    rows, notes = [], dict[str, list[str]]()
    for _, each in found.iterrows():
        measure = Measure(str(each["label"]), str(each["scale"]))
        levels = (_level(compared, of, each) for of in (compared.sides.baseline, key))
        reach = measure.change_span(float(each["low"]), float(each["high"]))
        rows.append(
            (
                measure.label,
                *levels,
                f"{measure.change(float(each['difference']))}\n{reach}",
                *((_changed(each), gain_said(each)) if paired else ()),
            )
        )
        for note in filter(None, text(each.get("note")).split("; ")):
            notes.setdefault(note, []).append(measure.label)
    everything = len(rows)
    told = [
        f"{note[:1].upper()}{note[1:]}" + ("." if len(labels) == everything else _of(labels))
        for note, labels in notes.items()
    ]
    return OutcomesTable(key, compared.sides.titles[key], TextTable(header, rows), told)


def _of(labels: list[str]) -> str:
    return f" ({'; '.join(labels)})."


def gain_said(each: pd.Series) -> str:
    """Such as "3.1×"; why not, where worlds are not paired."""
    if not each["paired"]:
        return "not paired"
    gain = float(each["gain"])
    return f"{number(gain, 1)}×" if math.isfinite(gain) else NONE


def _level(compared: Compared, key: str, each: pd.Series) -> str:
    """The level that differences are of, with its interval."""
    levels = compared.of("levels", key)
    found = levels[levels["outcome"] == each["outcome"]]
    if found.empty:
        return NONE
    row, scale = found.iloc[0], str(each["scale"])
    middle, low, high = (float(row[name]) for name in ("mean", "low", "high"))
    if not math.isfinite(middle):
        return NONE
    reach = span(low, high, scale)
    parts = (said(middle, scale), reach if reach != NONE else "", came_said(float(row["came"])))
    return "\n".join(filter(None, parts))


def _changed(each: pd.Series) -> str:
    """Shares of the pairs that rose and fell, such as "up 12.8 %" above "down 5.2 %"."""
    if not each["paired"]:
        return NONE
    return f"up {percent(float(each['up']))}\ndown {percent(float(each['down']))}"


def first_acts_table(compared: Compared, key: str) -> TextTable:
    """What the first difference was, the most frequent ones."""
    rows = [
        (
            compared.names.title(str(each["actor"])),
            str(each["instead_of"]),
            str(each["did"]),
            percent(float(each["share"])),
        )
        for _, each in compared.of("first_acts", key).head(ACTS).iterrows()
    ]
    return TextTable(("Who", "Instead of", "Did", "Pairs of worlds"), rows)


def differences_table(rows: pd.DataFrame, compared: Compared) -> TextTable:
    """The numbers of a chart of differences."""
    header = ("Outcome", "Scenario", "Difference", INTERVAL, "Pairs", "Gain")
    lines = []
    for _, each in rows.iterrows():
        measure = Measure(str(each["label"]), str(each["scale"]))
        lines.append(
            (
                measure.label,
                compared.sides.titles[str(each["scenario"])],
                measure.change(float(each["difference"])),
                measure.change_span(float(each["low"]), float(each["high"])),
                count(each["pairs"]) if each["paired"] else NONE,
                gain_said(each),
            )
        )
    return TextTable(header, lines)


def levels_table(
    rows: pd.DataFrame, compared: Compared, what: str, column: str = "mean"
) -> TextTable:
    """Levels with their intervals; `what` names the first column, `label` of a row."""
    lines = [
        (
            str(each["label"]),
            compared.sides.named(str(each["scenario"])),
            said(float(each[column]), str(each.get("scale", "share"))),
            span(float(each["low"]), float(each["high"]), str(each.get("scale", "share"))),
            count(each["worlds"]),
        )
        for _, each in rows.iterrows()
    ]
    return TextTable((what, "Scenario", "Level", INTERVAL, "Worlds"), lines)


def wide_table(rows: pd.DataFrame, column: str, compared: Compared, scale: str) -> TextTable:
    """A row a week, a column a scenario."""
    wide = rows.pivot_table(index="week", columns="scenario", values=column, sort=False)
    keys = [key for key in compared.sides.titles if key in wide]
    lines = [
        (str(week), *(said(float(value), scale) for value in values))
        for week, values in zip(wide.index, wide[keys].to_numpy(), strict=True)
    ]
    return TextTable(("Week", *(compared.sides.named(key) for key in keys)), lines)


def times_table(rows: pd.DataFrame, compared: Compared) -> TextTable:
    """Shares by week with their intervals and the worlds at risk."""
    header = ("Week", "Scenario", "Has come", INTERVAL, "At risk", "Came")
    lines = [
        (
            str(each["week"]),
            compared.sides.named(str(each["scenario"])),
            percent(float(each["share_by_then"])),
            span(float(each["low"]), float(each["high"]), "share"),
            count(each["at_risk"]),
            count(each["came"]),
        )
        for _, each in rows.sort_values("week", kind="stable").iterrows()
    ]
    return TextTable(header, lines)


def deeds_table(deeds: pd.DataFrame) -> TextTable:
    """The deeds of which the two worlds of a pair have only one."""
    where = {"before": "only in the baseline", "after": "only in the scenario"}
    rows = [
        (str(each["world"]), str(each["week"]), where[each["side"]], f"{each['said']}")
        for _, each in deeds[deeds["side"] != "both"].iterrows()
    ]
    return TextTable(("World", "Week", "Where", "What"), rows)


def toward(names: Names, actor: str, on: str) -> str:
    """Such as "Russia toward the United States"."""
    return f"{names.the(actor)} toward {names.the(on)}"

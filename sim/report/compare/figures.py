"""The charts of a comparison, each with the table beneath it; none where a table is absent."""

from collections.abc import Iterator

import pandas as pd

from realpolitik.sim import charts
from realpolitik.sim.documents.exhibits import Exhibit, TextTable
from realpolitik.sim.report.compare.deeds import deeds_of, parted_worlds
from realpolitik.sim.report.compare.records import Compared
from realpolitik.sim.report.compare.tables import (
    deeds_table,
    differences_table,
    levels_table,
    times_table,
    toward,
    wide_table,
)
from realpolitik.sim.report.run.records import text
from realpolitik.sim.report.run.tables import frame_table
from realpolitik.sim.words.numbers import capital, possessive

MOST = 3
"""Charts of one kind, at most."""

SIDE_OF = {"public_alignment": "words", "material_alignment": "deeds"}
"""Measures of alignment → the side that they are of."""


def drawn(compared: Compared, name: str) -> pd.DataFrame:
    """The rows of a table about the scenarios that a chart has room for."""
    table = compared.table(name)
    return table[table["scenario"].isin(compared.sides.drawn)]


def difference_exhibits(compared: Compared) -> list[Exhibit]:
    """Shares first, then other scales; of runs of other lengths only weeks, cut to the same."""
    rows = drawn(compared, "differences").dropna(subset=["difference"])
    apart = rows["scenario"].map(lambda key: bool(compared.other_length(key))).astype(bool)
    rows = rows[~apart | (rows["scale"] == "weeks")]
    groups = {"shares": rows[rows["scale"] == "share"], "others": rows[rows["scale"] != "share"]}
    return [
        Exhibit(
            f"differences-{name}",
            charts.difference_dots(of, compared.sides),
            differences_table(of, compared),
        )
        for name, of in groups.items()
        if len(of)
    ]


def shares_exhibit(compared: Compared) -> list[Exhibit]:
    """Shares of all scenarios as bars."""
    rows = drawn(compared, "levels")
    rows = rows[(rows["scale"] == "share") & rows["mean"].notna()]
    if rows.empty:
        return []
    figure = charts.outcome_bars(rows, compared.sides)
    return [Exhibit("outcomes", figure, levels_table(rows, compared, "Outcome"))]


def help_exhibits(compared: Compared) -> list[Exhibit]:
    """Grades of help, and then other outcomes that come in classes, such as deaths."""
    table = drawn(compared, "classes")
    rows_of = {str(name): rows for name, rows in table.groupby("outcome", sort=False)}
    grades = [name for name in rows_of if _measure(compared, name).scale == "grade"]
    names = dict.fromkeys([*grades, *rows_of])
    return [
        _classes(compared, name, rows_of[name], place) for place, name in enumerate(names, start=1)
    ][:MOST]


def _measure(compared: Compared, name: str) -> charts.Measure:
    return compared.measures.get(name, charts.Measure(name, "grade"))


def _classes(compared: Compared, name: str, rows: pd.DataFrame, place: int) -> Exhibit:
    """A grade is told by its number and its label, a class of numbers by its label alone."""
    measure = _measure(compared, name)
    marked = rows if measure.scale == "grade" else rows.assign(category=rows["label"])
    figure = charts.help_bars(marked, measure.label, compared.sides)
    what = "Grade" if measure.scale == "grade" else measure.label
    return Exhibit(f"help-{place}", figure, levels_table(rows, compared, what, "share"))


def ladder_exhibit(compared: Compared) -> list[Exhibit]:
    """The ladder of each scenario."""
    weeks = drawn(compared, "weeks")
    weeks = weeks[weeks["measure"] == "rung"]
    if weeks.empty:
        return []
    shocks = {
        key: pd.DataFrame(
            [(shock.week, shock.label) for shock in compared.shocks(key)],
            columns=["week", "label"],
        )
        for key in compared.sides.drawn
    }
    figure = charts.ladders(weeks, shocks, compared.whole)
    names = weeks["scenario"].map(compared.sides.named)
    columns = ["week", "scenario", "q05", "q25", "q50", "q75", "q95"]
    header = ("Week", "Scenario", "5 %", "25 %", "median", "75 %", "95 %")
    ordered = weeks.assign(scenario=names)[columns].sort_values("week", kind="stable")
    return [Exhibit("rungs", figure, frame_table(ordered, header, digits=1))]


def time_exhibits(compared: Compared) -> list[Exhibit]:
    """Time to each event."""
    found = []
    table = drawn(compared, "times")
    for place, (name, rows) in enumerate(table.groupby("outcome", sort=False), start=1):
        event = capital(compared.measures[str(name)].label.removeprefix("Weeks until "))
        figure = charts.arrival_curves(rows, event, compared.sides)
        found.append(Exhibit(f"times-{place}", figure, times_table(rows, compared)))
    return found[:MOST]


def alignment_exhibits(compared: Compared) -> list[Exhibit]:
    """Words against deeds: outcomes of public and of material alignment of the same two actors."""
    return [
        Exhibit(
            f"words-{place}",
            charts.gaps(rows, subject, compared.sides),
            levels_table(rows, compared, "Outcome"),
        )
        for place, (subject, rows) in enumerate(_alignments(compared), start=1)
    ][:MOST]


def _alignments(compared: Compared) -> Iterator[tuple[str, pd.DataFrame]]:
    """Of each two actors what it is about, and the levels of both sides."""
    found = dict[tuple[str, str], dict[str, str]]()
    for name in compared.measures:
        what = compared.definition(name)
        if side := SIDE_OF.get(text(what.get("measure"))):
            found.setdefault((text(what["by"]), text(what["toward"])), {})[name] = side
    levels = drawn(compared, "levels").dropna(subset=["mean"])
    names = compared.names
    for (by, other), sides in found.items():
        rows = levels[levels["outcome"].isin(list(sides))]
        if sorted(sides.values()) == ["deeds", "words"] and rows["outcome"].nunique() == 2:
            subject = f"{capital(possessive(names.the(by)))} alignment with {names.the(other)}"
            yield subject, rows.assign(side=rows["outcome"].map(sides))


def relations_exhibit(compared: Compared) -> list[Exhibit]:
    """Hostility of the pairs of actors that differ most."""
    rows = drawn(compared, "relations")
    if rows.empty:
        return []
    pairs = charts.most_changed(rows, compared.sides)
    named = [toward(compared.names, *pair) for pair in pairs]
    figure = charts.relations_over_time(rows, pairs, named, compared.sides)
    tables = [
        wide_table(
            rows[(rows["actor"] == actor) & (rows["on"] == on)], "mean", compared, "alignment"
        )
        for actor, on in pairs
    ]
    header = ("Pair", *tables[0].header)
    lines = [(name, *row) for name, table in zip(named, tables, strict=True) for row in table.rows]
    return [Exhibit("relations", figure, TextTable(header, lines))]


def parting_exhibit(compared: Compared) -> list[Exhibit]:
    """The weeks in which histories part."""
    rows = drawn(compared, "partings")
    if rows.empty:
        return []
    figure = charts.parting_weeks(rows, compared.sides)
    numbers = wide_table(rows, "share", compared, "share")
    lines = [("never", *row[1:]) if row[0] == "0" else row for row in numbers.rows]
    return [Exhibit("partings", figure, TextTable(numbers.header, lines))]


def lanes_exhibits(compared: Compared) -> list[Exhibit]:
    """Deeds in the worlds that are told, a chart a scenario."""
    found = []
    for place, key in enumerate(compared.sides.others, start=1):
        parted = parted_worlds(compared, key)
        deeds = deeds_of(compared, key, list(parted))
        if parted and (deeds["side"] != "both").any():
            figure = charts.lanes(deeds, parted, compared.horizons[0], key, compared.sides)
            found.append(Exhibit(f"lanes-{place}", figure, deeds_table(deeds)))
    return found

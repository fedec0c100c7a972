"""The charts of a comparison with their numbers; none where its table has no rows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import pandas as pd

from realpolitik.sim import charts
from realpolitik.sim.comparison.comparison import Comparison, deeds_of, parted_worlds
from realpolitik.sim.documents.document import Chart, Column, Row, Show, Table, rows_of, text
from realpolitik.sim.formatting.names import Names, heading_of, labels
from realpolitik.sim.formatting.numbers import (
    NONE,
    capital,
    how_many_worlds,
    number,
    percent,
    possessive,
)
from realpolitik.sim.formatting.scales import INTERVAL, MeasuredOutcome, format_value, span

MOST = 3
"""Charts of one kind, at most."""

SIDE_OF = {"public_alignment": "words", "material_alignment": "deeds"}
"""Measures of alignment → the side that they are of."""


@dataclass(frozen=True)
class Compared:
    """A comparison, and what its scenarios and actors are called.

    Attributes:
        found: The comparison.
        names: Of the actors.
        sides: The scenarios, and in how many worlds their outcomes are counted.
        whole: The scenarios, and how many worlds they have.
    """

    found: Comparison
    names: Names
    sides: charts.Sides
    whole: charts.Sides

    @classmethod
    def of(cls, found: Comparison) -> "Compared":
        """The comparison with its names."""
        scenarios = found.manifest["scenarios"]
        titles = _titles(scenarios)
        return cls(
            found,
            Names.of(actor for each in scenarios for actor in each["actors"]),
            charts.Sides(titles, _source(scenarios, "counted")),
            charts.Sides(titles, _source(scenarios, "worlds")),
        )

    @cached_property
    def scenarios(self) -> dict[str, Mapping[str, Any]]:
        """Key → what the manifest says of a scenario, the baseline first."""
        return {each["key"]: each for each in self.found.manifest["scenarios"]}

    @property
    def others(self) -> list[str]:
        """Keys of all scenarios but the baseline."""
        return list(self.scenarios)[1:]

    @property
    def horizons(self) -> list[int]:
        """Weeks of the scenarios, each once, the shortest first; differences are of the first."""
        return sorted({int(each["weeks"]) for each in self.scenarios.values()})

    @cached_property
    def measures(self) -> dict[str, MeasuredOutcome]:
        """The outcomes in the order in which they first come."""
        first = rows_of(self.found.levels.drop_duplicates("outcome"))
        return {row["outcome"]: measure_of(row) for row in first}

    @cached_property
    def levels(self) -> dict[tuple[str, str], Row]:
        """Key of a scenario and name of an outcome → its row of levels."""
        return {(row["scenario"], row["outcome"]): row for row in rows_of(self.found.levels)}

    @property
    def has_pairs(self) -> bool:
        """Whether any scenario is compared pair by pair."""
        return bool(self.found.differences["paired"].astype(bool).any())

    @property
    def unpaired(self) -> dict[str, str]:
        """Key → why its worlds are not paired with those of the baseline."""
        return {key: each["why_not"] for key, each in self.scenarios.items() if not each["paired"]}

    def of_one(self, name: str, key: str) -> pd.DataFrame:
        """The rows of a table that are about one scenario."""
        table = self.found.tables[name]
        return table[table["scenario"] == key]

    def drawn(self, name: str) -> pd.DataFrame:
        """The rows of a table about the scenarios that a chart has room for."""
        table = self.found.tables[name]
        return table[table["scenario"].isin(self.sides.drawn)]

    def other_length(self, key: str) -> str:
        """Such as "52 weeks instead of 26"; empty where a scenario is as long as the baseline."""
        weeks = [int(self.scenarios[each]["weeks"]) for each in (self.sides.baseline, key)]
        return f"{weeks[1]} weeks instead of {weeks[0]}" if weeks[0] != weeks[1] else ""


def _titles(scenarios: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Titles; those that are not one of a kind have a name behind them, or how it was called."""
    times = Counter(each["name"] for each in scenarios)
    names = {
        each["key"]: _spelt(each["called"])
        if times[each["name"]] > 1 and each["ran"]
        else each["key"]
        for each in scenarios
    }
    return labels({each["key"]: each["title"] or each["key"] for each in scenarios}, names)


def _spelt(called: str) -> str:
    """A path in characters that charts can hold: what is not UTF-8 is escaped."""
    return called.encode("utf-8", "backslashreplace").decode("utf-8")


def _source(scenarios: Sequence[Mapping[str, Any]], counted: str) -> str:
    """Such as "1,000 worlds each, seed 0"; where they differ, of each scenario in their order.

    `counted` is the field that says how many worlds there are.
    """
    each = [f"{how_many_worlds(int(one[counted]))}, seed {one['seed']}" for one in scenarios]
    weeks = [f"{one['weeks']} weeks" for one in scenarios]
    if len(set(weeks)) > 1:
        each = [f"{one}, {length}" for one, length in zip(each, weeks, strict=True)]
    if len(set(each)) == 1:
        return each[0].replace(", seed", " each, seed")
    return f"in the order of the scenarios {'; '.join(each)}"


# ── Charts ───────────────────────────────────────────────────────────────────────────


def difference_charts(compared: Compared) -> Iterator[Chart]:
    """Shares first, then other scales; of runs of other lengths only weeks, cut to the same."""
    rows = compared.drawn("differences").dropna(subset=["difference"])
    apart = rows["scenario"].map(lambda key: bool(compared.other_length(key))).astype(bool)
    rows = rows[~apart | (rows["scale"] == "weeks")]
    groups = {"shares": rows[rows["scale"] == "share"], "others": rows[rows["scale"] != "share"]}
    for name, of in groups.items():
        if len(of):
            draw = partial(charts.difference_dots, of, compared.sides)
            yield Chart(f"differences-{name}", draw, _differences(of, compared))


def _differences(rows: pd.DataFrame, compared: Compared) -> Table:
    columns = [
        Column("Outcome", text("label")),
        Column("Scenario", lambda row: compared.sides.titles[row["scenario"]]),
        Column("Difference", change),
        Column(INTERVAL, change_span),
        Column("Pairs", lambda row: number(row["pairs"], 0) if row["paired"] else NONE),
        Column("Gain", gain),
    ]
    return Table.whole(rows, columns)


def measure_of(row: Row) -> MeasuredOutcome:
    """What a row is about."""
    return MeasuredOutcome(str(row["label"]), str(row["scale"]))


def change(row: Row) -> str:
    """A difference with its sign and unit."""
    return measure_of(row).change(float(row["difference"]))


def change_span(row: Row) -> str:
    """The interval of a difference."""
    return measure_of(row).change_span(float(row["low"]), float(row["high"]))


def gain(row: Row) -> str:
    """Such as "3.1×"; why not, where worlds are not paired."""
    if not row["paired"]:
        return "not paired"
    told = number(float(row["gain"]), 1)
    return told if told == NONE else f"{told}×"


def share_charts(compared: Compared) -> Iterator[Chart]:
    """Shares of all scenarios; grades of help; outcomes that come in classes, such as deaths."""
    rows = compared.drawn("levels")
    rows = rows[(rows["scale"] == "share") & rows["mean"].notna()]
    if len(rows):
        draw = partial(charts.outcome_bars, rows, compared.sides)
        yield Chart("outcomes", draw, _levels(rows, compared, "Outcome"))
    classes = compared.drawn("classes")
    rows_of = {str(name): of for name, of in classes.groupby("outcome", sort=False)}
    measures = compared.measures
    grades = [name for name in rows_of if measures[name].scale == "grade"]
    for place, name in enumerate([*dict.fromkeys([*grades, *rows_of])][:MOST], start=1):
        yield _classes(compared, f"help-{place}", measures[name], rows_of[name])


def _classes(compared: Compared, name: str, measure: MeasuredOutcome, rows: pd.DataFrame) -> Chart:
    """A grade is told by its number and its label, a class of numbers by its label alone."""
    is_grade = measure.scale == "grade"
    marked = rows if is_grade else rows.assign(category=rows["label"])
    numbers = rows.assign(mean=rows["share"], scale="share")
    table = _levels(numbers, compared, "Grade" if is_grade else measure.label)
    return Chart(name, partial(charts.help_bars, marked, measure.label, compared.sides), table)


def _levels(rows: pd.DataFrame, compared: Compared, what: str) -> Table:
    """Levels with their intervals; `what` heads the first column."""
    columns = [
        Column(what, text("label")),
        Column("Scenario", _scenario(compared)),
        Column("Level", lambda row: format_value(float(row["mean"]), row["scale"])),
        Column(INTERVAL, lambda row: span(float(row["low"]), float(row["high"]), row["scale"])),
        Column("Worlds", lambda row: number(row["worlds"], 0)),
    ]
    return Table.whole(rows, columns)


def ladder_charts(compared: Compared) -> Iterator[Chart]:
    """The ladder of each scenario."""
    weeks = compared.drawn("weeks")
    weeks = weeks[weeks["measure"] == "rung"]
    if weeks.empty:
        return
    shocks = {key: _shocks(compared.scenarios[key]) for key in compared.sides.drawn}
    quantiles = {"5 %": "q05", "25 %": "q25", "median": "q50", "75 %": "q75", "95 %": "q95"}
    columns = [Column("Week", text("week")), Column("Scenario", _scenario(compared))]
    columns += [Column(heading, partial(_to_tenth, key)) for heading, key in quantiles.items()]
    draw = partial(charts.ladders, weeks, shocks, compared.whole)
    yield Chart("rungs", draw, Table.whole(weeks.sort_values("week", kind="stable"), columns))


def _to_tenth(key: str, row: Row) -> str:
    return number(float(row[key]), 1)


def _shocks(scenario: Mapping[str, Any]) -> pd.DataFrame:
    """Week and label of the shocks, called by their names in the scenario's own spelling."""
    shocks = scenario["shocks"]
    spelling = [*(shock["note"] or "" for shock in shocks), scenario["question"]]
    rows = [(shock["week"] or 0, heading_of(shock["id"], spelling)) for shock in shocks]
    return pd.DataFrame(rows, columns=["week", "label"])


def time_charts(compared: Compared) -> Iterator[Chart]:
    """Time to each event."""
    groups = [*compared.drawn("times").groupby("outcome", sort=False)][:MOST]
    columns = [
        Column("Week", text("week")),
        Column("Scenario", _scenario(compared)),
        Column("Has come", lambda row: percent(float(row["share_by_then"]))),
        Column(INTERVAL, lambda row: span(float(row["low"]), float(row["high"]), "share")),
        Column("At risk", lambda row: number(row["at_risk"], 0)),
        Column("Came", lambda row: number(row["came"], 0)),
    ]
    for place, (name, rows) in enumerate(groups, start=1):
        event = capital(compared.measures[str(name)].label.removeprefix("Weeks until "))
        draw = partial(charts.arrival_curves, rows, event, compared.sides)
        yield Chart(
            f"times-{place}", draw, Table.whole(rows.sort_values("week", kind="stable"), columns)
        )


def alignment_charts(compared: Compared) -> Iterator[Chart]:
    """Words against deeds: outcomes of public and of material alignment of the same two actors."""
    for place, (subject, rows) in enumerate([*_alignments(compared)][:MOST], start=1):
        draw = partial(charts.gaps, rows, subject, compared.sides)
        yield Chart(f"words-{place}", draw, _levels(rows, compared, "Outcome"))


def _alignments(compared: Compared) -> Iterator[tuple[str, pd.DataFrame]]:
    """Of each two actors what it is about, and the levels of both sides."""
    every = [each["outcomes"] for each in compared.scenarios.values()]
    found = dict[tuple[str, str], dict[str, str]]()
    for name in compared.measures:
        what = next(outcomes[name] for outcomes in every if name in outcomes)
        if side := SIDE_OF.get(what["measure"]):
            found.setdefault((what["by"], what["toward"]), {})[name] = side
    levels = compared.drawn("levels").dropna(subset=["mean"])
    names = compared.names
    for (by, other), sides in found.items():
        rows = levels[levels["outcome"].isin(list(sides))]
        if sorted(sides.values()) == ["deeds", "words"] and rows["outcome"].nunique() == 2:
            subject = f"{capital(possessive(names.the(by)))} alignment with {names.the(other)}"
            yield subject, rows.assign(side=rows["outcome"].map(sides))


def relation_charts(compared: Compared) -> Iterator[Chart]:
    """Hostility of the pairs of actors that differ most."""
    rows, names = compared.drawn("relations"), compared.names
    if rows.empty:
        return
    pairs = charts.most_changed(rows, compared.sides)
    named = [f"{names.the(actor)} toward {names.the(on)}" for actor, on in pairs]
    draw = partial(charts.relations_over_time, rows, pairs, named, compared.sides)
    of_pairs = [
        rows[(rows["actor"] == actor) & (rows["on"] == on)].assign(pair=name)
        for (actor, on), name in zip(pairs, named, strict=True)
    ]
    first = {"pair": Column("Pair", text("pair")), "week": Column("Week", text("week"))}
    yield Chart("relations", draw, _wide(pd.concat(of_pairs), "mean", compared, "alignment", first))


def parting_charts(compared: Compared) -> Iterator[Chart]:
    """The weeks in which histories part."""
    rows = compared.drawn("partings")
    if len(rows):
        week = Column("Week", lambda row: str(row["week"]) if row["week"] else "never")
        table = _wide(rows, "share", compared, "share", {"week": week})
        yield Chart("partings", partial(charts.parting_weeks, rows, compared.sides), table)


def lane_charts(compared: Compared) -> Iterator[Chart]:
    """Deeds in the worlds that are told, a chart a scenario."""
    where = {"before": "only in the baseline", "after": "only in the scenario"}
    columns = [
        Column("World", text("world")),
        Column("Week", text("week")),
        Column("Where", lambda row: where[row["side"]]),
        Column("What", text("said")),
    ]
    for place, key in enumerate(compared.sides.others, start=1):
        parted = parted_worlds(compared.of_one("examples", key))
        deeds = deeds_of(compared.found, key, list(parted), compared.names)
        apart = deeds[deeds["side"] != "both"]
        if len(apart):
            last = compared.horizons[0]
            draw = partial(charts.lanes, deeds, parted, last, key, compared.sides)
            yield Chart(f"lanes-{place}", draw, Table.whole(apart, columns))


# ── Their numbers ────────────────────────────────────────────────────────────────────


def _wide(
    rows: pd.DataFrame, value: str, compared: Compared, scale: str, first: Mapping[str, Column]
) -> Table:
    """A row a week, a column a scenario, after the columns of what names the row."""
    wide = rows.pivot_table(index=list(first), columns="scenario", values=value, sort=False)
    keys = [key for key in compared.sides.titles if key in wide]
    places = [str(place) for place in range(len(keys))]  # a key may be called as an index is
    columns = [
        Column(compared.sides.named(key), partial(_format_value, place, scale))
        for place, key in zip(places, keys, strict=True)
    ]
    return Table.whole(
        wide[keys].set_axis(places, axis=1).reset_index(), [*first.values(), *columns]
    )


def _format_value(key: str, scale: str, row: Row) -> str:
    return format_value(float(row[key]), scale)


def _scenario(compared: Compared) -> Show:
    return lambda row: compared.sides.named(row["scenario"])

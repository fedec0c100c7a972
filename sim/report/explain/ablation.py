"""What each incentive of an actor does: charts, tables and a few sentences."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from realpolitik.sim.charts.explain.ablation import (
    HEARD,
    READINGS,
    ablation_dots,
    by_size,
    change_said,
)
from realpolitik.sim.documents.exhibits import Exhibit, TextTable
from realpolitik.sim.report.explain.records import reason_name
from realpolitik.sim.report.run.tables import said
from realpolitik.sim.report.study.tables import INTERVAL, cut, with_came
from realpolitik.sim.words.numbers import NONE, listing, sentence
from realpolitik.sim.words.scales import Measure

MOST = 6
"""Charts, at most: one an outcome."""


def address_name(address: str) -> str:
    """What an address of an incentive is called, such as "Israel ties · rapport"."""
    _, _, rest = address.partition(".")
    return reason_name(*rest.split(".", 1)) if rest else address


def named_rows(table: pd.DataFrame) -> pd.DataFrame:
    """The rows with a column `name`: what is taken away; without parts that are the whole."""
    table = table.reset_index(drop=True)
    parts = list(dict.fromkeys(table.loc[table["kind"] == "part", "address"]))
    wholes = [part.rpartition(".")[0] for part in parts]
    single = [part for part, whole in zip(parts, wholes, strict=True) if wholes.count(whole) == 1]
    kept = table[~table["address"].isin(single)]
    pairs = zip(kept["address"], kept["second"], strict=True)
    names = [" and ".join(address_name(each) for each in pair if each) for pair in pairs]
    return kept.assign(name=names)


def singles(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of incentives and parts, without those of pairs."""
    return table[table["kind"] != "pair"]


def interplay_table(table: pd.DataFrame, outcomes: Sequence[str]) -> TextTable:
    """Pairs that do more or less together than one by one, beyond chance; the largest first."""
    measures = measures_of(table)
    rows = named_rows(table[(table["kind"] == "pair") & table["outcome"].isin(list(outcomes))])
    heard = rows[(rows["extra_low"] > 0) | (rows["extra_high"] < 0)]
    order = heard["extra"].abs().sort_values(ascending=False, kind="stable").index
    lines = [
        (
            str(row["name"]),
            measures[row["outcome"]].label,
            measures[row["outcome"]].bare_change(row["difference"]),
            measures[row["outcome"]].bare_change(row["extra"]),
            measures[row["outcome"]].change_span(row["extra_low"], row["extra_high"]),
        )
        for _, row in heard.loc[order].iterrows()
    ]
    header = ("Without both", "Outcome", "Change", "Beyond the sum of each", INTERVAL)
    return TextTable(header, lines)


def measures_of(table: pd.DataFrame) -> dict[str, Measure]:
    """Outcome → its label and scale, in the order of the table."""
    seen = table.drop_duplicates("outcome")
    return {
        str(outcome): Measure(str(label), str(scale))
        for outcome, label, scale in seen[["outcome", "label", "scale"]].to_numpy()
    }


def outcomes_in_order(table: pd.DataFrame) -> list[str]:
    """The outcomes with a reading, those that most incentives decide or move first."""
    known = table[table["reading"].isin(READINGS)]
    weight = known["reading"].map({"decides": 100, "moves": 1}).fillna(0)
    scores = weight.groupby(known["outcome"], sort=False).sum()
    return [str(name) for name in scores.sort_values(ascending=False, kind="stable").index]


def ablation_exhibits(
    table: pd.DataFrame, actor: str, reasons: pd.DataFrame, outcomes: Sequence[str] = ()
) -> list[Exhibit]:
    """A chart an outcome: those named, or the six that hang most on the incentives of the actor.

    Columns of table: kind, address, second, outcome, label, scale, before, after, difference,
    low, high, n, reading; of reasons: address, weight, source, why. `actor` is its name.
    """
    rows, measures = named_rows(singles(table)), measures_of(table)
    found = list(outcomes) or outcomes_in_order(table)[:MOST]
    return [
        _exhibit(rows[rows["outcome"] == name], measures[name], actor, reasons, place)
        for place, name in enumerate(found, start=1)
    ]


def _exhibit(
    rows: pd.DataFrame, measure: Measure, actor: str, reasons: pd.DataFrame, place: int
) -> Exhibit:
    figure = ablation_dots(rows, measure, actor)
    return Exhibit(f"ablation-{place}", figure, cut(effects_table(rows, measure, reasons)))


def effects_table(rows: pd.DataFrame, measure: Measure, reasons: pd.DataFrame) -> TextTable:
    """Every removal with what it does to one outcome, the largest change first."""
    known = reasons.set_index("address")
    header = ("Without", "Before", "After", "Change", INTERVAL, "Pairs", "Reading")
    lines = [
        (
            str(row["name"]),
            *(_level(row, when, measure) for when in ("before", "after")),
            measure.bare_change(row["difference"]),
            measure.change_span(row["low"], row["high"]),
            f"{row['n']:,}",
            str(row["reading"]) or NONE,
            *_about(known, str(row["address"])),
        )
        for _, row in by_size(rows).iterrows()
    ]
    return TextTable((*header, "Source", "Why"), lines)


def _level(row: "pd.Series[Any]", when: str, measure: Measure) -> str:
    return with_came(said(row[when], measure.scale), float(row[f"{when}_came"]))


def _about(known: pd.DataFrame, address: str) -> Iterator[str]:
    """Source and sentence of an incentive."""
    for column in ("source", "why"):
        yield str(known.loc[address, column]) if address in known.index else NONE


def readings_table(table: pd.DataFrame) -> TextTable:
    """A row a removal: what it decides, what it moves, and where that is undecided."""
    rows, measures = named_rows(singles(table)), measures_of(table)
    lines = [
        (str(name), *(_labels(group, reading, measures) for reading in (*HEARD, "undecided")))
        for name, group in rows.groupby("name", sort=False)
    ]
    return TextTable(("Incentive", "Decides", "Moves", "Undecided"), lines)


def _labels(group: pd.DataFrame, reading: str, measures: Mapping[str, Measure]) -> str:
    found = group.loc[group["reading"] == reading, "outcome"]
    return "; ".join(measures[str(name)].label for name in found) or NONE


def unheard(table: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The incentives, as a whole, that no outcome is seen to change without.

    First those that are redundant for every outcome with a reading, then those of which at least
    one is undecided.
    """
    rows = named_rows(table[table["kind"] == "incentive"])
    found: dict[str, list[str]] = {"redundant": [], "undecided": []}
    for name, group in rows.groupby("name", sort=False):
        readings = set(group["reading"])
        if readings.isdisjoint(HEARD):
            found["undecided" if "undecided" in readings else "redundant"].append(str(name))
    return found["redundant"], found["undecided"]


def ablation_answer(table: pd.DataFrame, actor: str, outcomes: Sequence[str] = ()) -> list[str]:
    """What decides, of the first outcomes; and which incentives no outcome hangs on."""
    wholes = named_rows(table[table["kind"] == "incentive"])
    measures = measures_of(table)
    found = [*outcomes] or outcomes_in_order(table)[:3]
    paragraphs = [_of_outcome(wholes[wholes["outcome"] == name], measures[name]) for name in found]
    idle, open_ = unheard(table)
    if idle:
        said = f"no outcome asked about changes by as much as matters without {listing(idle, 'or')}"
        paragraphs.append(sentence(said))
    if open_:
        said = "none is seen to change, but with so many worlds some may, without "
        paragraphs.append(sentence(said + listing(open_, "or")))
    return paragraphs or [f"No outcome has a value without an incentive of {actor}."]


def _of_outcome(rows: pd.DataFrame, measure: Measure) -> str:
    """The three largest changes that chance does not explain."""
    heard = by_size(rows)
    heard = heard[heard["reading"].isin(HEARD)].head(3)
    parts = [f"without {row['name']} {change_said(row, measure)}" for _, row in heard.iterrows()]
    said = "; ".join(parts) or "no single incentive is seen to move it"
    return sentence(f"{measure.label}: {said}")


def quiet_outcomes(table: pd.DataFrame) -> list[str]:
    """The labels of the outcomes that no removal decides or moves."""
    loud = set(table.loc[table["reading"].isin(HEARD), "outcome"])
    return [measure.label for name, measure in measures_of(table).items() if name not in loud]

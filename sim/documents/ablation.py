"""What is said of the incentives of an actor: what decides, what moves, what is redundant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import pandas as pd

from realpolitik.sim.charts.ablation import HEARD, ablation_dots, by_size, format_change
from realpolitik.sim.charts.style import READINGS
from realpolitik.sim.documents.document import (
    IN_FULL,
    SCREEN,
    Block,
    Chart,
    Column,
    Document,
    Heading,
    Row,
    Section,
    Table,
    Text,
    rows_of,
    text,
)
from realpolitik.sim.documents.reasons import Inquiry, reason_name
from realpolitik.sim.explain.ablation import RULE
from realpolitik.sim.explain.probe import reasons
from realpolitik.sim.formatting.numbers import listing, sentence
from realpolitik.sim.formatting.scales import MeasuredOutcome, format_value, with_came

DRAWN = 6
"""Outcomes with a chart, at most, unless they are named."""
MOST = 8
"""Rows of a table on a terminal, unless its outcome is named."""


@dataclass(frozen=True)
class Ablated:
    """What became of an actor without each of its incentives.

    Attributes:
        inquiry: What was asked.
        actor: Its code.
        worlds: Pairs of worlds.
        table: As `ablate` gives it.
        named: The outcomes asked for by name; empty for all.
    """

    inquiry: Inquiry
    actor: str
    worlds: int
    table: pd.DataFrame
    named: Sequence[str]

    @property
    def title(self) -> str:
        """The name of the actor."""
        return self.inquiry.names.title(self.actor)

    @cached_property
    def measures(self) -> dict[str, MeasuredOutcome]:
        """Outcome → its label and scale, in the order of the table."""
        rows = self.table.drop_duplicates("outcome")
        return {row["outcome"]: _measure(row) for row in rows_of(rows)}

    @cached_property
    def outcomes(self) -> list[str]:
        """Those named, else those with a reading, which most incentives decide or move first."""
        known = self.table[self.table["reading"].isin(READINGS)]
        weight = known["reading"].map({"decides": 100, "moves": 1}).fillna(0)
        scores = weight.groupby(known["outcome"], sort=False).sum()
        order = scores.sort_values(ascending=False, kind="stable").index
        return [*self.named] or [str(name) for name in order]

    @cached_property
    def singles(self) -> pd.DataFrame:
        """The rows of incentives and parts, with their name, source and sentence."""
        rows = named_rows(self.table[self.table["kind"] != "pair"])
        known = reasons(self.actor, self.inquiry.scenario.settings).set_index("address")
        return rows.join(known[["source", "why"]], on="address")

    def of(self, outcome: str) -> pd.DataFrame:
        """The rows of an outcome."""
        return self.singles[self.singles["outcome"] == outcome]


def named_rows(table: pd.DataFrame) -> pd.DataFrame:
    """The rows with a column `name`: what is taken away; without parts that are the whole."""
    parts = list(dict.fromkeys(table.loc[table["kind"] == "part", "address"]))
    wholes = [part.rpartition(".")[0] for part in parts]
    single = [part for part, whole in zip(parts, wholes, strict=True) if wholes.count(whole) == 1]
    kept = table[~table["address"].isin(single)]
    pairs = zip(kept["address"], kept["second"], strict=True)
    return kept.assign(name=[" and ".join(_name(each) for each in pair if each) for pair in pairs])


def _name(address: str) -> str:
    """What the incentive at an address is called, such as "Israel ties · rapport"."""
    return reason_name(*address.split(".")[1:])


def ablation_document(found: Ablated) -> Document:
    """All that is said of incentives taken away."""
    sections = [
        Section("effects", "What changes without each incentive", partial(_effects, found)),
        Section(
            "readings",
            "What each incentive decides and moves",
            lambda: [readings_table(found)],
            IN_FULL,
        ),
    ]
    if (found.table["kind"] == "pair").any():
        heading = "Pairs that do more, or less, together"
        sections.append(Section("pairs", heading, partial(_pairs, found)))
    return found.inquiry.document(
        kind=f"What the incentives of {found.title} do",
        answer=lambda: ablation_answer(found),
        facts={
            "Actor": found.title,
            "Worlds": f"{found.worlds:,} with and without each, seed {found.inquiry.seed}",
        },
        sections=sections,
        words=("reason", "range"),
        data={
            "worlds": found.worlds,
            "actor": found.actor,
            "rule": RULE,
            "rows": found.table.to_dict("records"),
        },
    )


# ── The answer ───────────────────────────────────────────────────────────────────────


def ablation_answer(found: Ablated) -> list[str]:
    """What decides, of the first outcomes; and which incentives no outcome hangs on."""
    outcomes = found.outcomes if found.named else found.outcomes[:3]
    paragraphs = [_of_outcome(found, name) for name in outcomes]
    idle, unknown = unheard(found)
    if idle:
        told = f"no outcome asked about changes by as much as matters without {listing(idle, 'or')}"
        paragraphs.append(sentence(told))
    if unknown:
        told = "none is seen to change, but with so many worlds some may, without "
        paragraphs.append(sentence(told + listing(unknown, "or")))
    return paragraphs or [f"No outcome has a value without an incentive of {found.title}."]


def _of_outcome(found: Ablated, outcome: str) -> str:
    """The three largest changes that chance does not explain."""
    rows, measure = by_size(found.of(outcome)), found.measures[outcome]
    heard = rows[(rows["kind"] == "incentive") & rows["reading"].isin(HEARD)].head(3)
    parts = [f"without {row['name']} {format_change(row, measure)}" for _, row in heard.iterrows()]
    told = "; ".join(parts) or "no single incentive is seen to move it"
    return sentence(f"{measure.label}: {told}")


def unheard(found: Ablated) -> tuple[list[str], list[str]]:
    """The incentives, as a whole, that no outcome is seen to change without.

    First those that are redundant for every outcome with a reading, then those of which at least
    one is undecided.
    """
    idle, unknown = list[str](), list[str]()
    wholes = found.singles[found.singles["kind"] == "incentive"]
    for name, group in wholes.groupby("name", sort=False):
        readings = set(group["reading"])
        if readings.isdisjoint(HEARD):
            (unknown if "undecided" in readings else idle).append(str(name))
    return idle, unknown


# ── Outcome by outcome ───────────────────────────────────────────────────────────────


def _effects(found: Ablated) -> Iterator[Block]:
    yield "The weight of one incentive at a time is set to 0, and the same worlds are run again."
    for place, name in enumerate(found.outcomes[: len(found.named) or DRAWN], start=1):
        rows, measure = found.of(name), found.measures[name]
        draw = partial(ablation_dots, rows, measure, found.title)
        yield Chart(f"ablation-{place}", draw, Table(by_size(rows), EFFECT, on=IN_FULL))
    for name, measure in found.measures.items():
        yield from _on_screen(found, name, measure)
    loud = set(found.table.loc[found.table["reading"].isin(HEARD), "outcome"])
    if calm := [one.label for name, one in found.measures.items() if name not in loud]:
        yield f"No incentive is seen to move: {'; '.join(calm)}."
    count = int((found.table["reading"] != "").sum())
    yield (
        "Intervals are those of each row alone: one in twenty is read as moving where nothing "
        f"does, which of these {count:,} rows would be {count / 20:,.0f}."
    )


def _on_screen(found: Ablated, outcome: str, measure: MeasuredOutcome) -> Iterator[Block]:
    """What changes an outcome; of one that is named all rows."""
    rows = by_size(found.of(outcome))
    heard = rows if found.named else rows[rows["reading"].isin(HEARD)]
    if len(heard):
        shown = heard if found.named else heard.head(MOST)
        yield Heading(measure.label, frozenset({SCREEN}))
        yield Table(shown, EFFECT, on=frozenset({SCREEN}))
        if left := len(heard) - len(shown):
            told = f"{left} more move it; --outcome {outcome} lists all."
            yield Text(told, frozenset({SCREEN}))


def _measure(row: Row) -> MeasuredOutcome:
    return MeasuredOutcome(str(row["label"]), str(row["scale"]))


def _level(row: Row, when: str) -> str:
    return with_came(format_value(row[when], row["scale"]), row[f"{when}_came"])


def _change(row: Row) -> str:
    return _measure(row).bare_change(row["difference"])


EFFECT = (
    Column("Without", text("name")),
    Column("Before", lambda row: _level(row, "before"), right=True),
    Column("After", lambda row: _level(row, "after"), right=True),
    Column("Change", _change, right=True),
    Column(
        "95\u00a0% interval",
        lambda row: _measure(row).change_span(row["low"], row["high"]),
        short="Interval",
    ),
    Column("Pairs", lambda row: f"{row['n']:,}", right=True, on=IN_FULL),
    Column("Reading", text("reading")),
    Column("Source", text("source"), on=IN_FULL),
    Column("Why", text("why"), on=IN_FULL),
)
"""Of a removal and an outcome."""


# ── Incentive by incentive ───────────────────────────────────────────────────────────


def readings_table(found: Ablated) -> Table:
    """A row a removal: what it decides, what it moves, and where that is undecided."""
    readings = (*HEARD, "undecided")
    rows = [
        {
            "name": name,
            **{one: "; ".join(group.loc[group["reading"] == one, "label"]) for one in readings},
        }
        for name, group in found.singles.groupby("name", sort=False)
    ]
    return Table(
        pd.DataFrame(rows),
        [
            Column("Incentive", text("name")),
            *(Column(one.capitalize(), text(one)) for one in readings),
        ],
    )


# ── Pairs ────────────────────────────────────────────────────────────────────────────


def _pairs(found: Ablated) -> Iterator[Block]:
    yield (
        "Two incentives that stand in for each other do little one by one and much together. These "
        "are the pairs whose change differs from the sum of the two beyond its 95 % interval."
    )
    rows = interplay(found)
    shown = rows if found.named else rows.head(MOST)
    if rows.empty:
        yield "None is seen to."
        return
    yield Table(rows, INTERPLAY, on=IN_FULL)
    yield Table(shown, INTERPLAY, on=frozenset({SCREEN}))
    if left := len(rows) - len(shown):
        told = f"{left} more; --outcome NAME lists all of one outcome."
        yield Text(told, frozenset({SCREEN}))


def interplay(found: Ablated) -> pd.DataFrame:
    """Pairs that do more or less together than one by one, beyond chance; the largest first."""
    table = found.table
    rows = named_rows(table[(table["kind"] == "pair") & table["outcome"].isin(found.outcomes)])
    heard = rows[(rows["extra_low"] > 0) | (rows["extra_high"] < 0)]
    return heard.loc[heard["extra"].abs().sort_values(ascending=False, kind="stable").index]


INTERPLAY = (
    Column("Without both", text("name")),
    Column("Outcome", text("label")),
    Column("Change", _change, right=True),
    Column(
        "Beyond the sum of each", lambda row: _measure(row).bare_change(row["extra"]), right=True
    ),
    Column(
        "95\u00a0% interval",
        lambda row: _measure(row).change_span(row["extra_low"], row["extra_high"]),
        short="95 % interval",
    ),
)
"""Of a pair and an outcome."""

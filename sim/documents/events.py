"""What is said of files of events: the acts, the weeks covered, and what was not matched."""

import datetime
from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from typing import Any

import pandas as pd

from realpolitik.sim.documents.document import (
    IN_FULL,
    Block,
    Column,
    Document,
    Heading,
    Points,
    Section,
    Show,
    Table,
    Text,
    text,
)
from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.formatting.numbers import percent
from realpolitik.sim.record.acts import Found
from realpolitik.sim.record.codes import AIMED_EVENTS, FORCE_EVENTS, LARGE_DAYS, LARGE_EVENTS
from realpolitik.sim.record.formats import WEEKS
from realpolitik.sim.record.weekly import ANY

NOTE = (
    "An event is counted once a day, code and pair of names. Acts are what the codes can tell: "
    "actions that share their codes have the same events. A strike takes more than one event, "
    f"{AIMED_EVENTS} that are aimed or {FORCE_EVENTS} of force in a week, and a major one "
    f"{LARGE_EVENTS} on {LARGE_DAYS} days or more."
)
ENDS = ("first", "last")
FORCE_ONLY = (
    "ACLED records force alone: in these weeks, that no other act is seen does not mean that there "
    "was none."
)


def events_document(found: Found, out: str, command: str) -> Document:
    """All that is said of them; `out` is the file of acts, `command` makes it again."""
    record = found.record
    return Document(
        kind="Events",
        title="What actors did, week by week",
        question="Which of our acts do the files tell of, between whom, in which weeks, and what "
        "in them is none?",
        answer=[*_answer(found, out)],
        facts={
            "Files": str(len(found.files)),
            "Weeks": f"{len(record.weeks):,}, from {record.weeks[0]} to {record.weeks[-1]}",
            "Actors": ", ".join(record.actors),
            "Codes": found.coding,
        },
        note=NOTE,
        sections=[
            Section("files", "Files", partial(_files, found)),
            Section("acts", "Acts", partial(_acts, found)),
            Section("weeks", "Weeks", partial(_weeks, found)),
            Section("unmatched", "What was not matched", partial(_unmatched, found)),
        ],
        command=command,
        version=version("realpolitik"),
        data=partial(_data, found, out),
    )


def _answer(found: Found, out: str) -> Iterator[str]:
    record = found.record
    read = [one for one in found.files if one.format != WEEKS]
    rows, broken = sum(one.rows for one in read), sum(one.broken for one in read)
    yield (
        f"{_many(found.counted, 'event')} between {len(record.actors)} actors in "
        f"{_many(len(record.weeks), 'week')}. The acts are in {out}."
    )
    yield (
        f"Of {_many(rows, 'row')}, {found.repeats:,} told of an event again and {broken:,} were "
        "broken; both are left out."
    )
    if len(found.holes):
        weeks = _many(int(found.holes["weeks"].sum()), "week")
        yield f"Left out between the first week and the last: {weeks}."
    if found.chosen["dataset"].nunique() > 1 and not found.preferred:
        yield (
            "Each week is taken from the dataset that has the most events in it; --dataset says "
            "which are to be taken, the first before the second."
        )
    if {one.format for one in found.files} == {"ACLED"}:
        yield FORCE_ONLY


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


# ── Files and acts ───────────────────────────────────────────────────────────────────


def _files(found: Found) -> Iterator[Block]:
    rows = pd.DataFrame([vars(one) for one in found.files])
    yield Table(
        rows,
        [
            Column("File", text("place")),
            Column("Format", text("format")),
            Column("Rows", _count("rows"), right=True),
            Column("Between two actors", _count("matched"), right=True, short="Matched"),
            Column("Broken", _count("broken"), right=True),
        ],
    )
    if examples := [one.example for one in found.files if one.example]:
        yield Points(examples)


def _acts(found: Found) -> Iterator[Block]:
    yield Table(
        acts(found),
        [
            Column("Act", text("action")),
            Column("Events", _count("n"), right=True),
            Column("Weeks of pairs with it", _count("weeks"), right=True, short="Pair-weeks"),
            Column("Share of weeks", lambda row: percent(row["share"]), right=True, short="Share"),
            Column("Pairs", _count("pairs"), right=True),
            Column("Most often", text("most")),
        ],
    )
    yield Text(NOTE, IN_FULL)


def acts(found: Found) -> pd.DataFrame:
    """A row an action that was seen, in the order of the table of actions, all events last.

    Columns: action, n [events], weeks (of pairs, in which it was done), share of all weeks of
    pairs that are known, pairs, most (the pair that did it in most weeks).
    """
    known = int(found.record.known().sum())
    rows = []
    for action, of_action in found.record.acts.groupby("action"):
        by_pair = of_action.groupby(["of", "toward"]).size().sort_values(kind="stable")
        most = " toward ".join(by_pair.index[-1])
        weeks = len(of_action)
        rows.append((action, of_action["n"].sum(), weeks, weeks / known, len(by_pair), most))
    columns = ["action", "n", "weeks", "share", "pairs", "most"]
    order = [*NAMED, ANY]
    return pd.DataFrame(rows, columns=columns).sort_values(
        "action", key=lambda names: names.map(order.index), ignore_index=True
    )


# ── Weeks ────────────────────────────────────────────────────────────────────────────


def _weeks(found: Found) -> Iterator[Block]:
    sets = found.chosen.groupby("dataset", as_index=False, sort=False).agg(
        first=("week", "min"), last=("week", "max"), weeks=("week", "size"), n=("events", "sum")
    )
    yield Table(
        sets,
        [
            Column("Dataset", text("dataset")),
            *_span(),
            Column("Weeks", _count("weeks"), right=True),
            Column("Events of all actors", _count("n"), right=True, short="Events"),
        ],
    )
    if len(found.holes):
        yield Heading("Weeks left out")
        why = Column("Why", text("why"))
        yield Table(found.holes, [*_span(), Column("Weeks", _count("weeks"), right=True), why])


def _span() -> list[Column]:
    return [Column("From", _day("first")), Column("To", _day("last"))]


def _day(key: str) -> Show:
    return lambda row: _date(row[key])


# ── What was not matched ─────────────────────────────────────────────────────────────


def _unmatched(found: Found) -> Iterator[Block]:
    if found.strangers.empty and found.codes.empty:
        yield "Every name is of an actor, and every code is an act."
    if len(found.strangers):
        yield "The most frequent names that are of no actor here (--actors TABLE gives them one):"
        yield Table(found.strangers, [Column("Name", text("name")), _times()])
    if len(found.codes):
        yield "The most frequent codes between actors that are no act of ours:"
        yield Table(found.codes, [Column("Code", text("code")), _times()])


def _times() -> Column:
    return Column("Events", _count("n"), right=True)


def _count(key: str) -> Show:
    return lambda row: f"{row[key]:,}"


# ── For programs ─────────────────────────────────────────────────────────────────────


def _data(found: Found, out: str) -> dict[str, Any]:
    record = found.record
    return {
        "out": out,
        "coding": found.coding,
        "weeks": len(record.weeks),
        "first": str(record.weeks[0]),
        "last": str(record.weeks[-1]),
        "actors": list(record.actors),
        "events": found.counted,
        "repeats": found.repeats,
        "files": [vars(one) for one in found.files],
        "acts": acts(found),
        "datasets": found.chosen.groupby("dataset").size().to_dict(),
        "holes": found.holes.assign(**{end: found.holes[end].map(_date) for end in ENDS}),
        "unmatched_actors": found.strangers,
        "unmatched_codes": found.codes,
        "notes": [*_answer(found, out)],
    }


def _date(ordinal: int) -> str:
    return datetime.date.fromordinal(ordinal).isoformat()

"""What is said of an estimate: which weights a record tells, and what stays assumed."""

from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from typing import Any

import pandas as pd

from realpolitik.sim.charts.record import told_weights
from realpolitik.sim.documents.document import (
    Block,
    Chart,
    Column,
    Document,
    Folded,
    Row,
    Section,
    Show,
    Table,
    text,
)
from realpolitik.sim.documents.reasons import reason_name
from realpolitik.sim.formatting.numbers import listing, number
from realpolitik.sim.record.estimate import NARROWED
from realpolitik.sim.record.estimated import Estimated

NOTE = (
    "A weight is told by the record if its 95 % interval keeps at most "
    f"{100 * NARROWED:.0f} % of the range that was declared for it, which is the middle 95 % of "
    "its prior; estimates do not leave that range. The interval allows for weeks of a block of "
    "four hanging together. These are weights of the model’s reasons, not those of a government."
)


def estimate_document(found: Estimated, folder: str, command: str) -> Document:
    """All that is said of an estimate that was written into a folder; `command` makes it again."""
    record = found.estimate.record
    return Document(
        kind="Estimate",
        title="Rates and weights from weekly acts",
        question="Which incentives does the record speak for, and what does it leave assumed?",
        answer=[*_answer(found, folder)],
        facts={
            "Scenario": found.scenario.title,
            "Weeks": f"{len(record.weeks)}, from {record.weeks[0]} to {record.weeks[-1]}",
            "Actors": ", ".join(record.actors),
        },
        note=NOTE,
        sections=[
            Section("told", "Weights that the record tells", partial(_told, found)),
            Section("untold", "What stays assumed", partial(_untold, found)),
        ],
        command=command,
        version=version("realpolitik"),
        data=partial(_data, found, folder),
    )


# ── The answer ───────────────────────────────────────────────────────────────────────


def _answer(found: Estimated, folder: str) -> Iterator[str]:
    estimate = found.estimate
    weeks, every = len(estimate.record.weeks), len(estimate.weights)
    yield (
        f"From {_counted(estimate.choices, 'choice')} in {weeks} weeks the record tells "
        f"{len(estimate.told)} of {_counted(every, 'weight')}, and the rates of "
        f"{_counted(len(estimate.rates), 'act')} of pairs."
    )
    yield " ".join(filter(None, (_spoken(found), _left(len(found.untold), every))))
    yield f"The numbers are in {folder}."


def _counted(number_of: int, what: str) -> str:
    return f"{number_of:,} {what}{'' if number_of == 1 else 's'}"


def _spoken(found: Estimated) -> str:
    """What the record speaks for; empty if it tells nothing."""
    effects, none = by_incentive(found.effects), by_incentive(found.either_way)
    parts = [
        effects and f"for {effects}",
        none and f"neither for nor against {none}, of which the interval reaches 0",
    ]
    spoken = "; ".join(filter(None, parts))
    return spoken and f"It speaks {spoken}."


def _left(untold: int, every: int) -> str:
    """What stays assumed; empty if nothing does."""
    if untold == 0:
        return ""
    stay = "weight stays as it was" if untold == 1 else "weights stay as they were"
    which = f"All {untold:,}" if untold == every else f"The other {untold:,}"
    return f"{which} {stay} declared, since the record hardly narrows what was known of them."


def by_incentive(weights: pd.DataFrame) -> str:
    """Such as "momentum (IRN, RUS) and Israel ties (RUS)"."""
    actors: dict[str, list[str]] = {}
    for address in weights["address"]:
        actor, _, name = str(address).partition(".")
        actors.setdefault(name, []).append(actor)
    return listing([f"{_reason(name)} ({', '.join(who)})" for name, who in actors.items()])


def _reason(name: str) -> str:
    return reason_name(*name.split(".", 1))


def _name(address: str) -> str:
    """Such as "RUS: Israel ties"."""
    actor, _, name = address.partition(".")
    return f"{actor}: {_reason(name)}"


# ── Weights ──────────────────────────────────────────────────────────────────────────


def _told(found: Estimated) -> Iterator[Block]:
    told = _named(found.estimate.told)
    if told.empty:
        yield "None: the record has too few acts to narrow the range of any weight."
        return
    columns = [*_columns("Estimate"), Column("Speaks for", _speaks_for)]
    yield Chart("weights", partial(told_weights, told), Table.whole(told, columns))


def _untold(found: Estimated) -> Iterator[Block]:
    untold = _named(found.untold)
    if untold.empty:
        yield "No weight: the record tells all of them."
        return
    kept = "keeps the value that was" if len(untold) == 1 else "keep the values that were"
    yield f"{_counted(len(untold), 'weight')} {kept} declared."
    table = Table.whole(untold, _columns("Would be"))
    yield Folded("What the record would have said of them", [table])


def _named(weights: pd.DataFrame) -> pd.DataFrame:
    return weights.assign(name=[*map(_name, weights["address"])])


def _columns(heading: str) -> list[Column]:
    return [
        Column("Weight", text("name")),
        Column(heading, _number("estimate"), right=True),
        Column("95 % interval", _span("low", "high"), right=True),
        Column("Declared", _number("declared"), right=True),
        Column("Range", _span("declared_low", "declared_high"), right=True),
    ]


def _number(key: str) -> Show:
    def show(row: Row) -> str:
        return number(row[key], 3)

    return show


def _span(low: str, high: str) -> Show:
    def show(row: Row) -> str:
        return f"{number(row[low], 3)} to {number(row[high], 3)}"

    return show


def _speaks_for(row: Row) -> str:
    return "neither" if row["low"] <= 0 <= row["high"] else "an effect"


# ── For programs ─────────────────────────────────────────────────────────────────────


def _data(found: Estimated, folder: str) -> dict[str, Any]:
    estimate = found.estimate
    return {
        **found.facts,
        "folder": folder,
        "choices": estimate.choices,
        "rates": len(estimate.rates),
        "effects": [*found.effects["address"]],
        "either_way": [*found.either_way["address"]],
        "weights": estimate.weights,
        "notes": [*_answer(found, folder)],
    }

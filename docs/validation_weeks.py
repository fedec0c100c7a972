"""Weekly acts that nothing was fitted to: how well they are foreseen, and what foresees them.

Measured from a record of events that is not shipped (`sim/record/icews.py`); scores alone are kept.
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from realpolitik.sim.documents.backtest import backtest_document, score_table
from realpolitik.sim.documents.document import Column, Table
from realpolitik.sim.documents.markdown import markdown_of
from realpolitik.sim.formatting.numbers import NONE, number
from realpolitik.sim.record.adds import what_adds
from realpolitik.sim.record.backtest import ALL, DYAD_RATE, backtest
from realpolitik.sim.record.icews import LEARNT, SCORED, learnt, read_icews
from realpolitik.sim.record.rivals import RIVALS
from realpolitik.sim.record.weekly import joined
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

RECORD_WEEKS = "record_weeks"
LAST_WEEKS = "last_weeks"
ALL_ACTORS, STATES, ADDS = "One week ahead", "One week ahead, between states alone", "adds"

NUMBERS = {
    "habit": "Constants alone: what each pair usually does",
    "memory": "and momentum and reaction",
    "all": "and all other incentives",
}
"""What a forecast knows → as it is written."""


def weeks_foreseen(folder: Path, worlds: int, seed: int) -> Mapping[str, Any]:
    """The tables and sentences of a back-test, and what each kind of number adds."""
    record, scenario = read_icews(folder, vocabulary().actors), load_scenario(RECORD_WEEKS)
    earlier, later = joined([*learnt(record).values()]), record.between(*SCORED)
    found = backtest(scenario, earlier, later, worlds, seed)
    tables = {ALL_ACTORS: found.scores.table()}
    if found.state_scores is not None:
        tables[STATES] = found.state_scores.table()
    tables |= {f"Running freely, {span}": one.table() for span, one in found.free_scores.items()}
    tables[ADDS] = what_adds(earlier, later, scenario)
    document = backtest_document(found, "")
    return {
        "answer": [*document.answer],
        "apart": {rival: asdict(found.scores.difference(rival)) for rival in RIVALS},
        "tables": {name: json.loads(_rows_text(table)) for name, table in tables.items()},
    }


def _rows_text(frame: pd.DataFrame) -> str:
    return str(frame.to_json(orient="records", double_precision=6))


def tables_of(found: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    """The tables that were kept, by heading; a number that is none is NaN."""
    return {name: pd.DataFrame(rows).fillna(float("nan")) for name, rows in found["tables"].items()}


def weeks_section(found: Mapping[str, Any]) -> Iterator[str]:
    """All that is said of weekly acts, in Markdown."""
    yield "\n".join(f"- {one}" for one in found["answer"])
    yield (
        f"Fitted on {' and '.join(LEARNT)}; foreseen are whole weeks of January to August 2021. "
        "A case is a week, an ordered pair of actors and a class of act. The log score is 0 for "
        "who was sure and right, and lower is better. Intervals are from blocks of four weeks."
    )
    for name, table in tables_of(found).items():
        if name != ADDS:
            yield f"**{name}**"
            yield markdown_of(score_table(table))
    yield "**What each kind of number adds, on the same weeks**"
    yield markdown_of(adds_table(tables_of(found)[ADDS]))
    yield what_was_added(found)


def adds_table(table: pd.DataFrame) -> Table:
    """A row a kind of number: mean log score a choice, and what it takes off the one before."""
    return Table(
        table,
        [
            Column("What is known", lambda row: NUMBERS[row["numbers"]]),
            Column("Log score a choice", lambda row: number(row["score"], 4), right=True),
            Column("Less the row above", lambda row: number(row["difference"], 5), right=True),
            Column("95 % interval", lambda row: _span(row["low"], row["high"]), right=True),
        ],
    )


def _span(low: float, high: float) -> str:
    return NONE if math.isnan(low) else f"{number(low, 5)} to {number(high, 5)}"


def how_foreseen(found: Mapping[str, Any]) -> str:
    """How well the weeks are foreseen, for readers who know nothing of scores."""
    rows, apart = tables_of(found)[ALL_ACTORS].set_index(["class", "forecast"]), found["apart"]
    base, own = rows.loc[(ALL, DYAD_RATE), "log_score"], apart[DYAD_RATE]
    by, low, high = (number(-100 * own[end] / base, 1) for end in ("difference", "high", "low"))
    better = "better than" if own["high"] < 0 else "not surely better than"
    rival = "better" if apart[LAST_WEEKS]["high"] < 0 else "not surely better"
    score = f"log score {by}\u00a0% lower, 95\u00a0% interval {low} to {high}\u00a0%"
    return (
        "In weeks of 2021, to which nothing was fitted, what these actors do to each other in the "
        f"next week is foreseen {better} by how often each pair does it anyway ({score}), and "
        f"{rival} than by what was done in the last few weeks."
    )


def what_was_added(found: Mapping[str, Any]) -> str:
    """Whether utility tells more than habit, and reaction, do."""
    rows = tables_of(found)[ADDS].set_index("numbers")
    memory, rest = rows.loc["memory"], rows.loc["all"]
    what = "improve on" if memory["high"] < 0 else "do not surely improve on"
    first = f"Momentum and reaction {what} each pair’s habit there"
    if rest["high"] < 0:
        return f"{first}, and the other incentives on both."
    return (
        f"{first}; the other incentives add nothing that can be seen: the record of ordinary weeks "
        "speaks neither for nor against them, and their weights stay assumed."
    )

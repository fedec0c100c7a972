"""Records of weekly acts made up for tests, by hand or by the model itself."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from realpolitik.sim.record.drawn import draw_record, draw_records
from realpolitik.sim.record.weekly import ANY, Record, write_acts
from realpolitik.sim.scenario.loading import read_scenario
from realpolitik.sim.scenario.schema import Scenario

Act = tuple[int, str, str, str]
"""Number of the week, of, toward, action."""

FIRST = date(2021, 1, 4)
QUIET = """\
title: Four in ordinary weeks
question: What do they do?
start: 2021-01-04
weeks: 8
actors: [RUS, IRN, ISR, USA]
outcomes:
  strike: {measure: direct_strike, by: IRN, target: ISR}
"""


def quiet() -> Scenario:
    """Four actors to whom nothing happens."""
    return read_scenario(QUIET, "quiet.yaml")


def record_of(acts: Iterable[Act], weeks: Iterable[int] = range(10), first: date = FIRST) -> Record:
    """The record of those acts, which covers those weeks, counted from the first Monday."""
    covered = tuple(weeks)
    rows = [(covered.index(week), *act) for week, *act in acts]
    table = pd.DataFrame(rows, columns=["week", "of", "toward", "action"])
    events = table.drop(columns="action").drop_duplicates().assign(action=ANY)
    table = pd.concat([table, events], ignore_index=True).assign(n=1)
    actors = sorted({*table["of"], *table["toward"]})
    mondays = tuple(first + timedelta(weeks=week) for week in covered)
    return Record(mondays, tuple(actors), table)


def drawn_record(scenario: Scenario, weeks: int, seed: int, first: date = FIRST) -> Record:
    """What the actors do in one world."""
    return draw_record(scenario, weeks, seed, first)


def drawn_records(
    weeks: int, worlds: int, parameters: Mapping[str, float], seed: int = 1
) -> Iterator[Record]:
    """What the four actors do in each of so many worlds, with these weights."""
    return draw_records(quiet(), weeks, seed, FIRST, worlds, parameters)


def write(path: Path, record: Record) -> Path:
    """Writes the file of acts of a record."""
    write_acts(path, record, [100] * len(record.weeks))
    return path

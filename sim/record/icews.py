"""The record that the shipped rates are from, of which no row is shipped, and its periods.

It is a folder with weekly counts of coded events by ordered pair (`weekly_dyads.csv`) and which
weeks are whole (`weeks.csv`), made from ICEWS.
"""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.record.actors import names_of
from realpolitik.sim.record.acts import find_acts
from realpolitik.sim.record.codes import read_coding
from realpolitik.sim.record.weekly import Record

DATASETS = ("icews14k", "icews18", "icews1819raw", "icews21z")
"""Its datasets that hold all actors; a week that two of them have is of the first."""

Period = tuple[datetime.date, datetime.date]

LEARNT: Mapping[str, Period] = {
    "2014": (datetime.date(2014, 1, 6), datetime.date(2014, 12, 31)),
    "2018 to March 2019": (datetime.date(2018, 1, 1), datetime.date(2019, 3, 31)),
}
"""What is learnt on: period, as it is written → its first and last day."""

AFTER_FIT = max(last for _, last in LEARNT.values()) + datetime.timedelta(days=1)
"""First day after the weeks that the shipped numbers were fitted to."""

SCORED: Period = (datetime.date(2021, 1, 1), datetime.date(2021, 8, 31))
"""What is kept back."""


def read_icews(folder: Path, actors: Mapping[str, type[StateActor]]) -> Record:
    """The acts of those actors in the folder, by the narrow coding.

    Raises:
        RecordError: it is no such folder.
    """
    paths = [folder / name for name in ("weekly_dyads.csv", "weeks.csv")]
    found = find_acts(paths, names_of(actors), read_coding("narrow"), DATASETS)
    return replace(found.record, actors=tuple(sorted(actors)))


def is_fitted(week: datetime.date) -> bool:
    """Whether the shipped numbers were fitted to the week of that Monday."""
    return any(first <= week <= last for first, last in LEARNT.values())


def learnt(record: Record) -> dict[str, Record]:
    """Period → the record of it, of all that is learnt on."""
    return {name: record.between(*period) for name, period in LEARNT.items()}

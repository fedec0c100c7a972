"""The acts of a record: in which weeks an actor did which act toward another.

On disk that is a Parquet file of rows `week` (its Monday), `of`, `toward`, `action` and `n` events,
which `realpolitik events` writes. Each week that the record covers has a row of no actors, which
counts all events of the week, whoever they were between.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, permutations
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from realpolitik.sim.files import parquet
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.files.reading import MOST_FILE, read_file

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]
Pair = tuple[str, str]

COLUMNS = ("week", "of", "toward", "action", "n")
ANY = "any"
"""The action of rows that count all events of a pair, whether they are acts of ours or not."""

NOBODY = ""
WEEK = datetime.timedelta(weeks=1)
SHORT = 4
"""Longest hole that does not end a spell [weeks]: memories of acts last about as long."""


@dataclass(frozen=True)
class Record:
    """Acts between actors in the weeks that a record covers.

    Actions that no code tells apart, such as `offer_deal` and `propose_talks`, have the same rows.

    Attributes:
        weeks: Mondays of the weeks, ascending; there may be holes.
        actors: Codes of the actors, sorted.
        acts: Columns `week` (number into `weeks`), `of`, `toward` (codes), `action` (ours, or
            `any` for all events of the pair), `n` [events].
    """

    weeks: tuple[datetime.date, ...]
    actors: tuple[str, ...]
    acts: pd.DataFrame

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """All ordered pairs of actors."""
        return tuple(permutations(self.actors, 2))

    def did(self, actions: Iterable[str]) -> Mask:
        """Whether each pair did one of `actions` in each week, (weeks, pairs)."""
        return self.counts(actions) > 0

    def counts(self, actions: Iterable[str]) -> Numbers:
        """Events of any of `actions`, (weeks, pairs)."""
        counts = np.zeros((len(self.weeks), len(self.pairs)), dtype=np.int64)
        for action in {*actions} & self._by_action.keys():
            np.add.at(counts, *self._by_action[action])
        return counts

    def known(self) -> Mask:
        """Whether both of a pair have some event in the spell of a week, (weeks, pairs)."""
        known = np.zeros((len(self.weeks), len(self.pairs)), dtype=np.bool_)
        for spell in self.spells():
            acts = self.acts[self.acts["week"].between(spell.start, spell.stop - 1)]
            seen = {*acts["of"], *acts["toward"]}
            known[spell] = [seen.issuperset(pair) for pair in self.pairs]
        return known

    def spells(self) -> tuple[slice, ...]:
        """Runs of weeks with but short holes between them, as slices of `weeks`."""
        longest = (1 + SHORT) * WEEK
        starts = [
            n for n, week in enumerate(self.weeks) if not n or week - self.weeks[n - 1] > longest
        ]
        return tuple(map(slice, starts, [*starts[1:], len(self.weeks)]))

    def between(self, since: datetime.date | None, until: datetime.date | None) -> "Record":
        """The weeks whose Monday lies in [since, until]; None leaves an end open."""
        first, last = since or datetime.date.min, until or datetime.date.max
        kept = [n for n, week in enumerate(self.weeks) if first <= week <= last]
        acts = self.acts[self.acts["week"].isin(kept)]
        acts = acts.assign(week=acts["week"] - min(kept, default=0)).reset_index(drop=True)
        return Record(tuple(self.weeks[n] for n in kept), self.actors, acts)

    def among(self, codes: Iterable[str]) -> "Record":
        """Acts between these actors alone, those of them that the record knows."""
        ours = [*codes]
        acts = self.acts[self.acts["of"].isin(ours) & self.acts["toward"].isin(ours)]
        seen = sorted({*acts["of"], *acts["toward"]})
        return Record(self.weeks, tuple(seen), acts.reset_index(drop=True))

    @cached_property
    def _by_action(self) -> dict[str, tuple[tuple[Numbers, Numbers], Numbers]]:
        """Action → the numbers of week and pair of its rows, and their events."""
        numbers = {pair: n for n, pair in enumerate(self.pairs)}
        pairs = zip(self.acts["of"], self.acts["toward"], strict=True)
        pair = np.array([numbers[pair] for pair in pairs], dtype=np.int64)
        week, n = (self.acts[name].to_numpy(dtype=np.int64) for name in ("week", "n"))
        groups = self.acts.groupby("action").indices
        return {str(name): ((week[of], pair[of]), n[of]) for name, of in groups.items()}


def joined(records: Sequence[Record]) -> Record:
    """Several records of the same actors as one, each after the one before."""
    acts, weeks = [], list[datetime.date]()
    for record in records:
        acts.append(record.acts.assign(week=record.acts["week"] + len(weeks)))
        weeks += record.weeks
    return Record(tuple(weeks), records[0].actors, pd.concat(acts, ignore_index=True))


def merged(records: Sequence[Record]) -> Record:
    """Records of different weeks as one, in order, of all their actors.

    Raises:
        RecordError: two of them cover the same week.
    """
    weeks = sorted(week for record in records for week in record.weeks)
    twice = [week for week, after in pairwise(weeks) if week == after]
    if twice:
        told = "is in more than one file; `realpolitik events` makes one of files of events, and"
        raise RecordError(f"the week of {twice[0]} {told} takes each week once")
    numbers = {week: n for n, week in enumerate(weeks)}
    acts = [
        record.acts.assign(week=[numbers[record.weeks[n]] for n in record.acts["week"]])
        for record in records
    ]
    actors = sorted({actor for record in records for actor in record.actors})
    return Record(tuple(weeks), tuple(actors), pd.concat(acts, ignore_index=True))


# ── On disk ──────────────────────────────────────────────────────────────────────────


def write_acts(path: Path, record: Record, events: Iterable[int]) -> None:
    """Writes the file of a record, whole or not at all; `events` are those of each week in all.

    Raises:
        OSError: it cannot be written.
    """
    weeks = [week.isoformat() for week in record.weeks]
    covered = pd.DataFrame({"week": weeks, "of": NOBODY, "toward": NOBODY, "action": ANY})
    acts = record.acts.assign(week=[weeks[n] for n in record.acts["week"]])
    table = pd.concat([covered.assign(n=[*events]), acts])[[*COLUMNS]]
    table = table.sort_values([*COLUMNS], ignore_index=True)
    folder = Folder(path.absolute().parent)
    folder.make()
    with folder.writing(path.name) as stream:
        parquet.write_table(stream, table)


def read_acts(path: Path) -> Record:
    """The record in a file that `realpolitik events` wrote.

    Raises:
        RecordError: it holds something else, or is damaged.
        OSError: it cannot be read.
    """
    table = _table(path)
    if faults := [*_faults(table)]:
        raise RecordError(f"{path}: {faults[0]}; `realpolitik events` writes files of acts")
    of_weeks = table["of"] == NOBODY
    weeks = sorted({*table.loc[of_weeks, "week"]})
    acts = table[~of_weeks]
    numbers = pd.Index(weeks).get_indexer(acts["week"])
    actors = sorted({*acts["of"], *acts["toward"]})
    mondays = tuple(map(datetime.date.fromisoformat, weeks))
    return Record(mondays, tuple(actors), acts.assign(week=numbers).reset_index(drop=True))


def _table(path: Path) -> pd.DataFrame:
    content = read_file(path, MOST_FILE)
    try:
        parquet.check_seal(content)
    except parquet.NoSealError:
        pass  # written by another tool
    except parquet.BrokenSealError:
        raise RecordError(f"{path}: is damaged; write it again with `realpolitik events`") from None
    try:
        return parquet.frame_of(parquet.read_table(content, path))
    except (pa.ArrowException, OSError) as error:
        if getattr(error, "filename", None):
            raise
        told = "is no Parquet file; `realpolitik events` makes one of files of events"
        raise RecordError(f"{path}: {told}") from None


def _faults(table: pd.DataFrame) -> Iterator[str]:
    """What keeps a table from being one of acts."""
    missing = [name for name in COLUMNS if name not in table]
    if missing:
        yield f"has no column {missing[0]!r}"
        return
    of_weeks = table["of"] == NOBODY
    weeks = {*table.loc[of_weeks, "week"]}
    if not weeks:
        yield "says of no week that it is covered"
    elif stray := sorted({*table["week"]} - weeks):
        yield f"has acts in the week of {stray[0]}, which it does not say to be covered"
    for week in sorted(weeks):
        if not _is_monday(week):
            yield f"week is {week!r}; expected the date of a Monday"
    if not pd.api.types.is_integer_dtype(table["n"]) or (table["n"] < 0).any():
        yield "n is not a whole number from 0 on in every row"
    if (table.loc[~of_weeks, "of"] == table.loc[~of_weeks, "toward"]).any():
        yield "has acts of an actor toward itself"


def _is_monday(text: object) -> bool:
    try:
        return datetime.date.fromisoformat(str(text)).weekday() == 0
    except ValueError:
        return False

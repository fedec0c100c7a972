"""Events between our actors, gathered from files piece by piece, each counted once.

An event is counted once a day, code, and pair of names: many papers tell of one, and records have
it as often. Kept of each are a few numbers, so that millions fit in memory.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.record.actors import Names, is_of_state
from realpolitik.sim.record.cells import (
    Cells,
    count,
    day_number,
    joint,
    monday_number,
    split,
    truth,
)
from realpolitik.sim.record.codes import acled_code, cameo_code, plover_code
from realpolitik.sim.record.faults import Faults
from realpolitik.sim.record.formats import WEEKS, Layout
from realpolitik.sim.record.reading import Part, Piece, parts_of

MOST_BROKEN = 0.01
"""Share of a file's rows that may be broken; they are left out."""

MOST_ROWS = 3_000_000  # that are held before they are looked through for repeats
NOBODY = -1
KEYS = ["dataset", "day", "of", "toward", "code", "names", "n"]
TYPES = {"dataset": "int16", "of": "int16", "toward": "int16", "days": "int16"}
TYPES |= {"day": "int32", "code": "int32"}

Numbers = NDArray[np.int64]


@dataclass
class Numbering:
    """Things that were met, each with a number; the first has 0."""

    numbers: dict[str, int] = field(default_factory=dict)

    def __call__(self, thing: str) -> int:
        """The number of a thing; −1 of what is empty."""
        return self.numbers.setdefault(thing, len(self.numbers)) if thing else NOBODY

    @property
    def things(self) -> list[str]:
        """The things in the order of their numbers."""
        return [*self.numbers]


@dataclass(frozen=True)
class FileRead:
    """What became of a file: its rows, those between two of our actors, and the broken ones."""

    place: str
    format: str
    rows: int
    matched: int
    broken: int
    example: str


@dataclass
class Gathering:
    """What files hold, as far as they were read.

    Attributes:
        names: Names of actors.
        files: What became of each file.
        totals: (dataset, day) → all its events, whoever they are between.
        strangers: Name → how often it was no actor of ours.
        whole: (dataset, Monday) → whether the week is whole, as a table of weeks has it; the
            dataset may be empty, for all.
        dated: Datasets with the day of each event; others have its week alone.
    """

    names: Names
    files: list[FileRead] = field(default_factory=list)
    totals: Counter[tuple[str, int]] = field(default_factory=Counter)
    strangers: Counter[str] = field(default_factory=Counter)
    whole: dict[tuple[str, int], bool] = field(default_factory=dict)
    dated: set[str] = field(default_factory=set)
    repeats: int = 0
    actors: Numbering = field(default_factory=Numbering)
    codes: Numbering = field(default_factory=Numbering)
    datasets: Numbering = field(default_factory=Numbering)
    _events: list[pd.DataFrame] = field(default_factory=list)

    def add(self, part: Part) -> None:
        """Takes all rows of a file.

        Raises:
            RecordError: it is damaged, or too many of its rows are broken.
        """
        rows = matched = broken = torn = 0
        example = ""
        for piece in part.pieces():
            faults = Faults(part.place, piece)
            taken = self._weeks if part.layout.format == WEEKS else self._rows
            matched += taken(part.layout, piece, faults) if piece.rows else 0
            rows += piece.rows
            broken, torn = broken + int(faults.rows.sum()), piece.broken
            example = example or faults.first()
        if torn and not example:
            example = f"{part.place}: rows have more cells than the first line, or fewer"
        rows, broken = rows + torn, broken + torn
        if broken > MOST_BROKEN * rows:
            told = f"{example} ({broken:,} of {rows:,} rows are broken; "
            raise RecordError(f"{told}up to {MOST_BROKEN:.0%} are left out)")
        self.files.append(FileRead(part.place, part.layout.format, rows, matched, broken, example))

    def events(self) -> pd.DataFrame:
        """Events between our actors: `dataset`, `day`, `of`, `toward`, `code`, `n`, `days`."""
        self._compact()
        return self._events[0]

    def _compact(self) -> None:
        """Leaves out what is there twice."""
        empty = pd.DataFrame(columns=[*KEYS, "days"], dtype="int64")
        together = pd.concat(self._events) if self._events else empty
        kept = together.drop_duplicates(KEYS, ignore_index=True)
        self.repeats += len(together) - len(kept)
        self._events = [kept]

    # ── Rows ─────────────────────────────────────────────────────────────────────────

    def _rows(self, layout: Layout, piece: Piece, faults: Faults) -> int:
        columns = piece.columns
        dated = "day" in columns
        day = faults.read("day", day_number) if dated else faults.read("week", monday_number)
        code = self._code(columns, faults)
        n = faults.read("n", count) if "n" in columns else np.ones(piece.rows, dtype=np.int64)
        of, toward = self._side("source", columns), self._side("target", columns)
        dataset = self._dataset(layout, columns, piece.rows)
        good = ~faults.rows
        self._total(dataset[good], day[good], n[good], dated=dated)
        ours = good & (of != NOBODY) & (toward != NOBODY) & (of != toward)
        values: dict[str, NDArray[Any]] = {"dataset": dataset, "day": day, "code": code, "n": n}
        values |= {"of": of, "toward": toward, "names": _who(columns)}
        values |= {"days": _days(columns, piece.rows)}
        rows = pd.DataFrame({name: value[ours] for name, value in values.items()}).astype(TYPES)
        self._events.append(rows)
        if sum(map(len, self._events)) > MOST_ROWS + len(self._events[0]):
            self._compact()
        return len(rows)

    def _code(self, columns: Mapping[str, Cells], faults: Faults) -> Numbers:
        if "cameo" in columns:
            return faults.read("cameo", lambda text: self.codes(cameo_code(text)))
        if "sub_event" in columns:
            return faults.read("sub_event", lambda text: self.codes(acled_code(text)))
        none = Cells.empty(len(faults.rows))
        joined = joint([columns.get(one, none) for one in ("event", "mode", "contexts")])
        return faults.check("event", joined, lambda text: self.codes(plover_code(*split(text))))

    def _side(self, side: str, columns: Mapping[str, Cells]) -> Numbers:
        """Number of the actor of each row, −1 for nobody of ours; counts the strangers."""
        name, code = columns[side], columns.get(f"{side}_code")
        if code:
            named = name.mapped(lambda text: self.actors(self.names.movement(text)), np.int64)
            coded = code.mapped(lambda text: self.actors(self.names.actor(text)), np.int64)
            found = np.where(coded != NOBODY, coded, named)
        else:
            found = name.mapped(lambda text: self.actors(self.names.actor(text)), np.int64)
        if f"{side}_country" in columns and f"{side}_sectors" in columns:
            country, sectors = columns[f"{side}_country"], columns[f"{side}_sectors"]
            state = country.mapped(lambda text: self.actors(self.names.state(text)), np.int64)
            in_office = sectors.mapped(is_of_state, np.bool_)
            found = np.where((found == NOBODY) & in_office, state, found)
        self._count_strangers(code or name, found == NOBODY)
        return found

    def _count_strangers(self, names: Cells, strange: NDArray[np.bool_]) -> None:
        times = np.bincount(names.numbers[strange], minlength=len(names.values))
        met = zip(names.values, times.tolist(), strict=True)
        self.strangers.update({name: n for name, n in met if name and n})

    def _dataset(self, layout: Layout, columns: Mapping[str, Cells], rows: int) -> Numbers:
        if "dataset" in columns:
            named = columns["dataset"]
            return named.mapped(lambda text: self.datasets(text or layout.format), np.int64)
        return np.full(rows, self.datasets(layout.format))

    def _total(self, dataset: Numbers, day: Numbers, n: Numbers, *, dated: bool) -> None:
        names = np.array(self.datasets.things, dtype=object)
        places = pd.DataFrame({"dataset": dataset, "day": day, "n": n})
        sums = places.groupby(["dataset", "day"], as_index=False)["n"].sum()
        sets = names[sums["dataset"]].tolist()
        self.dated |= {*sets} if dated else set()
        for name, one, events in zip(sets, sums["day"], sums["n"], strict=True):
            self.totals[name, int(one)] += int(events)

    def _weeks(self, _layout: Layout, piece: Piece, faults: Faults) -> int:
        week = faults.read("week", monday_number)
        full = faults.read("full", truth)
        dataset = piece.columns.get("dataset", Cells.empty(piece.rows)).mapped(str, object)
        rows = zip(dataset, week, full, faults.rows, strict=True)
        self.whole |= {(name, int(one)): bool(yes) for name, one, yes, bad in rows if not bad}
        return 0


def _who(columns: Mapping[str, Cells]) -> NDArray[np.uint64]:
    """A number for the two names of each row, another one for other names."""
    source, target = (_hashed(columns[side]) for side in ("source", "target"))
    both: NDArray[np.uint64] = source * np.uint64(31) + target
    return both


def _hashed(cells: Cells) -> NDArray[np.uint64]:
    hashes: NDArray[np.uint64] = pd.util.hash_array(np.array([*cells.values, ""], dtype=object))
    return hashes[cells.numbers]


def _days(columns: Mapping[str, Cells], rows: int) -> Numbers:
    """Days on which the events of a row were, 1 where it is not said."""
    if "days" not in columns:
        return np.ones(rows, dtype=np.int64)
    days: Numbers = np.clip(columns["days"].mapped(count, np.int64), 1, 7)
    return days


def gather(paths: Iterable[Path], names: Names) -> Gathering:
    """All events in files.

    Raises:
        RecordError: a file cannot be read, or is no record of events.
    """
    gathering = Gathering(names)
    for path in paths:
        for part in parts_of(path):
            gathering.add(part)
    return gathering

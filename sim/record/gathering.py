"""Events between our actors, gathered from files piece by piece, each counted once.

An event is counted once a day, code, and pair of names: many papers tell of one, and records have
it as often. Kept of each are a few numbers, so that millions fit in memory.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.record.actors import Names, is_of_state
from realpolitik.sim.record.codes import acled_code, cameo_code, plover_code
from realpolitik.sim.record.formats import WEEKS, Layout
from realpolitik.sim.record.reading import Cells, Part, Piece, parts_of

MOST_BROKEN = 0.01
"""Share of a file's rows that may be broken; they are left out."""

MOST_ROWS = 3_000_000  # that are held before they are looked through for repeats
NOBODY = -1
BROKEN = -1
YEARS = (1900, 2100)
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

    def _rows(self, layout: Layout, piece: Piece, faults: "Faults") -> int:
        columns = piece.columns
        day = faults.read("day" if "day" in columns else "week", day_number, monday_number)
        code = self._code(columns, faults)
        n = faults.read("n", count) if "n" in columns else np.ones(piece.rows, dtype=np.int64)
        of, toward = self._side("source", columns), self._side("target", columns)
        dataset = self._dataset(layout, columns, piece.rows)
        good = ~faults.rows
        self._total(dataset[good], day[good], n[good], dated="day" in columns)
        ours = good & (of != NOBODY) & (toward != NOBODY) & (of != toward)
        values: dict[str, NDArray[Any]] = {"dataset": dataset, "day": day, "code": code, "n": n}
        values |= {"of": of, "toward": toward, "names": _who(columns)}
        values |= {"days": _days(columns, piece.rows)}
        rows = pd.DataFrame({name: value[ours] for name, value in values.items()}).astype(TYPES)
        self._events.append(rows)
        if sum(map(len, self._events)) > MOST_ROWS + len(self._events[0]):
            self._compact()
        return len(rows)

    def _code(self, columns: Mapping[str, Cells], faults: "Faults") -> Numbers:
        if "cameo" in columns:
            return faults.read("cameo", lambda text: self.codes(cameo_code(text)))
        if "sub_event" in columns:
            return faults.read("sub_event", lambda text: self.codes(acled_code(text)))
        joined = joint([columns[one] for one in ("event", "mode", "contexts") if one in columns])
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
        strange = np.bincount(name.numbers[found == NOBODY], minlength=len(name.values))
        for number in np.flatnonzero(strange):
            if name.values[number]:
                self.strangers[name.values[number]] += int(strange[number])
        return found

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

    def _weeks(self, _layout: Layout, piece: Piece, faults: "Faults") -> int:
        week = faults.read("week", monday_number)
        full = faults.read("full", truth)
        none = Cells([""], np.zeros(piece.rows, dtype=np.int32))
        dataset = piece.columns.get("dataset", none).mapped(str, object)
        rows = zip(dataset, week, full, faults.rows, strict=True)
        self.whole |= {(name, int(one)): bool(yes) for name, one, yes, bad in rows if not bad}
        return 0


class Faults:
    """The broken rows of a piece, and the first of them in words."""

    def __init__(self, place: str, piece: Piece) -> None:
        self.rows = np.zeros(piece.rows, dtype=np.bool_)
        self._place, self._piece = place, piece
        self._told: list[tuple[int, str]] = []

    def read(self, name: str, *meanings: Callable[[str], int]) -> Numbers:
        """What a column means, −1 where it is broken; the last meaning is that of a `week`."""
        meaning = meanings[-1] if name == "week" else meanings[0]
        return self.check(name, self._piece.columns[name], meaning)

    def check(self, name: str, cells: Cells, meaning: Callable[[str], int]) -> Numbers:
        """The same of cells that are not a column of their own."""
        numbers: Numbers = cells.mapped(meaning, np.int64)
        broken = np.flatnonzero(numbers == BROKEN)
        if len(broken):
            first = int(broken[0])
            found = cells.values[cells.numbers[first]].replace(PARTED, " ").strip()
            self._told.append((first, f"{HEADINGS.get(name, name)} is {found[:40]!r}"))
            self.rows[broken] = True
        return numbers

    def first(self) -> str:
        """Where the first broken row is, and why; empty if none is."""
        if not self._told:
            return ""
        row, why = min(self._told)
        wanted = next(text for name, text in EXPECTED.items() if why.startswith(name))
        return f"{self._place}: row {self._piece.first + row:,}: {why}; expected {wanted}"


HEADINGS = {"day": "the date", "week": "the week", "cameo": "the CAMEO code", "event": "the event"}
EXPECTED = {
    "the date": "a day such as 2021-03-05, of 1900 or later",
    "the week": "the date of a Monday, such as 2021-03-01",
    "the CAMEO code": "one of three or four digits, such as 043",
    "the event": "a type of PLOVER 2.0, such as ACCUSE",
    "sub_event": "a sub-event of ACLED",
    "n": "a whole number from 0 on",
    "full": "true or false",
}


# ── What a cell means ────────────────────────────────────────────────────────────────


def day_number(text: str) -> int:
    """The number of a day (proleptic Gregorian ordinal); −1 of none.

    >>> day_number("20210305") == day_number("2021-03-05") == day_number("5 March 2021")
    True
    """
    try:
        found = _in_words(text) if " " in text[:10] else datetime.date.fromisoformat(text[:10])
    except ValueError:
        return BROKEN
    return found.toordinal() if YEARS[0] <= found.year < YEARS[1] else BROKEN


def _in_words(text: str) -> datetime.date:
    day, month, year = text.split()
    return datetime.date(int(year), MONTHS.index(month[:3].casefold()) + 1, int(day))


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def monday_number(text: str) -> int:
    """The number of a Monday; −1 of any other day."""
    number = day_number(text)
    return number if number != BROKEN and number % 7 == 1 else BROKEN


def count(text: str) -> int:
    """A number of events; −1 of anything else."""
    number = text.removesuffix(".0")
    return int(number) if number.isdecimal() else BROKEN


def truth(text: str) -> int:
    """1 or 0; −1 of anything else."""
    return {"true": 1, "1": 1, "yes": 1, "false": 0, "0": 0, "no": 0}.get(text.casefold(), BROKEN)


PARTED = "\x1f"


def joint(columns: Iterable[Cells]) -> Cells:
    """Columns as one, of which each value holds theirs; see `split`."""
    first, *others = columns
    for other in others:
        pairs = first.numbers.astype(np.int64) * len(other.values) + other.numbers
        met, numbers = np.unique(pairs, return_inverse=True)
        ones, twos = np.divmod(met, len(other.values))
        values = [
            f"{first.values[one]}{PARTED}{other.values[two]}"
            for one, two in zip(ones, twos, strict=True)
        ]
        first = Cells(values, numbers.astype(np.int32))
    return first


def split(text: str) -> list[str]:
    """What was joined."""
    return text.split(PARTED)


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

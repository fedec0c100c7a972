"""The formats of event records, recognised by what a file holds.

What is read of an event goes by the same names in all of them: the `day` or the `week`, then of
`source` and `target` the name, and where there is one the `_code`, `_country` and `_sectors`, then
the code (`cameo`, or `event` with `mode` and `contexts`, or `sub_event`), how many events the row
stands for (`n`), on how many `days`, and the `dataset`.

GDELT: gdeltproject.org, Event Database Codebooks 1.03 and 2.0. ICEWS: doi:10.7910/DVN/28075.
POLECAT: doi:10.7910/DVN/AJGVIT. PLOVER: osf.io/preprints/socarxiv/rm5dw. ACLED: acleddata.com.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from realpolitik.sim.files.json_text import RecordError


@dataclass(frozen=True)
class Format:
    """What tables of a kind are like.

    Attributes:
        name: What it is called.
        marks: Headings by which it is told from others.
        needed: What is read → its heading.
        optional: The same of what may be missing.
    """

    name: str
    marks: frozenset[str]
    needed: Mapping[str, str]
    optional: Mapping[str, str]


@dataclass(frozen=True)
class Layout:
    """Where a file of a format has what is read of it.

    Attributes:
        format: What it is called.
        columns: What is read → number of its column.
        width: Number of columns.
        delimiter: What parts them; empty where each line is an object of JSON.
        headings: Whether the first line holds them.
    """

    format: str
    columns: Mapping[str, int]
    width: int = 0
    delimiter: str = ""
    headings: bool = True


GDELT = "GDELT"
GDELT_WIDTHS = {57: "GDELT 1.0", 58: "GDELT 1.0", 61: "GDELT 2.0"}
"""Columns → what has so many, without headings."""

GDELT_COLUMNS = {"day": 1, "source_code": 5, "source": 6, "target_code": 15, "target": 16}
GDELT_COLUMNS |= {"cameo": 26}

PLOVER = "PLOVER"
PLOVER_KEYS = ("date", "source", "event")
WEEKS = "table of weeks"
TIDY = "tidy table"

FORMATS = (
    Format(
        GDELT,
        frozenset({"sqldate", "actor1code", "eventcode"}),
        {"day": "SQLDATE", "cameo": "EventCode"}
        | {"source_code": "Actor1Code", "source": "Actor1Name"}
        | {"target_code": "Actor2Code", "target": "Actor2Name"},
        {},
    ),
    Format(
        "ICEWS",
        frozenset({"source name", "target name", "cameo code"}),
        {"day": "Event Date", "cameo": "CAMEO Code"}
        | {"source": "Source Name", "target": "Target Name"},
        {"source_country": "Source Country", "source_sectors": "Source Sectors"}
        | {"target_country": "Target Country", "target_sectors": "Target Sectors"},
    ),
    Format(
        "POLECAT",
        frozenset({"event type", "actor name", "recipient name"}),
        {"day": "Event Date", "event": "Event Type"}
        | {"source": "Actor Name", "target": "Recipient Name"},
        {"mode": "Event Mode", "contexts": "Contexts"}
        | {"source_country": "Actor Country", "source_sectors": "Actor Sectors"}
        | {"target_country": "Recipient Country", "target_sectors": "Recipient Sectors"},
    ),
    Format(
        "ACLED",
        frozenset({"event_date", "sub_event_type", "actor1"}),
        {"day": "event_date", "sub_event": "sub_event_type"}
        | {"source": "actor1", "target": "actor2"},
        {},
    ),
    Format(
        WEEKS,
        frozenset({"week_start", "full"}),
        {"week": "week_start", "full": "full"},
        {"dataset": "dataset"},
    ),
    Format(
        TIDY,
        frozenset({"source", "target"}),
        {"source": "source", "target": "target"},
        {"day": "date", "week": "week_start", "cameo": "cameo", "event": "plover"}
        | {"mode": "mode", "contexts": "contexts"}
        | {"n": "n", "days": "days", "dataset": "dataset"},
    ),
)

KNOWN = (
    "GDELT 1.0 or 2.0, ICEWS, POLECAT, PLOVER (an object of JSON a line), ACLED, or a tidy table "
    "with the columns date or week_start, source, target, cameo or plover, and n"
)


def recognise(place: str, first: str) -> Layout:
    """The layout of a file by its first line; `place` is what errors call the file.

    Raises:
        RecordError: it is of no format, or lacks columns.
    """
    line = first.removeprefix("\ufeff").rstrip("\r\n")
    if not line.strip():
        raise RecordError(f"{place}: its first line is empty; expected {KNOWN}")
    if line.lstrip().startswith("{"):
        return _of_json(place, line)
    delimiter = max("\t,;", key=line.count)
    cells = next(csv.reader(line.split("\r"), delimiter=delimiter), [])
    if len(cells) in GDELT_WIDTHS and cells[0].isdigit() and len(cells[1]) == 8:
        name = GDELT_WIDTHS[len(cells)]
        return Layout(name, GDELT_COLUMNS, len(cells), delimiter, headings=False)
    return _of_headings(place, cells, delimiter)


def _of_json(place: str, line: str) -> Layout:
    try:
        event = json.loads(line)
    except ValueError:
        raise RecordError(
            f"{place}:1: no whole object of JSON; expected an event of PLOVER a line"
        ) from None
    _refuse_missing(place, PLOVER, "keys", [key for key in PLOVER_KEYS if key not in event])
    return Layout(PLOVER, {})


def _of_headings(place: str, cells: Sequence[str], delimiter: str) -> Layout:
    numbers = {" ".join(cell.casefold().split()): number for number, cell in enumerate(cells)}
    found = max(FORMATS, key=lambda one: len(one.marks & {*numbers}) / len(one.marks))
    if len(found.marks & {*numbers}) < 2:
        told = delimiter.join(cells)[:60]
        raise RecordError(f"{place}: no event record: it begins {told!r}; expected {KNOWN}")
    headings = {**found.needed, **found.optional}
    wanted = {part: heading.casefold() for part, heading in headings.items()}
    columns = {part: numbers[name] for part, name in wanted.items() if name in numbers}
    missing = [heading for part, heading in found.needed.items() if part not in columns]
    if found.name == TIDY:
        missing += _missing_of_tidy(columns)
    _refuse_missing(place, found.name, "columns", missing)
    return Layout(found.name, _once(columns), len(cells), delimiter)


def _missing_of_tidy(columns: Mapping[str, int]) -> Iterator[str]:
    if columns.keys().isdisjoint(("day", "week")):
        yield "date or week_start"
    elif "day" not in columns and "n" not in columns:
        yield "n"
    if columns.keys().isdisjoint(("cameo", "event")):
        yield "cameo or plover"


def _refuse_missing(place: str, name: str, what: str, missing: Sequence[str]) -> None:
    if missing:
        told = f"{place}: looks like {name}, but lacks the {what} {', '.join(missing)}"
        raise RecordError(told)


def _once(columns: Mapping[str, int]) -> Mapping[str, int]:
    """A day says more than a week, and a code of CAMEO more than one of PLOVER."""
    left_out = {"week"} if "day" in columns else set()
    left_out |= {"event", "mode", "contexts"} if "cameo" in columns else set()
    return {part: number for part, number in columns.items() if part not in left_out}

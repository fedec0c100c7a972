"""Files of events read in pieces: plain, gzipped or zipped, of any size.

A piece holds some rows of a file, by column.
"""

import contextlib
import gzip
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa
import pyarrow.csv as pacsv

from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.files.reading import open_file
from realpolitik.sim.record.cells import Cells
from realpolitik.sim.record.formats import PLOVER, Layout, recognise

MOST = 2**50  # bytes of a file: it is never held whole
PIECE = 1 << 23  # bytes
LINES = 50_000  # of JSON a piece
LONGEST_LINE = 1 << 16
NO_EVENTS = re.compile(r"/$|^__MACOSX/")  # folders, and what a Mac puts beside them
TEXT = pa.dictionary(pa.int32(), pa.binary())


@dataclass(frozen=True)
class Piece:
    """Some rows of a file: what is read (as in `formats`) → its column.

    `first` is the number of the first row; rows count from 1, behind the headings. `broken` are
    rows before its end that have too many or too few cells, which are left out.
    """

    columns: Mapping[str, Cells]
    rows: int
    first: int
    broken: int


@dataclass(frozen=True)
class Part:
    """A file of events, or one of several in a ZIP file; `place` is what errors call it."""

    place: str
    layout: Layout
    opened: Callable[[], contextlib.AbstractContextManager[IO[bytes]]]

    def pieces(self) -> Iterator[Piece]:
        """All its rows.

        Raises:
            RecordError: it is damaged, or no table.
        """
        with _told_of(self.place), self.opened() as stream:
            is_json = self.layout.format == PLOVER
            yield from _of_lines(stream) if is_json else _of_table(self.layout, stream)


def parts_of(path: Path) -> Iterator[Part]:
    """The files of events in a file.

    Raises:
        RecordError: it cannot be opened, is damaged, or of no known format.
    """
    with _told_of(str(path)):
        with open_file(path, MOST) as stream:
            start = stream.read(4)
        if start.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(path) as packed:
                names = [one for one in packed.namelist() if not NO_EVENTS.search(one)]
            opening = {f"{path}/{name}": partial(_of_zip, path, name) for name in names}
        else:
            opening = {str(path): partial(_alone, path, packed=start.startswith(b"\x1f\x8b"))}
    for place, opened in opening.items():
        with _told_of(place), opened() as stream:
            first = stream.readline(LONGEST_LINE).decode("utf-8", "replace")
        yield Part(place, recognise(place, first), opened)


@contextlib.contextmanager
def _of_zip(path: Path, name: str) -> Iterator[IO[bytes]]:
    with zipfile.ZipFile(path) as packed, packed.open(name) as stream:
        yield stream


@contextlib.contextmanager
def _alone(path: Path, *, packed: bool) -> Iterator[IO[bytes]]:
    with open_file(path, MOST) as stream:
        yield cast(IO[bytes], gzip.GzipFile(fileobj=stream)) if packed else stream


@contextlib.contextmanager
def _told_of(place: str) -> Iterator[None]:
    """Says of a file what is wrong with it."""
    try:
        yield
    except EOFError:
        raise RecordError(f"{place}: ends in the middle, as a download that broke off") from None
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, RuntimeError) as error:
        raise RecordError(f"{place}: cannot be unpacked: {error}") from None
    except pa.ArrowException as error:
        told = str(error).partition("\n")[0].removeprefix("CSV parse error: ")
        raise RecordError(f"{place}: no table: {told}") from None
    except OSError as error:
        raise RecordError(f"{place}: cannot be read: {error.strerror or error}") from None


# ── Tables ───────────────────────────────────────────────────────────────────────────


def _of_table(layout: Layout, stream: IO[bytes]) -> Iterator[Piece]:
    broken = 0

    def skip(_row: pacsv.InvalidRow) -> str:
        nonlocal broken
        broken += 1
        return "skip"

    names = [str(number) for number in range(layout.width)]
    wanted = [names[number] for number in layout.columns.values()]
    quoted = layout.delimiter != "\t"
    table = pacsv.open_csv(
        stream,
        pacsv.ReadOptions(block_size=PIECE, column_names=names, skip_rows=int(layout.headings)),
        pacsv.ParseOptions(
            delimiter=layout.delimiter,
            quote_char='"' if quoted else False,
            newlines_in_values=quoted,
            invalid_row_handler=skip,
        ),
        pacsv.ConvertOptions(
            check_utf8=False, include_columns=wanted, column_types=dict.fromkeys(wanted, TEXT)
        ),
    )
    first = 1
    for batch in table:
        columns = zip(layout.columns, map(_cells, batch.columns), strict=True)
        yield Piece(dict(columns), batch.num_rows, first, broken)
        first += batch.num_rows
    yield Piece({}, 0, first, broken)


def _cells(column: pa.DictionaryArray) -> Cells:
    values = [text.decode("utf-8", "replace").strip() for text in column.dictionary.to_pylist()]
    return Cells(values, column.indices.to_numpy())


# ── Lines of JSON ────────────────────────────────────────────────────────────────────


def _of_lines(stream: IO[bytes]) -> Iterator[Piece]:
    first, broken = 1, 0
    lines = iter(stream)
    while some := [*islice(lines, LINES)]:
        events = [_event(line) for line in some if line.strip()]
        rows = [*chain.from_iterable(_rows(one) for one in events if one is not None)]
        broken += events.count(None)
        cells = [
            _cells(pa.array(column, pa.binary()).dictionary_encode())
            for column in zip(*rows, strict=True)
        ]
        yield Piece(dict(zip(PLOVER_PARTS, cells, strict=bool(rows))), len(rows), first, broken)
        first += len(rows)


PLOVER_PARTS = (
    *("day", "event", "mode", "contexts"),
    *("source", "source_country", "source_sectors"),
    *("target", "target_country", "target_sectors"),
)


def _event(line: bytes) -> Mapping[str, Any] | None:
    """The object in a line; None if there is no such thing."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _rows(event: Mapping[str, Any]) -> Iterator[tuple[bytes, ...]]:
    """A row for each source and target of an event; without a target they are each other's."""
    said = [_text(event.get(key)) for key in ("date", "event", "mode", "context")]
    sources = _actors(event.get("source"))
    targets = _actors(event.get("target"))
    mutual = [(one, other) for one in sources for other in sources if one != other]
    for of, toward in [(one, other) for one in sources for other in targets] or mutual:
        yield tuple(text.encode() for text in (*said, *of, *toward))


def _actors(side: Any) -> list[tuple[str, str, str]]:
    """Name, country and sector of each actor of a side; one without a sector is a whole state."""
    if isinstance(side, str):
        return [(side, "", "")] if side else []
    listed = side if isinstance(side, list) else [side]
    return [_actor(one) for one in listed if isinstance(one, dict)]


def _actor(said: Mapping[str, Any]) -> tuple[str, str, str]:
    code, sector = _text(said.get("code")), _text(said.get("sector"))
    return _text(said.get("actorText")) or code, code, sector or "GOV"


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(map(str, value))
    return "" if value is None else str(value)

"""Tables as parquet files: equal ones equal byte for byte, and small ones small in memory.

A few kilobytes of parquet can say that they hold billions of rows, or strings that are unpacked to
gigabytes. So what a file says of itself is looked at before it is read, and only what our own files
are made of is read: flat columns of numbers, truth values and text, packed as ours are.

Each carries its own digest, so that no bit of it can change unseen: that of the whole file with
zeros in the place of the digest. It lies in the key-value metadata, which any reader of parquet
passes over, and is there from the moment the file is.
"""

from hashlib import sha256
from pathlib import Path
from typing import IO

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from realpolitik.sim.files.reading import MOST_FILE, RefusedFileError

KEY = b"realpolitik.sha256"
BLANK = b"0" * 64
MARK = b"realpolitik.worlds"
"""The key of what a table says of the worlds that it holds: a digest, as long as the seal."""

CODECS = {"SNAPPY", "UNCOMPRESSED"}
"""What a page is packed with; with these it is some twenty times as large as its file, at most."""

NUMBERS = {"BOOLEAN", "INT32", "INT64", "FLOAT", "DOUBLE"}
TEXT = "BYTE_ARRAY"
CELL = 8  # bytes that a value takes in memory

MOST_COLUMNS = 20_000
FREE = 500_000_000  # bytes that any file may take in memory
TIMES = 25  # that a large file may grow in memory


def write_table(
    stream: IO[bytes], table: pd.DataFrame, schema: pa.Schema | None = None, mark: str = ""
) -> None:
    """Writes a table into an opened file, with its digest in it, and a mark if one is given."""
    stream.write(_sealed_bytes(table, schema, mark))


def digest_of(table: pd.DataFrame) -> str:
    """Digest of the file that a table makes."""
    return sha256(_sealed_bytes(table)).hexdigest()


def read_table(content: bytes, path: Path) -> pa.Table:
    """The table that a parquet file holds; `path` is what errors call it.

    Raises:
        RefusedFileError: it would take far more memory than a file of its size does.
        OSError, pa.ArrowException: it cannot be read.
    """
    most = min(MOST_FILE, FREE + TIMES * len(content))
    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        texts = _bounded(file, path, most)
        file = pq.ParquetFile(pa.BufferReader(content), read_dictionary=texts)
        table = file.read(use_threads=False)
        table.validate(full=True)
        return _plain(table, path, most)
    except (KeyError, IndexError, TypeError, AttributeError, OverflowError) as error:
        raise pa.ArrowInvalid(f"no parquet file ({type(error).__name__})") from None


def frame_of(table: pa.Table) -> pd.DataFrame:
    """A table as pandas has it."""
    frame: pd.DataFrame = table.to_pandas()
    return frame


def _bounded(file: pq.ParquetFile, path: Path, most: int) -> list[str]:
    """The names of the columns of text, in a file that says nothing untoward of itself."""
    about, schema = file.metadata, file.schema
    if about.num_columns > MOST_COLUMNS:
        raise RefusedFileError(
            path, f"it has {about.num_columns:,} columns, which no table here has"
        )
    columns = [schema.column(index) for index in range(about.num_columns)]
    for one in columns:
        known = one.physical_type in NUMBERS or one.physical_type == TEXT
        if one.max_repetition_level or not known:
            raise RefusedFileError(path, f"column {one.name} is of a kind that no table here has")
    _refuse_large(about, path, most)
    return [one.path for one in columns if one.physical_type == TEXT]


def _refuse_large(about: pq.FileMetaData, path: Path, most: int) -> None:
    """Adds up what the file says that it unpacks to."""
    unpacked = about.num_rows * about.num_columns * CELL
    for group in map(about.row_group, range(about.num_row_groups)):
        for column in map(group.column, range(group.num_columns)):
            if column.compression not in CODECS:
                raise RefusedFileError(path, f"it is packed by {column.compression}, unlike ours")
            unpacked += max(column.total_uncompressed_size, 0)
            unpacked += max(column.num_values - group.num_rows, 0) * CELL
    _refuse_above(unpacked, path, most)


def _refuse_above(unpacked: int, path: Path, most: int) -> None:
    if unpacked > most:
        told = f"it unpacks to {unpacked / 1e6:,.0f} MB, far more than a file of its size does here"
        raise RefusedFileError(path, told)


def _plain(table: pa.Table, path: Path, most: int) -> pa.Table:
    """Text that was read as numbers into a list of its values is written out, if it is not much."""
    for index, field in enumerate(table.schema):
        if not pa.types.is_dictionary(field.type):
            continue
        column = table.column(index)
        _refuse_above(sum(map(_length, column.chunks)), path, most)
        kind = field.type.value_type
        table = table.set_column(index, field.with_type(kind), column.cast(kind))
    return table.replace_schema_metadata()


def _length(column: pa.DictionaryArray) -> int:
    """Bytes of the text of a column, written out."""
    lengths = pc.take(pc.binary_length(column.dictionary), column.indices)
    return int(pc.sum(pc.cast(lengths, pa.int64())).as_py() or 0)


def _sealed_bytes(table: pd.DataFrame, schema: pa.Schema | None = None, mark: str = "") -> bytes:
    """The file of a table: with its digest in it, and without what pandas would note."""
    made = pa.Table.from_pandas(table, schema=schema, preserve_index=False)
    written = pa.BufferOutputStream()
    pq.write_table(made.replace_schema_metadata(metadata(mark)), written)
    return sealed(written.getvalue().to_pybytes())


# ── Seals ────────────────────────────────────────────────────────────────────────────


class BrokenSealError(ValueError):
    """A file that is not what was written."""


class NoSealError(BrokenSealError):
    """A file without a digest: of another tool, or an older version of this one."""


def metadata(mark: str = "") -> dict[bytes, bytes]:
    """What a table is written with that is to be sealed, and marked if there is a mark."""
    return ({MARK: mark.encode()} if mark else {}) | {KEY: BLANK}


def mark_of(content: bytes) -> str:
    """The mark of a sealed file; empty if it has none."""
    key = content.rfind(MARK)
    place = key + len(MARK) + 2
    return content[place : place + len(BLANK)].decode("ascii", "replace") if key >= 0 else ""


def sealed(blank: bytes) -> bytes:
    """A file that was written with such metadata, with its digest in it."""
    place = _place(blank)
    return blank[:place] + _digest(blank) + blank[place + len(BLANK) :]


def check_seal(content: bytes) -> None:
    """Makes sure that a file is what was written.

    Raises:
        NoSealError: it has no digest.
        BrokenSealError: it is not.
    """
    place = _place(content)
    blank = content[:place] + BLANK + content[place + len(BLANK) :]
    if content[place : place + len(BLANK)] != _digest(blank):
        raise BrokenSealError("not the file that was written")


def _digest(blank: bytes) -> bytes:
    return sha256(blank).hexdigest().encode()


def _place(content: bytes) -> int:
    """Where the digest begins: behind its key, and the two bytes that say how long it is."""
    key = content.rfind(KEY)
    if key < 0:
        raise NoSealError("without the digest that its writer gives it")
    return key + len(KEY) + 2

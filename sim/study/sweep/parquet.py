"""Tables as parquet files, of which equal ones are equal byte for byte."""

from hashlib import sha256
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq


def write_table(path: Path, table: pd.DataFrame, schema: pa.Schema | None = None) -> None:
    """Writes a table into a file."""
    pq.write_table(_bare(table, schema), path)


def digest_of(table: pd.DataFrame) -> str:
    """Digest of the file that a table makes."""
    written = pa.BufferOutputStream()
    pq.write_table(_bare(table), written)
    return sha256(written.getvalue()).hexdigest()


def frame_of(table: pa.Table) -> pd.DataFrame:
    """A table as pandas has it."""
    frame: pd.DataFrame = table.to_pandas()
    return frame


def _bare(table: pd.DataFrame, schema: pa.Schema | None = None) -> pa.Table:
    """A table as it is written, without what pandas would note beside it."""
    made = pa.Table.from_pandas(table, schema=schema, preserve_index=False)
    return made.replace_schema_metadata()

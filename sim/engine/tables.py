"""Reads the tables that code and documents share."""

import csv
import math
from collections.abc import Mapping
from importlib import resources


class TableError(ValueError):
    """A table that is wrong, in one line: the file, the line, and what is wrong there."""


class Row(dict[str, str]):
    """A row of a table: from column to text, and where it stands."""

    def __init__(self, cells: Mapping[str, str], place: str) -> None:
        """The cells of the row at `place`, such as `agents/initial.csv:3`."""
        super().__init__(cells)
        self.place = place

    def __missing__(self, column: str) -> str:
        """Refuses a table without that column."""
        raise self.wrong(f"the column {column!r} is missing")

    def wrong(self, problem: str) -> TableError:
        """The error that this row has a problem."""
        return TableError(f"{self.place}: {problem}")

    def number(self, column: str, *, may_be_infinite: bool = False) -> float:
        """The number in a column.

        Raises:
            TableError: there is something else.
        """
        text = self[column]
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if math.isnan(value) or (math.isinf(value) and not may_be_infinite):
            raise self.wrong(f"{column} is {text!r}; expected a number")
        return value


def read_table(package: str, name: str) -> tuple[Row, ...]:
    """Rows of the CSV file `name` inside `package`.

    Raises:
        FileNotFoundError: the package holds no such file.
        TableError: it is no such table, or a row has too many or too few cells.
    """
    place = f"{package.replace('.', '/')}/{name}"
    try:
        text = resources.files(package).joinpath(name).read_text(encoding="utf-8-sig")
        reader = csv.DictReader(text.splitlines(), strict=True)
        rows = [(cells, reader.line_num) for cells in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise TableError(f"{place}: no CSV table in UTF-8 ({error})") from None
    columns = len(reader.fieldnames or ())
    for cells, line in rows:
        if None in cells or None in cells.values():
            raise TableError(f"{place}:{line}: too many or too few cells; expected {columns}")
    return tuple(Row(cells, f"{place}:{line}") for cells, line in rows)

"""Reads the tables that code and documents share."""

import csv
from collections.abc import Mapping
from importlib import resources

Row = Mapping[str, str]


def read_table(package: str, name: str) -> tuple[Row, ...]:
    """Rows of the CSV file `name` inside `package`, each a mapping from column to text.

    Raises:
        FileNotFoundError: the package holds no such file.
    """
    text = resources.files(package).joinpath(name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))

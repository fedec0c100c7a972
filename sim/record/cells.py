"""Columns of text, and what their cells mean: days, weeks, numbers.

A column holds its different values once, and a row the number of one of them: what a name or a date
means is worked out once a value and not once a row.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

Kind = TypeVar("Kind")

BROKEN = -1
"""What a cell means that cannot be read."""

YEARS = (1900, 2100)
DIGITS = 9  # of a number of events, at most


@dataclass(frozen=True)
class Cells:
    """A column: its different values, and a row the number of its own."""

    values: list[str]
    numbers: NDArray[np.int32]

    @classmethod
    def empty(cls, rows: int) -> "Cells":
        """A column without a text in it."""
        return cls([""], np.zeros(rows, dtype=np.int32))

    def mapped(self, meaning: Callable[[str], Kind], kind: Any) -> NDArray[Any]:
        """What each row means, as an array of that NumPy type."""
        meanings = np.empty(len(self.values), dtype=kind)
        meanings[:] = [meaning(value) for value in self.values]
        return cast(NDArray[Any], meanings[self.numbers])


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
    """A number of events, up to a billion; −1 of anything else."""
    number = text.removesuffix(".0")
    return int(number) if number.isdecimal() and len(number) <= DIGITS else BROKEN


def truth(text: str) -> int:
    """1 or 0; −1 of anything else."""
    return {"true": 1, "1": 1, "yes": 1, "false": 0, "0": 0, "no": 0}.get(text.casefold(), BROKEN)

"""Broken rows of event records, and the first of them in words."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.record.cells import BROKEN, PARTED, Cells
from realpolitik.sim.record.reading import Piece

EXPECTED: Mapping[str, tuple[str, str]] = {
    "day": ("the date", "a day such as 2021-03-05, of 1900 or later"),
    "week": ("the week", "the date of a Monday, such as 2021-03-01"),
    "cameo": ("the CAMEO code", "one of three or four digits, such as 043"),
    "event": ("the event", "a type of PLOVER 2.0, such as ACCUSE"),
    "sub_event": ("the sub-event", "one of ACLED, such as Armed clash"),
    "n": ("n", "a whole number from 0 on"),
    "full": ("full", "true or false"),
}
"""What is read → how it is called, and what it should be."""


class Faults:
    """The broken rows of a piece of a file."""

    def __init__(self, place: str, piece: Piece) -> None:
        """None so far; `place` is what the file is called."""
        self.rows = np.zeros(piece.rows, dtype=np.bool_)
        self._place, self._piece = place, piece
        self._told: list[tuple[int, str]] = []

    def read(self, name: str, meaning: Callable[[str], int]) -> NDArray[np.int64]:
        """What the cells of a column mean, −1 where they are broken."""
        return self.check(name, self._piece.columns[name], meaning)

    def check(self, name: str, cells: Cells, meaning: Callable[[str], int]) -> NDArray[np.int64]:
        """The same of cells that are of several columns."""
        numbers: NDArray[np.int64] = cells.mapped(meaning, np.int64)
        broken = np.flatnonzero(numbers == BROKEN)
        if len(broken):
            first = int(broken[0])
            found = cells.values[cells.numbers[first]].replace(PARTED, " ").strip()
            called, wanted = EXPECTED[name]
            self._told.append((first, f"{called} is {found[:40]!r}; expected {wanted}"))
            self.rows[broken] = True
        return numbers

    def first(self) -> str:
        """Where the first broken row is, and why; empty if none is."""
        if not self._told:
            return ""
        row, why = min(self._told)
        return f"{self._place}: row {self._piece.first + row:,}: {why}"

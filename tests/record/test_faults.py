"""Broken rows are found, and the first is told with its place."""

import numpy as np

from realpolitik.sim.record.cells import Cells, count, day_number
from realpolitik.sim.record.faults import EXPECTED, Faults
from realpolitik.sim.record.formats import FORMATS
from realpolitik.sim.record.reading import Piece


def column(*texts: str) -> Cells:
    return Cells([*texts], np.arange(len(texts), dtype=np.int32))


DAYS = column("2021-03-01", "2021-03-02", "soon", "later")
FAULTS = {"day": DAYS, "n": column("1", "many", "2", "3")}


def test_rows_without_a_fault_are_told_of_by_nothing() -> None:
    faults = Faults("x.csv", Piece({"n": column("1", "2")}, 2, 1, 0))
    assert faults.read("n", count).tolist() == [1, 2]
    assert faults.first() == ""
    assert not faults.rows.any()


def test_the_first_broken_row_is_told_whichever_column_is_read_first() -> None:
    faults = Faults("x.csv", Piece(FAULTS, 4, 1001, 0))
    assert faults.read("day", day_number).tolist()[2:] == [-1, -1]
    faults.read("n", count)
    assert faults.rows.tolist() == [False, True, True, True]
    assert faults.first() == "x.csv: row 1,002: n is 'many'; expected a whole number from 0 on"


def test_what_is_expected_is_said_of_all_that_can_be_broken() -> None:
    read = {part for one in FORMATS for part in {**one.needed, **one.optional}}
    unchecked = {"mode", "contexts", "days", "dataset"}
    sides = {part for part in read if part.startswith(("source", "target"))}
    assert read - unchecked - sides == {*EXPECTED}

"""What cells of event records mean."""

import datetime

import numpy as np
import pytest

from realpolitik.sim.record.cells import (
    Cells,
    count,
    day_number,
    joint,
    monday_number,
    split,
    truth,
)

MARCH = datetime.date(2021, 3, 2).toordinal()


@pytest.mark.parametrize(
    "text", ["2021-03-02", "20210302", "2 March 2021", "02 Mar 2021", "2021-03-02T10:00:00"]
)
def test_a_day_is_read_in_the_ways_in_which_it_is_written(text: str) -> None:
    assert day_number(text) == MARCH


@pytest.mark.parametrize(
    "text", ["", "0", "2021-02-30", "20211301", "1 Foo 2021", "1021-03-02", "2 March", "9999-01-01"]
)
def test_other_texts_are_no_day(text: str) -> None:
    assert day_number(text) == -1


def test_only_a_monday_begins_a_week() -> None:
    assert monday_number("2021-03-01") == MARCH - 1
    assert monday_number("2021-03-02") == -1
    assert monday_number("week 9") == -1


def test_numbers_and_truths_are_read() -> None:
    assert [count(text) for text in ("3", "3.0", "0", "-1", "1.5", "", "9" * 30)] == [
        *(3, 3, 0, -1, -1, -1, -1)
    ]
    assert [truth(text) for text in ("True", "1", "no", "perhaps")] == [1, 1, 0, -1]


def test_columns_are_joined_by_row() -> None:
    one = Cells(["a", "b"], np.array([0, 1, 0], dtype=np.int32))
    two = Cells(["x", "y"], np.array([1, 0, 1], dtype=np.int32))
    both = joint([one, two])
    assert [split(text) for text in both.mapped(str, object)] == [
        ["a", "y"],
        ["b", "x"],
        ["a", "y"],
    ]
    assert len(both.values) == 2


def test_what_each_value_means_is_asked_once() -> None:
    asked: list[str] = []

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    cells = Cells(["a", "bb"], np.array([0, 1, 1, 0, 1], dtype=np.int32))
    assert cells.mapped(length, np.int64).tolist() == [1, 2, 2, 1, 2]
    assert asked == ["a", "bb"]

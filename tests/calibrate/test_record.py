"""What is read from a record of events."""

from pathlib import Path

import numpy as np
import pytest

from realpolitik.sim.calibrate.record import Record, read_record
from tests.weekly_counts import Event, mondays, write_record

WEEKS = mondays("2018-01-01", 3)
PAIRS = [("A", "B"), ("B", "A"), ("A", "C")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for a record."""
    return tmp_path


def record_of(folder: Path, *events: Event) -> Record:
    """Three weeks with those events."""
    weeks = [("one", week, True) for week in WEEKS]
    return read_record(
        write_record(folder, weeks, [("one", event) for event in events]), ["one"], PAIRS
    )


def test_an_act_is_done_in_the_week_and_by_the_pair_of_its_event(folder: Path) -> None:
    record = record_of(folder, (WEEKS[1], "A", "B", "112", 3), (WEEKS[2], "B", "A", "138", 1))
    denounced, either = record.did(["denounce"]), record.did(["denounce", "threaten"])
    assert np.argwhere(denounced).tolist() == [[1, 0]]
    assert np.argwhere(either).tolist() == [[1, 0], [2, 1]]


def test_pairs_that_are_not_asked_for_are_left_out(folder: Path) -> None:
    assert not record_of(folder, (WEEKS[0], "X", "B", "112", 3)).did(["denounce"]).any()


def test_talks_have_the_codes_of_an_offer(folder: Path) -> None:
    record = record_of(folder, (WEEKS[0], "A", "B", "036", 1))
    assert record.did(["propose_talks"]).tolist() == record.did(["offer_deal"]).tolist()
    assert record.did(["propose_talks"]).sum() == 1


@pytest.mark.parametrize(
    ("code", "events", "struck"),
    [("194", 1, False), ("194", 2, True), ("190", 5, False), ("190", 6, True)],
)
def test_a_strike_takes_more_than_one_event(
    folder: Path, code: str, events: int, struck: bool
) -> None:
    record = record_of(folder, (WEEKS[0], "A", "B", code, events))
    assert record.did(["limited_strike"])[0, 0] == struck


def test_a_pair_is_known_if_both_have_some_event(folder: Path) -> None:
    assert record_of(folder, (WEEKS[0], "A", "B", "010", 1)).known().tolist() == [True, True, False]


def test_weeks_that_are_not_whole_are_left_out(folder: Path) -> None:
    write_record(
        folder,
        [("one", WEEKS[0], False), ("one", WEEKS[1], True)],
        [("one", (WEEKS[0], "A", "B", "112", 1))],
    )
    record = read_record(folder, ["one"], PAIRS)
    assert record.weeks == (WEEKS[1],)
    assert not record.did(["denounce"]).any()


def test_a_week_of_two_datasets_is_counted_once_and_taken_from_the_first(folder: Path) -> None:
    write_record(
        folder,
        [("two", WEEKS[1], True), ("two", WEEKS[2], True), ("one", WEEKS[1], True)],
        [("two", (WEEKS[1], "A", "B", "112", 1)), ("two", (WEEKS[2], "B", "A", "112", 1))],
    )
    record = read_record(folder, ["one", "two"], PAIRS)
    assert record.weeks == (WEEKS[1], WEEKS[2])
    assert np.argwhere(record.did(["denounce"])).tolist() == [[1, 1]]

from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from realpolitik.sim.calibrate.calibration import calibrate
from realpolitik.sim.calibrate.crew import staying
from realpolitik.sim.experiments.workers import Serial, Workers
from tests.calibrate.small import small_plan


class Watched(Serial):
    """Runs what it is given, and knows whether it was shut down."""

    def __init__(self) -> None:
        self.is_down = False

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        assert not self.is_down
        return super().submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.is_down = True


class Agency:
    """Remembers whom it has sent."""

    def __init__(self) -> None:
        self.sent: list[Watched] = []

    def hire(self) -> Executor:
        self.sent.append(Watched())
        return self.sent[-1]


def test_all_stages_of_a_calibration_have_the_same_workers(tmp_path: Path) -> None:
    agency = Agency()
    calibrate(small_plan(waves=2), tmp_path / "one", Workers(agency.hire, 2))
    assert [one.is_down for one in agency.sent] == [True]


def test_workers_given_back_stay_and_broken_ones_are_replaced() -> None:
    agency = Agency()
    with staying(Workers(agency.hire, 1)) as crew:
        first = crew.hire()
        first.shutdown()
        assert crew.hire() is first
        assert not agency.sent[0].is_down
        first.shutdown(wait=False)
        assert agency.sent[0].is_down
        assert crew.hire() is not first
        assert crew.hire().submit(len, "abc").result() == 3
    assert [one.is_down for one in agency.sent] == [True, True]


def test_nobody_is_hired_where_nothing_is_to_be_done() -> None:
    agency = Agency()
    with pytest.raises(KeyboardInterrupt), staying(Workers(agency.hire, 1)):
        raise KeyboardInterrupt
    assert agency.sent == []

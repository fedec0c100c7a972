"""Calibration: events in bins."""

from typing import Any

import numpy as np
import pytest

from realpolitik.sim.hindcast.scores import calibration_table


def test_a_yes_or_no_is_one_event_and_a_grade_six(small: Any) -> None:
    strike, helped = small.case("s", outcome="strike", observed=True), small.case("h", observed=1)
    forecasts = {
        ("s", "reading"): np.array([0.3, 0.7]),
        ("h", "reading"): np.array([0.1, 0.6, 0.3, 0, 0, 0, 0]),
    }
    table = calibration_table([strike, helped], forecasts, ["reading"])
    assert table["n"].sum() == 7
    numbers = table[["bin", "forecast", "observed", "n"]].to_numpy()
    # At least grade 2 with .3 (not so); 3 to 6 with 0 (not so); at least 1 with .9; a strike, .7.
    assert numbers == pytest.approx(
        np.array([[0, 0, 0, 4], [1, 0.3, 0, 1], [3, 0.7, 1, 1], [4, 0.9, 1, 1]])
    )


def test_a_certain_event_falls_into_the_last_bin(small: Any) -> None:
    case = small.case("s", outcome="strike", observed=True)
    table = calibration_table([case], {("s", "x"): np.array([0.0, 1.0])}, ["x"])
    assert table[["bin", "low", "high", "n"]].to_numpy().tolist() == [[4, 0.8, 1.0, 1]]

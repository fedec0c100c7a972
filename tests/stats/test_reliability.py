"""Forecasts in bins."""

import numpy as np
import pytest

from realpolitik.sim.stats.reliability import binned


def test_a_bin_has_the_means_of_what_falls_into_it() -> None:
    table = binned([0.1, 0.3, 0.9, 1.0], [False, True, True, True], 2)
    assert table["n"].tolist() == [2, 2]
    assert table["forecast"].tolist() == pytest.approx([0.2, 0.95])
    assert table["observed"].tolist() == pytest.approx([0.5, 1.0])
    assert table[["low", "high"]].to_numpy().tolist() == [[0, 0.5], [0.5, 1]]


def test_bins_without_events_are_left_out() -> None:
    assert binned([0.05], [True], 10)["bin"].tolist() == [0]


def test_events_may_have_any_shape() -> None:
    table = binned(np.full((2, 3), 0.5), np.ones((2, 3), dtype=bool), 5)
    assert table["n"].tolist() == [6]

"""Patterns measured at one setting of the parameters."""

from dataclasses import replace

import pytest

from realpolitik.sim.calibrate.measure import measure, runs_of
from realpolitik.sim.calibrate.statistic import read
from tests.calibrate.small import PRESSURE, gauge, pattern, small_scenario


def test_a_row_says_what_was_measured_what_was_asked_for_and_whether_it_holds() -> None:
    asked = (pattern("any", 0, 1), pattern("none", 2, 3))
    table = measure(asked, worlds=60, seed=3)
    found = read(asked[0].gauge, runs_of([asked[0].gauge], {}, 60, 3)["small"])
    assert table["pattern"].tolist() == ["any", "none"]
    assert table["verdict"].tolist() == ["holds", "missed"]
    assert table["n"].tolist() == [60, 60]
    assert table["value"].tolist() == [found.value] * 2
    assert table[["target_low", "target_high"]].iloc[1].tolist() == [2, 3]
    assert table["implausibility"].iloc[0] == 0 < table["implausibility"].iloc[1]


def test_settings_are_run_once_for_all_that_is_measured_in_them() -> None:
    runs = runs_of([gauge("strike"), gauge("height", "mean")], {}, 20, 3)
    assert list(runs) == ["small"]
    assert list(runs["small"]) == ["point", "world", "strike", "height"]
    assert len(runs["small"]) == 20


def test_an_executor_that_is_none_is_refused() -> None:
    with pytest.raises(TypeError):
        measure((pattern("any", 0, 1),), worlds=20, executor=3)  # type: ignore[arg-type]


def test_what_a_setting_sets_stays_whatever_is_measured_at() -> None:
    held = small_scenario().with_parameters({PRESSURE: 0.0})
    of = gauge("strike")
    kept = replace(of, case=replace(of.case, scenario=held, called="held"))
    asked = (pattern("held", 0, 1, gauge=kept), pattern("free", 0, 1))
    low, high = (measure(asked, {PRESSURE: value}, 60)["value"] for value in (0.0, 1.0))
    assert low[0] == low[1] == high[0] < high[1]

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim.formatting.scales import (
    MeasuredOutcome,
    Varied,
    how_many,
    setting,
    setting_span,
)

SHARE, RUNG, WEEKS = (MeasuredOutcome("It", scale) for scale in ("share", "rung", "weeks"))
TIES = Varied("RUS.ties", 0.0, 0.8, 0.3, "weight")


@pytest.mark.parametrize(
    ("measure", "above", "said"),
    [
        (SHARE, False, "in fewer than 5 % of worlds"),
        (SHARE, True, "in more than 5 % of worlds"),
        (RUNG, True, "above rung 0.05"),
        (WEEKS, False, "below 0.05 weeks"),
    ],
)
def test_side_of_a_level_is_said_in_the_manner_of_the_scale(
    measure: MeasuredOutcome, above: bool, said: str
) -> None:
    assert measure.beyond(0.05, above) == said


@pytest.mark.parametrize(
    ("measure", "value", "said"),
    [
        (SHARE, -0.09, "−9.0 percentage points"),
        (SHARE, 0.0, "0.0 percentage points"),
        (RUNG, 1.5, "+1.50 rungs"),
        (WEEKS, math.nan, "–"),
    ],
)
def test_change_bears_its_sign_and_unit(measure: MeasuredOutcome, value: float, said: str) -> None:
    assert measure.change(value) == said


def test_value_that_is_not_there_is_said_so() -> None:
    assert SHARE.often(math.nan) == "no value"


@given(st.floats(0.0, 0.8))
def test_place_in_a_range_runs_from_0_to_1(value: float) -> None:
    assert 0 <= TIES.place(value) <= 1


def test_range_without_width_has_its_place_in_the_middle() -> None:
    assert Varied("x", 0.4, 0.4).place(0.4) == 0.5


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.0, 0.2111, "at most 0.21"),
        (0.3, 0.8, "at least 0.3"),
        (0.1, 0.3, "0.1 to 0.3"),
        (0.001, 0.799, "anywhere"),
    ],
)
def test_part_of_a_range_is_said_by_the_ends_it_leaves_out(
    low: float, high: float, said: str
) -> None:
    assert TIES.within(low, high) == said


@pytest.mark.parametrize(("default", "held"), [(0.3, True), (0.9, False), (math.nan, False)])
def test_default_is_held_only_in_the_range(default: float, held: bool) -> None:
    assert Varied("x", 0.0, 0.8, default).holds_default is held


def test_unknown_ends_are_said() -> None:
    assert setting_span(math.nan, 0.4) == "beyond the range to 0.4"
    assert setting_span(math.nan, math.nan) == "interval unknown"
    assert setting(-0.25) == "−0.25"


def test_counts_that_differ_are_said_as_a_range() -> None:
    assert how_many([1000.0, 1000.0], "worlds") == "1,000 worlds"
    assert how_many([1000.0, 800.0, math.nan], "worlds") == "800 to 1,000 worlds"
    assert how_many([math.nan], "worlds") == "an unknown number of worlds"

"""The formulas that turn numbers of the record into numbers of the model: worked by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim.engine.grounding import (
    distance_error,
    promised_help,
    relative_endurance,
    rivalry_hostility,
    weekly_hazard,
)

DISTANCES = st.floats(0, 4)
SHARES = st.floats(0, 0.99)


@pytest.mark.parametrize(
    ("rival", "distance", "hostility"),
    [(0, 0, 0), (0, 2, 0.25), (0, 4, 0.5), (1, 0, 0.5), (1, 2, 0.75), (1, 4, 1)],
)
def test_rivalry_says_which_half_and_distance_where_in_it(
    rival: float, distance: float, hostility: float
) -> None:
    assert rivalry_hostility(rival, distance, 4) == hostility


def test_a_distance_beyond_the_widest_or_below_none_is_clipped() -> None:
    assert rivalry_hostility(1, 5, 4) == 1
    assert rivalry_hostility(0, -1, 4) == 0


@given(DISTANCES, DISTANCES)
def test_farther_apart_is_never_less_hostile_and_rivals_never_less_than_others(
    one: float, other: float
) -> None:
    near, far = sorted((one, other))
    assert rivalry_hostility(0, near, 4) <= rivalry_hostility(0, far, 4)
    assert rivalry_hostility(1, near, 4) >= rivalry_hostility(0, far, 4)


def test_errors_of_two_ends_add_up_in_squares() -> None:
    assert distance_error(3, 4) == 5


def test_endurance_is_a_ratio_to_the_strongest() -> None:
    assert relative_endurance(0.02, 0.10) == pytest.approx(0.2)
    assert relative_endurance(0.10, 0.10) == 1


def test_only_a_defence_pact_promises_help() -> None:
    assert promised_help(1, 0.41) == 0.41
    assert promised_help(0, 0.78) == 0


def test_what_is_answered_in_the_first_week_is_its_hazard() -> None:
    assert weekly_hazard(0, 0.6, 7) == pytest.approx(0.6)


def test_a_hazard_over_two_weeks_is_that_of_each() -> None:
    assert weekly_hazard(0, 0.75, 14) == pytest.approx(0.5)


@given(st.floats(0, 0.9), st.floats(0, 0.9), st.floats(1, 100))
def test_waiting_out_the_days_at_the_hazard_leaves_what_the_record_leaves(
    one: float, other: float, days: float
) -> None:
    before, after = sorted((one, other))
    left = (1 - weekly_hazard(before, after, days)) ** (days / 7)
    assert math.isclose(left, (1 - after) / (1 - before), rel_tol=1e-6, abs_tol=1e-9)

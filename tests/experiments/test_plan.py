"""Plans: levels as a person would write them, and numbers that do not fit each other."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim.experiments.plan import (
    Favoured,
    Until,
    Vary,
    amount,
    faults_of_plan,
    levels,
    reaches,
    stepped,
    steps_beside,
)
from realpolitik.sim.scenario.errors import Place
from tests.experiments.small import ADDRESS, small_plan

WIDE = Vary(ADDRESS, 0.0, 0.6)


def faults(**changes: Any) -> list[str]:
    """What is wrong with the small plan after these changes."""
    return [str(fault) for fault in faults_of_plan(small_plan(**changes), Place)]


# ── Levels ───────────────────────────────────────────────────────────────────────────


@given(st.integers(-50, 50), st.integers(1, 40), st.integers(1, 60))
def test_levels_are_the_decimal_numbers_a_person_would_write(
    low: int, step: int, steps: int
) -> None:
    found = stepped(low / 100, (low + step * steps) / 100, step / 100)
    assert found == tuple((low + step * k) / 100 for k in range(steps + 1))


@given(st.integers(-500, 500), st.integers(1, 500), st.integers(2, 40))
def test_levels_at_equal_distances_begin_and_end_with_the_range(
    low: int, width: int, points: int
) -> None:
    ends = low / 1000, (low + width) / 1000
    found = levels(Vary("a", *ends), points)
    assert (found[0], found[-1], len(found)) == (*ends, points)
    assert list(found) == sorted(set(found))


def test_large_numbers_are_told_shortly() -> None:
    assert (amount(1200), amount(10**400)) == ("1,200", "1.0e+400")


@given(st.integers(-50, 50), st.integers(2, 90), st.integers(1, 89))
def test_steps_beside_one_that_leaves_out_the_end_reach_it(low: int, width: int, step: int) -> None:
    ends = low / 100, (low + width) / 100
    if step >= width or reaches(*ends, step / 100):
        return
    smaller, greater = steps_beside(*ends, step / 100)
    assert smaller < step / 100 < greater
    assert reaches(*ends, smaller)
    assert reaches(*ends, greater)


# ── Numbers that do not fit each other ───────────────────────────────────────────────


def test_a_sound_plan_has_no_faults() -> None:
    assert faults() == []
    assert faults(until=Until("strike", 0.02, 5000)) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"vary": ()}, "vary: nothing is varied"),
        ({"points": 1}, "points: points is 1; expected a whole number from 2 on"),
        ({"sampler": "sobol", "points": 12}, "points: a sobol design of 12 base points"),
        ({"points": 10**7}, "vary: the grid design has 10,000,000 points"),
        ({"worlds": 0}, "worlds: worlds is 0"),
        ({"points": 10**6, "worlds": 1001}, "worlds: 1,000,000 points of 1,001 worlds are"),
        ({"seed": -1}, "seed: seed is -1; expected a whole number from 0 on"),
        ({"until": Until("strike", 0.0, 5000)}, "until: the width is 0"),
        ({"until": Until("strike", 0.1, 9)}, "until: most is 9 worlds, and the first 1,100"),
        ({"until": Until("peace", 0.1, 5000)}, "until: the outcome 'peace' is not in the scenario"),
        (
            {"thresholds": {"strike": 5.0}},
            "thresholds: the level of strike is 5; expected a number",
        ),
        (
            {"thresholds": {}, "favoured": Favoured("height", "above", 5.0)},
            "favoured: the outcome 'height' is not reported by the study",
        ),
    ],
)
def test_a_number_that_does_not_fit_the_others_is_told_of(
    changes: dict[str, Any], told: str
) -> None:
    (fault,) = faults(**changes)
    assert fault.startswith(told)


def test_a_plan_without_outcomes_measures_nothing() -> None:
    plan = small_plan()
    bare = replace(plan, scenario=plan.scenario.model_copy(update={"outcomes": {}}))
    (fault,) = faults_of_plan(bare, Place)
    assert "outcome" in str(fault)

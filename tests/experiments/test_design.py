"""How a study grows."""

from dataclasses import replace

import pandas as pd
import pytest

from realpolitik.sim.experiments.design import design, extend_design
from realpolitik.sim.experiments.plan import Plan
from realpolitik.sim.scenario.errors import ScenarioError
from tests.experiments.small import points_of


@pytest.mark.parametrize("sampler", ["sobol", "morris"])
def test_twice_the_points_hold_the_points_that_are_there(plan: Plan, sampler: str) -> None:
    small, large = (design(replace(plan, sampler=sampler, points=n)) for n in (8, 16))
    pd.testing.assert_frame_equal(extend_design(small, large), large, check_exact=True)
    assert points_of(large)[: len(small)] == points_of(small)


def test_half_the_step_keeps_the_points_that_are_there(plan: Plan) -> None:
    coarse, fine = design(plan), design(replace(plan, points=5))
    grown = extend_design(coarse, fine)
    assert points_of(grown) == points_of(fine)
    numbers = {tuple(row): point for point, *row in coarse.itertuples(index=False)}
    for point, *row in grown.itertuples(index=False):
        assert numbers.get(tuple(row), point) == point
    assert sorted(grown["point"]) == list(range(25))
    assert (grown["point"] >= 9).sum() == 16


def test_a_study_that_does_not_grow_stays_as_it_is(plan: Plan) -> None:
    table = design(plan)
    pd.testing.assert_frame_equal(extend_design(table, table), table)
    grown = extend_design(table, design(replace(plan, points=5)))
    pd.testing.assert_frame_equal(extend_design(grown, design(replace(plan, points=5))), grown)


def test_a_point_that_comes_twice_is_two_points() -> None:
    twice = pd.DataFrame({"point": [0, 1], "a": [0.5, 0.5]})
    wanted = pd.DataFrame({"point": [0, 1, 2], "a": [0.2, 0.5, 0.5]})
    assert list(extend_design(twice, wanted)["point"]) == [2, 0, 1]


def test_a_larger_latin_hypercube_does_not_hold_the_smaller(plan: Plan) -> None:
    small, large = (design(replace(plan, sampler="latin_hypercube", points=n)) for n in (5, 10))
    with pytest.raises(ScenarioError, match="is not in the design asked for") as caught:
        extend_design(small, large)
    assert "or a new folder" in str(caught.value)


def test_other_addresses_are_another_study(plan: Plan) -> None:
    with pytest.raises(ScenarioError, match="varied there"):
        extend_design(design(plan), design(replace(plan, vary=plan.vary[:1])))

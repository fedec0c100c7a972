"""How a study grows."""

from dataclasses import replace

import pandas as pd
import pytest

from realpolitik.sim.experiments.design import design, extend_design
from realpolitik.sim.experiments.plan import Plan, Vary
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


@pytest.mark.parametrize("sampler", ["latin_hypercube", "sobol", "morris", "grid", "one_at_a_time"])
def test_what_takes_whole_numbers_only_is_given_them_by_every_sampler(
    plan: Plan, sampler: str
) -> None:
    week = Vary("shock.us_election.week", 1, 4, integral=True)
    points = design(replace(plan, sampler=sampler, points=8, vary=(*plan.vary, week)))
    found = set(points["shock.us_election.week"])
    own = {14.0} if sampler == "one_at_a_time" else set()
    assert found - own == {1, 2, 3, 4}


def test_a_grid_has_each_whole_number_once(plan: Plan) -> None:
    week = Vary("shock.us_election.week", 1, 3, integral=True)
    points = design(replace(plan, points=11, vary=(week,)))
    assert points["shock.us_election.week"].tolist() == [1, 2, 3]

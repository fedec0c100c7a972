"""The points that each sampler chooses."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from SALib.analyze import morris, sobol

from realpolitik.sim.experiments.design import design, space_of
from realpolitik.sim.experiments.plan import Plan, Vary, size_of
from realpolitik.sim.experiments.samplers import SAMPLERS
from tests.experiments.small import DRONES, TIES, points_of

TYPED = [name for name in SAMPLERS if name != "given"]


@pytest.mark.parametrize("sampler", TYPED)
def test_a_design_is_the_same_every_time_and_keeps_to_its_ranges(plan: Plan, sampler: str) -> None:
    wanted = replace(plan, sampler=sampler, points=4)
    table = design(wanted)
    pd.testing.assert_frame_equal(table, design(wanted), check_exact=True)
    assert list(table.columns) == ["point", TIES, DRONES]
    assert list(table["point"]) == list(range(len(table)))
    assert len(table) <= size_of(sampler, 4, plan.vary)
    for vary in plan.vary:
        assert table[vary.address].between(vary.low, vary.high).all()


@pytest.mark.parametrize("sampler", ["latin_hypercube", "sobol", "morris"])
def test_another_seed_gives_other_points(plan: Plan, sampler: str) -> None:
    one, other = (design(replace(plan, sampler=sampler, points=8, seed=s)) for s in (1, 2))
    assert points_of(one) != points_of(other)


def test_a_grid_is_every_level_with_every_other(plan: Plan) -> None:
    vary = (Vary(TIES, 0.1, 0.2, (0.1, 0.2)), plan.vary[1])
    assert points_of(design(replace(plan, vary=vary))) == [
        (0.1, 0.1),
        (0.1, 0.3),
        (0.1, 0.5),
        (0.2, 0.1),
        (0.2, 0.3),
        (0.2, 0.5),
    ]


def test_one_at_a_time_begins_with_the_scenario_and_never_repeats_it(plan: Plan) -> None:
    vary = (Vary(TIES, 0.0, 0.62, (0.0, 0.31, 0.62)), Vary(DRONES, 0.1, 0.5, (0.1, 0.5)))
    assert points_of(design(replace(plan, sampler="one_at_a_time", vary=vary))) == [
        (0.31, 0.24),
        (0.0, 0.24),
        (0.62, 0.24),
        (0.31, 0.1),
        (0.31, 0.5),
    ]


def test_a_latin_hypercube_has_one_point_in_each_layer(plan: Plan) -> None:
    table = design(replace(plan, sampler="latin_hypercube", points=20))
    for vary in plan.vary:
        layer = np.floor((table[vary.address] - vary.low) / (vary.high - vary.low) * 20)
        assert sorted(layer) == list(range(20))


def test_sobol_points_are_in_the_order_of_salib(plan: Plan) -> None:
    """A linear outcome: shares of variance are those of the squared slopes."""
    wanted = replace(plan, sampler="sobol", points=256)
    table, problem = design(wanted), space_of(plan).problem
    assert len(table) == 256 * 4
    outcome = 3 * (table[TIES] / 0.8) + 1 * (table[DRONES] / 0.4)
    found = sobol.analyze(problem, outcome.to_numpy(), calc_second_order=False, seed=1)
    assert found["S1"] == pytest.approx([0.9, 0.1], abs=0.02)
    assert found["ST"] == pytest.approx([0.9, 0.1], abs=0.02)


def test_morris_points_are_in_the_order_of_salib(plan: Plan) -> None:
    """A linear outcome: every elementary effect is the slope over the whole range."""
    table = design(replace(plan, sampler="morris", points=6))
    assert len(table) == 6 * 3
    outcome = 3 * (table[TIES] / 0.8) - 1 * (table[DRONES] / 0.4)
    points = table[[TIES, DRONES]].to_numpy()
    found = morris.analyze(space_of(plan).problem, points, outcome.to_numpy(), seed=1)
    assert np.asarray(found["mu"]) == pytest.approx([3, -1])
    assert np.asarray(found["sigma"]) == pytest.approx([0, 0], abs=1e-9)

"""What the package gives can be pickled and copied, and goes through Mesa's pool and others."""

import copy
import importlib
import inspect
import multiprocessing
import pickle
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pandas as pd
import pytest

from realpolitik.sim import EscalationModel, compare, load_scenario, load_study, simulate, sweep
from realpolitik.sim.experiments.run_folder import read_run, write_run
from realpolitik.sim.scenario.loading import read_scenario
from realpolitik.sim.scenario.schema import Scenario
from tests.experiments.small import small_plan
from tests.quarrel import TEXT

Through = Callable[[Any], Any]

WAYS: dict[str, Through] = {
    "pickle": lambda thing: pickle.loads(pickle.dumps(thing)),
    "pickle_2": lambda thing: pickle.loads(pickle.dumps(thing, 2)),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "cloudpickle": lambda thing: pickle.loads(importlib.import_module("cloudpickle").dumps(thing)),
    "dill": lambda thing: importlib.import_module("dill").copy(thing),
}


@pytest.fixture(params=WAYS)
def through(request: pytest.FixtureRequest) -> Through:
    """A way by which a thing becomes another like it."""
    if request.param in {"cloudpickle", "dill"}:
        pytest.importorskip(request.param)
    return WAYS[request.param]


@pytest.fixture(scope="module")
def quarrel() -> Scenario:
    """A short scenario with a variant."""
    return read_scenario(TEXT + "variants: {long: {weeks: 4}}\n", "quarrel.yaml")


def same(one: Any, other: Any) -> bool:
    """Whether two things hold the same, tables and arrays among them."""
    if type(one) is not type(other):
        return False
    if isinstance(one, pd.DataFrame):
        return one.equals(other)
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if isinstance(one, dict):
        return [*one] == [*other] and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if hasattr(one, "__dataclass_fields__"):
        return same(vars(one), vars(other))
    return bool(one == other)


def test_a_scenario_comes_through_whole(quarrel: Scenario, through: Through) -> None:
    again = through(quarrel)
    assert again == quarrel
    assert (again.name, again.variants) == ("quarrel", ("long",))
    assert again.model_fields_set == quarrel.model_fields_set
    assert simulate(again, 5, 1).runs.equals(simulate(quarrel, 5, 1).runs)


def test_a_result_comes_through_whole(quarrel: Scenario, through: Through) -> None:
    result = simulate(quarrel, 5, 1)
    again = through(result)
    for table in ("runs", "weeks", "events", "acts"):
        assert getattr(again, table).equals(getattr(result, table))
    assert same(again, result)


def test_a_run_comes_through_whole(quarrel: Scenario, through: Through, tmp_path: Path) -> None:
    run = read_run(write_run(simulate(quarrel, 5, 1), tmp_path))
    assert same(through(run), run)


def test_a_study_and_its_plan_come_through_whole(through: Through, tmp_path: Path) -> None:
    plan = small_plan(points=2, worlds=5)
    study = sweep(plan, tmp_path / "small")
    assert same(through(plan), plan)
    assert same(through(study), study)
    shipped = load_study("ties_and_dependence")
    assert same(through(shipped), shipped)


def test_a_comparison_comes_through_whole(through: Through) -> None:
    found = compare(["no_shock", "haniyeh_2024"], worlds=3, seed=1)
    assert same(through(found), found)


@pytest.mark.parametrize("weeks", [0, 2])
def test_a_model_goes_on_as_it_would_have(quarrel: Scenario, weeks: int) -> None:
    model = EscalationModel(load_scenario("haniyeh_2024"), 7, rng=3)
    for _ in range(weeks):
        model.step()
    others = [WAYS[way](model) for way in ("pickle", "deepcopy")]
    model.run()
    for other in others:
        other.run()
        assert other is not model
        for name in model.spec.outcomes:
            np.testing.assert_array_equal(other.outcome(name), model.outcome(name))
        assert [*other.actors[0].contributions()] == [*model.actors[0].contributions()]


def test_a_pool_of_processes_takes_scenarios(quarrel: Scenario) -> None:
    alone = simulate(quarrel, 20, 1).runs
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        found = pool.map(partial(simulate, worlds=20, seed=1), [quarrel, quarrel])
    assert all(one.runs.equals(alone) for one in found)


def test_batch_run_takes_several_processes(quarrel: Scenario) -> None:
    if not hasattr(mesa, "batch_run"):
        pytest.skip("Mesa 4 has no batch_run")
    takes_rng = "rng" in inspect.signature(mesa.batch_run).parameters
    seeds: dict[str, Any] = {"rng": [1, 2]}
    rows = mesa.batch_run(
        EscalationModel,
        parameters={"scenario": [quarrel], **({} if takes_rng else seeds)},
        number_processes=2,
        display_progress=False,
        **(seeds if takes_rng else {}),
    )
    expected = [EscalationModel(quarrel, rng=seed).run().outcome("height")[0] for seed in (1, 2)]
    assert sorted(row["height"] for row in rows) == sorted(expected)
    assert all(row["scenario"] == quarrel for row in rows)

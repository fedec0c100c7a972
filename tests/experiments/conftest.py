"""Small studies that are there already."""

from pathlib import Path

import pytest

from realpolitik.sim.analysis.study import sweep
from realpolitik.sim.experiments.plan import Plan, Vary
from realpolitik.sim.scenario.schema import Scenario
from tests.experiments.small import DRONES, PLAN, TIES, page, small_plan


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study, in one go and in this process; only to be looked at."""
    path = tmp_path_factory.mktemp("fresh") / "small"
    sweep(PLAN, path, render=page)
    return path


@pytest.fixture
def done(tmp_path: Path) -> Path:
    """A small study that a test may spoil."""
    sweep(small_plan(worlds=30), tmp_path / "done", render=page)
    return tmp_path / "done"


@pytest.fixture
def plan(haniyeh: Scenario) -> Plan:
    """A grid of two addresses."""
    return Plan(
        name="x",
        title="A title",
        question="A question?",
        scenario=haniyeh,
        called="haniyeh_2024",
        vary=(Vary(TIES, 0.0, 0.8), Vary(DRONES, 0.1, 0.5)),
        sampler="grid",
        points=3,
        worlds=10,
        seed=4,
        outcomes=("strike_on_israel",),
    )

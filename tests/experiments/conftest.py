"""Small studies that are there already."""

from pathlib import Path

import pytest

from realpolitik.sim.analysis.study import sweep
from tests.experiments.small import PLAN, page, small_plan


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

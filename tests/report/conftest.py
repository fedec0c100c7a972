"""Made-up runs."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from realpolitik.sim.report.run.page import read_run
from realpolitik.sim.report.run.records import Run

HERE = Path(__file__).parent


def module_at(path: Path) -> ModuleType:
    """A helper module loaded by path: there are no packages under tests/."""
    name = f"realpolitik_tests_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(str(path))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def samples() -> ModuleType:
    """The helper module that makes up runs."""
    return module_at(HERE / "sample.py")


@pytest.fixture
def sample(samples: ModuleType) -> Any:
    """A run that a test may spoil."""
    return samples.sample()


@pytest.fixture
def run(sample: Any) -> Run:
    """The same run as the report reads it."""
    return read_run(*sample.arguments())

"""Small episodes."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def small() -> ModuleType:
    """The helper module of small episodes, loaded by path: there are no packages under tests/."""
    path = Path(__file__).with_name("episodes.py")
    spec = importlib.util.spec_from_file_location("realpolitik_tests_episodes", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module

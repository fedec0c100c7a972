"""What many tests need: the shipped scenarios, read once."""

import pytest

from realpolitik.sim import load_scenario
from realpolitik.sim.scenario.schema import Scenario


@pytest.fixture(scope="session")
def haniyeh() -> Scenario:
    """The main scenario."""
    return load_scenario("haniyeh_2024")


@pytest.fixture(scope="session")
def no_shock() -> Scenario:
    """The same actors with nothing set in motion."""
    return load_scenario("no_shock")

"""A scenario that takes a moment, and what many tests of explanations need."""

import pytest

from realpolitik.sim.scenario.loading import read_scenario
from realpolitik.sim.scenario.schema import Scenario
from tests.quarrel import TEXT

DEAL = "deals:\n  - {id: usa_russia, actor: RUS, rival: USA, toward: IRN}\n"
QUARREL = (
    TEXT.replace("weeks: 3", "weeks: 5")
    .replace("three", "five")
    .replace(
        "outcomes:", "deals:\n  - {id: usa_russia, actor: RUS, rival: USA, toward: IRN}\noutcomes:"
    )
    + "  arms: {measure: act, action: offensive_arms, by: RUS, target: IRN}\n"
)


@pytest.fixture(scope="session")
def quarrel() -> Scenario:
    """Four states in five weeks."""
    return read_scenario(QUARREL, "quarrel.yaml")

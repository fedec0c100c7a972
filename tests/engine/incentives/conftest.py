"""What a change of the state adds to the utility of acts."""

import pytest

from realpolitik.sim import EscalationModel
from realpolitik.sim.scenario.schema import Scenario
from tests.engine.incentives.changes import Contribute, contributions_by


@pytest.fixture
def contributions(haniyeh: Scenario) -> Contribute:
    """What an incentive adds to each act, of all actors of the main scenario."""
    return contributions_by(EscalationModel(haniyeh, rng=0))

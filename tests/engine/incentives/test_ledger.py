"""The stakes of an actor, gathered line by line."""

import numpy as np
import pytest

from realpolitik.sim import EscalationModel
from realpolitik.sim.scenario.schema import Scenario

WORLDS = 16


@pytest.fixture
def model(haniyeh: Scenario) -> EscalationModel:
    """A model with four weeks behind it, in which a weight differs between worlds."""
    weights = np.linspace(0.2, 0.5, WORLDS)
    model = EscalationModel(haniyeh, WORLDS, rng=3, parameters={"RUS.israel_ties": weights})
    for _ in range(4):
        model.step()
    return model


def test_the_lines_give_what_the_incentives_contribute_one_by_one(model: EscalationModel) -> None:
    for actor in model.actors:
        alone = sum(actor.contributions().values())
        assert np.abs(actor.ledger.utility(model.world) - alone).max() < 1e-12, actor.code


def test_precision_multiplies_the_utility_of_its_world(model: EscalationModel) -> None:
    precision = np.linspace(5, 15, WORLDS)
    for actor in model.actors:
        sharp = actor.ledger.utility(model.world, precision)
        plain = actor.ledger.utility(model.world)
        assert sharp == pytest.approx(plain * precision[:, None], abs=1e-12), actor.code


def test_there_is_a_line_for_each_thing_at_stake(model: EscalationModel) -> None:
    for actor in model.actors:
        lines = sum(one.features for one in actor.bound)
        assert actor.ledger.loadings.shape == (len(actor.options), lines), actor.code

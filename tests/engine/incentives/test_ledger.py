"""The stakes of an actor, gathered line by line."""

import numpy as np

from realpolitik.sim import EscalationModel
from realpolitik.sim.engine.incentives.base import ONE, Reading
from realpolitik.sim.scenario.schema import Scenario


def test_lines_by_loadings_are_what_the_incentives_contribute_one_by_one(
    haniyeh: Scenario,
) -> None:
    model = EscalationModel(haniyeh, 16, rng=3)
    for _ in range(4):
        model.step()
    for actor in model.actors:
        lines = actor.ledger.gather(model.world)
        assert lines.shape == (16, len(actor.ledger.loadings)), actor.code
        assert (lines[:, -1] == 1).all(), actor.code
        alone = sum(actor.contributions().values())
        assert np.abs(lines @ actor.ledger.loadings - alone).max() < 1e-12, actor.code


def test_what_several_incentives_read_at_one_place_stands_once(haniyeh: Scenario) -> None:
    shared = 0
    for actor in EscalationModel(haniyeh, 1, rng=3).actors:
        stakes = [one.stakes for one in actor.bound]
        read = [entry for one in stakes if isinstance(one, Reading) for entry in one.entries]
        computed = [one.features for one in actor.bound if not isinstance(one.stakes, Reading)]
        lines = len(set(read) - {ONE}) + sum(computed) + 1
        assert len(actor.ledger.loadings) == lines, actor.code
        shared += len(read) - len(set(read))
    assert shared > 0

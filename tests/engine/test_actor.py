"""How an actor weighs its options."""

from dataclasses import replace

import numpy as np

from realpolitik.sim import EscalationModel
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary


def test_with_all_base_rates_on_hold_nothing_is_done(haniyeh: Scenario) -> None:
    model = EscalationModel(haniyeh, 32, rng=0)
    for actor in model.actors:
        hold = np.array([a.action == "hold" for a in actor.options.actions()], dtype=float)
        actor.options = replace(actor.options, base_rate=hold)
    model.run()
    assert model.history.deeds.sum() == 0


def test_doubling_all_weights_and_halving_precision_changes_no_choice(haniyeh: Scenario) -> None:
    """In the first week, that is: later what a tie is worth also carries advice."""
    weights = {
        p.address: 2 * p.default
        for code in haniyeh.actors
        for p in vocabulary().actors[code].parameters()
        if not p.parts
    }
    plain = EscalationModel(haniyeh, 256, rng=1)
    doubled = haniyeh.with_parameters(weights | {"world.precision": 5.0})
    scaled = EscalationModel(doubled, 256, rng=1, bounded=False)
    for model in (plain, scaled):
        model.apply_shocks()
        model.agents.do("choose")
    for one, other in zip(plain.actors, scaled.actors, strict=True):
        assert np.allclose(other.utility(), 2 * one.utility(), atol=1e-12)
        assert np.array_equal(one.chosen, other.chosen)

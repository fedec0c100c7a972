"""How an actor weighs its options."""

import numpy as np

from realpolitik.sim import EscalationModel
from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.incentives import LegalBar, PendingDelivery
from realpolitik.sim.engine.parameters import Weight
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary


def test_with_all_base_rates_at_nothing_nothing_is_done(haniyeh: Scenario) -> None:
    idle = haniyeh.with_parameters({f"action.{name}.base_rate": 0.0 for name in NAMED})
    model = EscalationModel(idle, 32, rng=0, bounded=False).run()
    assert model.history.deeds.sum() == 0


def test_doubling_all_weights_and_halving_precision_changes_no_choice(haniyeh: Scenario) -> None:
    """In the first week, that is: later what a tie is worth also carries advice.

    And without offsets, which are utilities that no weight moves.
    """
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
        for actor in model.actors:
            actor.prior = actor.options.base_rate
        model.apply_shocks()
        model.agents.do("choose")
    for one, other in zip(plain.actors, scaled.actors, strict=True):
        assert np.allclose(other.utility(), 2 * one.utility(), atol=1e-12)
        assert np.array_equal(one.chosen, other.chosen)


def test_an_incentive_of_its_own_takes_the_place_of_the_common_one() -> None:
    own = PendingDelivery(weight=Weight(0.5, 0.0, 1.0))

    class Merchant(StateActor):
        """Keeps its deliveries."""

        incentives = (own, LegalBar(weight=Weight(0.5, 0.0, 1.0)))

    names = [incentive.name for incentive in Merchant.all_incentives()]
    common = ["momentum", "reaction", "war_weariness", "overture", "cost_of_acting"]
    assert names == ["pending_delivery", "legal_bar", *common]
    assert Merchant.all_incentives()[0] is own

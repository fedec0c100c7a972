"""How an actor weighs its options."""

import numpy as np
import pytest

from realpolitik.sim import EscalationModel
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.incentives import LegalBar, PendingDelivery
from realpolitik.sim.engine.parameters import Weight
from realpolitik.sim.engine.rates import Habits
from realpolitik.sim.engine.roles import Roles
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary


def test_where_nothing_is_ever_done_nothing_happens(
    haniyeh: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Habits, "rate", lambda *_: 0.0)
    model = EscalationModel(haniyeh, 32, rng=0).run()
    assert model.history.deeds.sum() == 0
    assert not model.outcome("strike_on_israel").any()


def test_doubling_all_weights_and_halving_precision_changes_no_choice(
    haniyeh: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the first week, that is: later what a tie is worth also carries advice."""
    weights = {
        p.address: 2 * p.default
        for code in haniyeh.actors
        for p in vocabulary().actors[code].parameters()
        if not p.parts
    }
    plain = EscalationModel(haniyeh, 256, rng=1)
    offset = Habits.offset
    monkeypatch.setattr(Habits, "offset", lambda *of: 2 * offset(*of))
    doubled = haniyeh.with_parameters(weights | {"world.precision": 5.0})
    scaled = EscalationModel(doubled, 256, rng=1, bounded=False)
    for model in (plain, scaled):
        model.apply_shocks()
        model.agents.do("choose")
    for one, other in zip(plain.actors, scaled.actors, strict=True):
        assert np.allclose(other.utility(), 2 * one.utility(), atol=1e-12)
        assert np.array_equal(one.chosen, other.chosen)


class Patron(StateActor):
    """Has a client."""

    roles = Roles(clients=("CLI",))


class Merchant(Patron):
    """Keeps its deliveries, for reasons of its own."""

    incentives = (PendingDelivery(weight=Weight(0.5, 0.0, 1.0)), LegalBar(weight=Weight(0.5, 0, 1)))


@pytest.mark.parametrize(
    ("actor", "declared"),
    [
        (StateActor, []),
        (Patron, ["pending_delivery"]),
        (Merchant, ["pending_delivery", "legal_bar"]),
    ],
)
def test_what_all_actors_share_comes_after_what_one_declares_and_each_thing_once(
    actor: type[StateActor], declared: list[str]
) -> None:
    names = [incentive.name for incentive in actor.all_incentives()]
    common = ["momentum", "reaction", "war_weariness", "overture", "cost_of_acting"]
    assert names == [*declared, *common]


def test_taking_an_actor_away_leaves_the_draws_of_all_others_alone(haniyeh: Scenario) -> None:
    rest = tuple(code for code in haniyeh.actors if code != "SAU")
    bare = haniyeh.model_copy(update={"shocks": (), "deals": (), "outcomes": {}})
    whole = EscalationModel(bare, 64, rng=3)
    fewer = EscalationModel(bare.model_copy(update={"actors": rest}), 64, rng=3)
    drawn: list[dict[tuple[str, ...], bytes]] = []
    for model in (whole, fewer):
        model.apply_shocks()
        drawn.append(
            {
                name: row.tobytes()
                for actor in model.actors
                for name, row in zip(actor.addresses, model.draw_rows(actor.addresses), strict=True)
            }
        )
    assert drawn[1].items() <= drawn[0].items()
    assert all("SAU" in name for name in drawn[0].keys() - drawn[1].keys())

"""How an actor weighs its options."""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from realpolitik.sim import EscalationModel
from realpolitik.sim.engine.actions import NAMED
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
        for p in vocabulary().weights_of(code)
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


def chosen_in_first_week(scenario: Scenario) -> EscalationModel:
    """A thousand worlds in which all have chosen for the first time."""
    model = EscalationModel(scenario, 1024, rng=6)
    model.apply_shocks()
    model.agents.do("choose")
    return model


def said(model: EscalationModel, actor: str, target: str) -> dict[str, NDArray[np.bool_]]:
    """In which worlds an actor says what about another: word → (W,)."""
    one = next(agent for agent in model.actors if agent.code == actor)
    words = [
        n for n, (*_, aim, name) in enumerate(one.addresses) if aim == target and name in NAMED
    ]
    return {
        one.addresses[group][-1]: one.chosen[:, group] != one.options.holds[group]
        for group in words
    }


def test_in_public_much_may_be_said_in_a_week_and_each_word_whatever_else_is(
    haniyeh: Scenario,
) -> None:
    words = said(chosen_in_first_week(haniyeh), "RUS", "USA")
    for one, other in combinations(["support", "denounce", "threaten"], 2):
        both = np.mean(words[one] & words[other])
        assert both > 0
        apart = np.mean(words[one]) * np.mean(words[other])
        assert both == pytest.approx(apart, abs=4 * 0.25 / np.sqrt(1024))


def test_how_often_one_thing_is_said_bears_on_no_other(haniyeh: Scenario) -> None:
    usual = said(chosen_in_first_week(haniyeh), "RUS", "USA")
    fewer = haniyeh.with_parameters({"rate.RUS-USA.denounce": 0.7})
    changed = said(chosen_in_first_week(fewer), "RUS", "USA")
    assert changed["denounce"].sum() < usual["denounce"].sum()
    for word in usual.keys() - {"denounce"}:
        assert np.array_equal(changed[word], usual[word])


def test_beyond_public_words_one_does_at_most_one_thing_a_week_on_a_track(
    haniyeh: Scenario,
) -> None:
    model = chosen_in_first_week(haniyeh)
    model.agents.do("act")
    words, *others = model.deeds.tracks()
    rows = np.stack([words.world, words.actor, words.target])
    assert np.unique(rows, axis=1).shape[1] < len(words)
    assert np.unique([*rows, words.action], axis=1).shape[1] == len(words)
    for deeds in others:
        rows = np.stack([deeds.world, deeds.actor, deeds.target])
        assert np.unique(rows, axis=1).shape[1] == len(deeds)

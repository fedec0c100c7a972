"""Every number that can be set matters: at the ends of its range, histories differ."""

from functools import cache

import numpy as np

from realpolitik.sim import EscalationModel, load_scenario
from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.engine.shocks import ArmsDelivery, Election, SetQuantity
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.offenders import each

NUMBERS = [p for p in vocabulary().parameters.values() if p.low < p.high]
WORLDS = 64


@cache
def busy() -> Scenario:
    """The main scenario, the killing in week 6, and more: an embargo, an early election, two deals.

    Deliveries wait, and there is fighting where there was none, with ways out of it.
    """
    scenario = load_scenario("haniyeh_2024")
    killing = scenario.shocks[0].model_copy(update={"date": None, "week": 6})
    europe = Deal(id="europe_russia", actor="RUS", rival="EUR", toward="IRN")
    embargo = SetQuantity(kind="set", id="ban", week=8, quantity="embargo", of="IRN", value=1)
    deliveries = [
        ArmsDelivery(kind="arms_delivery", id=f"{by}_{to}", week=4, by=by, to=to)
        for by, to in (("USA", "UKR"), ("EUR", "UKR"), ("ISR", "UKR"), ("IRN", "RUS"))
    ]
    fighting = [
        SetQuantity(kind="set", id=f"{quantity}_{of}", week=10, quantity=quantity, of=of, **more)
        for of, toward in (("EUR", "RUS"), ("RUS", "EUR"), ("SAU", "HOU"))
        for quantity, more in (
            ("rung", {"toward": toward, "value": 7.0}),
            ("overture", {"toward": toward, "value": 1.0}),
            ("mediation", {"value": 1.0}),
            ("stock", {"value": 0.0}),
        )
    ]
    election = Election(
        kind="election", id="vote", week=2, of="USA", challenger_wins=0.5, inaugurated_after_weeks=1
    )
    shocks = (killing, *scenario.shocks[1:4], embargo, election, *deliveries, *fighting)
    lively = {
        "action.major_strike.base_rate": 0.012,
        "action.offensive_arms.base_rate": 0.02,
        "world.accident_rate": 0.03,
    }
    changes = {"shocks": shocks, "deals": (*scenario.deals, europe)}
    return scenario.model_copy(update=changes).with_parameters(lively)


def model_with(address: str, value: float) -> EscalationModel:
    """The busy worlds with one number changed, before their first week."""
    return EscalationModel(busy().with_parameters({address: value}), WORLDS, rng=1)


def differ(one: EscalationModel, other: EscalationModel) -> bool:
    """Whether deeds, deaths or rungs are not the same by now: what somebody has done."""
    pairs = (
        (one.history.first, other.history.first),
        (one.world.casualties, other.world.casualties),
        (one.history.rung, other.history.rung),
    )
    return any(not np.array_equal(mine, theirs) for mine, theirs in pairs)


@each("parameter", NUMBERS)
def test_it_moves_something(parameter: Parameter) -> None:
    low, high = (model_with(parameter.address, end) for end in (parameter.low, parameter.high))
    while low.running and not differ(low, high):
        low.step()
        high.step()
    assert differ(low, high)

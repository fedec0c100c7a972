"""Every number that can be set matters: at the ends of its range, histories differ."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim import EscalationModel, load_scenario
from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.engine.shocks import ArmsDelivery, Election, SetQuantity
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.offenders import each

Done = NDArray[Any]

NUMBERS = [p for p in vocabulary().parameters.values() if p.low < p.high]
WORLDS = 64
TOGETHER = BLOCK // (2 * WORLDS)
BATCHES = -(-len(NUMBERS) // TOGETHER)


@cache
def busy() -> Scenario:
    """The main scenario, the killing in week 6, and more: an embargo, an early election, two deals.

    Deliveries wait, some stand ready, there is fighting where there was none, with ways out, and
    isolation is felt.
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
        for of, toward in (("EUR", "RUS"), ("RUS", "EUR"), ("SAU", "HOU"), ("USA", "HOU"))
        for quantity, more in (
            ("rung", {"toward": toward, "value": 7.0}),
            ("overture", {"toward": toward, "value": 1.0}),
            ("mediation", {"value": 1.0}),
            ("stock", {"value": 0.0}),
        )
    ]
    ready = [
        SetQuantity(
            kind="set",
            id=f"{of}_ready",
            week=2,
            quantity="readiness",
            of=of,
            toward=toward,
            value=1,
        )
        for of, toward in (("SAU", "HOU"), ("HOU", "SAU"))
    ]
    election = Election(
        kind="election", id="vote", week=2, of="USA", challenger_wins=0.5, inaugurated_after_weeks=1
    )
    shocks = (
        killing,
        *scenario.shocks[1:4],
        embargo,
        election,
        *deliveries,
        *ready,
        *fighting,
    )
    lively = {
        "action.covert_strike.base_rate": 0.02,
        "action.limited_strike.base_rate": 0.04,
        "action.major_strike.base_rate": 0.012,
        "action.offensive_arms.base_rate": 0.02,
        "world.accident_rate": 0.03,
        "RUS.israel_ties.capital": 0.1,
        "UKR.domestic_pressure": 0.1,
    }
    changes = {"shocks": shocks, "deals": (*scenario.deals, europe)}
    return scenario.model_copy(update=changes).with_parameters(lively)


def done(model: EscalationModel) -> list[Done]:
    """What somebody has done by now: deeds, deaths and how far it went, one row a world."""
    return [model.history.first, model.world.casualties, model.history.rung]


def differ(one: Iterable[Done], other: Iterable[Done]) -> bool:
    """Whether not the same was done."""
    return any(not np.array_equal(mine, theirs) for mine, theirs in zip(one, other, strict=True))


# Neighbours go into different batches: set in the same one, a part would hide its whole.
@each("numbers", [NUMBERS[first::BATCHES] for first in range(BATCHES)])
def test_they_move_something(numbers: list[Parameter]) -> None:
    model = side_by_side(numbers)
    while model.running and without_effect(numbers, model):
        model.step()
    assert without_effect(numbers, model) == []


def side_by_side(numbers: list[Parameter]) -> EscalationModel:
    """The busy worlds twice for each number, at the low end of its range and then at the high."""
    usual = [busy().settings.get(one.address, one.default) for one in numbers]
    settings = np.repeat(np.array(usual)[:, None], 2 * len(numbers), axis=1)
    for number, one in enumerate(numbers):
        settings[number, 2 * number : 2 * number + 2] = one.low, one.high
    rows = np.repeat(settings, WORLDS, axis=1)
    given = {one.address: row for one, row in zip(numbers, rows, strict=True)}
    return EscalationModel(busy(), WORLDS, rng=1, parameters=given, copies=2 * len(numbers))


def without_effect(numbers: list[Parameter], model: EscalationModel) -> list[str]:
    """Addresses of the numbers at whose ends the same was done."""
    by_setting = [*zip(*(np.split(one, 2 * len(numbers)) for one in done(model)), strict=True)]
    pairs = zip(numbers, by_setting[::2], by_setting[1::2], strict=True)
    return [one.address for one, low, high in pairs if not differ(low, high)]

"""Variations of the main scenario with every kind of shock, dated and on a condition."""

from collections.abc import Iterator
from typing import Any

from realpolitik.sim.scenario.schema import Scenario
from tests.reference.variations import Vary, rates, with_shocks

Fields = dict[str, Any]


def of_kinds(**kinds: list[Fields]) -> dict[str, Vary]:
    """One variation for each kind: its shocks in weeks 2, 4 and so on, by id `KIND-1` …"""
    return {kind: dated(kind, shocks) for kind, shocks in kinds.items()}


def dated(kind: str, shocks: list[Fields]) -> Vary:
    """The scenario with these shocks of a kind, one every other week."""
    fields = [
        {"id": f"{kind}-{number}", "kind": kind, "week": 2 * number} | shock
        for number, shock in enumerate(shocks, start=1)
    ]
    return lambda spec: with_shocks(spec, *fields)


def on_condition(*shocks: Fields, **parameters: float) -> Vary:
    """The scenario with shocks that wait for an outcome, by id `when-1` …"""
    fields = [{"id": f"when-{number}"} | shock for number, shock in enumerate(shocks, start=1)]
    return lambda spec: with_shocks(spec.with_parameters(parameters), *fields)


def jolt(outcome: str, **when: Any) -> Fields:
    """A shift that shows everywhere, when an outcome stands as said."""
    change = {"kind": "shift", "quantity": "hostility", "of": "SAU", "toward": "IRN", "value": 0.2}
    return change | {"when": {"outcome": outcome} | when}


KINDS = of_kinds(
    arms_delivery=[
        {"by": "RUS", "to": "IRN", "status": "offered"},
        {"by": "RUS", "to": "IRN", "status": "delivered", "arms": "defensive"},
        {"by": "RUS", "to": "HOU", "status": "cancelled"},
        {"by": "USA", "to": "SAU", "status": "delivered"},
        {"by": "IRN", "to": "HEZ", "status": "delivered", "arms": "offensive"},
        {"by": "IRN", "to": "HEZ", "status": "pending", "probability": 0.5},
    ],
    embargo=[
        {"target": "IRN"},
        {"target": "HOU", "in_force": True, "probability": 0.5},
        {"target": "IRN", "in_force": False},
    ],
    casualties=[
        {"target": "ISR", "deaths": 300, "blamed": "IRN", "pressure": 0.95},
        {"target": "SAU", "deaths": 12},
        {"target": "IRN", "deaths": 0, "blamed": "ISR", "pressure": 0.0},
    ],
    new_leader=[
        {"of": "ISR"},
        {"of": "USA", "rapport": 0.6, "administration": 1},
        {"of": "RUS", "rapport": 0.2, "administration": 0.5, "probability": 0.5},
    ],
    insult=[
        {"by": "USA", "at": "RUS", "openness": -0.4},
        {"by": "RUS", "at": "ISR", "hostility": 0.9, "rapport": -1},
        {"by": "RUS", "at": "USA", "hostility": 0, "rapport": 0.4, "openness": 1},
    ],
    sanctions=[
        {"by": "USA", "target": "RUS"},
        {"by": "ISR", "target": "RUS", "isolation": 0.5, "hostility": 0.3, "probability": 0.5},
        {"by": "USA", "target": "IRN", "isolation": -1, "hostility": -0.5},
    ],
    deal_offered=[
        {"deal": "usa_russia"},
        {"deal": "usa_russia", "openness": -1},
        {"deal": "usa_russia", "openness": 0.9, "probability": 0.5},
    ],
    relations_changed=[
        {"by": "RUS", "toward": "ISR", "rapport": 0.9, "channel": 0},
        {"by": "USA", "toward": "RUS", "channel": 0.7},
        {"by": "ISR", "toward": "RUS", "rapport": 0, "probability": 0.5},
        {"by": "SAU", "toward": "IRN"},
    ],
)

BRISK = rates(limited_strike=0.15, offensive_arms=0.02) | {"world.readiness_persistence": 1.0}

CONDITIONS: dict[str, Vary] = {
    "a strike": on_condition(jolt("strike_on_israel"), **BRISK),
    "a strike, later": on_condition(jolt("strike_on_israel", delay_weeks=4), **BRISK),
    "a strike, sooner than said": on_condition(
        jolt("strike_on_israel", delay_weeks=20), **BRISK, **{"shock.when-1.delay_weeks": 2}
    ),
    "a strike, perhaps": on_condition(
        jolt("strike_on_israel") | {"probability": 0.5},
        jolt("strike_on_israel", delay_weeks=2) | {"probability": 0.9},
        **BRISK,
    ),
    "help of grade 5": on_condition(
        jolt("russian_help_to_iran", at_least=5, delay_weeks=2), **BRISK
    ),
    "little help": on_condition(jolt("russian_help_to_iran", at_most=0.5)),
    "words behind deeds": on_condition(
        jolt("say_do_gap", at_most=-0.05, delay_weeks=3), **{"rate.RUS-IRN.denounce": 0.9}
    ),
    "a late strike": on_condition(jolt("weeks_to_strike", at_least=2), **BRISK),
    "an early strike": on_condition(jolt("weeks_to_strike", at_most=6), **BRISK),
    "a strike that never comes": on_condition(
        jolt("weeks_to_strike", at_least=0),
        jolt("weeks_to_strike", at_most=500),
        **rates(limited_strike=0, major_strike=0),
    ),
    "a high rung": on_condition(jolt("highest_rung", at_least=5.0)),
    "beyond the horizon": on_condition(jolt("highest_rung", at_least=1, delay_weeks=520)),
    "an early election": on_condition(
        {
            "kind": "election",
            "of": "USA",
            "challenger_wins": 0.9,
            "probability": 0.9,
            "inaugurated_after_weeks": 3,
            "when": {"outcome": "strike_on_israel", "delay_weeks": 2},
        },
        **BRISK,
    ),
    "one shock after another": on_condition(
        jolt("israeli_civilian_deaths", at_least=40, delay_weeks=2),
        {
            "kind": "casualties",
            "target": "ISR",
            "deaths": 40,
            "when": {"outcome": "strike_on_israel"},
        },
        **BRISK,
    ),
}

# Conditions that no world meets within the horizon.
NEVER_MET = {"a strike that never comes", "beyond the horizon"}


def deaths_that_answer_deaths(spec: Scenario) -> Scenario:
    """A shock whose condition another shock of the week before has met."""
    return with_shocks(
        spec,
        {"id": "first", "kind": "casualties", "week": 3, "target": "ISR", "deaths": 50_000},
        {"id": "when-1"} | jolt("israeli_civilian_deaths", at_least=50_000),
    )


def conditional_ids(spec: Scenario) -> Iterator[str]:
    """Ids of the shocks that wait for an outcome."""
    return (shock.id for shock in spec.shocks if shock.when is not None)

"""Variations of the main scenario, in which rare things happen."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel

from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

Vary = Callable[[Scenario], Scenario]

# ── Every measure for every pair ─────────────────────────────────────────────────────


def with_all_outcomes(spec: Scenario) -> Scenario:
    """The scenario with every measure, of every pair where it is of one, beside its own."""
    measures = vocabulary().measures
    every = {
        " ".join((kind, *fields.values())): measures[kind](measure=kind, **fields)
        for kind, fields in all_measures(spec)
    }
    return spec.model_copy(update={"outcomes": {**spec.outcomes, **every}})


def all_measures(spec: Scenario) -> Iterator[tuple[str, dict[str, str]]]:
    """Kind and fields of every measure."""
    for kind in ("full_scale_war", "great_power_clash", "regional_war", "third_party_entry"):
        yield kind, {}
    for kind in ("highest_rung", "weeks_to_deescalation", "weeks_to_end_of_war"):
        yield kind, {}
    for code in spec.actors:
        yield "civilian_deaths", {"target": code}
    for deal in spec.deals:
        yield "deals", {"deal": deal.id}
    for by, on in itertools.permutations(spec.actors, 2):
        for kind in ("direct_strike", "major_strike", "weeks_to"):
            yield kind, {"by": by, "target": on}
        for kind in ("public_alignment", "material_alignment", "say_do_gap"):
            yield kind, {"by": by, "toward": on}
        yield "help_grade", {"by": by, "to": on}
        for action in ("offensive_arms", "de_escalate", "mediate"):
            yield "act", {"action": action, "by": by, "target": on}
        yield "weeks_to", {"action": "withhold", "by": by, "target": on}


# ── Changes


def rates(**actions: float) -> dict[str, float]:
    """Parameters for base rates."""
    return {f"action.{action}.base_rate": rate for action, rate in actions.items()}


def between(one: str, other: str, **acts: float) -> dict[str, float]:
    """Parameters for the rates of a pair, both ways."""
    return {
        f"rate.{dyad}.{act}": rate
        for act, rate in acts.items()
        for dyad in (f"{one}-{other}", f"{other}-{one}")
    }


def without(spec: Scenario, code: str) -> Scenario:
    """The scenario without an actor, and without what names it other than as a client of a deal."""
    deals = tuple(deal for deal in spec.deals if code not in (deal.actor, deal.rival))
    gone = {code, *(deal.id for deal in spec.deals if deal not in deals)}
    return spec.model_copy(
        update={
            "actors": tuple(actor for actor in spec.actors if actor != code),
            "shocks": tuple(shock for shock in spec.shocks if not gone & mentions(shock)),
            "deals": deals,
            "outcomes": {n: m for n, m in spec.outcomes.items() if not gone & mentions(m)},
        }
    )


def mentions(declared: BaseModel) -> set[str]:
    """Texts in the fields of a shock or a measure."""
    return {value for value in declared.model_dump().values() if isinstance(value, str)}


def with_deals(spec: Scenario, *deals: dict[str, Any]) -> Scenario:
    """The scenario with other deals on the table."""
    table = tuple(Deal(**deal) for deal in deals)
    kept = {name: m for name, m in spec.outcomes.items() if m.measure != "deals"}
    return spec.model_copy(update={"deals": table, "outcomes": kept})


def with_shocks(spec: Scenario, *shocks: dict[str, Any]) -> Scenario:
    """The scenario with further shocks."""
    kinds = vocabulary().shocks
    extra = tuple(kinds[shock["kind"]](**shock) for shock in shocks)
    return spec.model_copy(update={"shocks": (*spec.shocks, *extra)})


def with_initial(spec: Scenario, **initial: dict[str, float]) -> Scenario:
    """The scenario with other values at the start."""
    return spec.model_copy(update={"initial": initial})


def ready(spec: Scenario) -> Scenario:
    """The scenario with everyone prepared to strike from the start."""
    dyads = itertools.permutations(spec.actors, 2)
    return with_initial(spec, readiness={f"{one}-{other}": 1.0 for one, other in dyads})


def shift(name: str, kind: str = "shift", **fields: Any) -> dict[str, Any]:
    """Fields of a shock that moves or sets a quantity."""
    return {"id": name, "kind": kind, **fields}


# ── Variations

VIOLENT = {"world.readiness_persistence": 1.0, "world.precision": 2.0} | rates(
    limited_strike=0.2, major_strike=0.05
)

VARIATIONS: dict[str, Vary] = {
    "embargo": lambda spec: with_initial(spec, embargo={"IRN": 1, "HOU": 0.5}).with_parameters(
        rates(offensive_arms=0.2)
    ),
    "open deal": lambda spec: with_deals(
        spec, {"id": "d", "actor": "RUS", "rival": "USA", "toward": "IRN", "openness": 1}
    ).with_parameters(rates(offer_deal=0.5, support=0.4)),
    "several deals": lambda spec: with_deals(
        spec,
        {"id": "a", "actor": "RUS", "rival": "USA", "toward": "IRN", "threat_base": 1},
        {"id": "b", "actor": "RUS", "rival": "USA", "toward": "HOU", "openness": 0.9},
        {"id": "m", "actor": "EUR", "rival": "RUS", "toward": "UKR", "compartment": 1},
    ).with_parameters(rates(offer_deal=0.3)),
    "accidents": lambda spec: spec.with_parameters({"world.accident_rate": 0.5}),
    "wars": lambda spec: ready(spec).with_parameters(VIOLENT),
    "wars that do not end": lambda spec: ready(without(spec, "USA")).with_parameters(
        VIOLENT | {"world.rung_persistence": 0.99}
    ),
    "clash of great powers": lambda spec: ready(spec).with_parameters(
        VIOLENT | rates(major_strike=0.15) | {"world.rung_persistence": 0.9}
    ),
    "after the end of a world": lambda spec: with_shocks(
        with_initial(spec, rung={"RUS<>USA": 8}),
        shift("a", kind="set", week=3, quantity="rung", of="ISR", toward="IRN", value=7),
        shift("b", kind="set", week=3, quantity="overture", of="ISR", toward="IRN", value=1),
        shift("c", kind="set", week=3, quantity="overture", of="IRN", toward="ISR", value=1),
        shift("d", week=4, quantity="affront", of="IRN", toward="ISR", value=1),
    ),
    "threats that lapse": lambda spec: spec.with_parameters(
        rates(threaten=0.3, warn=0.3) | {"world.commitment_persistence": 0.6}
    ),
    "stepping back": lambda spec: spec.with_parameters(
        rates(show_of_force=0.2, covert_strike=0.1, proxy_strike=0.1)
        | between("IRN", "ISR", de_escalate=0.4)
        | {"world.precision": 1.0}
    ),
    "generous patrons": lambda spec: spec.with_parameters(
        rates(offensive_arms=0.1, defensive_aid=0.2, share_intelligence=0.2, withhold=0.2)
        | rates(sanction=0.2, diplomatic_cover=0.3, urge_restraint=0.4)
        | {"world.sanction_step": 0.0713}  # so that no sum is the crisis level but for rounding
    ),
    "without the United States": lambda spec: without(spec, "USA"),
    "without Iran": lambda spec: without(spec, "IRN"),
    "without Israel": lambda spec: without(spec, "ISR"),
    "actors in another order": lambda spec: spec.model_copy(update={"actors": spec.actors[::-1]}),
    "truces": lambda spec: ready(without(spec, "USA")).with_parameters(
        VIOLENT
        | between("IRN", "ISR", de_escalate=0.6)
        | {"world.rung_persistence": 0.95, "world.deescalation_step": 0.5}
    ),
    "a background war that ends": lambda spec: spec.with_parameters(
        rates(de_escalate=0.6, mediate=0.2) | {"world.background_wars_end": 1}
    ),
    "mediation": lambda spec: spec.with_parameters(
        rates(mediate=0.4, propose_talks=0.4, show_of_force=0.2, de_escalate=0.1)
    ),
    "third parties": lambda spec: ready(spec).with_parameters(
        VIOLENT | {"world.alliance_pressure": 2, "world.rung_persistence": 0.95}
    ),
    "affronts that last": lambda spec: spec.with_parameters(
        {"world.affront_step": 2, "world.affront_persistence": 0.8, "world.partner_share": 1}
        | {"world.memory": 0.5, "world.hostility_noise": 0}
    ),
    "rates of pairs": lambda spec: spec.with_parameters(
        {"rate.RUS-USA.denounce": 1, "rate.RUS-USA.threaten": 0.5, "rate.IRN-ISR.denounce": 0}
        | rates(denounce=0.025, covert_strike=1, de_escalate=0)
    ),
    "challenger wins": lambda spec: with_shocks(
        spec,
        {
            "id": "early",
            "kind": "election",
            "week": 2,
            "of": "USA",
            "challenger_wins": 0.9,
            "probability": 0.9,
            "inaugurated_after_weeks": 3,
        },
    ),
    "weights of a whole and of parts": lambda spec: spec.with_parameters(
        {
            "RUS.israel_ties": 0.6,
            "RUS.israel_ties.rapport": 0.01,
            "IRN.domestic_pressure": 0.9,
            "USA.ukraine_commitment": -0.1,
            "UKR.cost_of_acting": 2.0,
            "world.precision": 5.0,
        }
    ),
    "values at the start": lambda spec: with_initial(
        spec,
        hostility={"RUS<>IRN": 0.4, "SAU-USA": 0.9},
        rung={"IRN-ISR": 7},
        stock={"IRN": 0.2},
        pressure={"UKR-RUS": 1},
        resolve={"ISR-IRN": 0.95},
        readiness={"IRN-ISR": 1, "UKR-RUS": 0.5},
        last_direct_strike={"ISR<>IRN": 2, "HEZ-ISR": 4, "RUS-USA": 30},
        affront={"IRN-ISR": 0.8, "RUS-USA": -0.5},
        overture={"HOU-USA": 1},
        mediation={"ISR": 0.6},
    ).with_parameters({"initial.hostility.IRN-ISR": 0.1, "initial.stock.HEZ": 0.05}),
    "a war of great powers in the background": lambda spec: with_initial(
        spec, rung={"RUS<>USA": 9}
    ),
    "deals that the file does not list by id": lambda spec: with_deals(
        spec,
        {"id": "z", "actor": "RUS", "rival": "USA", "toward": "IRN"},
        {"id": "a", "actor": "RUS", "rival": "USA", "toward": "HOU"},
    ).with_parameters(rates(offer_deal=0.3)),
    "big steps back from a background war": lambda spec: spec.with_parameters(
        rates(de_escalate=0.5) | {"world.deescalation_step": 3.0}
    ),
    "numbers of shocks": lambda spec: spec.with_parameters(
        {
            "shock.haniyeh_killed.week": 3,
            "shock.haniyeh_killed.pressure": 0.6,
            "shock.haniyeh_killed.affront": 0.9,
            "shock.us_posture.guard": 0.6,
            "shock.f16_for_ukraine.probability": 0.5,
            "shock.us_election.challenger_wins": 0.9,
            "shock.us_election.inaugurated_after_weeks": 2,
        }
    ),
    "quantities set and shifted": lambda spec: with_shocks(
        spec,
        shift("a", week=1, quantity="hostility", of="RUS", toward="ISR", value=0.9),
        shift("b", week=3, quantity="hostility", of="IRN", toward="ISR", value=-1.0),
        shift("c", week=3, quantity="rung", of="SAU", toward="HOU", value=5, probability=0.5),
        shift("d", week=4, quantity="rung", of="RUS", toward="UKR", value=-6),
        shift("e", week=5, quantity="stock", of="IRN", value=-0.95),
        shift("f", week=6, quantity="resolve", of="IRN", toward="ISR", value=1),
        shift("g", kind="set", week=2, quantity="rung", of="UKR", toward="IRN", value=2),
        shift("h", kind="set", week=7, quantity="hostility", of="USA", toward="ISR", value=0.5),
        shift("i", kind="set", date="2024-09-18", quantity="embargo", of="IRN", value=1),
        shift("j", kind="set", date="2024-08-01", quantity="embargo", of="HOU", value=1),
    ),
}

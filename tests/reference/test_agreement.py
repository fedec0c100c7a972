"""The engine and the plain model, fed the same draws, live through the same weeks."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import mesa
import numpy as np
import pytest
from numpy.typing import NDArray
from pydantic import BaseModel

from realpolitik.sim import load_scenario
from realpolitik.sim.engine.actions import ACTIONS
from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.engine.world import NEVER, QUANTITIES
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.reference.draws import AddressedDraws
from tests.reference.plain_model import PlainModel
from tests.reference.state import Deed as PlainDeed

TOLERANCE = 1e-9
WORLDS = 32
VARIED_WORLDS = [2, 3, 4]

# Name in the engine → in the plain model.
CLOCKS = {
    "direct_week": "last_strike",
    "weeks_major": "weeks_at_major",
    "weeks_exchange": "weeks_at_exchange",
}

Deed = tuple[int, str, str, str]  # week, actor, target, action
Vary = Callable[[Scenario], Scenario]


# ── Both models on the same draws ────────────────────────────────────────────────────


@dataclass(frozen=True)
class EngineRun:
    """What the engine did: state after each week, deeds, outcomes."""

    model: EscalationModel
    seed: int
    block: int
    weeks: list[dict[str, NDArray[Any]]]
    deeds: list[list[Deed]]  # one list a world

    def outcomes(self, world: int) -> dict[str, float | None]:
        """Outcomes of one world; None for what never came."""
        values = {name: self.model.outcome(name)[world] for name in self.model.spec.outcomes}
        return {name: None if np.isnan(value) else float(value) for name, value in values.items()}


def run_engine(spec: Scenario, seed: int, block: int = 0) -> EngineRun:
    """The first worlds of a block, week by week."""
    model = EscalationModel(spec, worlds=WORLDS, rng=seed, block=block)
    run = EngineRun(model, seed, block, [], [[] for _ in range(WORLDS)])
    for _ in range(spec.weeks):
        model.step()
        names = (*QUANTITIES, "baseline", "openness", *CLOCKS)
        run.weeks.append({name: getattr(model.world, name).copy() for name in names})
        note_deeds(model, run.deeds)
    return run


def note_deeds(model: EscalationModel, deeds: list[list[Deed]]) -> None:
    """Adds the deeds of the week to those of each world."""
    week, codes = model.deeds.everything(), model.world.codes
    for world, actor, target, action in zip(
        week.world, week.actor, week.target, week.action, strict=True
    ):
        deeds[world].append((model.week, codes[actor], codes[target], ACTIONS[action].action))


def run_plain(run: EngineRun, world: int) -> PlainModel:
    """The plain model on the draws of one world of the engine, which it finds for itself."""
    draw = AddressedDraws(run.seed, run.block * BLOCK + world)
    model = PlainModel(run.model.spec, draw=draw, keep_history=True)
    while model.running:
        model.step()
    return model


# ── Differences ──────────────────────────────────────────────────────────────────────


def differences(run: EngineRun, world: int) -> list[str]:
    """What differs in one world: quantities in the first week that differs, deeds, outcomes."""
    plain = run_plain(run, world)
    weeks = (
        [*week_differences(run, plain, world, week), *clock_differences(run, plain, world, week)]
        for week in range(len(run.weeks))
    )
    found = next(filter(None, weeks), [])
    found += deed_differences(run.deeds[world], plain.deeds)
    return found + list(outcome_differences(run.outcomes(world), plain))


def agree(one: float | None, other: float | None) -> bool:
    """Whether two values are the same but for rounding; None stands for what never came."""
    if one is None or other is None:
        return one is other
    return bool(abs(one - other) <= TOLERANCE)


def week_differences(run: EngineRun, plain: PlainModel, world: int, week: int) -> Iterator[str]:
    """Quantities that differ after a week."""
    engine, other, index = run.weeks[week], plain.history[week], run.model.world.index
    for name in (*QUANTITIES, "baseline"):
        for place, value in other[name].items():
            codes = place if isinstance(place, tuple) else (place,)
            expected = engine[name][(world, *(index[code] for code in codes))]
            if not agree(expected, value):
                where = ">".join(codes)
                yield f"week {week + 1}: {name} {where}: engine {expected}, plain {value}"
    for number, deal in enumerate(run.model.spec.deals):
        expected, value = engine["openness"][world, number], other["openness"][deal.id]
        if not agree(expected, value):
            yield f"week {week + 1}: openness of {deal.id}: engine {expected}, plain {value}"


def clock_differences(run: EngineRun, plain: PlainModel, world: int, week: int) -> Iterator[str]:
    """Counts of weeks that differ after a week; they are kept by dyad, whatever its direction."""
    index = run.model.world.index
    for name, plain_name in CLOCKS.items():
        for one, other in plain.pairs:
            expected = run.weeks[week][name][world, index[one], index[other]]
            default = NEVER if name == "direct_week" else 0
            value = plain.history[week][plain_name].get((one, other), default)
            if value != expected:
                yield f"week {week + 1}: {name} {one}, {other}: engine {expected}, plain {value}"


def deed_differences(engine: list[Deed], plain: list[PlainDeed]) -> list[str]:
    """Deeds that only one of the two did."""
    others = {(deed.week, deed.actor, deed.target, deed.action.action) for deed in plain}
    only_engine, only_plain = set(engine) - others, others - set(engine)
    return [f"only the engine: {deed}" for deed in sorted(only_engine)] + [
        f"only the plain model: {deed}" for deed in sorted(only_plain)
    ]


def outcome_differences(engine: Mapping[str, float | None], plain: PlainModel) -> Iterator[str]:
    """Outcomes that differ."""
    for name, expected in engine.items():
        value = plain.outcome(name)
        if not agree(expected, value):
            yield f"{name}: engine {expected}, plain {value}"


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
    for kind in ("full_scale_war", "great_power_clash", "regional_war"):
        yield kind, {}
    for kind in ("highest_rung", "weeks_to_deescalation"):
        yield kind, {}
    for code in spec.actors:
        yield "civilian_deaths", {"on": code}
    for deal in spec.deals:
        yield "deals", {"deal": deal.id}
    for by, on in itertools.permutations(spec.actors, 2):
        for kind in ("direct_strike", "major_strike", "weeks_to"):
            yield kind, {"by": by, "on": on}
        for kind in ("public_alignment", "material_alignment", "say_do_gap"):
            yield kind, {"by": by, "toward": on}
        yield "help_grade", {"by": by, "to": on}
        for action in ("offensive_arms", "de_escalate"):
            yield "act", {"action": action, "by": by, "on": on}
        yield "weeks_to", {"action": "withhold", "by": by, "on": on}


# ── Variations, for what is rare ─────────────────────────────────────────────────────


def rates(**actions: float) -> dict[str, float]:
    """Parameters for base rates."""
    return {f"action.{action}.base_rate": rate for action, rate in actions.items()}


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
    return with_initial(spec, readiness={f"{one}>{other}": 1.0 for one, other in dyads})


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
    "threats that lapse": lambda spec: spec.with_parameters(
        rates(threaten=0.3, warn=0.3) | {"world.commitment_persistence": 0.6}
    ),
    "stepping back": lambda spec: spec.with_parameters(
        rates(de_escalate=0.4, show_of_force=0.2, covert_strike=0.1, proxy_strike=0.1)
        | {"world.precision": 1.0}
    ),
    "generous patrons": lambda spec: spec.with_parameters(
        rates(offensive_arms=0.1, defensive_aid=0.2, share_intelligence=0.2, withhold=0.2)
        | rates(sanction=0.2, diplomatic_cover=0.3, urge_restraint=0.4)
    ),
    "without the United States": lambda spec: without(spec, "USA"),
    "without Iran": lambda spec: without(spec, "IRN"),
    "without Israel": lambda spec: without(spec, "ISR"),
    "actors in another order": lambda spec: spec.model_copy(update={"actors": spec.actors[::-1]}),
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
        hostility={"RUS<>IRN": 0.4, "SAU>USA": 0.9},
        rung={"IRN>ISR": 7},
        stock={"IRN": 0.2},
        pressure={"UKR>RUS": 1},
        resolve={"ISR>IRN": 0.95},
    ).with_parameters({"initial.hostility.IRN>ISR": 0.1, "initial.stock.HEZ": 0.05}),
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

RARE = [
    ("wars", "regional_war"),
    ("wars that do not end", "full_scale_war"),
    ("wars that do not end", "major_strike ISR IRN"),
    ("wars that do not end", "civilian_deaths ISR"),
    ("clash of great powers", "great_power_clash"),
    ("open deal", "deals d"),
    ("several deals", "deals m"),
    ("stepping back", "act de_escalate IRN ISR"),
    ("without Israel", "weeks_to_deescalation"),
    ("generous patrons", "act offensive_arms RUS IRN"),
    ("generous patrons", "weeks_to withhold RUS IRN"),
    ("a war of great powers in the background", "great_power_clash"),
]


def shift(name: str, kind: str = "shift", **fields: Any) -> dict[str, Any]:
    """Fields of a shock that moves or sets a quantity."""
    return {"id": name, "kind": kind, **fields}


# ── Tests ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", [0, 1, 2024])
@pytest.mark.parametrize("name", ["haniyeh_2024", "no_shock"])
def test_both_models_live_through_the_same_weeks(name: str, seed: int) -> None:
    run = run_engine(load_scenario(name), seed)
    for world in (0, 7, 31):
        assert differences(run, world) == []


def test_worlds_beyond_the_first_block_agree_too(haniyeh: Scenario) -> None:
    assert differences(run_engine(haniyeh, seed=5, block=2), world=3) == []


@cache
def run_variation(name: str) -> EngineRun:
    """The engine on a variation of the main scenario, with every measure."""
    spec = VARIATIONS[name](load_scenario("haniyeh_2024"))
    return run_engine(with_all_outcomes(spec), seed=11)


@pytest.mark.parametrize("name", VARIATIONS)
def test_both_models_agree_where_rare_things_happen(name: str) -> None:
    for world in VARIED_WORLDS:
        assert differences(run_variation(name), world) == []


@pytest.mark.parametrize(("name", "outcome"), RARE)
def test_rare_things_happen_in_the_worlds_compared(name: str, outcome: str) -> None:
    values = run_variation(name).model.outcome(outcome)
    assert np.nan_to_num(values[VARIED_WORLDS]).max() > 0


@pytest.mark.parametrize("model", [EscalationModel, PlainModel])
def test_base_rates_that_leave_nothing_for_hold_are_refused(
    model: type[mesa.Model], haniyeh: Scenario
) -> None:
    spec = haniyeh.with_parameters(rates(support=0.5, denounce=0.5, threaten=0.2))
    with pytest.raises(ValueError, match="exceed 1"):
        model(spec, rng=0)

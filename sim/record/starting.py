"""Loads scenarios for use: one that starts from a record starts where its replay ends.

The weeks are seen with the ordinary scenario, but with the actors and parameters of this one.
Nothing of the record is kept but the state: what was done in its last weeks is not remembered.
"""

import datetime
from collections.abc import Mapping
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from realpolitik.sim.engine.world import QUANTITIES, SYMMETRIC
from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.record import ORDINARY
from realpolitik.sim.scenario import loading
from realpolitik.sim.scenario.errors import Fault, ScenarioError
from realpolitik.sim.scenario.schema import Scenario, StartingRecord
from realpolitik.sim.scenario.vocabulary import places, starting_address, vocabulary

if TYPE_CHECKING:
    from realpolitik.sim.engine.world import World
    from realpolitik.sim.record.weekly import Record

Initial = dict[str, dict[str, float]]
"""Values at the start, as `Scenario.initial` has them."""


def load_scenario(path_or_name: str | Path | Scenario) -> Scenario:
    """The scenario in a file, or the shipped one of that name (`haniyeh_2024`).

    `haniyeh_2024#no_aid` and `FILE#no_aid` are the variant `no_aid` of it. A scenario that is
    loaded already is given back. Where one starts from a record, the numbers that its replay ends
    with stand under `initial`.

    Raises:
        ScenarioError: there is none, or something in it is wrong; it holds all faults.
        TypeError: it is neither a name nor a path.
    """
    scenario = loading.load_scenario(path_or_name)
    named = scenario.starts_from
    if named is None:
        return scenario
    world = _replayed(_seen_with(scenario), named)
    start = _merged(_state(world), scenario.initial)
    return scenario.model_copy(update={"starts_from": None, "initial": start})


def _seen_with(scenario: Scenario) -> Scenario:
    """What the weeks of its record are seen with: ordinary weeks, its actors and its parameters."""
    ordinary, actors = loading.load_scenario(ORDINARY), {*scenario.actors}
    initial = {
        name: {key: value for key, value in values.items() if actors.issuperset(places(key)[0])}
        for name, values in ordinary.initial.items()
    }
    deals = (one for one in ordinary.deals if actors >= {one.actor, one.rival, one.toward})
    return ordinary.model_copy(
        update={
            "name": scenario.name,
            "actors": scenario.actors,
            "parameters": _parameters(scenario),
            "initial": initial,
            "deals": tuple(deals),
            "outcomes": {},
        }
    )


def _parameters(scenario: Scenario) -> dict[str, float]:
    """Its own parameters but those of its shocks and of its start, which bear on no week before."""
    known, starting = vocabulary().parameters, _starting_addresses()
    return {
        address: value
        for address, value in scenario.settings.items()
        if address in known and address not in starting
    }


def _starting_addresses() -> frozenset[str]:
    """The addresses of the quantities at the start that a table has."""
    return frozenset(value.parameter.address for value in vocabulary().start_values)


# ── The replay ───────────────────────────────────────────────────────────────────────


def _replayed(scenario: Scenario, named: StartingRecord) -> "World":
    """The state after the last week of a record.

    Raises:
        ScenarioError: the record cannot be read, or has not enough weeks.
    """
    from realpolitik.sim.record.replay import Replay, spells_of, told_acts

    record = _record(scenario, named)
    *_, last = spells_of(record)
    _refuse_short(last, named)
    model = Replay(scenario, last, told=told_acts(scenario, record))
    for _ in model.rows:
        model.apply_shocks()
        model.take()
    return model.world


def _record(scenario: Scenario, named: StartingRecord) -> "Record":
    """The weeks until the day."""
    from realpolitik.sim.record.record_files import read_record

    try:
        record = read_record([Path(named.path)], scenario)
    except RecordError as error:
        raise ScenarioError([Fault(named.place, " ".join(error.lines))]) from None
    except OSError as error:
        problem = f"{named.path} cannot be read: {error.strerror}"
        raise ScenarioError([Fault(named.place, problem)]) from None
    kept = record.between(None, named.until)
    if not kept.weeks:
        first, last = record.weeks[0], record.weeks[-1] + datetime.timedelta(days=6)
        problem = f"{named.path} has no week that begins by {named.until}"
        raise ScenarioError([Fault(named.until_place, problem, f"a day from {first} to {last}")])
    return kept


def _refuse_short(spell: "Record", named: StartingRecord) -> None:
    from realpolitik.sim.record.replay import LEAD

    number = len(spell.weeks)
    if number <= LEAD:
        problem = f"the last weeks on end of {named.path} are {number}, from {spell.weeks[0]} on"
        wanted = f"at least {LEAD + 1}, as the first {LEAD} fill what is remembered"
        raise ScenarioError([Fault(named.until_place, problem, wanted)])


# ── What it ends with ────────────────────────────────────────────────────────────────


def _state(world: "World") -> Initial:
    """The settable quantities; only those that a table has or that are not the default."""
    in_table = _starting_addresses()
    state: Initial = {}
    for name, quantity in QUANTITIES.items():
        values = np.clip(getattr(world, name)[0], quantity.low, quantity.high)
        for place in permutations(world.index, values.ndim) if quantity.settable else ():
            value = float(values[tuple(world.index[code] for code in place)])
            if value != quantity.default or starting_address(name, place) in in_table:
                state.setdefault(name, {})["-".join(place)] = value
    return state


def _merged(state: Initial, given: Mapping[str, Mapping[str, float]]) -> Initial:
    """The state with what is given in its place, both ways where a quantity has but one value."""
    merged = {name: dict(values) for name, values in state.items()}
    for name, values in given.items():
        own = merged.setdefault(name, {})
        for key, value in values.items():
            for place in places(key):
                for one in {place, place[::-1]} if name in SYMMETRIC else {place}:
                    own["-".join(one)] = value
    return merged

"""What an actor is called changes nothing but the address of its draws."""

import dataclasses
from typing import Any

import numpy as np
import pytest

from realpolitik.sim import EscalationModel
from realpolitik.sim import model as model_module
from realpolitik.sim.engine import streams
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import Vocabulary, vocabulary

CODES = tuple(vocabulary().actors)
TURNED = dict(zip(CODES, reversed([f"X{code}" for code in CODES]), strict=True))


def relabelled(thing: Any) -> Any:
    """The same with every code of an actor replaced, however deep it stands."""
    if isinstance(thing, str):
        return TURNED.get(thing, thing)
    if isinstance(thing, tuple | frozenset | list):
        return type(thing)(relabelled(item) for item in thing)
    if isinstance(thing, dict):
        return {_key(key): relabelled(item) for key, item in thing.items()}
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        names = [field.name for field in dataclasses.fields(thing) if field.init]
        return type(thing)(**{name: relabelled(getattr(thing, name)) for name in names})
    return thing


def _key(key: str) -> str:
    """A key that may be an address: RUS.israel_ties, initial.flow.USA-UKR."""
    parts = ["-".join(TURNED.get(one, one) for one in word.split("-")) for word in key.split(".")]
    return ".".join(parts)


def relabelled_actor(actor: type[StateActor]) -> type[StateActor]:
    """The class of an actor under its new code."""
    changes = {name: relabelled(getattr(actor, name)) for name in ("roles", "incentives")}
    return type(actor.__name__, (StateActor,), vars(actor) | changes | {"code": TURNED[actor.code]})


def relabelled_vocabulary() -> Vocabulary:
    """All actors under new codes, the values they start with, their rates and estimates."""
    words = vocabulary()
    starts = tuple(
        dataclasses.replace(start, place=relabelled(start.place), parameter=_moved(start.parameter))
        for start in words.start_values
    )
    rates = {
        _key(address): dataclasses.replace(
            rate, pair=relabelled(rate.pair), parameter=_moved(rate.parameter)
        )
        for address, rate in words.rates.items()
    }
    actors = {TURNED[code]: relabelled_actor(actor) for code, actor in words.actors.items()}
    estimates = {_key(address): _moved(weight) for address, weight in words.estimates.items()}
    return dataclasses.replace(
        words, actors=actors, start_values=starts, rates=rates, estimates=estimates
    )


def _moved(parameter: Parameter) -> Parameter:
    """The parameter under the address that it has with the new codes."""
    return dataclasses.replace(parameter, address=_key(parameter.address))


def relabelled_scenario(scenario: Scenario) -> Scenario:
    """The scenario under new codes."""
    changes: dict[str, Any] = {
        "actors": relabelled(scenario.actors),
        "shocks": tuple(_model(shock) for shock in scenario.shocks),
        "deals": tuple(_model(deal) for deal in scenario.deals),
        "outcomes": {name: _model(one) for name, one in scenario.outcomes.items()},
    }
    return scenario.model_copy(update=changes)


def _model(thing: Any) -> Any:
    """A shock, deal or measure under new codes; ids and labels stay."""
    kept = {"id", "label", "note", "kind", "measure", "action"}
    values = {k: v if k in kept else relabelled(v) for k, v in thing.__dict__.items()}
    return thing.model_copy(update=values)


def old_names(name: tuple[str, ...]) -> tuple[str, ...]:
    """The name of a stream under the old codes."""
    back = {new: old for old, new in TURNED.items()}
    words = tuple(back.get(word, word) for word in name)
    return (words[0], *sorted(words[1:])) if words[0] == "accident" else words


def test_actors_under_other_names_live_the_same_histories(
    haniyeh: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = EscalationModel(haniyeh, 64, rng=9).run()
    words, key = relabelled_vocabulary(), streams.spawn_key
    monkeypatch.setattr(model_module, "vocabulary", lambda: words)
    monkeypatch.setattr(streams, "spawn_key", lambda block, name: key(block, old_names(name)))
    turned = EscalationModel(relabelled_scenario(haniyeh), 64, rng=9).run()
    assert turned.codes != tuple(TURNED[code] for code in plain.codes)  # another order of the axes
    for name in haniyeh.outcomes:
        assert np.allclose(plain.outcome(name), turned.outcome(name), equal_nan=True), name
    order = [turned.world.index[TURNED[code]] for code in plain.codes]
    assert np.allclose(plain.world.hostility, turned.world.hostility[:, order][:, :, order])

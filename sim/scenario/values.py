"""Checks numbers against their ranges: parameters, and values at the start."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, get_args, get_origin

import numpy as np
from numpy.typing import ArrayLike
from pydantic import BaseModel

from realpolitik.sim.engine.actions import NAMED, NameOf, address_of
from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.engine.measures import Measure
from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.engine.rates import rate_address
from realpolitik.sim.engine.shocks import SetQuantity, When
from realpolitik.sim.engine.shocks.base import FAMILY
from realpolitik.sim.engine.world import Array
from realpolitik.sim.scenario.arguments import numbers_given, told
from realpolitik.sim.scenario.errors import (
    Fault,
    Place,
    ScenarioError,
    is_between,
    number,
    number_between,
    one_of,
    quoted,
    refusal,
    unknown,
)
from realpolitik.sim.scenario.nodes import (
    ListNode,
    MapEntry,
    MapNode,
    Node,
    ScalarNode,
    child,
    entries_of,
    items_of,
    number_of,
    text_of,
)
from realpolitik.sim.scenario.schema import Aftermath, Episode, Expectation, Lever, Scenario
from realpolitik.sim.scenario.vocabulary import (
    BETWEEN,
    BOTH_WAYS,
    Vocabulary,
    places,
    starting_address,
    vocabulary,
    vocabulary_of,
)

# ── What a file mentions ─────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Item:
    """A shock or its condition, a deal, a lever, an outcome and the like as it is written.

    `model` is what it is to become.
    """

    node: Node
    model: type[BaseModel]

    def get(self, key: str) -> Node | None:
        """What it says under the key."""
        return child(self.node, key)


@dataclass(frozen=True)
class Mention:
    """A name in a field of that key, and what kind of name it should be."""

    kind: str
    name: str
    key: str
    place: Place


def items_in(tree: Node, words: Vocabulary) -> Iterator[Item]:
    """The mappings of a file of which it is clear what they are to become."""
    for node in items_of(child(tree, "shocks")):
        kind = words.shocks.get(text_of(child(node, "kind")) or "")
        if kind:
            yield Item(node, kind)
        when = child(node, "when")
        if when:
            yield Item(when, When)
    for part, model in (("deals", Deal), ("levers", Lever), ("expects", Expectation)):
        for node in items_of(child(tree, part)):
            yield Item(node, model)
    if (episode := child(tree, "episode")) is not None:
        yield Item(episode, Episode)
    if (aftermath := child(tree, "aftermath")) is not None:
        yield Item(aftermath, Aftermath)
    for entry in entries_of(child(tree, "outcomes")).values():
        measure = words.measures.get(text_of(child(entry.node, "measure")) or "")
        if measure:
            yield Item(entry.node, measure)


def mentions(node: Node, model: type[BaseModel]) -> Iterator[Mention]:
    """The names in a mapping that is to become `model`."""
    marks = _marks(model)
    for key, entry in entries_of(node).items():
        if key in marks:
            kind, besides = marks[key]
            for text, place in _texts(entry.node):
                if text not in besides:
                    yield Mention(kind, text, key, place)


@cache
def _marks(model: type[BaseModel]) -> dict[str, tuple[str, frozenset[str]]]:
    """Field → the kind of name it holds, and the words it may hold besides."""
    marks = {}
    for key, field in model.model_fields.items():
        found = list(_unfolded((field.annotation, *field.metadata)))
        kinds = [one.kind for one in found if isinstance(one, NameOf)]
        if kinds:
            marks[key] = (kinds[0], frozenset(one for one in found if isinstance(one, str)))
    return marks


def _unfolded(annotations: tuple[Any, ...]) -> Iterator[Any]:
    """The marks and the literal words in annotations, however deep inside unions and tuples."""
    for one in annotations:
        if isinstance(one, NameOf):
            yield one
        elif get_origin(one) is Literal:
            yield from get_args(one)
        else:
            yield from _unfolded(get_args(one))


def _texts(node: Node) -> Iterator[tuple[str, Place]]:
    """The texts of a field, be it one or a list of them."""
    if isinstance(node, ListNode):
        for item in node.items:
            yield from _texts(item)
    else:
        text = text_of(node)
        if text is not None:
            yield text, node.place


# ── Values ───────────────────────────────────────────────────────────────────────────


OF_A_SHOCK = "shock.ID.FIELD, of a shock that each scenario has which is run"
CUT_OFF = "a shell takes what comes after a bare '>' for the name of a file"
# Address → value, place of the address, place of the value.
Given = Mapping[str, tuple[float, Place, Place]]


def check_parameters(
    parameters: Mapping[str, float], where: str = "--set", scenarios: Iterable[Scenario] = ()
) -> list[Fault]:
    """The faults of parameters that are given beside files; without one, none of its shocks'.

    Each is placed as it was typed: `--set RUS.israel_ties=7: …`.
    """
    given = {}
    for address, value in parameters.items():
        place = Place(f"{where} {address}={number(value)}")
        given[address] = (value, place, place)
    several = list(map(vocabulary_of, scenarios)) or [vocabulary()]
    faults = (fault for words in several for fault in faults_of_parameters(given, words))
    return list({(fault.place, fault.problem): fault for fault in faults}.values())


def refuse_beyond(scenario: Scenario, where: str = "parameters") -> None:
    """Makes sure of a scenario, which may have been made in Python, that a file could say the same.

    Raises:
        ScenarioError: it sets what does not exist, or to a value out of the declared range.
    """
    faults = check_parameters(scenario.settings, where, [scenario])
    start = _mapping(
        {
            quantity: _mapping(
                {
                    key: ScalarNode(Place(f"initial {quantity} {key}"), value)
                    for key, value in values.items()
                },
                f"initial {quantity}",
            )
            for quantity, values in scenario.initial.items()
        },
        "initial",
    )
    faults += start_in_range(_mapping({"initial": start}, ""), vocabulary())
    if faults:
        raise ScenarioError(faults)


def one_each(values: Mapping[str, ArrayLike] | None, rows: int) -> dict[str, Array]:
    """Address → a number a row, (rows,), of numbers and of sequences of numbers.

    Raises:
        TypeError: it is no mapping, or a value is no number or sequence of numbers.
        ValueError: a sequence has another length, or a number is not finite.
    """
    if values is not None and not isinstance(values, Mapping):
        raise TypeError(f"parameters is {told(values)}; expected addresses with numbers")
    given = {}
    for address, value in (values or {}).items():
        row = numbers_given(value, str(address))
        if row.shape not in ((), (rows,)):
            raise ValueError(
                f"{address} has the shape {row.shape}; expected {rows} numbers, or one"
            )
        if not np.isfinite(row).all():
            raise ValueError(f"{address} has a number that is not finite")
        given[address_of(str(address))] = np.broadcast_to(row, rows)
    return given


def refuse_arrays_beyond(
    given: Mapping[str, Array], scenario: Scenario, where: str = "parameters"
) -> None:
    """Makes sure of parameters that are one a world, as `refuse_beyond` does of numbers.

    Raises:
        ScenarioError: an address does not exist, or a value lies out of its declared range.
    """
    for telling in (np.min, np.max, _most_broken) if given else ():
        values = {name: float(telling(row)) for name, row in given.items()}
        if faults := check_parameters(values, where, [scenario]):
            raise ScenarioError(faults)


def _most_broken(values: Array) -> float:
    """The value that is farthest from a whole number."""
    return float(values[np.argmax(np.abs(values - np.rint(values)))])


def _mapping(nodes: Mapping[str, Node], where: str) -> MapNode:
    """A mapping that stands in no file."""
    return MapNode(Place(where), {key: MapEntry(node.place, node) for key, node in nodes.items()})


def parameters_in_range(tree: Node, words: Vocabulary) -> Iterator[Fault]:
    """Unknown addresses, and values out of their range."""
    given = {}
    for address, entry in entries_of(child(tree, "parameters")).items():
        node = child(entry.node, "value") or entry.node
        value = number_of(node)
        if value is None and address in words.parameters:
            continue  # told of as a wrong type
        given[address] = (value or 0.0, entry.key_place, node.place)
    yield from faults_of_parameters(given, words)


def faults_of_parameters(given: Given, words: Vocabulary) -> Iterator[Fault]:
    """Unknown addresses and values out of their range, among those given.

    What a shock has can be told only of a scenario: without one it is passed over.
    """
    for address, (value, address_place, value_place) in given.items():
        parameter = words.parameters.get(address_of(address))
        code = address.partition(".")[0]
        if refusal(words.actors, code):
            yield unknown(address_place, "actor", code, words.actors)
        elif parameter is not None:
            yield from beyond_range(parameter, value, value_place)
        elif code != FAMILY or words.in_scenario is not None:
            yield unknown_parameter(address_place, address, words.parameters)


def unknown_parameter(place: Place, address: str, known: Collection[str]) -> Fault:
    """The fault of an address that nothing has, also of one that a shell has cut off."""
    if address.startswith("rate.") and (fault := _fault_of_rate(place, address, known)):
        return fault
    quantity, _, code = address.removeprefix("initial.").partition(".")
    found = vocabulary().quantities.get(quantity)
    if found and found.per_dyad and BOTH_WAYS.search(code):
        ways = [starting_address(quantity, one) for one in places(code)]
        return Fault(place, f"{address} is two addresses", f"one way each: {' and '.join(ways)}")
    if not (found and found.per_dyad and code in vocabulary().actors):
        fault = unknown(place, "parameter", address, known)
        is_of_shock = address.startswith(f"{FAMILY}.")
        return replace(fault, expected=OF_A_SHOCK) if is_of_shock else fault
    problem = f"the address {address} breaks off after {code}"
    return Fault(place, problem, f"{starting_address(quantity, (code, 'CODE'))}; {CUT_OFF}")


def _fault_of_rate(place: Place, address: str, known: Collection[str]) -> Fault | None:
    """The fault of a rate both ways, or of an act that a pair does not have; None of others."""
    pair, _, action = address.removeprefix("rate.").partition(".")
    ways = [rate_address(*way, action) for way in places(pair) if len(way) == 2]
    if not ways or action not in NAMED:
        return None
    if len(ways) == 2:
        return Fault(place, f"{address} is two addresses", f"one way each: {' and '.join(ways)}")
    of_pair = ways[0].removesuffix(action)
    acts = [one.removeprefix(of_pair) for one in known if one.startswith(of_pair)]
    code, target = places(pair)[0]
    return (
        Fault(place, f"{code} has no act {action} toward {target}", one_of(acts)) if acts else None
    )


def beyond_range(parameter: Parameter, value: float, place: Place) -> Iterator[Fault]:
    """The fault of a value outside the declared range; the same wherever it is given."""
    if not is_taken(parameter, value):
        noun = "a whole number" if parameter.integral else "a number"
        wanted = number_between(*parameter.takes, noun)
        yield Fault(place, f"{parameter.address} is {number(value)}", wanted)


def is_taken(parameter: Parameter, value: float) -> bool:
    """Whether a parameter takes a value: one in its range, and a whole one if it must be."""
    least, most = parameter.takes
    is_inside = is_between(least, value, most)  # NaN is not
    return is_inside and not (parameter.integral and value != int(value))


OF_A_RECORD = ("from_events", "until")
"""Keys of `initial` that are no quantities, but name the record that a scenario starts from."""


def refuse_unreplayed(scenario: Scenario) -> None:
    """Makes sure that the record is replayed that a scenario starts from.

    Raises:
        ScenarioError: it is not, so that where the scenario starts is not known.
    """
    record = scenario.starts_from
    if record:
        problem = f"the record {record.path} is still to be replayed"
        wanted = "a scenario that realpolitik.sim.load_scenario has loaded"
        raise ScenarioError([Fault(record.place, problem, wanted)])


def start_in_range(tree: Node, words: Vocabulary) -> Iterator[Fault]:
    """Values at the start of unknown quantities, at wrong places, or out of their range."""
    for name, entry in entries_of(child(tree, "initial")).items():
        quantity = words.quantities.get(name)
        settable = {known for known, one in words.quantities.items() if one.settable}
        if quantity is None:
            yield unknown(entry.key_place, "quantity", name, settable | {*OF_A_RECORD})
        elif not quantity.settable:
            yield Fault(entry.key_place, f"{name} cannot be given a value at the start")
        else:
            for key, one in entries_of(entry.node).items():
                yield from _place_of_quantity(name, quantity.per_dyad, key, one, words)
                value = number_of(one.node)
                if value is not None and not is_between(quantity.low, value, quantity.high):
                    wanted = number_between(quantity.low, quantity.high)
                    yield Fault(one.node.place, f"{name} is {number(value)}", wanted)


def _place_of_quantity(
    name: str, per_dyad: bool, key: str, entry: MapEntry, words: Vocabulary
) -> Iterator[Fault]:
    """A key that is not an actor (`RUS`), or not a dyad (`RUS-IRN`, `RUS<>IRN`)."""
    codes = BETWEEN.split(key, maxsplit=1)
    if len(codes) != (2 if per_dyad else 1):
        wanted = "a dyad such as RUS-IRN or RUS<>IRN" if per_dyad else "one actor such as RUS"
        yield Fault(entry.key_place, f"{name} is given for {quoted(key)}", wanted)
        return
    for code in codes:
        if code not in words.actors:
            yield unknown(entry.key_place, "actor", code, words.actors)
    if per_dyad and codes[0] == codes[1]:
        problem = f"{name} is given for {quoted(key)}"
        yield Fault(entry.key_place, problem, "two different actors")


def set_values_in_range(tree: Node, words: Vocabulary) -> Iterator[Fault]:
    """Values that a quantity cannot be set to."""
    for item in items_in(tree, words):
        quantity = words.quantities.get(text_of(item.get("quantity")) or "")
        node = item.get("value")
        value = number_of(node)
        if not issubclass(item.model, SetQuantity) or not quantity or not node or value is None:
            continue
        if not is_between(quantity.low, value, quantity.high):
            wanted = number_between(quantity.low, quantity.high)
            yield Fault(node.place, f"{quantity.name} is set to {number(value)}", wanted)


def base_rates_fit(tree: Node, words: Vocabulary) -> Iterator[Fault]:
    """Base rates in another unit than the measure they stand beside."""
    for item in items_in(tree, words):
        node = item.get("base_rate")
        rate = words.base_rates.get(text_of(node) or "")
        if node and rate and issubclass(item.model, Measure) and rate.unit != item.model.scale:
            said = text_of(item.get("measure"))
            problem = f"the base rate {rate.id} is a number of unit {rate.unit!r}"
            yield Fault(node.place, problem, f"{item.model.scale!r}, as {said} gives")

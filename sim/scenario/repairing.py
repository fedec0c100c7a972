"""A scenario under the keys that were meant, before its types and names are checked."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from itertools import permutations
from typing import Any, get_args

from pydantic import BaseModel

from realpolitik.sim.engine.shocks import When
from realpolitik.sim.scenario.battery import BATTERY
from realpolitik.sim.scenario.characters import oddity
from realpolitik.sim.scenario.errors import Fault, nearest, quoted, unknown
from realpolitik.sim.scenario.messages import CALLED, KEPT, MODELS, SPEAKING, keys_of
from realpolitik.sim.scenario.nodes import (
    ListNode,
    MapEntry,
    MapNode,
    Node,
    NotFiniteError,
    ScalarNode,
    child,
    number_in,
    resolve,
    text_of,
    whole,
)
from realpolitik.sim.scenario.schema import Aftermath, Answer, Episode, Setting
from realpolitik.sim.scenario.vocabulary import Vocabulary

# ── Keys ─────────────────────────────────────────────────────────────────────────────


COLON = re.compile(r"([^:\uff1a=]+?)\s*[:\uff1a=]\s*(.*)", re.DOTALL)


def repair_keys(
    node: MapNode, known: Collection[str], faults: list[Fault], kept: Collection[str] = ()
) -> MapNode:
    """The mapping with each entry under the key that was meant, if it is not there; else without.

    Args:
        node: As it is written.
        known: The keys that it may have.
        faults: Where the faults are put, one for each key that is not known.
        kept: Other keys that are left as they are.
    """
    entries: dict[str, MapEntry] = {}
    for key, entry in node.entries.items():
        if key in known or key in kept:
            entries[key] = entry
            continue
        glued = _glued(key, entry, known)
        fault = glued[1] if glued else unknown(entry.key_place, "key", key, known)
        faults.append(fault)
        right, value = (glued[0], glued[2]) if glued else (fault.suggestion, entry.node)
        if right and right not in node.entries and right not in entries:
            entries[right] = MapEntry(entry.key_place, value)
    return MapNode(node.place, entries)


def is_meant(key: str, right: str) -> bool:
    """Whether the key is probably that other one, perhaps with its value glued to it."""
    found = COLON.fullmatch(key)
    return bool(nearest(found[1] if found else key, [right]))


def _glued(key: str, entry: MapEntry, known: Collection[str]) -> tuple[str, Fault, Node] | None:
    """Key, fault and value where a key swallowed its value for want of a colon and a blank."""
    found = COLON.fullmatch(key)
    is_alone = isinstance(entry.node, ScalarNode) and entry.node.value is None
    if not found or not is_alone or not (right := nearest(found[1], known)):
        return None
    try:
        value = whole(resolve(found[2]))
    except NotFiniteError:
        value = found[2]
    problem = f"the key is {quoted(key)}{oddity(key)}"
    fault = Fault(entry.key_place, problem, f"a colon and a blank: '{right}: {found[2]}'")
    return right, fault, ScalarNode(entry.key_place, value)


def flattened(
    node: Node, known: Collection[str], inside: Collection[str], faults: list[Fault]
) -> Node:
    """A mapping of addresses, with those that are written as mappings in mappings as one key each.

    Args:
        node: As it is written.
        known: The addresses there are.
        inside: The keys that what belongs to an address may have.
        faults: Where the faults are put, one for each address.
    """
    if not isinstance(node, MapNode):
        return node
    entries: dict[str, MapEntry] = {}
    for key, entry in node.entries.items():
        for address, one in _addresses(key, entry, known, inside):
            if address != key and address in known:  # what is not known is told of elsewhere
                problem = f"{quoted(key)} holds a mapping"
                faults.append(Fault(one.key_place, problem, f"one key: {address}"))
            entries.setdefault(address, one)
    return MapNode(node.place, entries)


def _addresses(
    prefix: str, entry: MapEntry, known: Collection[str], inside: Collection[str]
) -> Iterator[tuple[str, MapEntry]]:
    """The addresses that keys inside one another add up to, each with what belongs to it."""
    node = entry.node
    joint = next((j for j in ".-" if any(one.startswith(prefix + j) for one in known)), "")
    is_range = isinstance(node, MapNode) and not node.entries.keys().isdisjoint(inside)
    if not joint or not isinstance(node, MapNode) or is_range:
        yield prefix, entry
        return
    further = tuple(f"{prefix}{joint}{key}" for key in node.entries)
    if prefix in known and not any(one.startswith(further) for one in known):
        yield prefix, entry
        return
    for address, one in zip(further, node.entries.values(), strict=True):
        yield from _addresses(address, one, known, inside)


# ── Repairing ────────────────────────────────────────────────────────────────────────


Kinds = Mapping[str, type[BaseModel]]


def repaired(tree: Node, words: Vocabulary) -> tuple[Node, list[Fault]]:
    """The scenario under the keys that were meant, and a fault for each that is written otherwise.

    Kinds of shock and measures that are misspelt are put right likewise.
    """
    if not isinstance(tree, MapNode):
        return tree, []
    faults: list[Fault] = []
    top = _fitted(tree, words.scenario_type, faults)
    entries = {
        key: MapEntry(entry.key_place, _part(key, entry.node, words, faults))
        for key, entry in top.entries.items()
    }
    return MapNode(top.place, entries), faults


def _part(part: str, node: Node, words: Vocabulary, faults: list[Fault]) -> Node:
    """What stands under a key of the scenario."""
    match part:
        case "shocks" | "outcomes":
            return each(node, lambda one: _speaking(part, one, words, faults))
        case "parameters":
            flat = flattened(node, words.parameters, Setting.model_fields, faults)
            return each(flat, lambda one: _fitted_or_number(one, Setting, faults))
        case "initial":
            dyads = ["-".join(pair) for pair in permutations(words.actors, 2)]
            return each(node, lambda one: each(flattened(one, dyads, (), faults), as_number))
        case "episode":
            return _fitted_or_number(node, Episode, faults)
        case "aftermath" if isinstance(node, MapNode):
            return _aftermath(node, faults)
        case _ if part in MODELS:
            return each(node, lambda one: _fitted_or_number(one, MODELS[part], faults))
        case _:
            return node


def _aftermath(node: MapNode, faults: list[Fault]) -> MapNode:
    """What followed a trigger, and in it the answers."""
    told = _fitted(node, Aftermath, faults)
    answers = child(told, "answers")
    if not isinstance(answers, MapNode):
        return told
    known = each(
        repair_keys(answers, list(BATTERY), faults),
        lambda one: _fitted_or_number(one, Answer, faults),
    )
    place = told.entries["answers"].key_place
    return MapNode(told.place, {**told.entries, "answers": MapEntry(place, known)})


def each(node: Node, change: Callable[[Node], Node]) -> Node:
    """The same with every item, or the value of every key, changed."""
    match node:
        case ListNode():
            return ListNode(node.place, tuple(change(one) for one in node.items))
        case MapNode():
            pairs = node.entries.items()
            return MapNode(
                node.place, {k: MapEntry(one.key_place, change(one.node)) for k, one in pairs}
            )
        case _:
            return node


def _speaking(part: str, node: Node, words: Vocabulary, faults: list[Fault]) -> Node:
    """A shock or an outcome, whose keys depend on what it says it is."""
    if not isinstance(node, MapNode):
        return node
    tag: str = SPEAKING[part]
    kinds: Kinds = words.shocks if part == "shocks" else words.measures
    fields = {name for model in kinds.values() for name in model.model_fields}
    node = _told(_under_its_tag(node, tag, fields, faults), part, kinds, faults)
    model = kinds.get(text_of(child(node, tag)) or "")
    if model is None:
        return node
    node = _fitted(node, model, faults)
    when = node.entries.get("when")
    if when is None:
        return node
    fitted = MapEntry(when.key_place, _fitted_or_number(when.node, When, faults))
    return MapNode(node.place, {**node.entries, "when": fitted})


def _under_its_tag(
    node: MapNode, tag: str, fields: Collection[str], faults: list[Fault]
) -> MapNode:
    """The same, with the key that says what it is; `fields` are the keys of all kinds."""
    if tag in node.entries:
        return node
    meant = [key for key in node.entries if key not in fields and is_meant(key, tag)]
    own = MapNode(node.place, {key: node.entries[key] for key in meant})
    rest = {key: entry for key, entry in node.entries.items() if key not in meant}
    return MapNode(node.place, {**repair_keys(own, [tag], faults).entries, **rest})


def _told(node: MapNode, part: str, kinds: Kinds, faults: list[Fault]) -> MapNode:
    """The same, with the kind or the measure that was meant, if all else fits that."""
    tag = SPEAKING[part]
    said, name = child(node, tag), text_of(child(node, tag))
    if said is None or not name or name in kinds or not (right := nearest(name, kinds)):
        return node
    fields = kinds[right].model_fields
    needed = {key for key, field in fields.items() if field.is_required()}
    if not needed <= node.entries.keys() <= fields.keys():
        return node  # so that a bad guess finds no fault
    faults.append(unknown(said.place, CALLED[part], name, sorted(kinds)))
    entry = MapEntry(node.entries[tag].key_place, ScalarNode(said.place, right))
    return MapNode(node.place, {**node.entries, tag: entry})


def _fitted_or_number(node: Node, model: type[BaseModel], faults: list[Fault]) -> Node:
    return _fitted(node, model, faults) if isinstance(node, MapNode) else as_number(node)


def _fitted(node: MapNode, model: type[BaseModel], faults: list[Fault]) -> MapNode:
    """A mapping under the keys of its model, with numbers where they belong."""
    keys, numeric = keys_of(model), _numeric(model)
    entries = repair_keys(node, keys, faults, KEPT).entries.items()
    return MapNode(
        node.place,
        {k: MapEntry(e.key_place, as_number(e.node)) if k in numeric else e for k, e in entries},
    )


@cache
def _numeric(model: type[BaseModel]) -> frozenset[str]:
    """The fields of a model that hold numbers only."""
    return frozenset(
        name
        for name, field in model.model_fields.items()
        if (types := set(_leaves(field.annotation))) & {int, float} and str not in types
    )


def _leaves(annotation: Any) -> Iterator[Any]:
    inside = get_args(annotation)
    if not inside:
        yield annotation
    for one in inside:
        yield from _leaves(one)


def as_number(node: Node) -> Node:
    """The node with the number that its text is; every one of a list."""
    if isinstance(node, ListNode):
        return each(node, as_number)
    number = number_in(node.value) if isinstance(node, ScalarNode) else None
    return node if number is None else ScalarNode(node.place, number)

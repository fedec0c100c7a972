"""Puts what is misspelt under the key that was meant, with one fault for each.

What is checked afterwards finds no key missing that is there, and looks at what stands under a
misspelt key too.
"""

import re
from collections.abc import Collection, Iterator

from realpolitik.sim.scenario.characters import oddity
from realpolitik.sim.scenario.errors import Fault, nearest, quoted, unknown
from realpolitik.sim.scenario.nodes import Entry, MapNode, Node, ScalarNode
from realpolitik.sim.scenario.scalars import NotFiniteError, resolve, whole

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
    entries: dict[str, Entry] = {}
    for key, entry in node.entries.items():
        if key in known or key in kept:
            entries[key] = entry
            continue
        glued = _glued(key, entry, known)
        fault = glued[1] if glued else unknown(entry.key_place, "key", key, known)
        faults.append(fault)
        right, value = (glued[0], glued[2]) if glued else (fault.suggestion, entry.node)
        if right and right not in node.entries and right not in entries:
            entries[right] = Entry(entry.key_place, value)
    return MapNode(node.place, entries)


def is_meant(key: str, right: str) -> bool:
    """Whether the key is probably that other one, perhaps with its value glued to it."""
    found = COLON.fullmatch(key)
    return bool(nearest(found[1] if found else key, [right]))


def _glued(key: str, entry: Entry, known: Collection[str]) -> tuple[str, Fault, Node] | None:
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
    entries: dict[str, Entry] = {}
    for key, entry in node.entries.items():
        for address, one in _addresses(key, entry, known, inside):
            if address != key and address in known:  # what is not known is told of elsewhere
                problem = f"{quoted(key)} holds a mapping"
                faults.append(Fault(one.key_place, problem, f"one key: {address}"))
            entries.setdefault(address, one)
    return MapNode(node.place, entries)


def _addresses(
    prefix: str, entry: Entry, known: Collection[str], inside: Collection[str]
) -> Iterator[tuple[str, Entry]]:
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

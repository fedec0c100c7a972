"""Puts one tree on top of another, so that every value keeps the place in its own file.

The rules, the same for `extends` and for `variants`:

- Mappings merge key by key, however deep. Where both say something, what is on top counts.
- `shocks` and `deals` merge by `id`: those of the base first and in its order, new ones behind.
  `{id: x, drop: true}` takes one away.
- Every other list, and every other value, is replaced.
- A key with nothing behind it (`key:`, or `key: null`) takes the base's key away: one parameter,
  one outcome, all shocks. Nothing can be taken away that is not there.
- A shock of another `kind`, and an outcome of another `measure`, is replaced whole.
- Of alternatives the base's go: a shock that is given a `week` loses its `date` or `when`.
- `expects`, `episode` and `variants` belong to their file, and are not taken over.
"""

from collections.abc import Iterator

from realpolitik.sim.scenario.errors import Fault, quoted, unknown
from realpolitik.sim.scenario.nodes import (
    Entry,
    ListNode,
    MapNode,
    Node,
    Path,
    ScalarNode,
    child,
    text_of,
)

BY_ID = {"shocks": "shock", "deals": "deal"}
NAMED = {"outcomes": "outcome", "parameters": "parameter", "initial": "entry"}
SPEAKING = {"shocks": "kind", "outcomes": "measure"}
ALTERNATIVES = (frozenset({"week", "date", "when"}), frozenset({"at_least", "at_most"}))
OWN = ("extends", "variants", "expects", "episode")


def merge(base: MapNode, top: MapNode) -> tuple[MapNode, list[Fault]]:
    """The base with the other on top, and what is wrong with the changes.

    Mappings that are in both keep the place of the base, unless something is taken from them.
    """
    faults: list[Fault] = []
    return _mappings(without(base, OWN), top, (), faults), faults


def without(tree: MapNode, keys: tuple[str, ...]) -> MapNode:
    """The mapping without some of its keys."""
    return MapNode(tree.place, {k: e for k, e in tree.entries.items() if k not in keys})


def count(node: Node) -> int:
    """How many nodes there are in a tree, itself among them."""
    match node:
        case ListNode():
            return 1 + sum(count(item) for item in node.items)
        case MapNode():
            return 1 + sum(1 + count(entry.node) for entry in node.entries.values())
        case _:
            return 1


def _merged(base: Node, top: Node, path: Path, faults: list[Fault]) -> Node:
    match base, top:
        case MapNode(), MapNode() if not _is_another(base, top, path):
            return _mappings(base, top, path, faults)
        case ListNode(), ListNode() if len(path) == 1 and path[0] in BY_ID:
            return _lists(base, top, str(path[0]), faults)
        case _:
            return top


def _is_another(base: MapNode, top: MapNode, path: Path) -> bool:
    """Whether a shock or an outcome becomes one of another sort."""
    key = SPEAKING.get(str(path[0])) if len(path) == 2 else None
    said = top.get(key) if key else None
    return said is not None and text_of(said) != text_of(base.get(str(key)))


def _mappings(base: MapNode, top: MapNode, path: Path, faults: list[Fault]) -> MapNode:
    entries = dict(_kept(base, top))
    place = base.place
    for key, entry in top.entries.items():
        before = base.entries.get(key)
        if before is None:
            wrong = list(_not_there(base, key, entry, path))
            faults += wrong
            if not wrong:
                entries[key] = entry
        elif _is_nothing(entry.node):
            entries.pop(key, None)
            place = top.place
        else:
            if len(path) == 2 and path[0] == "initial":
                entries.pop(key)  # of RUS-IRN and RUS<>IRN the one that comes later counts
            node = _merged(before.node, entry.node, (*path, key), faults)
            entries[key] = Entry(entry.key_place, node)
    return MapNode(place, entries)


def _kept(base: MapNode, top: MapNode) -> Iterator[tuple[str, Entry]]:
    """What the base says, without what the other says otherwise by another key."""
    given = {key for key, entry in top.entries.items() if not _is_nothing(entry.node)}
    for key, entry in base.entries.items():
        others = next((each for each in ALTERNATIVES if key in each), frozenset())
        if key in given or not others & given:
            yield key, entry


def _not_there(base: MapNode, key: str, entry: Entry, path: Path) -> Iterator[Fault]:
    """The fault that something is to be taken away which is not there."""
    if path and path[0] in NAMED and _is_nothing(entry.node):
        called = NAMED[str(path[0])]
        yield unknown(entry.key_place, f"{called} to take away:", key, list(base.entries))


def _lists(base: ListNode, top: ListNode, part: str, faults: list[Fault]) -> ListNode:
    items: list[Node | None] = list(base.items)
    names = [text_of(child(item, "id")) for item in base.items]
    waiting = {name: names.index(name) for name in names if name}
    for item in top.items:
        name = text_of(child(item, "id")) or ""
        at = waiting.pop(name, None)
        if _is_dropped(item):
            faults += _faults_of_drop(item, part, at is not None, [n for n in names if n])
            if at is not None:
                items[at] = None
        elif at is None:
            items.append(item)
        else:
            items[at] = _merged(base.items[at], item, (part, name), faults)
    return ListNode(top.place, tuple(item for item in items if item is not None))


def _is_dropped(item: Node) -> bool:
    drop = child(item, "drop")
    return isinstance(drop, ScalarNode) and drop.value is True


def _faults_of_drop(item: Node, part: str, is_there: bool, names: list[str]) -> Iterator[Fault]:
    """What is wrong with an item that takes one away."""
    node = child(item, "id")
    name = text_of(node)
    if node is None or name is None:
        yield Fault(item.place, "drop without an id", f"the id of a {BY_ID[part]} to take away")
    elif not is_there:
        yield unknown(node.place, f"{BY_ID[part]} to take away:", name, names)
    elif isinstance(item, MapNode) and len(item.entries) > 2:
        problem = f"{quoted(name)} is taken away and changed at once"
        yield Fault(item.place, problem, "id and drop alone")


def _is_nothing(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.value is None

"""Puts a file together: one tree on top of another, what it extends, and its variants.

The rules, the same for `extends` and for `variants`:

- Mappings merge key by key, however deep. Where both say something, what is on top counts.
- `shocks` and `deals` merge by `id`: those of the base first and in its order, new ones behind.
  `{id: x, drop: true}` takes one away.
- Every other list, and every other value, is replaced.
- A key with nothing behind it (`key:`, or `key: null`) takes the base's key away: one parameter,
  one outcome, all shocks. Nothing can be taken away that is not there.
- A shock of another `kind`, and an outcome of another `measure`, is replaced whole.
- Of alternatives the base's go: a shock that is given a `week` loses its `date` or `when`.
- `expects`, `episode`, `aftermath` and `variants` belong to their file, and are not taken over.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from realpolitik.sim.scenario.checks import NAME
from realpolitik.sim.scenario.errors import Fault, ScenarioError, quoted, unknown
from realpolitik.sim.scenario.finding import SourceFile, content_of, refer
from realpolitik.sim.scenario.messages import KEPT, keys_of
from realpolitik.sim.scenario.nodes import (
    ListNode,
    MapEntry,
    MapNode,
    Node,
    Path,
    ScalarNode,
    child,
    describe,
    entries_of,
    text_of,
)
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.repairing import repair_keys
from realpolitik.sim.scenario.vocabulary import vocabulary

# ── One tree on top of another ───────────────────────────────────────────────────────


BY_ID = {"shocks": "shock", "deals": "deal"}
NAMED = {"outcomes": "outcome", "parameters": "parameter", "initial": "entry"}
SPEAKING = {"shocks": "kind", "outcomes": "measure"}
ALTERNATIVES = (frozenset({"week", "date", "when"}), frozenset({"at_least", "at_most"}))
OWN = ("extends", "variants", "expects", "episode", "aftermath")


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
            entries[key] = MapEntry(entry.key_place, node)
    return MapNode(place, entries)


def _kept(base: MapNode, top: MapNode) -> Iterator[tuple[str, MapEntry]]:
    """What the base says, without what the other says otherwise by another key."""
    given = {key for key, entry in top.entries.items() if not _is_nothing(entry.node)}
    for key, entry in base.entries.items():
        others = next((each for each in ALTERNATIVES if key in each), frozenset())
        if key in given or not others & given:
            yield key, entry


def _not_there(base: MapNode, key: str, entry: MapEntry, path: Path) -> Iterator[Fault]:
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


# ── What a file extends ──────────────────────────────────────────────────────────────


MOST_FILES = 10
MOST_NODES = 200_000


@dataclass(frozen=True)
class Whole:
    """A file put together with those it extends: without `extends`, and with its own `variants`.

    `faults` did not keep the files from being read; `sources` says of each file where it lies.
    """

    tree: Node
    faults: tuple[Fault, ...]
    sources: Mapping[str, SourceFile]


@dataclass(frozen=True)
class _Layer:
    """One of the files."""

    source: SourceFile
    tree: Node


def read_whole(text: str | bytes, source: SourceFile) -> Whole:
    """The file of that text, on top of what it extends.

    Raises:
        ScenarioError: one of the files cannot be found, or read to its end.
    """
    tree, faults = _layer(text, source)
    layers = [_Layer(source, tree)]
    while (node := child(layers[-1].tree, "extends")) is not None:
        try:
            layer, more = _extended(layers, node)
        except ScenarioError as error:
            raise ScenarioError([*faults, *error.faults]) from None
        layers.append(layer)
        faults += more
    tree, more = _merged_files(layers)
    sources = {layer.source.where: layer.source for layer in layers}
    return Whole(tree, (*faults, *more), sources)


def _layer(text: str | bytes, source: SourceFile) -> tuple[Node, list[Fault]]:
    """The tree of one file, its own keys as they were meant, and its faults."""
    tree, faults = read_tree(text, source.where)
    keys = keys_of(vocabulary().scenario_type)
    return repair_keys(tree, keys, faults, KEPT) if isinstance(tree, MapNode) else tree, faults


def _extended(layers: list[_Layer], node: Node) -> tuple[_Layer, list[Fault]]:
    """The file that the last one extends, and its faults."""
    name = text_of(node)
    if not name:
        wanted = "the name of a shipped scenario, or a path that ends in .yaml"
        raise ScenarioError([Fault(node.place, f"extends is {describe(node)}", wanted)])
    source = refer(layers[-1].source, name, node.place)
    if isinstance(source, Fault):
        raise ScenarioError([source])
    _refuse_circle(layers, source, node)
    if len(layers) == MOST_FILES:
        problem = "one file extends another, which extends another, and so on"
        raise ScenarioError([Fault(node.place, problem, f"at most {MOST_FILES} files")])
    tree, faults = _layer(content_of(source), source)
    if not isinstance(tree, MapNode):
        problem = f"the file holds {describe(tree)}"
        raise ScenarioError([Fault(tree.place, problem, "a mapping (keys with values)")])
    return _Layer(source, tree), faults


def _refuse_circle(layers: list[_Layer], source: SourceFile, node: Node) -> None:
    passed = [layer.source.identity for layer in layers]
    if source.identity in passed:
        circle = [layer.source for layer in layers[passed.index(source.identity) :]]
        names = " > ".join(one.stem for one in (*circle, source))
        problem = f"a file extends itself: {names}"
        raise ScenarioError([Fault(node.place, problem, "files that do not go in a circle")])


def _merged_files(layers: list[_Layer]) -> tuple[Node, list[Fault]]:
    """All layers in one tree, the first on top, and the faults of the changes."""
    whole, faults = layers[-1].tree, []
    for layer in reversed(layers[:-1]):
        if isinstance(whole, MapNode) and isinstance(layer.tree, MapNode):
            merged, more = merge(whole, layer.tree)
            whole = MapNode(layer.tree.place, without(merged, ("extends",)).entries)
            faults += more
    if len(layers) > 1 and count(whole) > MOST_NODES:
        problem = "too many values together with what is extended"
        raise ScenarioError([Fault(whole.place, problem, f"at most {MOST_NODES:,}")])
    return whole, faults


# ── Variants ─────────────────────────────────────────────────────────────────────────


REFUSED = ("extends", "variants", "schema_version", "name")


def variants_of(tree: Node) -> Mapping[str, MapNode]:
    """Name → changes of each variant that is written as one."""
    entries = entries_of(child(tree, "variants")).items()
    return {name: entry.node for name, entry in entries if isinstance(entry.node, MapNode)}


def without_variants(tree: Node) -> Node:
    """The scenario as it is without any of them."""
    return without(tree, ("variants",)) if isinstance(tree, MapNode) else tree


def faults_of_variants(tree: Node) -> Iterator[Fault]:
    """What is wrong with the mapping of variants itself, beside the changes in it."""
    variants = child(tree, "variants")
    if variants is not None and not isinstance(variants, MapNode):
        problem = f"variants is {describe(variants)}"
        yield Fault(variants.place, problem, "a mapping of names to changes")
    for name, entry in entries_of(variants).items():
        if not NAME.fullmatch(name):
            problem = f"the name {quoted(name)}"
            yield Fault(entry.key_place, problem, "letters, digits, '_' and '-' only")
        if not isinstance(entry.node, MapNode):
            problem = f"the variant {quoted(name)} is {describe(entry.node)}"
            yield Fault(entry.node.place, problem, "a mapping of what is different in it")
        yield from _refused(entry.node)


def _refused(variant: Node) -> Iterator[Fault]:
    for key, entry in entries_of(variant).items():
        if key in REFUSED:
            yield Fault(entry.key_place, f"a variant cannot change {key!r}", "another key")


def apply_variant(tree: MapNode, name: str, changes: MapNode) -> tuple[MapNode, list[Fault]]:
    """The scenario with the changes of a variant, and what is wrong with them.

    Its title is its own, or that of the scenario with the name of the variant.
    """
    merged, faults = merge(tree, without(changes, REFUSED))
    title, node = text_of(child(tree, "title")), child(tree, "title")
    if node and title and "title" not in changes.entries:
        key_place = tree.entries["title"].key_place
        entry = MapEntry(key_place, ScalarNode(node.place, f"{title}: {name}"))
        merged = MapNode(merged.place, {**merged.entries, "title": entry})
    return merged, faults

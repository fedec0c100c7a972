"""Named changes on top of a scenario, in the same file."""

from collections.abc import Iterator, Mapping

from realpolitik.sim.scenario.checks import NAME
from realpolitik.sim.scenario.errors import Fault, quoted
from realpolitik.sim.scenario.merging import merge, without
from realpolitik.sim.scenario.nodes import (
    Entry,
    MapNode,
    Node,
    ScalarNode,
    child,
    describe,
    entries_of,
    text_of,
)

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
        entry = Entry(key_place, ScalarNode(node.place, f"{title}: {name}"))
        merged = MapNode(merged.place, {**merged.entries, "title": entry})
    return merged, faults

"""Checks that the scenarios are there with which expectations compare."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from realpolitik.sim.scenario.errors import MOST_FAULTS, Fault, Place, ScenarioError, unknown
from realpolitik.sim.scenario.finding import Source, content_of, refer, split_variant
from realpolitik.sim.scenario.nodes import Node, child, items_of, text_of
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.variants import variants_of


def comparisons_exist(tree: Node, sources: Mapping[str, Source]) -> Iterator[Fault]:
    """Scenarios and variants that `than` names and that are not there; none is loaded.

    `sources` says where each of the files lies that the tree is put together from. Each reference
    is looked for once, and after a hundred of them no more.
    """
    told: dict[tuple[str, str], Fault | None] = {}
    nodes = [child(one, "than") for one in items_of(child(tree, "expects"))]
    for node in nodes:
        reference = text_of(node)
        if node is None or not reference:
            continue
        source = sources.get(node.place.path, Source(node.place.path))
        key = (source.where, reference)
        if key not in told:
            told[key] = _missing(source, reference, node.place)
        fault = told[key]
        if fault:
            yield replace(fault, place=node.place)
        if len(told) > MOST_FAULTS:
            return


def _missing(source: Source, reference: str, place: Place) -> Fault | None:
    """Why there is no such scenario; None if there is."""
    name, variant = split_variant(reference)
    found = refer(source, name, place)
    if isinstance(found, Fault) or not variant:
        return found if isinstance(found, Fault) else None
    known = _variants_in(found)
    if variant in known:
        return None
    return unknown(place, f"variant of {name}:", variant, known)


def _variants_in(source: Source) -> list[str]:
    """The names of the variants in a file; none if it cannot be read."""
    try:
        tree, _ = read_tree(content_of(source), source.where)
    except ScenarioError:
        return []
    return list(variants_of(tree))

"""Reads a file with all that it extends, and puts them together into one tree."""

from collections.abc import Mapping
from dataclasses import dataclass

from realpolitik.sim.scenario.errors import Fault, ScenarioError
from realpolitik.sim.scenario.finding import Source, content_of, refer
from realpolitik.sim.scenario.keys import repair_keys
from realpolitik.sim.scenario.merging import count, merge, without
from realpolitik.sim.scenario.models import KEPT, keys_of
from realpolitik.sim.scenario.nodes import MapNode, Node, child, describe, text_of
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.vocabulary import vocabulary

MOST_FILES = 10
MOST_NODES = 200_000


@dataclass(frozen=True)
class Whole:
    """A file put together with those it extends: without `extends`, and with its own `variants`.

    `faults` did not keep the files from being read; `sources` says of each file where it lies.
    """

    tree: Node
    faults: tuple[Fault, ...]
    sources: Mapping[str, Source]


@dataclass(frozen=True)
class _Layer:
    """One of the files."""

    source: Source
    tree: Node


def read_whole(text: str | bytes, source: Source) -> Whole:
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
    tree, more = _merged(layers)
    sources = {layer.source.where: layer.source for layer in layers}
    return Whole(tree, (*faults, *more), sources)


def _layer(text: str | bytes, source: Source) -> tuple[Node, list[Fault]]:
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


def _refuse_circle(layers: list[_Layer], source: Source, node: Node) -> None:
    passed = [layer.source.identity for layer in layers]
    if source.identity in passed:
        circle = [layer.source for layer in layers[passed.index(source.identity) :]]
        names = " > ".join(one.stem for one in (*circle, source))
        problem = f"a file extends itself: {names}"
        raise ScenarioError([Fault(node.place, problem, "files that do not go in a circle")])


def _merged(layers: list[_Layer]) -> tuple[Node, list[Fault]]:
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

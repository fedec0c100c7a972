"""Finds the names that a file mentions: of actors, actions, quantities, deals and so on.

The models mark such fields with `Names`. Files are looked through as they are written, so that a
wrong name is told of even where the rest of its mapping is not right yet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.engine.names import Names
from realpolitik.sim.engine.shocks import When
from realpolitik.sim.scenario.errors import Place
from realpolitik.sim.scenario.nodes import (
    ListNode,
    Node,
    child,
    entries_of,
    items_of,
    text_of,
)
from realpolitik.sim.scenario.schema import Episode, Expectation, Lever
from realpolitik.sim.scenario.vocabulary import Vocabulary


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
        kinds = [one.kind for one in found if isinstance(one, Names)]
        if kinds:
            marks[key] = (kinds[0], frozenset(one for one in found if isinstance(one, str)))
    return marks


def _unfolded(annotations: tuple[Any, ...]) -> Iterator[Any]:
    """The marks and the literal words in annotations, however deep inside unions and tuples."""
    for one in annotations:
        if isinstance(one, Names):
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

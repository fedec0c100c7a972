"""Reads YAML, from anyone, into a tree of values that know their places.

Only the parser's events are used: nothing is ever constructed by tag. What scenario files do not
need is refused: tags, merge keys, keys that are no text, several documents, numbers that are not
finite, characters that cannot be seen. Size, depth and the number of nodes are bounded.
"""

import yaml

from realpolitik.sim.scenario.characters import end_of, find_unseen, name_unseen
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError
from realpolitik.sim.scenario.nodes import Node
from realpolitik.sim.scenario.syntax import syntax_fault
from realpolitik.sim.scenario.tree import TreeBuilder

MOST_BYTES = 1_000_000

PARSER = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader


def read_tree(text: str | bytes, path: str) -> tuple[Node, list[Fault]]:
    """The tree of a file, and the faults that did not keep it from being read.

    Raises:
        ScenarioError: it cannot be read to its end.
    """
    content = _decoded(text, path)
    _refuse_unseen(content, path)
    builder = TreeBuilder(path)
    try:
        for event in yaml.parse(content, Loader=PARSER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise ScenarioError([*builder.faults, syntax_fault(error, content, path)]) from None
    if builder.root is None:
        raise ScenarioError([Fault(Place(path, 1, 1), "the file is empty", "a scenario")])
    return builder.root, builder.faults


def _decoded(text: str | bytes, path: str) -> str:
    """The text, without the mark that some editors put in front."""
    if len(text) > MOST_BYTES:
        raise ScenarioError([Fault(Place(path), "the file is too large", "at most 1 MB")])
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        place = Place(path, *end_of(text[: error.start].decode("utf-8")))
        problem = f"the byte 0x{text[error.start]:02x} is not UTF-8"
        raise ScenarioError([Fault(place, problem)]) from None


def _refuse_unseen(text: str, path: str) -> None:
    at = find_unseen(text)
    if at is not None:
        place = Place(path, *end_of(text[:at]))
        raise ScenarioError([Fault(place, name_unseen(text[at]))])

"""Reads YAML, from anyone, into a tree of values that know their places.

Only the parser's events are used: nothing is ever constructed by tag. What scenario files do not
need is refused: tags, merge keys, keys that are no text, several documents, numbers that are not
finite, characters that cannot be seen. Size, depth and the number of nodes are bounded.
"""

import re
from dataclasses import dataclass, field
from typing import NoReturn

import yaml

from realpolitik.sim.engine.actions import address_of
from realpolitik.sim.scenario.characters import end_of, find_unseen, name_unseen, oddity
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, quoted
from realpolitik.sim.scenario.nodes import (
    ListNode,
    MapEntry,
    MapNode,
    Node,
    NotFiniteError,
    ScalarNode,
    describe,
    resolve,
    whole,
)
from realpolitik.sim.scenario.spellings import (
    TARGET,
    has_target,
    is_target,
    present,
    why_no_text,
)
from realpolitik.sim.scenario.syntax import place_of, syntax_fault

# ── Events of the parser into a tree ─────────────────────────────────────────────────


MOST_NODES = 50_000
MOST_LETTERS = 10_000  # of a text
GREATEST_DEPTH = 40
MERGE = "<<"
LED_BY_BLANK = re.compile(r"-?\s")  # YAML takes spaces and tabs away, and nothing else
DEEDS = frozenset({"outcome", "given"})  # keys under which an outcome may be written out


@dataclass(frozen=True)
class _Built:
    """A finished node: how many nodes it has and how deep it is once its aliases are expanded."""

    node: Node
    size: int = 1
    height: int = 1
    is_merge: bool = False


@dataclass
class _Open:
    """A list or mapping (keys and values in turn) that is still being read."""

    place: Place
    anchor: str | None
    is_mapping: bool
    children: list[_Built] = field(default_factory=list)

    @property
    def key(self) -> object:
        """The key of a mapping whose value is being read; None of a list."""
        is_given = self.is_mapping and len(self.children) % 2
        return getattr(self.children[-1].node, "value", None) if is_given else None


class TreeBuilder:
    """Takes events one by one; then `root` is the tree and `faults` what was wrong on the way.

    A fault after which there is no going on is raised, as a ScenarioError with all faults so far.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.root: Node | None = None
        self.faults: list[Fault] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, _Built | None] = {}
        self._nodes = 0

    def take(self, event: yaml.Event) -> None:
        """Goes on by one event."""
        match event:
            case yaml.DocumentStartEvent() if self.root is not None:
                self._give_up(self._place(event), "a second document; one file holds one scenario")
            case yaml.ScalarEvent():
                self._refuse_tag(event)
                self._finish(self._scalar(event), event.anchor)
            case yaml.AliasEvent():
                self._finish(self._aliased(event), None)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._refuse_tag(event)
                self._begin(event)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                closed = self._open.pop()
                self._finish(self._closed(closed), closed.anchor)

    def _place(self, event: yaml.Event) -> Place:
        return place_of(event.start_mark, self.path)

    def _blame(self, place: Place, problem: str, expected: str = "") -> None:
        self.faults.append(Fault(place, problem, expected))

    def _give_up(self, place: Place, problem: str, expected: str = "") -> NoReturn:
        self._blame(place, problem, expected)
        raise ScenarioError(self.faults)

    def _refuse_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            short = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._blame(self._place(event), f"the tag {quoted(short)}", "the value alone")

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        if event.anchor:
            self._anchors[event.anchor] = None
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self._open.append(_Open(self._place(event), event.anchor, is_mapping))
        if len(self._open) > GREATEST_DEPTH:
            self._too_deep(self._place(event))

    def _finish(self, built: _Built, anchor: str | None) -> None:
        """Puts a node where it belongs."""
        if anchor:
            self._anchors[anchor] = built
        if self._open:
            self._open[-1].children.append(built)
        else:
            self.root = built.node

    def _count(self, nodes: int, place: Place) -> None:
        self._nodes += nodes
        if self._nodes > MOST_NODES:
            most = f"at most {MOST_NODES:,}"
            self._give_up(place, "too many values once aliases are written out", most)

    def _too_deep(self, place: Place) -> NoReturn:
        self._give_up(place, "nested too deeply", f"at most {GREATEST_DEPTH} levels")

    def _scalar(self, event: yaml.ScalarEvent) -> _Built:
        place = self._place(event)
        self._count(1, place)
        if len(event.value) > MOST_LETTERS:
            problem = f"a text of {len(event.value):,} characters"
            self._blame(place, problem, f"at most {MOST_LETTERS:,}")
            return _Built(ScalarNode(place, event.value[:MOST_LETTERS]))
        if event.style:  # quoted, or a block: always text
            return _Built(ScalarNode(place, present(self._seen(event.value, place))))
        try:
            value = whole(resolve(event.value))
        except NotFiniteError:
            value = None
            problem = f"the number {quoted(event.value)[1:-1]} is infinite, undefined or too large"
            self._blame(place, problem, "a finite number")
        return _Built(ScalarNode(place, present(value)), is_merge=event.value == MERGE)

    def _seen(self, text: str, place: Place) -> str:
        """The text, after a look for what only an escape can bring in."""
        at = find_unseen(text)
        if at is not None:
            self._blame(place, name_unseen(text[at]))
        return text

    def _aliased(self, event: yaml.AliasEvent) -> _Built:
        place, name = self._place(event), event.anchor or ""
        if name not in self._anchors:
            self._give_up(
                place, f"the alias {quoted('*' + name)} comes before its anchor, or has none"
            )
        built = self._anchors[name]
        if built is None:
            self._give_up(place, f"the alias {quoted('*' + name)} stands inside what it stands for")
        self._count(built.size, place)
        if len(self._open) + built.height > GREATEST_DEPTH:
            self._too_deep(place)
        return built

    def _closed(self, closed: _Open) -> _Built:
        self._count(1, closed.place)
        size = 1 + sum(child.size for child in closed.children)
        height = 1 + max((child.height for child in closed.children), default=0)
        if not closed.is_mapping:
            items = tuple(child.node for child in closed.children)
            return _Built(ListNode(closed.place, items), size, height)
        pairs = list(zip(closed.children[::2], closed.children[1::2], strict=True))
        said = {getattr(k.node, "value", None): getattr(v.node, "value", None) for k, v in pairs}
        is_deed = self._is_deed(said)
        entries: dict[str, MapEntry] = {}
        for key, value in pairs:
            name = self._key(key, entries, is_deed=is_deed)
            if name is not None:
                entries[name] = MapEntry(key.node.place, value.node)
        return _Built(MapNode(closed.place, entries), size, height)

    def _is_deed(self, said: dict[object, object]) -> bool:
        """Whether a mapping that was just closed is a shock or an outcome, or a change to one."""
        kind = said.get("kind") or said.get("measure")
        if kind:
            return has_target(kind)
        above = [one.key for one in self._open[:-3:-1]]
        return above[1:] in (["outcomes"], ["shocks"]) or not DEEDS.isdisjoint(above[:1])

    def _key(self, key: _Built, so_far: dict[str, MapEntry], *, is_deed: bool) -> str | None:
        """The name of a key; None, and a fault, if it cannot be one."""
        place, name = key.node.place, getattr(key.node, "value", None)
        if is_deed and is_target(name):
            name = TARGET
        if not isinstance(name, str):
            problem = f"the key is {describe(key.node)}{why_no_text(name)}"
            self._blame(place, problem, "text, if need be in quotes")
        elif LED_BY_BLANK.match(name):
            self._give_up(place, f"no ordinary space before a key{oddity(name)}", "spaces")
        elif key.is_merge:
            self._blame(place, "merge keys ('<<') are not read", "the values written out")
        elif (name := address_of(name)) in so_far:
            first = so_far[name].key_place.line
            self._blame(
                place, f"the key {quoted(name)} stands here a second time (first in line {first})"
            )
        else:
            return name
        return None


# ── Reading ──────────────────────────────────────────────────────────────────────────


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

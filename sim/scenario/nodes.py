"""A file as a tree of values, where every value and every key knows its place.

Trees are never changed. Each node names its own file, so a tree may be put together from several.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from realpolitik.sim.scenario.characters import oddity
from realpolitik.sim.scenario.errors import LONGEST_NAME, Place, number, quoted

# ── What a word of YAML means ────────────────────────────────────────────────────────


NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
TRUTH = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
WHOLE = re.compile(r"[-+]?[0-9]+")
OCTAL = re.compile(r"0o[0-7]+")
HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
WITH_EXPONENT = re.compile(r"[-+]?[0-9]+[eE][-+]?[0-9]{1,2}")
NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")

LONGEST_NUMBER = 400
LARGEST_WHOLE = 2**63 - 1


Scalar = str | int | float | bool | None


class NotFiniteError(ValueError):
    """A number that is infinite, or none at all."""


def resolve(text: str) -> Scalar:
    """The value of an unquoted word.

    Raises:
        NotFiniteError: it stands for infinity, for NaN, or for a number too large to be held.
    """
    if text in NOTHING:
        return None
    if text in TRUTH:
        return TRUTH[text]
    if NOT_FINITE.fullmatch(text):
        raise NotFiniteError(text)
    for pattern, base in ((WHOLE, 10), (OCTAL, 8), (HEXADECIMAL, 16)):
        if pattern.fullmatch(text):
            return _whole(text, base)
    return _decimal(text) if DECIMAL.fullmatch(text) else text


def whole(value: Scalar) -> Scalar:
    """The value; a whole number that is written as 3.0 or 1e2 as a whole one."""
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST_WHOLE
    return int(value) if is_whole else value  # type: ignore[arg-type]


def number_in(value: Scalar) -> int | float | None:
    """The number that a value is, or that YAML 1.1 took for a text (`1e2`); None if it is none."""
    if isinstance(value, str) and WITH_EXPONENT.fullmatch(value):
        value = whole(resolve(value))
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _whole(text: str, base: int) -> int:
    if len(text) > LONGEST_NUMBER:
        raise NotFiniteError(text)
    value = int(text if base == 10 else text[2:], base)
    if abs(value) > LARGEST_WHOLE:
        raise NotFiniteError(text)
    return value


def _decimal(text: str) -> float:
    value = float(text) if len(text) <= LONGEST_NUMBER else math.inf
    if math.isinf(value):
        raise NotFiniteError(text)
    return value


# ── Nodes ────────────────────────────────────────────────────────────────────────────


Path = tuple[str | int, ...]
Plain = str | int | float | bool | list["Plain"] | dict[str, "Plain"] | None


@dataclass(frozen=True)
class ScalarNode:
    """A text, a number, true, false, or nothing."""

    place: Place
    value: str | int | float | bool | None


@dataclass(frozen=True)
class ListNode:
    """A list."""

    place: Place
    items: tuple["Node", ...]


@dataclass(frozen=True)
class MapEntry:
    """A key of a mapping with what belongs to it."""

    key_place: Place
    node: "Node"


@dataclass(frozen=True)
class MapNode:
    """A mapping; its keys are texts."""

    place: Place
    entries: Mapping[str, MapEntry]

    def get(self, key: str) -> "Node | None":
        """What belongs to the key; None if it is not there."""
        entry = self.entries.get(key)
        return entry.node if entry else None


Node = ScalarNode | ListNode | MapNode


def plain(node: Node) -> Plain:
    """The values alone."""
    match node:
        case ScalarNode():
            return node.value
        case ListNode():
            return [plain(item) for item in node.items]
        case MapNode():
            return {key: plain(entry.node) for key, entry in node.entries.items()}


def find(node: Node, path: Path) -> Node | None:
    """What the path leads to; None if it leads nowhere."""
    now: Node | None = node
    for step in path:
        now = _step(now, step)
    return now


def locate(node: Node, path: Path, *, at_key: bool = False) -> Place:
    """Where the path leads to; where it breaks off, the last place on it.

    With `at_key`, the place of the last key rather than of what belongs to it.
    """
    now = node
    for number_of_step, step in enumerate(path, start=1):
        following = _step(now, step)
        if following is None:
            break
        if at_key and number_of_step == len(path) and isinstance(now, MapNode):
            return now.entries[str(step)].key_place
        now = following
    return now.place


def _step(node: Node | None, step: str | int) -> Node | None:
    match node, step:
        case MapNode(), str():
            return node.get(step)
        case ListNode(), int() if step < len(node.items):
            return node.items[step]
        case _:
            return None


def text_of(node: Node | None) -> str | None:
    """The text of a node; None if it holds something else."""
    return node.value if isinstance(node, ScalarNode) and isinstance(node.value, str) else None


def number_of(node: Node | None) -> float | None:
    """The number of a node, also one that YAML 1.1 made a text of; None if it is none."""
    return number_in(node.value) if isinstance(node, ScalarNode) else None


def items_of(node: Node | None) -> tuple[Node, ...]:
    """The items of a list; none if it is no list."""
    return node.items if isinstance(node, ListNode) else ()


def entries_of(node: Node | None) -> Mapping[str, MapEntry]:
    """The entries of a mapping; none if it is no mapping."""
    return node.entries if isinstance(node, MapNode) else {}


def child(node: Node | None, key: str) -> Node | None:
    """What a mapping says under the key; None if it says nothing or is no mapping."""
    entry = entries_of(node).get(key)
    return entry.node if entry else None


def describe(node: Node) -> str:
    """What a person would call the value."""
    match node:
        case ListNode():
            return "a list" if node.items else "an empty list"
        case MapNode():
            return "a mapping"
        case ScalarNode(value=None):
            return "nothing"
        case ScalarNode(value=bool()):
            return str(node.value).lower()
        case ScalarNode(value=""):
            return "an empty text"
        case ScalarNode(value=str(text)):
            said = f"the text {quoted(text)}" if _looks_like_number(text) else quoted(text)
            return f"{said}{oddity(text)}" if len(text) <= LONGEST_NAME else said
        case _:
            return number(node.value)  # type: ignore[arg-type]


def _looks_like_number(text: str) -> bool:
    return text.replace(".", "", 1).removeprefix("-").isdecimal()

"""Takes the fields of a study file one by one, and collects what is wrong with them.

A field that is missing or wrong gives its default, so that one fault hides no other.
"""

from collections.abc import Collection, Iterable, Mapping

from realpolitik.sim.scenario.errors import Fault, Place, quoted, unknown
from realpolitik.sim.scenario.nodes import (
    Entry,
    ListNode,
    MapNode,
    Node,
    child,
    describe,
    entries_of,
    items_of,
    number_of,
    text_of,
)
from realpolitik.sim.scenario.repairing import flattened, repair_keys


class Fields:
    """The fields of a mapping. All faults go into one list, that of the file."""

    def __init__(self, node: Node, keys: Iterable[str], faults: list[Fault], name: str) -> None:
        """Looks at the keys first.

        Args:
            node: What should be a mapping.
            keys: The keys that it may have.
            faults: Where faults are put.
            name: What it is called in them.
        """
        self.faults = faults
        known = list(keys)
        self.node = repair_keys(node, known, faults) if isinstance(node, MapNode) else node
        if not isinstance(node, MapNode):
            problem = f"{name} is {describe(node)}"
            self.blame(node.place, problem, f"a mapping with keys such as {known[0]}")

    def blame(self, place: Place, problem: str, expected: str = "") -> None:
        """Puts down a fault."""
        self.faults.append(Fault(place, problem, expected))

    def place(self, key: str) -> Place:
        """Where the value of the key stands; where the mapping begins if there is none."""
        return (child(self.node, key) or self.node).place

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in entries_of(self.node)

    def text(self, key: str) -> str:
        """A text that must be there and not be empty."""
        return self._text(key, self._needed(key))

    def choice(self, key: str, known: Collection[str], what: str, default: str = "") -> str:
        """One of the known names; the default if it is left out, unless that is empty."""
        node = child(self.node, key) if default else self._needed(key)
        name = self._text(key, node) if node else ""
        if not name or name in known:
            return name or default
        if node:
            self.faults.append(unknown(node.place, what, name, known))
        return default

    def names(self, key: str, known: Collection[str], what: str) -> tuple[str, ...]:
        """A list of known names, each once; all of them if it is left out."""
        node = child(self.node, key)
        if node is None:
            return tuple(known)
        if not items_of(node):
            self.blame(node.place, f"{key} is {describe(node)}", "a list of names")
        names: list[str] = []
        for item in items_of(node):
            name = text_of(item)
            if name is None:
                self.blame(item.place, f"an entry of {key} is {describe(item)}", "a name")
            elif name not in known:
                self.faults.append(unknown(item.place, what, name, known))
            elif name in names:
                self.blame(item.place, f"a second {what} {quoted(name)}")
            else:
                names.append(name)
        return tuple(names)

    def whole(self, key: str, default: int, least: int) -> int:
        """A whole number of at least `least`."""
        node = child(self.node, key)
        if node is None:
            return default
        value = number_of(node)
        if not isinstance(value, int) or value < least:
            self.blame(node.place, f"{key} is {describe(node)}", f"a whole number from {least} on")
            return default
        return value

    def number(self, key: str) -> float:
        """A number that must be there."""
        node = self._needed(key)
        return self._number(key, node) if node else 0.0

    def numbers(self, key: str) -> tuple[float, ...]:
        """A list of numbers."""
        node = child(self.node, key)
        if node is not None and not isinstance(node, ListNode):
            self.blame(node.place, f"{key} is {describe(node)}", "a list of numbers")
        return tuple(self._number(f"an entry of {key}", one) for one in items_of(node))

    def entries(self, key: str) -> Mapping[str, Entry]:
        """The entries of a mapping; none if it is left out."""
        node = child(self.node, key)
        if node is not None and not isinstance(node, MapNode):
            wanted = "a mapping (keys with values)"
            self.blame(node.place, f"{key} is {describe(node)}", wanted)
        return entries_of(node)

    def table(self, key: str) -> dict[str, float]:
        """A mapping of names to numbers; empty if it is left out."""
        entries = self.entries(key).items()
        return {name: self._number(name, entry.node) for name, entry in entries}

    def by_name(self, key: str, known: Collection[str], what: str) -> dict[str, float]:
        """A mapping of known names to numbers; empty if it is left out."""
        for name, entry in self.entries(key).items():
            if name not in known:
                self.faults.append(unknown(entry.key_place, what, name, known))
        return self.table(key)

    def flatten(self, key: str, known: Collection[str], inside: Collection[str] = ()) -> None:
        """Makes one key of every address under the key that is written as mappings in mappings.

        Args:
            key: The key of a mapping of addresses.
            known: The addresses there are.
            inside: The keys that what belongs to an address may have.
        """
        entries = dict(entries_of(self.node))
        if key in entries:
            node = flattened(entries[key].node, known, inside, self.faults)
            entries[key] = Entry(entries[key].key_place, node)
            self.node = MapNode(self.node.place, entries)

    def inside(self, key: str, keys: Iterable[str]) -> "Fields | None":
        """The fields of a mapping under the key; None if it is left out."""
        node = child(self.node, key)
        return Fields(node, keys, self.faults, key) if node else None

    def _needed(self, key: str) -> Node | None:
        if isinstance(self.node, MapNode) and not self.has(key):
            self.blame(self.node.place, f"missing key {key!r}")
        return child(self.node, key)

    def _text(self, key: str, node: Node | None) -> str:
        text = text_of(node)
        if node and not (text and text.strip()):
            self.blame(node.place, f"{key} is {describe(node)}", "text that is not empty")
        return (text or "").strip()

    def _number(self, what: str, node: Node) -> float:
        value = number_of(node)
        if value is None:
            self.blame(node.place, f"{what} is {describe(node)}", "a number")
        return float(value or 0.0)

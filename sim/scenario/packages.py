"""What installed packages bring in through entry points, and why some of it is left out.

A faulty package harms nobody else: what it offers is left out, and whoever asks for it by name is
told the reason.
"""

import multiprocessing
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import Distribution, EntryPoint, distributions
from typing import Any, Generic, TypeVar

Class = TypeVar("Class", bound=type)
Claim = tuple[str, Any]  # where it is from, and the class
Check = Callable[[str, Any], Iterable[str]]


@dataclass
class Offers(Generic[Class]):
    """What is offered in one group.

    Attributes:
        found: Name → class, sorted by name.
        refused: Name → why it cannot be used, of names that are not among `found`.
        notes: A line for each thing that is left out.
        origins: Name → package and entry point, of those found.
    """

    found: dict[str, Class] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    origins: dict[str, str] = field(default_factory=dict)

    def refuse(self, name: str, reason: str) -> None:
        """Leaves out what was found under a name."""
        reason = f"{self.origins[name]}: {reason}"
        del self.found[name]
        self.refused[name] = reason
        self.notes.append(reason)


def offers(group: str, check: Check) -> Offers[Any]:
    """What the installed packages offer in a group; `check` gives the faults of a class."""
    offered: Offers[Any] = Offers()
    claims: dict[str, dict[str, Claim]] = {}
    for entry, origin in _entries(group, offered.notes):
        found, problem = _load(entry, check)
        if problem:
            reason = f"{origin}: {problem}"
            offered.notes.append(reason)
            offered.refused.setdefault(entry.name, reason)
        else:
            claims.setdefault(entry.name, {}).setdefault(entry.value, (origin, found))
    for name, sound in sorted(claims.items()):
        _settle(offered, name, *sound.values())
    return offered


def _settle(
    offered: Offers[Any], name: str, first: tuple[str, Any], *others: tuple[str, Any]
) -> None:
    """A name that several packages claim is nobody's; a faulty one claims nothing."""
    offered.refused.pop(name, None)
    if others:
        claimed = " and by ".join(origin for origin, _ in (first, *others))
        offered.refused[name] = f"{name} is claimed by {claimed}; only one can be installed"
        offered.notes.append(offered.refused[name])
    else:
        offered.origins[name], offered.found[name] = first


def tell(notes: Iterable[str]) -> None:
    """Warns of what is left out; workers are silent, as the process that started them has told."""
    if multiprocessing.parent_process() is None:
        for line in notes:
            warnings.warn(f"left out: {line}", stacklevel=2)


def said(error: BaseException) -> str:
    """An error of somebody else's code on one line."""
    try:
        text = str(error).strip().partition("\n")[0]
    except Exception:  # noqa: BLE001 - an error that cannot even say what it is
        text = ""
    plain = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
    return f"{type(error).__name__}: {plain}" if plain else type(error).__name__


def _entries(group: str, notes: list[str]) -> Iterator[tuple[EntryPoint, str]]:
    """The entry points of a group with their origin; as for imports, the first of a name counts."""
    seen: set[str] = set()
    for distribution in distributions():
        if group not in (distribution.read_text("entry_points.txt") or ""):
            continue
        name = _name(distribution)
        if name in seen:
            continue
        seen.add(name)
        try:
            entries = distribution.entry_points.select(group=group)
        except Exception as error:  # noqa: BLE001 - whatever stands in that file
            notes.append(f"{name}: its entry points cannot be read ({said(error)})")
            continue
        for entry in entries:
            yield entry, f"{name}: entry point {entry.name} = {entry.value} of {group}"


def _name(distribution: Distribution) -> str:
    """Name and version, such as `turkey-actor 0.1`."""
    told = distribution.metadata
    return f"{told['Name'] or 'a package without a name'} {told['Version'] or ''}".strip()


def _load(entry: EntryPoint, check: Check) -> tuple[Any, str]:
    """What an entry point leads to, and what is wrong with it; importing it may do anything."""
    try:
        found = entry.load()
        return found, next(iter(check(entry.name, found)), "")
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - even SystemExit, so that it harms nobody else
        return None, said(error)

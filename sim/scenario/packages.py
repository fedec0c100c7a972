"""What installed packages bring in through entry points, and why some of it is left out.

A faulty package harms nobody else: what it offers is left out, and whoever asks for it by name is
told the reason.
"""

import inspect
import multiprocessing
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import Distribution, EntryPoint, distributions
from itertools import chain
from typing import Any, Generic, TypeVar, get_args

from pydantic import TypeAdapter

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.incentives import Incentive
from realpolitik.sim.engine.parameters import GREATEST_WEIGHT, fault_of
from realpolitik.sim.engine.roles import Roles
from realpolitik.sim.engine.shocks import SetQuantity, Shock
from realpolitik.sim.scenario.schema import one_of

# ── Packages ─────────────────────────────────────────────────────────────────────────


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


# ── What a class must be ─────────────────────────────────────────────────────────────


CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def faults_of_actor(name: str, offered: Any) -> Iterator[str]:
    """What is wrong with a class that is to be the actor of that name."""
    if not _derives(offered, StateActor):
        yield f"{offered!r} is no class derived from StateActor"
        return
    faults = chain(
        _faults_of_code(name, offered),
        _faults_of_dealings(offered),
        _faults_of_incentives(offered),
        _faults_of_weights(offered),
    )
    yield from (f"class {offered.__name__}: {problem}" for problem in faults)


def faults_of_shock(name: str, offered: Any) -> Iterator[str]:
    """What is wrong with a class that is to be the kind of shock of that name."""
    if not _derives(offered, Shock):
        yield f"{offered!r} is no class derived from Shock"
        return
    kinds = get_args(offered.model_fields["kind"].annotation)
    if kinds != (name,):
        yield f"class {offered.__name__}: its kind is {kinds}; expected Literal[{name!r}]"
    elif inspect.isabstract(offered):
        yield f"class {offered.__name__}: the method apply is missing"
    elif offered.__module__ != SetQuantity.__module__:
        TypeAdapter(one_of((offered, SetQuantity), "kind"))  # raises what pydantic cannot take


def _derives(offered: Any, base: type) -> bool:
    return isinstance(offered, type) and issubclass(offered, base) and offered is not base


def _faults_of_code(name: str, actor: type[StateActor]) -> Iterator[str]:
    code = getattr(actor, "code", None)
    if code != name:
        yield f"its code is {code!r}; expected {name!r}, the name of its entry point"
    elif not CODE.fullmatch(name):
        yield f"its code is {name!r}; expected letters, digits and '_' only"
    for attribute in ("title", "cameo"):
        text = getattr(actor, attribute, None)
        if not isinstance(text, str) or not text:
            yield f"its {attribute} is {text!r}; expected text"


def _faults_of_dealings(actor: type[StateActor]) -> Iterator[str]:
    """Whom it can deal with, and what it can do."""
    if not isinstance(actor.roles, Roles):
        yield f"its roles are {actor.roles!r}; expected Roles(…)"
        return
    for role, members in vars(actor.roles).items():
        if not _are_names(members) or actor.code in members or len({*members}) < len(members):
            yield f"its {role} are {members!r}; expected codes of other actors, each once"
    if actor.actions is None:
        return
    if not _are_names(actor.actions):
        yield f"its actions are {actor.actions!r}; expected names of actions"
        return
    for unknown in sorted({*actor.actions} - NAMED.keys()):
        yield f"unknown action {unknown!r}; expected one of {', '.join(NAMED)}"


def _are_names(values: Any) -> bool:
    is_list = isinstance(values, Sequence) and not isinstance(values, str)
    return is_list and all(isinstance(value, str) for value in values)


def _faults_of_incentives(actor: type[StateActor]) -> Iterator[str]:
    names: set[str] = set()
    for incentive in actor.all_incentives():
        if not isinstance(incentive, Incentive):
            yield f"{incentive!r} is no incentive"
            continue
        parts = [part.name for part in incentive.parts]
        for name in (incentive.name, *parts):
            if not CODE.fullmatch(str(name)):
                yield f"an incentive has the name {name!r}; expected letters, digits and '_' only"
        if incentive.name in names or len({*parts}) < len(parts):
            yield f"two incentives, or parts of one, have the name {incentive.name!r}"
        names.add(incentive.name)


def _faults_of_weights(actor: type[StateActor]) -> Iterator[str]:
    for parameter in sorted(actor.parameters(), key=lambda one: bool(one.parts)):
        most = GREATEST_WEIGHT * max(len(parameter.parts), 1)
        if problem := fault_of(parameter, -most, most):
            yield problem
        for text in (parameter.source, parameter.meaning):
            if not isinstance(text, str):
                yield f"{parameter.address} has the source or reason {text!r}; expected text"

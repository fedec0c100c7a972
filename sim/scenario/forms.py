"""Mappings of a file as pydantic models; each fault with its place and the nearest right name.

A field that is missing or wrong takes its default, so that one fault hides no other.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial
from types import UnionType
from typing import Annotated, Any, ClassVar, TypeVar, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    PrivateAttr,
    StringConstraints,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import CoreSchema

from realpolitik.sim.scenario.errors import (
    Fault,
    Place,
    ScenarioError,
    one_of,
    quoted,
    unknown,
)
from realpolitik.sim.scenario.messages import WANTED, longest
from realpolitik.sim.scenario.nodes import (
    ListNode,
    MapEntry,
    MapNode,
    Node,
    Path,
    child,
    describe,
    entries_of,
    find,
    items_of,
    locate,
    plain,
    text_of,
)
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.repairing import as_number, each, flattened, repair_keys
from realpolitik.sim.scenario.vocabulary import vocabulary

Value = TypeVar("Value")
AnyForm = TypeVar("AnyForm", bound="Form")

# ── What models are made of ──────────────────────────────────────────────────────────


class _NeverNothing:
    """Refuses `null` where a key is written out."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return handler(Union[*(one for one in get_args(source) if one is not type(None))])


class MisfitError(ValueError):
    """A value that is wrong: what was found, what was expected, and at which key inside it."""

    def __init__(self, problem: str, expected: str = "", *, at: Path = ()) -> None:
        super().__init__(problem)
        self.fault = Fault(Place(""), problem, expected)
        self.at = at


def wanted(expected: str) -> WrapValidator:
    """Says what was expected where a value is refused as a whole."""

    def checked(value: Any, check: ValidatorFunctionWrapHandler) -> Any:
        try:
            return check(value)
        except ValidationError as error:
            if any(one["loc"] for one in error.errors(include_url=False)):
                raise  # something in it is wrong
            raise MisfitError("", expected) from None

    return WrapValidator(checked)


def one_name_of(what: str, names: Callable[[], Collection[str]]) -> BeforeValidator:
    """Refuses what is none of these names; `what` says what they are names of."""

    def checked(value: Any) -> Any:
        known = list(names())
        if value in known:
            return value
        error = MisfitError("", one_of(known))
        if isinstance(value, str) and value:
            error.fault = unknown(Place(""), what, value, known)
        raise error

    return BeforeValidator(checked)


def choice(what: str, literal: Any) -> BeforeValidator:
    """Refuses what is none of the names of a `Literal`."""
    return one_name_of(what, partial(get_args, literal))


class Addresses(tuple[str, ...]):
    """Marks a mapping of addresses, which may be written as mappings in mappings.

    It holds the keys that what belongs to an address may have.
    """


def each_once(what: str) -> AfterValidator:
    """Refuses a name that stands in a list a second time; `what` says what they are names of."""

    def check(names: tuple[str, ...]) -> tuple[str, ...]:
        for at, name in enumerate(names):
            if name in names[:at]:
                raise MisfitError(f"a second {what} {quoted(name)}", at=(at,))
        return names

    return AfterValidator(check)


def _only_true(value: bool) -> bool:
    if not value:
        raise ValueError
    return value


def _only_one(version: int) -> int:
    if version != 1:
        raise MisfitError("an unknown version of the language", "1")
    return version


Said = Annotated[Value | None, _NeverNothing()]
"""What may be left out, but not be written as nothing."""

Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    wanted("text that is not empty"),
]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), wanted("a name")]
Names = Annotated[tuple[Name, ...], Field(min_length=1, strict=False), wanted("a list of names")]
Number = Annotated[float, wanted("a number")]
Positive = Annotated[float, Field(gt=0), wanted("a number above 0")]
Whole = Annotated[int, Field(ge=0), wanted("a whole number from 0 on")]
Counted = Annotated[int, Field(ge=1), wanted("a whole number from 1 on")]
Several = Annotated[int, Field(ge=2), wanted("a whole number from 2 on")]
Yes = Annotated[bool, AfterValidator(_only_true), wanted("true, or to be left out")]
Listed = Annotated[tuple[Any, ...], Field(min_length=1, strict=False), wanted("a list of mappings")]
Parameters = Annotated[dict[str, Number], Addresses()]


class Form(BaseModel):
    """A mapping as it was read.

    All its fields have defaults; those in `needed` must be there all the same.
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")
    needed: ClassVar[tuple[str, ...]] = ()

    _node: Node = PrivateAttr(default=MapNode(Place(""), {}))
    _faults: list[Fault] = PrivateAttr(default_factory=list)

    @property
    def faults(self) -> list[Fault]:
        """Where faults of the file are put."""
        return self._faults

    @property
    def written(self) -> Node:
        """The mapping, with its keys put right."""
        return self._node

    def node(self, key: str) -> Node | None:
        """What stands under the key; None if it is not there."""
        return child(self._node, key)

    def place(self, *path: str | int, at_key: bool = False) -> Place:
        """Where that stands; where the mapping begins if it is not there."""
        return locate(self._node, path, at_key=at_key)

    def knows(self, key: str, what: str, known: Collection[str]) -> bool:
        """Whether the name under the key is one of these; a fault if it is not."""
        name = getattr(self, key)
        if name not in known:
            self._faults.append(unknown(self.place(key), what, name, known))
        return name in known

    def blame(self, problem: str, expected: str = "", *, at: Path = ()) -> None:
        """Puts down a fault of what stands there."""
        self._faults.append(Fault(self.place(*at), problem, expected))


class FileForm(Form):
    """A file of some kind."""

    schema_version: Annotated[Counted, AfterValidator(_only_one)] = 1


# ── Reading ──────────────────────────────────────────────────────────────────────────


def read_file_form(text: str | bytes, where: str, form: type[AnyForm], what: str) -> AnyForm:
    """The form of a file, with its faults so far; `what` is what it should hold.

    Raises:
        ScenarioError: it is no mapping, or no YAML at all.
    """
    tree, faults = read_tree(text, where)
    if not isinstance(tree, MapNode):
        problem = f"the file holds {describe(tree)}"
        raise ScenarioError([*faults, Fault(tree.place, problem, f"{what}: keys with values")])
    return read_form(tree, form, faults)


def read_form(node: Node, form: type[AnyForm], faults: list[Fault], name: str = "") -> AnyForm:
    """What a mapping says. What is wrong is left out of it and put down as faults.

    Args:
        node: What should be a mapping.
        form: What it is to become.
        faults: Where faults are put.
        name: What the mapping is called in them.
    """
    if isinstance(node, MapNode):
        node = _fitted(form, faults, node)
        missing = [key for key in form.needed if child(node, key) is None]
        faults += [Fault(node.place, f"missing key {key!r}") for key in missing]
        made = _validated(node, form, faults)
    else:
        keys = f"a mapping with keys such as {next(iter(form.model_fields))}"
        faults.append(Fault(node.place, f"{name} is {describe(node)}", keys))
        made = form()
    _place(made, node, faults)
    return made


def _place(form: Form, node: Node, faults: list[Fault]) -> None:
    """Tells a form, and those in it, where they stand and where their faults are put."""
    form._node, form._faults = node, faults
    for key in form.model_fields_set:
        if isinstance(one := getattr(form, key), Form):
            _place(one, child(node, key) or node, faults)


def refuse_twice(nodes: Iterable[Node], what: str, faults: list[Fault]) -> None:
    """Puts down every id that stands a second time."""
    seen: dict[str, Place] = {}
    for node in nodes:
        at, name = child(node, "id"), text_of(child(node, "id"))
        if at and name and name in seen:
            problem = f"a second {what} {quoted(name)} (first in line {seen[name].line})"
            faults.append(Fault(at.place, problem))
        elif at and name:
            seen[name] = at.place


def refuse(faults: Iterable[Fault]) -> None:
    """Ends if there are faults: one a place, the first; a mapping may lack several keys.

    Raises:
        ScenarioError: there are.
    """
    kept: dict[tuple[Place, str], Fault] = {}
    for fault in faults:
        is_missing = fault.problem.startswith("missing")
        kept.setdefault((fault.place, fault.problem if is_missing else ""), fault)
    if kept:
        raise ScenarioError(kept.values())


def _validated(node: Node, form: type[AnyForm], faults: list[Fault]) -> AnyForm:
    """The form; where something is wrong, of the keys that are right."""
    try:
        return form.model_validate_json(json.dumps(plain(node)))
    except ValidationError as error:
        faults += _faults_of(error, node)
        wrong = {one["loc"][0] for one in error.errors(include_url=False)}
    rest = {key: plain(one.node) for key, one in entries_of(node).items() if key not in wrong}
    return form.model_validate_json(json.dumps(rest))


# ── The keys that were meant ─────────────────────────────────────────────────────────


def _fitted(annotation: Any, faults: list[Fault], node: Node) -> Node:
    """The node under the keys that were meant, with numbers where they belong."""
    members = dict(_members(annotation))
    for kind, marks in members.items():
        origin: Any = get_origin(kind)
        inside = get_args(kind)
        match node:
            case MapNode() if _is_form(kind):
                return _under_its_keys(node, kind, faults)
            case MapNode() if origin is dict:
                for keys in (mark for mark in marks if isinstance(mark, Addresses)):
                    node = flattened(node, vocabulary().parameters, keys, faults)
                return each(node, partial(_fitted, inside[1], faults))
            case ListNode() if origin is tuple:
                return each(node, partial(_fitted, inside[0], faults))
    return as_number(node) if members.keys() & {int, float} and str not in members else node


def _under_its_keys(node: MapNode, form: type[Form], faults: list[Fault]) -> MapNode:
    types = {key: field.rebuild_annotation() for key, field in form.model_fields.items()}
    entries = repair_keys(node, list(types), faults).entries.items()
    fitted = {k: MapEntry(one.key_place, _fitted(types[k], faults, one.node)) for k, one in entries}
    return MapNode(node.place, fitted)


def _members(annotation: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The types that a value may have, nothing apart, each with what is marked on it."""
    if get_origin(annotation) is Annotated:
        inside, *marks = get_args(annotation)
        yield from ((kind, (*others, *marks)) for kind, others in _members(inside))
    elif get_origin(annotation) in {Union, UnionType}:
        for one in get_args(annotation):
            yield from _members(one)
    elif annotation is not type(None):
        yield annotation, ()


def _is_form(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Form)


# ── Faults ───────────────────────────────────────────────────────────────────────────


def _faults_of(error: ValidationError, node: Node) -> Iterator[Fault]:
    """The faults of a file behind an error of its model, one for each value that is wrong."""
    told: set[Path] = set()
    for one in error.errors(include_url=False, include_input=False):
        path = one["loc"] if one["type"] == "missing" else longest(node, one["loc"])
        # a value that fits none of several types is told of once
        if path not in told and not _has_enough(one, node):
            told.add(path)
            yield _fault(one, path, node)


def _has_enough(error: Any, node: Node) -> bool:
    """Whether a list is too short only because one of its entries is wrong, which is told of."""
    if error["type"] != "too_short":
        return False
    entries, least = items_of(find(node, error["loc"])), int(error["ctx"]["min_length"])
    return len(entries) >= least


def _fault(error: Any, path: Path, node: Node) -> Fault:
    found, place, kind = find(node, path), locate(node, path), error["type"]
    if kind == "missing":
        return Fault(place, f"missing key {path[-1]!r}")
    why = error.get("ctx", {}).get("error")
    fault = why.fault if isinstance(why, MisfitError) else Fault(place, "", WANTED[kind])
    if fault.problem:
        return replace(fault, place=locate(node, (*path, *why.at)))
    told = describe(found) if found else "missing"
    return Fault(place, f"{_named(path)} is {told}", fault.expected)


def _named(path: Path) -> str:
    """What a value is called: `points`, `RUS.israel_ties`, `entry 2 of values`."""
    key = path[-1]
    if isinstance(key, int):
        return f"entry {key + 1} of {path[-2]}"
    return key if re.fullmatch(r"[\w.-]{1,60}", key) else quoted(key)

"""Turns the errors of pydantic into faults: in plain words, at the right place of the file."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annotated_types import Ge, Le
from pydantic import BaseModel, ValidationError

from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.engine.shocks import When
from realpolitik.sim.scenario.checks import DAYS, no_day
from realpolitik.sim.scenario.errors import Fault, Place, number, number_between, quoted, unknown
from realpolitik.sim.scenario.nodes import (
    MapNode,
    Node,
    Path,
    ScalarNode,
    describe,
    find,
    items_of,
    locate,
    plain,
    text_of,
)
from realpolitik.sim.scenario.schema import (
    Aftermath,
    Answer,
    Episode,
    Expectation,
    Lever,
    Scenario,
    Setting,
)
from realpolitik.sim.scenario.spellings import why_no_text
from realpolitik.sim.scenario.vocabulary import Vocabulary

# ── Models ───────────────────────────────────────────────────────────────────────────


# The part of a file whose entries say what they are → the key with which they say it.
SPEAKING = {"shocks": "kind", "outcomes": "measure"}
CALLED = {"shocks": "kind of shock", "outcomes": "measure"}
KEPT = ("name",)  # of a scenario: a key that the checks refuse in words of its own
OF_THE_FILE = ("extends", "variants")  # keys that are gone once a scenario is read
MODELS: Mapping[str, type[BaseModel]] = {
    "deals": Deal,
    "levers": Lever,
    "expects": Expectation,
    "parameters": Setting,
}


def path_of(loc: Path) -> Path:
    """Where in the file: pydantic's `loc` without the kind, measure or type it puts in."""
    return loc[:2] + loc[3:] if loc and loc[0] in {*SPEAKING, "parameters"} else loc


def is_beside_the_point(loc: Path, tree: Node) -> bool:
    """Whether it faults a mapping, given for a parameter, for being no number."""
    if len(loc) < 3 or loc[0] != "parameters":
        return False
    return loc[2] != Setting.__name__ and isinstance(find(tree, loc[:2]), MapNode)


def model_at(tree: Node, path: Path, words: Vocabulary) -> type[BaseModel] | None:
    """The model of the mapping there; None if it has none, or does not say which."""
    kinds: Mapping[str, Mapping[str, type[BaseModel]]] = {
        "shocks": words.shocks,
        "outcomes": words.measures,
    }
    match path:
        case ():
            return words.scenario_type
        case (str(part), _) if part in MODELS:
            return MODELS[part]
        case (str(part), _) if part in SPEAKING:
            said = find(tree, (*path, SPEAKING[part]))
            return kinds[part].get(str(plain(said))) if said else None
        case ("shocks", _, "when"):
            return When
        case ("episode",):
            return Episode
        case ("aftermath",):
            return Aftermath
        case ("aftermath", "answers", _):
            return Answer
        case _:
            return None


def keys_of(model: type[BaseModel] | None) -> list[str]:
    """The keys that a file may write for a model."""
    fields = model.model_fields.items() if model else ()
    keys = [key for key, field in fields if not field.exclude]
    return [*keys, *OF_THE_FILE] if model and issubclass(model, Scenario) else keys


# ── Messages ─────────────────────────────────────────────────────────────────────────


OBSERVED = "a grade from 0 to 6, or true or false"
FIRST_DAY = "a date such as 2024-08-05, or never"
TWO_NUMBERS = "two numbers, the lowest and the highest"
WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping (keys with values)",
    "model_type": "a mapping (keys with values)",
    "date_type": "a date such as 2024-08-05",
    "string_too_short": "text that is not empty",
    "too_short": "at least one entry",
    "finite_number": "a finite number",
}


def faults_of(error: ValidationError, tree: Node, words: Vocabulary) -> Iterator[Fault]:
    """The faults of the file behind an error of its model, one for each thing that is wrong."""
    told: set[Path] = set()
    for one in error.errors(include_url=False, include_input=False):
        if is_beside_the_point(one["loc"], tree):
            continue
        path = path_of(one["loc"])
        missing = one["type"] == "missing" and isinstance(path[-1], str)
        subject = path if missing else longest(tree, path)
        if subject not in told:  # a value that fits none of several types is told of once
            told.add(subject)
            yield _fault(one, subject, tree, words)


def longest(tree: Node, path: Path) -> Path:
    """As much of the path as there is in the file."""
    while find(tree, path) is None:
        path = path[:-1]
    return path


def _fault(error: Any, path: Path, tree: Node, words: Vocabulary) -> Fault:
    """The fault of one error, told by its type."""
    place, kind, context = locate(tree, path), error["type"], error.get("ctx", {})
    match kind:
        case "missing" if isinstance(path[-1], str) and find(tree, path) is None:
            return Fault(place, f"missing key {path[-1]!r}{_needed_by(tree, path[:-1])}")
        case "extra_forbidden":
            here = locate(tree, path, at_key=True)
            return unknown(here, "key", str(path[-1]), keys_of(model_at(tree, path[:-1], words)))
        case "union_tag_not_found":
            return _unsaid(path, place, words)
        case "union_tag_invalid":
            return _unknown_kind(path, tree, words)
        case "date_parsing" | "date_from_datetime_parsing" | "date_from_datetime_inexact" if (
            path[-1] not in DAYS
        ):
            return no_day(text_of(find(tree, path)) or "", place)
        case "value_error":
            return Fault(place, str(context["error"]))
        case "missing" | "too_long":  # of a range, which has two ends
            entries = len(items_of(find(tree, path)))
            problem = f"{path[-1]} has {entries} {'entry' if entries == 1 else 'entries'}"
            return Fault(place, problem, TWO_NUMBERS)
        case _:
            return Fault(place, _found(path, tree), _wanted(error, path, tree, words))


def _needed_by(tree: Node, path: Path) -> str:
    """Who needs a missing key: ' (kind posture)'."""
    if len(path) == 2 and path[0] in SPEAKING:
        key = SPEAKING[str(path[0])]
        said = find(tree, (*path, key))
        return f" ({key} {plain(said)})" if said else ""
    return ""


def _unsaid(path: Path, place: Place, words: Vocabulary) -> Fault:
    part = str(path[0])
    return Fault(place, f"missing key {SPEAKING[part]!r}", _one_of(sorted(_kinds(part, words))))


def _unknown_kind(path: Path, tree: Node, words: Vocabulary) -> Fault:
    part = str(path[0])
    at = (*path, SPEAKING[part])
    said = find(tree, at)
    name = str(plain(said)) if said else ""
    return unknown(locate(tree, at), CALLED[part], name, _kinds(part, words))


def _kinds(part: str, words: Vocabulary) -> Mapping[str, object]:
    return words.shocks if part == "shocks" else words.measures


def _one_of(names: Iterable[str]) -> str:
    return f"one of {', '.join(names)}"


def _found(path: Path, tree: Node) -> str:
    """'weeks is 'many'', 'entry 3 of actors is 7'."""
    node = find(tree, path)
    value = describe(node) if node else "not there"
    match path:
        case ():
            return f"the file holds {value}"
        case (*_, str(key)):
            return f"{key if key.isidentifier() else quoted(key)} is {value}"
        case (*_, key, int(index)):
            return f"entry {index + 1} of {key} is {value}"
        case _:
            return f"the value is {value}"


def _wanted(error: Any, path: Path, tree: Node, words: Vocabulary) -> str:
    """What was expected in its place."""
    kind, context = error["type"], error.get("ctx", {})
    if path == ("episode", "observed"):
        return OBSERVED
    if path[:1] == ("aftermath",) and path[-1] in DAYS:
        return FIRST_DAY
    if len(path) == 2 and path[0] == "parameters":
        return "a number, or a mapping with value, range and source"
    if kind == "tuple_type" and path[-1:] == ("range",):
        return TWO_NUMBERS
    if kind == "string_type" and isinstance(node := find(tree, path), ScalarNode):
        return f"text, in quotes{why_no_text(node.value)}"
    if kind in WANTED:
        return WANTED[kind]
    if kind == "string_too_long":
        return f"text of at most {context['max_length']:,} characters"
    if kind == "literal_error":
        return str(context["expected"])
    if kind in {"greater_than_equal", "less_than_equal"}:
        return _range(path, tree, words) or _bound(kind, context)
    text = str(error["msg"])
    return (
        text.removeprefix("Input should be ")[:1].lower()
        + text.removeprefix("Input should be ")[1:]
    )


def _range(path: Path, tree: Node, words: Vocabulary) -> str:
    """The range of the field, if it has two ends."""
    model = model_at(tree, path[:-1], words)
    field = model.model_fields.get(str(path[-1])) if model else None
    limits = field.metadata if field else []
    low = next((limit.ge for limit in limits if isinstance(limit, Ge)), None)
    high = next((limit.le for limit in limits if isinstance(limit, Le)), None)
    if low is None or high is None:
        return ""
    noun = "a whole number" if field and field.annotation is int else "a number"
    return number_between(float(low), float(high), noun)  # type: ignore[arg-type]


def _bound(kind: str, context: Mapping[str, Any]) -> str:
    if kind == "greater_than_equal":
        return f"at least {number(context['ge'])}"
    return f"at most {number(context['le'])}"

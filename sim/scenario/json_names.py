"""The names and ranges of a vocabulary in the words of JSON Schema."""

import inspect
import math
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from realpolitik.sim.engine.measures import Measure
from realpolitik.sim.engine.names import Names
from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.engine.shocks import SetQuantity, Shock, When
from realpolitik.sim.engine.world import QUANTITIES, Quantity
from realpolitik.sim.scenario.checks import NAME
from realpolitik.sim.scenario.dates import FIRST_YEAR, LAST_YEAR
from realpolitik.sim.scenario.errors import number
from realpolitik.sim.scenario.spellings import BEFORE, TARGET
from realpolitik.sim.scenario.vocabulary import Vocabulary

Json = dict[str, Any]

WAY = "(--?|<?>)"  # between the codes of a dyad; `>` alone is the older spelling of `-`
OWN = frozenset({"deal", "outcome"})  # names that the file itself gives
MEANINGS = {
    "actor": "An actor, by its code",
    "action": "An act (see `realpolitik list actions`)",
    "deal": "The id of a deal of this file",
}


class NamingSchema(GenerateJsonSchema):
    """Pydantic's schema, with the names that fields may hold, and rules between fields."""

    def model_schema(self, schema: core_schema.ModelSchema) -> Json:
        """The schema of a model."""
        model: type[BaseModel] = schema["cls"]
        found = super().model_schema(schema)
        found["description"] = inspect.cleandoc(model.__doc__ or "")
        for key, field in found["properties"].items():
            info = model.model_fields[key]
            kind = next(_marks((info.annotation, *info.metadata)), "")
            found["properties"][key] = _field(field, kind, model)
        if _had_older_key(model):
            told = {"description": f"The older name of `{TARGET}`", "deprecated": True}
            found["properties"][BEFORE] = found["properties"][TARGET] | told
            found["required"].remove(TARGET)
        rules = list(_rules(model))
        return {**found, "allOf": rules} if rules else found

    def date_schema(self, schema: core_schema.DateSchema) -> Json:
        """A day written as 2024-08-05 is."""
        centuries = "|".join(str(year // 100) for year in range(FIRST_YEAR, LAST_YEAR, 100))
        pattern = f"^({centuries})[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}$"
        return super().date_schema(schema) | {"pattern": pattern, "examples": ["2024-08-05"]}

    def generate(self, schema: core_schema.CoreSchema, mode: Any = "validation") -> Json:
        """The whole, with the lists of names referred to."""
        found: Json = _referring(super().generate(schema, mode))
        return found


def _marks(annotations: Iterable[Any]) -> Iterator[str]:
    """The kinds of names in annotations, however deep inside unions and tuples."""
    for one in annotations:
        if isinstance(one, Names):
            yield one.kind
        else:
            yield from _marks(get_args(one))


def _field(field: Json, kind: str, model: type[BaseModel]) -> Json:
    """A field with the names it may hold, and a description in any case."""
    if kind and kind not in OWN:
        unit = getattr(model, "scale", "") if kind == "base rate" else ""
        field = _naming(field, f"{kind}s {unit}".strip().replace(" ", "_"))
    if "const" in field:
        field = {"description": inspect.cleandoc(model.__doc__ or ""), **field}
    if field.get("title") == "Id":
        field = {**field, "pattern": f"^{NAME.pattern}$"}
    return field if "description" in field else {"description": MEANINGS[kind], **field}


def _naming(node: Any, names: str) -> Any:
    """The same, with a name of the list for every text."""
    if isinstance(node, list):
        return [_naming(one, names) for one in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") == "string" and not node.keys() & {"const", "enum"}:
        return {**{key: node[key] for key in node if key != "type"}, "$names": names}
    return {key: _naming(value, names) for key, value in node.items()}


def _referring(node: Any) -> Any:
    """The same, with references to lists of names in the place of their marks."""
    if isinstance(node, list):
        return [_referring(one) for one in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _referring(value) for key, value in node.items() if key != "$names"}
    return kept | ({"$ref": f"#/$defs/names_{node['$names']}"} if "$names" in node else {})


def _rules(model: type[BaseModel]) -> Iterator[Json]:
    """What must hold between the fields of a model."""
    if issubclass(model, Shock):
        yield {"oneOf": [_given(time) for time in ("week", "date", "when")]}
    if _had_older_key(model):
        yield {"oneOf": [_given(TARGET), _given(BEFORE)]}
    if issubclass(model, When):
        yield {"not": {"allOf": [_given("at_least"), _given("at_most")]}}
    if {"quantity", "toward"} <= model.model_fields.keys():
        dyads = {name: one.per_dyad for name, one in QUANTITIES.items()}
        yield _if_quantity([name for name in dyads if dyads[name]], _given("toward"))
        yield _if_quantity([name for name in dyads if not dyads[name]], {"not": _given("toward")})
    if issubclass(model, SetQuantity):
        for low, high in sorted({(one.low, one.high) for one in QUANTITIES.values()}):
            alike = [name for name, one in QUANTITIES.items() if (one.low, one.high) == (low, high)]
            yield _if_quantity(alike, {"properties": {"value": _range(low, high)}})


def _had_older_key(model: type[BaseModel]) -> bool:
    """Whether it has a target, which older files call `on`."""
    return (
        issubclass(model, Shock | Measure)
        and TARGET in model.model_fields
        and BEFORE not in model.model_fields
    )


def _if_quantity(names: list[str], then: Json) -> Json:
    said = {"required": ["quantity"], "properties": {"quantity": {"enum": names}}}
    return {"if": said, "then": then}


def _given(key: str) -> Json:
    return {"required": [key], "properties": {key: {"not": {"type": "null"}}}}


def _range(low: float, high: float) -> Json:
    ends = {"minimum": low, "maximum": high}
    return {end: float(number(value)) for end, value in ends.items() if math.isfinite(value)}


def name_lists(words: Vocabulary) -> Json:
    """The names of each kind, with what they mean."""
    lists = {
        "actors": {code: actor.title for code, actor in words.actors.items()},
        "actions": {name: action.meaning for name, action in words.actions.items()},
        "quantitys": {name: one.meaning for name, one in words.quantities.items()},
        "parameters": {name: one.meaning for name, one in words.parameters.items()},
    }
    for unit in {measure.scale for measure in words.measures.values()}:
        fit = {r.id: r.statement for r in words.base_rates.values() if r.unit == unit}
        lists[f"base_rates_{unit}"] = fit
    named = {
        f"names_{kind}": {"enum": list(names), "enumDescriptions": list(names.values())}
        for kind, names in sorted(lists.items())
    }
    older = [{"pattern": pattern} for pattern in _older_addresses(words)]
    return named | {"names_parameters": {"anyOf": [named["names_parameters"], *older]}}


def number_tables(words: Vocabulary) -> Json:
    """What may stand under `parameters` and `initial`, with ranges."""
    settable = [one for one in words.quantities.values() if one.settable]
    parameters = _table({p.address: _parameter(p) for p in words.parameters.values()})
    return {
        "parameters": parameters | {"patternProperties": _older_addresses(words)},
        "initial": _table({one.name: _start(one, words) for one in settable}),
    }


def _older_addresses(words: Vocabulary) -> Json:
    """Pattern of addresses as older files write them (`initial.hostility.IRN>ISR`) → range."""
    per_dyad = [one for one in words.quantities.values() if one.per_dyad]
    return {
        rf"^initial\.{one.name}\.{_dyad(words, '>')}$": _number_in(_range(one.low, one.high))
        for one in per_dyad
    }


def _dyad(words: Vocabulary, way: str) -> str:
    """Pattern of two different actors."""
    actor = f"({'|'.join(words.actors)})"
    return rf"(?!([^<>-]*){way}\1$){actor}{way}{actor}"


def _table(properties: Json) -> Json:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _parameter(parameter: Parameter) -> Json:
    """A number in its range, or a setting whose value is."""
    unit = "" if parameter.unit == "1" else f" [{parameter.unit}]"
    limits = _range(parameter.low, parameter.high)
    return {
        "description": f"{parameter.meaning}{unit}",
        "default": float(number(parameter.default)),
        **_number_in(limits),
    }


def _number_in(limits: Json) -> Json:
    """A number in a range, or a setting whose value is."""
    return {**limits, "properties": {"value": limits, "range": {"items": limits}}}


def _start(quantity: Quantity, words: Vocabulary) -> Json:
    """Values by actor (`RUS`) or by dyad (`RUS-IRN`, `RUS<>IRN`)."""
    key = _dyad(words, WAY) if quantity.per_dyad else f"({'|'.join(words.actors)})"
    whose = "RUS-IRN or RUS<>IRN" if quantity.per_dyad else "RUS"
    return {
        "description": f"{quantity.meaning}, for {whose}",
        "patternProperties": {f"^{key}$": _range(quantity.low, quantity.high)},
        "additionalProperties": False,
        "default": {},
    }

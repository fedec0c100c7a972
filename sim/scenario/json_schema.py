"""JSON Schema (2020-12) of a scenario file, so that an editor completes and checks what is typed.

The models give keys, types and descriptions, the vocabulary gives the names. A file that extends
another, and a variant, need not give all that a scenario needs.
"""

import inspect
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from realpolitik.sim.engine.actions import NameOf
from realpolitik.sim.engine.measures import Measure
from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.engine.shocks import SetQuantity, Shock, When
from realpolitik.sim.engine.shocks.base import FAMILY
from realpolitik.sim.engine.world import QUANTITIES, Quantity
from realpolitik.sim.scenario.checks import FIRST_YEAR, LAST_YEAR, NAME, TAKEN
from realpolitik.sim.scenario.composing import REFUSED
from realpolitik.sim.scenario.errors import number
from realpolitik.sim.scenario.loading import shipped_scenarios
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.spellings import BEFORE, TARGET
from realpolitik.sim.scenario.starting_record import FILE, UNTIL
from realpolitik.sim.scenario.vocabulary import Vocabulary, vocabulary

Json = dict[str, Any]

# ── Changes on top of another scenario ───────────────────────────────────────────────

CHANGE = "_change"
WHOLE = ("Aftermath", "Answer", "Episode", "Expectation", "Lever")  # these are replaced, not merged


def loose(models: Json) -> Json:
    """Beside each model one of which only a part need be given."""
    return {name + CHANGE: _loose(model) for name, model in models.items() if name not in WHOLE}


def _loose(model: Json) -> Json:
    kept = ("title", "description", "type", "additionalProperties")
    properties = {
        key: _or_nothing(_to_changes(value)) if key != "id" else value
        for key, value in model["properties"].items()
    }
    return {key: model[key] for key in kept} | {"properties": properties}


def _to_changes(node: Any) -> Any:
    """The same, with every model in its loose form."""
    if isinstance(node, list):
        return [_to_changes(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {
        key: value + CHANGE if key == "$ref" and "/names_" not in value else _to_changes(value)
        for key, value in node.items()
    }


def changes(scenario: Json, models: Json) -> Json:
    """What lies on top of another scenario: any of its keys, nothing required."""
    before = scenario["properties"]
    shock = _any_kind("kind", before["shocks"]["items"], models)
    outcome = _any_kind("measure", before["outcomes"]["additionalProperties"], models)
    number = _to_changes(before["parameters"]["additionalProperties"])
    values = mapping(_or_nothing({"type": "number"}))
    properties = before | {
        "shocks": before["shocks"] | {"items": _by_id(shock)},
        "deals": before["deals"] | {"items": _by_id({"$ref": f"#/$defs/Deal{CHANGE}"})},
        "outcomes": before["outcomes"] | {"additionalProperties": _or_nothing(outcome)},
        "parameters": before["parameters"] | {"additionalProperties": _or_nothing(number)},
        "initial": before["initial"]
        | {"additionalProperties": _or_nothing(values)}
        | {"properties": {key: _or_nothing(value) for key, value in OF_A_RECORD.items()}},
    }
    optional = properties.keys() - set(scenario["required"])
    loose = {key: _or_nothing(properties[key]) for key in sorted(optional)}
    return {"type": "object", "properties": properties | loose}


def _any_kind(key: str, told_apart: Json, models: Json) -> Json:
    """The same, loose; where the kind is not said, any key of any kind will do."""
    kinds = [_to_changes(one) for one in told_apart["allOf"]]
    fields: dict[str, list[Json]] = {}
    for one in kinds:
        model = models[one["then"]["$ref"].rpartition("/")[2]]
        for name, field in model["properties"].items():
            if field not in fields.setdefault(name, []):
                fields[name].append(field)
    any_of = {name: {"anyOf": several} for name, several in fields.items() if name != key}
    unsaid = {"properties": {key: {}, **any_of}, "additionalProperties": False}
    said = {"properties": told_apart["properties"], "allOf": kinds}
    return {"type": "object", "if": {"required": [key]}, "then": said, "else": unsaid}


def _by_id(item: Json) -> Json:
    """An entry of a list that is merged by `id`: a change, or the word that takes it out."""
    named = {"required": ["id"], "allOf": [item]}
    return {"if": {"required": ["drop"]}, "then": {"$ref": "#/$defs/drop"}, "else": named}


def drop() -> Json:
    """What takes an entry out of a list."""
    keys = {
        "id": {"type": "string", "description": "Id of the entry that goes"},
        "drop": {"const": True, "description": "Takes the entry out"},
    }
    return mapping(False) | {"properties": keys, "required": list(keys)}


def _or_nothing(schema: Json) -> Json:
    """The same, or nothing, which takes away what is under the key."""
    told: Json = {key: schema[key] for key in ("title", "description") if key in schema}
    rest = {key: value for key, value in schema.items() if key not in told}
    if rest.keys() <= {"anyOf", "default"} and {"type": "null"} in rest["anyOf"]:
        return schema
    return {**told, "anyOf": [rest, {"type": "null"}]}


def mapping(value: Json | bool) -> Json:
    """A mapping whose values, beside those told of, are such."""
    return {"type": "object", "additionalProperties": value}


def variant(scenario: Json) -> Json:
    """A variant: changes, but for what it cannot change."""
    keys = [key for key in scenario["properties"] if key not in REFUSED]
    on_top = {"allOf": [{"$ref": "#/$defs/changes"}]}
    return mapping(False) | {"properties": {key: {} for key in keys}} | on_top


# ── Names that a field may hold ──────────────────────────────────────────────────────

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
        if isinstance(one, NameOf):
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
        "parameters": {one.address: one.meaning for one in _listed(words)},
    }
    for unit in {measure.scale for measure in words.measures.values()}:
        fit = {r.id: r.statement for r in words.base_rates.values() if r.unit == unit}
        lists[f"base_rates_{unit}"] = fit
    named = {
        f"names_{kind}": {"enum": list(names), "enumDescriptions": list(names.values())}
        for kind, names in sorted(lists.items())
    }
    patterns = [{"pattern": one} for one in _patterns(words)]
    return named | {"names_parameters": {"anyOf": [named["names_parameters"], *patterns]}}


def number_tables(words: Vocabulary) -> Json:
    """What may stand under `parameters` and `initial`, and the ranges that these refer to."""
    settable = [one for one in words.quantities.values() if one.settable]
    parameters = _table({p.address: _parameter(p) for p in _listed(words)})
    spans = {one.takes for one in _listed(words)}
    spans |= {(one.low, one.high) for one in settable}
    free: Json = {key: {} for key in OF_A_RECORD}  # told of where the table is pointed to
    return {
        "parameters": parameters | {"patternProperties": _patterns(words)},
        "initial": _table({one.name: _start(one, words) for one in settable} | free),
        **{_range_name(*span): _number_in(*span) for span in sorted(spans)},
    }


OF_SHOCKS: Json = {
    rf"^{FAMILY}\.{NAME.pattern}\.[a-z_]+$": {
        "description": "A number of a shock of this scenario: its size, probability, week or delay"
    }
}


OF_A_RECORD: Json = {
    FILE: {
        "description": "Acts, or events, whose weeks are replayed before week 1: the path of a "
        "file in this folder or below",
        "type": "string",
        "minLength": 1,
    },
    UNTIL: {
        "description": "Last day of the weeks that are replayed; none: to the end of the file",
        "type": "string",
        "format": "date",
    },
}
"""What `initial` may say of a record that the scenario starts from."""


def _listed(words: Vocabulary) -> list[Parameter]:
    """The parameters but for rates of pairs, of which there are as many as pairs times acts."""
    return [one for address, one in words.parameters.items() if address not in words.rates]


def _patterns(words: Vocabulary) -> Json:
    """Pattern of addresses that are not listed → what may stand there."""
    acts = f"(?:{'|'.join(words.actions)})"
    rates = {
        rf"^rate\.{_dyad(words, way)}\.{acts}$": {
            "description": "Weekly probability of an act in ordinary weeks of the pair [1/week]",
            **_range(0, 1),
        }
        for way in "->"
    }
    return rates | _older_addresses(words) | OF_SHOCKS


def _older_addresses(words: Vocabulary) -> Json:
    """Pattern of addresses as older files write them (`initial.hostility.IRN>ISR`) → range."""
    per_dyad = [one for one in words.quantities.values() if one.per_dyad]
    return {
        rf"^initial\.{one.name}\.{_dyad(words, '>')}$": _range_of(one.low, one.high)
        for one in per_dyad
    }


def _dyad(words: Vocabulary, way: str) -> str:
    """Pattern of two different actors; without groups, as patterns may be joined."""
    pairs = (
        f"{one}{way}(?:{'|'.join(other for other in words.actors if other != one)})"
        for one in words.actors
    )
    return f"(?:{'|'.join(pairs)})"


def _table(properties: Json) -> Json:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _parameter(parameter: Parameter) -> Json:
    """A number in its range, or a setting whose value is."""
    unit = "" if parameter.unit == "1" else f" [{parameter.unit}]"
    return {
        "description": f"{parameter.meaning}{unit}",
        "default": float(number(parameter.default)),
        **_range_of(*parameter.takes),
    }


def _range_of(low: float, high: float) -> Json:
    return {"$ref": f"#/$defs/{_range_name(low, high)}"}


def _range_name(low: float, high: float) -> str:
    return f"from_{number(low)}_to_{number(high)}"


def _number_in(low: float, high: float) -> Json:
    """A number in a range, or a setting whose value is, and the ends of whose range are."""
    own = _range_of(low, high)
    return {**_range(low, high), "properties": {"value": own, "range": {"items": own}}}


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


# ── The whole ────────────────────────────────────────────────────────────────────────

DIALECT = "https://json-schema.org/draft/2020-12/schema"
EXAMPLE = {
    "title": "A strike out of the blue",
    "question": "Does Iran answer within half a year?",
    "start": "2024-08-05",
    "actors": ["IRN", "ISR", "USA"],
    "shocks": [{"id": "raid", "kind": "assassination", "week": 2, "by": "ISR", "against": "IRN"}],
    "outcomes": {"strike": {"measure": "direct_strike", "by": "IRN", "target": "ISR"}},
}
EXTENDS: Json = {
    "type": "string",
    "description": "A shipped scenario, or a file beside this one; what stands here lies on top",
    "examples": ["haniyeh_2024", "base.yaml"],
}
WIDTH = 200
"""Characters of a line of the schema."""

RELATIVE = r"^(?![A-Za-z]:|.*://)[^/\\][^\\]*\.ya?ml$"
VARIANTS = {"description": "Name → changes on top of this file, to compare"}


def schema_text() -> str:
    """The schema as it is printed, and kept beside the shipped scenarios."""
    return f"{_laid_out(json_schema())}\n"


def _laid_out(node: Any, indent: str = "", key: str = "") -> str:
    """JSON in which what fits on a line stands on one."""
    whole = f"{indent}{key}{json.dumps(node, ensure_ascii=False)}"
    if len(whole) < WIDTH or not isinstance(node, dict | list):
        return whole
    named = isinstance(node, dict)
    items = node.items() if isinstance(node, dict) else ((None, one) for one in node)
    inner = ",\n".join(
        _laid_out(one, f"{indent}  ", f"{json.dumps(name)}: " if named else "")
        for name, one in items
    )
    opening, closing = "{}" if named else "[]"
    return f"{indent}{key}{opening}\n{inner}\n{indent}{closing}"


def json_schema() -> Json:
    """The schema of a file for everything that is installed."""
    words = vocabulary()
    models: Json = words.scenario_type.model_json_schema(schema_generator=NamingSchema)
    defs: Json = models.pop("$defs")
    scenario = _pointed(models, defs)
    partial = loose(defs)
    shipped = {"enum": list(shipped_scenarios())}
    extends = {**EXTENDS, "anyOf": [shipped, {"pattern": RELATIVE}]}
    keys = {"extends": extends, **{key: {} for key in scenario["properties"]}}
    names = {"propertyNames": {"pattern": f"^{NAME.pattern}$"}}
    keys["variants"] = {**VARIANTS, **mapping({"$ref": "#/$defs/variant"}), **names}
    return {
        "$schema": DIALECT,
        "$id": "urn:realpolitik:scenario:1",
        "title": "Scenario of realpolitik",
        "description": inspect.cleandoc(words.scenario_type.__base__.__doc__ or ""),
        "examples": [EXAMPLE],
        "type": "object",
        "properties": keys,
        "additionalProperties": False,
        "if": {"required": ["extends"]},
        "then": {"$ref": "#/$defs/changes"},
        "else": {"$ref": "#/$defs/scenario"},
        "$defs": {
            "scenario": scenario,
            "changes": changes(scenario, partial),
            "variant": variant(scenario),
            "drop": drop(),
            **defs,
            **partial,
            **name_lists(words),
            **number_tables(words),
        },
    }


def _pointed(models: Json, defs: Json) -> Json:
    """The scenario as a file gives it that stands alone."""
    own = {key for key, field in Scenario.model_fields.items() if field.exclude}  # the reader's
    properties = {key: field for key, field in models["properties"].items() if key not in own}
    for part, key in (("shocks", "kind"), ("outcomes", "measure")):
        where = "items" if part == "shocks" else "additionalProperties"
        kinds = properties[part][where]["discriminator"]["mapping"]
        properties[part] = properties[part] | {where: _told_apart(key, kinds, defs)}
    plain = {"pattern": f"^{NAME.pattern}$", "not": {"enum": sorted(TAKEN)}}
    properties["outcomes"]["propertyNames"] = plain
    properties["actors"] = properties["actors"] | {"uniqueItems": True}
    for part in ("parameters", "initial"):
        properties[part] = {
            **{key: value for key, value in properties[part].items() if key != "type"},
            "allOf": [{"$ref": f"#/$defs/{part}"}],
            "type": "object",
        }
    properties["initial"]["properties"] = OF_A_RECORD
    properties["initial"]["dependentRequired"] = {UNTIL: [FILE]}
    return {"type": "object", "properties": properties, "required": models["required"]}


def _told_apart(key: str, kinds: Mapping[str, str], defs: Json) -> Json:
    """A mapping that is one of several models: what `key` says decides which."""
    meanings = [defs[ref.rpartition("/")[2]]["description"] for ref in kinds.values()]
    words = {"enum": list(kinds), "enumDescriptions": meanings}
    return {
        "type": "object",
        "required": [key],
        "properties": {key: {"description": f"Which {key}; it decides on the keys", **words}},
        "allOf": [
            {
                "if": {"required": [key], "properties": {key: {"const": kind}}},
                "then": {"$ref": ref},
            }
            for kind, ref in kinds.items()
        ],
    }

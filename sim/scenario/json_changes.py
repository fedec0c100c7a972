"""The part of JSON Schema that says what may lie on top of another scenario, and change it.

There nothing is required but the `id` by which shocks and deals are found, and nothing (`key:`)
takes away what is under the key. See `merging.py` for what becomes of it.
"""

from typing import Any

from realpolitik.sim.scenario.variants import REFUSED

Json = dict[str, Any]

CHANGE = "_change"
WHOLE = ("Episode", "Expectation", "Lever")  # these are replaced, not merged


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
        "initial": before["initial"] | {"additionalProperties": _or_nothing(values)},
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

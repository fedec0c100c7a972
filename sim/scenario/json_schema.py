"""JSON Schema (2020-12) of a scenario file, so that an editor completes and checks what is typed.

The models give keys, types and descriptions, the vocabulary gives the names. A file that extends
another, and a variant, need not give all that a scenario needs.
"""

import inspect
import json
from collections.abc import Mapping
from typing import Any

from realpolitik.sim.scenario.checks import NAME, TAKEN
from realpolitik.sim.scenario.json_changes import changes, drop, loose, mapping, variant
from realpolitik.sim.scenario.json_names import NamingSchema, name_lists, number_tables
from realpolitik.sim.scenario.loading import shipped_scenarios
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

Json = dict[str, Any]

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
RELATIVE = r"^(?![A-Za-z]:|.*://)[^/\\][^\\]*\.ya?ml$"
VARIANTS = {"description": "Name → changes on top of this file, to compare"}


def schema_text() -> str:
    """The schema as it is printed, and kept beside the shipped scenarios."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


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

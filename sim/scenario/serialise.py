"""A scenario as a text that another process can make the same scenario of.

The text is a key as well: whoever is handed the same one many times reads it once.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

from realpolitik.sim.scenario.nodes import NotFiniteError, plain, resolve
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

# ── Packed ───────────────────────────────────────────────────────────────────────────


def pack(scenario: Scenario) -> str:
    """The scenario as JSON, with every default written out; what is None is left out."""
    return scenario.model_dump_json(exclude_none=True)


@lru_cache(maxsize=16)
def unpack(text: str) -> Scenario:
    """The scenario again, without its name; what its file was checked for is not checked anew.

    Raises:
        ValueError: the text is not what `pack` gave.
    """
    return vocabulary().scenario_type.model_validate_json(text, strict=True)


def unpack_yaml(text: str) -> Scenario:
    """The same of what `dump_scenario` gave; it need not lie where its file lay.

    Raises:
        ValueError: the text is something else.
    """
    tree, _ = read_tree(text, "scenario.yaml")
    return unpack(json.dumps(plain(tree)))


# ── As YAML ──────────────────────────────────────────────────────────────────────────


ONE_LETTER = frozenset("yYnN")  # true and false to some programs that speak YAML 1.1
TAGS = {str: "str", int: "int", float: "float", bool: "bool", type(None): "null"}


class _Dumper(yaml.SafeDumper):
    """Quotes texts that the reader, or YAML 1.1, would take for something else, and no others."""

    def ignore_aliases(self, data: Any) -> bool:
        """Writes everything out."""
        return True

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """The tag of an unquoted word, by the rules of the reader; of a text by those of both."""
        before = super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]
        if kind is not yaml.ScalarNode or not implicit[0]:
            return before
        if value in ONE_LETTER:
            return None
        try:
            read = type(resolve(value))
        except NotFiniteError:
            return None
        return before if read is str else f"tag:yaml.org,2002:{TAGS[read]}"


def dump_scenario(scenario: Scenario) -> str:
    """The scenario as YAML, with every default written out; what is None is left out."""
    values = scenario.model_dump(exclude_none=True)
    return yaml.dump(values, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


# ── What determines the worlds ───────────────────────────────────────────────────────


PROSE = {"title", "question", "source", "sources", "note", "label", "base_rate", "expects"}
"""Keys that change no world, wherever they stand."""

ASIDE = {"schema_version", "levers", "episode", "aftermath"}
"""Parts of a scenario that change none: how it is written, what to vary, what to score against."""

NAMED = {"outcomes", "parameters", "initial"}
"""Parts whose keys are names that somebody chose: an outcome may well be called `note`."""


def essence(scenario: Mapping[str, Any]) -> dict[str, Any]:
    """A scenario, as JSON or YAML has it, without what changes no world."""
    parts = {key: part for key, part in scenario.items() if key not in ASIDE}
    whole: dict[str, Any] = without_prose(parts)
    return whole


def without_prose(tree: Any) -> Any:
    """Anything that holds scenarios without what is only read by people."""
    if isinstance(tree, list):
        return [without_prose(one) for one in tree]
    if not isinstance(tree, dict):
        return tree
    return {
        key: _each(part) if key in NAMED else without_prose(part)
        for key, part in tree.items()
        if key not in PROSE
    }


def _each(part: Any) -> Any:
    """The same of each value of a mapping, whatever its keys."""
    if not isinstance(part, dict):
        return without_prose(part)
    return {name: without_prose(one) for name, one in part.items()}

"""What of a scenario determines its worlds: all but what only people read."""

from collections.abc import Mapping
from typing import Any

PROSE = {"title", "question", "source", "sources", "note", "label", "base_rate", "expects"}
"""Keys that change no world, wherever they stand."""

ASIDE = {"schema_version", "levers", "episode"}
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

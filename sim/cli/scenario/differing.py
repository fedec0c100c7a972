"""`realpolitik show --diff`: what differs between two scenarios, key by key."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from realpolitik.sim.cli.output import pairs, show
from realpolitik.sim.scenario.errors import number
from realpolitik.sim.scenario.schema import Scenario

# Lists whose entries are told apart by what one of their keys says.
BY_KEY = {"shocks": "id", "deals": "id", "levers": "parameter"}
LISTS = ("actors", "sources")  # entries are added and removed

Differences = Iterator[tuple[str, str]]


def print_differences(names: Sequence[str], scenarios: Sequence[Scenario]) -> None:
    """A row for each difference: added, removed or changed, and from what to what."""
    before, after = scenarios
    show(pairs([("from", f"{names[0]}  {before.title}"), ("to", f"{names[1]}  {after.title}")]), "")
    found = list(differences(before, after))
    show(pairs(found) if found else "Nothing differs.")


def differences(before: Scenario, after: Scenario) -> Differences:
    """'changed' and 'weeks: 26 -> 52', for everything that the two say otherwise."""
    yield from _between((), _values(before), _values(after))


def _values(scenario: Scenario) -> Any:
    """The scenario as mappings in mappings, entries of lists under their names."""
    values = scenario.model_dump(mode="json", exclude_none=True)
    for part, key in BY_KEY.items():
        values[part] = {entry[key]: entry for entry in values[part]}
    for part in LISTS:
        values[part] = dict.fromkeys(values[part], "")
    values["expects"] = {_expected(entry): entry for entry in values["expects"]}
    return values


def _expected(entry: Mapping[str, str]) -> str:
    return f"{entry['outcome']} than {entry['than']}"


def _between(path: tuple[str, ...], before: Any, after: Any) -> Differences:
    key = ".".join(path)
    if isinstance(before, dict) and isinstance(after, dict):
        for each in dict.fromkeys((*before, *after)):
            yield from _between((*path, each), before.get(each), after.get(each))
    elif before is None:
        yield "added", _told(key, after)
    elif after is None:
        yield "removed", _told(key, before)
    elif before != after:
        yield "changed", f"{key}: {_said(before)} -> {_said(after)}"


def _told(key: str, value: Any) -> str:
    said = _said(value)
    return f"{key}: {said}" if said else key


def _said(value: Any) -> str:
    """The value on one line; of a mapping what it says, of text that is empty nothing."""
    match value:
        case dict():
            said = {key: _said(inner) for key, inner in value.items()}
            return ", ".join(f"{key} {text}" for key, text in said.items() if text)
        case list():
            return f"[{', '.join(_said(inner) for inner in value)}]"
        case bool():
            return json.dumps(value)
        case int() | float():
            return number(value)
        case _:
            return str(value).strip()

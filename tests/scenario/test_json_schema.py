"""The JSON Schema of scenario files: what it tells an editor, and that it lets in what is right."""

import json
import re
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator, FormatChecker

from realpolitik.sim.cli.commands import cli
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.json_schema import json_schema, schema_text
from realpolitik.sim.scenario.loading import load_scenario, read_scenario, shipped_scenarios
from realpolitik.sim.scenario.nodes import Plain, plain
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.serialise import dump_scenario
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.offenders import each

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SHIPPED = shipped_scenarios()
SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


def values_of(text: str | bytes) -> Plain:
    """What the reader makes of a text, whatever else is wrong with it."""
    return plain(read_tree(text, "x.yaml")[0])


def accepts(text: str | bytes) -> bool:
    """Whether the schema finds no fault."""
    return bool(VALIDATOR.is_valid(values_of(text)))


# ── What it is ───────────────────────────────────────────────────────────────────────


def test_it_is_a_valid_schema_of_2020_12() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMA)


def test_the_copy_beside_the_scenarios_is_up_to_date() -> None:
    assert (SCENARIOS / "schema.json").read_text(encoding="utf-8") == schema_text(), "`make docs`"


def test_an_address_stands_once_among_the_names_and_once_as_a_key_and_ranges_are_shared() -> None:
    text = schema_text()
    listed = vocabulary().parameters.keys() - vocabulary().rates.keys()
    assert {text.count(f'"{address}"') for address in listed} == {2}
    table = SCHEMA["$defs"]["parameters"]["properties"].values()
    assert all(one.keys() == {"description", "default", "$ref"} for one in table)
    assert len({one["$ref"] for one in table}) < len(table) / 2


def test_the_command_prints_it() -> None:
    done = CliRunner().invoke(cli, ["schema"])
    assert (done.exit_code, json.loads(done.stdout)) == (0, SCHEMA)


def fields(node: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Every key that a schema describes, with what it says of it."""
    if isinstance(node, dict):
        if key not in {"if", "allOf", "properties"} and node.get("additionalProperties") is False:
            yield from node.get("properties", {}).items()
        for name, child in node.items():
            yield from fields(child, name)


def test_every_field_of_a_model_has_a_description() -> None:
    models = {name: model for name, model in SCHEMA["$defs"].items() if name[0].isupper()}
    bare = [
        f"{name}.{key}" for name in models for key, one in fields(models[name]) if not told(one)
    ]
    assert len(models) > 60
    assert bare == []


def told(field: Any) -> bool:
    """Whether it has a description of its own, or of the model that it is."""
    return "description" in field or "description" in SCHEMA["$defs"][field["$ref"][8:]]


def test_every_key_of_a_scenario_has_a_description() -> None:
    properties = SCHEMA["$defs"]["scenario"]["properties"]
    assert all(field["description"] for field in properties.values())


def test_every_parameter_is_there_with_its_meaning_range_and_default() -> None:
    told = SCHEMA["$defs"]["parameters"]["properties"]
    rates = vocabulary().rates
    listed = {p.address: p for p in vocabulary().parameters.values() if p.address not in rates}
    for address, parameter in listed.items():
        assert told[address]["description"].startswith(parameter.meaning)
        assert told[address]["default"] == pytest.approx(parameter.default)
        span = SCHEMA["$defs"][told[address]["$ref"].rpartition("/")[2]]
        ends = (span["minimum"], span["maximum"])
        assert ends == pytest.approx(parameter.takes)


def test_names_are_listed_for_an_editor_to_complete() -> None:
    defs, words = SCHEMA["$defs"], vocabulary()
    assert defs["names_actors"]["enum"] == list(words.actors)
    assert defs["names_actions"]["enum"] == list(words.actions)
    assert defs["Assassination"]["properties"]["by"]["$ref"] == "#/$defs/names_actors"
    assert defs["scenario"]["properties"]["shocks"]["items"]["properties"]["kind"]["enum"] == list(
        words.shocks
    )


def test_every_reference_leads_somewhere() -> None:
    found = set(re.findall(r'"\$ref": "#/\$defs/([^"]*)"', json.dumps(SCHEMA)))
    assert found - SCHEMA["$defs"].keys() == set()


# ── What it accepts ──────────────────────────────────────────────────────────────────


@each("file", SHIPPED.values())
def test_it_accepts_every_shipped_file(file: Traversable) -> None:
    values = values_of(file.read_bytes())
    faults = [f"{list(e.path)}: {e.message[:200]}" for e in VALIDATOR.iter_errors(values)]
    assert faults == []


@each("name", SHIPPED)
def test_it_accepts_every_shipped_scenario_written_out(name: str) -> None:
    assert accepts(dump_scenario(load_scenario(name)))


@each("name", SHIPPED)
def test_every_file_tells_editors_where_the_schema_is(name: str) -> None:
    first = SHIPPED[name].read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={'../' * name.count('/')}schema.json"


def test_its_own_examples_are_scenarios() -> None:
    assert all(VALIDATOR.is_valid(example) for example in SCHEMA["examples"])


# ── It and the reader accept the same ────────────────────────────────────────────────

STANDOFF = """\
title: A quarrel
question: Does Iran strike?
start: 2024-08-05
actors: [RUS, IRN, ISR]
parameters: {initial.hostility.IRN>ISR: 0.7, shock.s.pressure: 0.2}
initial: {hostility: {RUS>IRN: 0.6, IRN--ISR: 0.5}}
levers:
  - {parameter: initial.resolve.ISR>IRN, label: Resolve}
  - {parameter: shock.s.deaths, label: How many}
shocks:
  - {id: s, kind: casualties, week: 1, on: IRN, deaths: 3, blamed: ISR, pressure: 0.1}
outcomes:
  s: {measure: direct_strike, by: IRN, on: ISR}
variants:
  v: {outcomes: {s: {on: RUS}}, parameters: {initial.hostility.IRN>ISR: {value: 0.8}}}
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title", "title"),
        ("shock.s.pressure", "shock.s"),
        ("shock.s.deaths", "shocks.s.deaths"),
        ("IRN>ISR: 0.7", "IRN>IRN: 0.7"),
        ("IRN>ISR: 0.7", "IRN>XYZ: 0.7"),
        ("IRN>ISR: 0.7", "IRN>ISR: 7"),
        ("IRN>ISR: 0.7", "IRN<>ISR: 0.7"),
        ("IRN--ISR", "IRN--IRN"),
        ("IRN--ISR", "IRN---ISR"),
        ("resolve.ISR>IRN", "resolve.ISR>ISR"),
        ("on: ISR}", "on: ISR, target: ISR}"),
        ("on: ISR}", "at: ISR}"),
        (", on: ISR}", "}"),
        ("on: IRN", "on: XYZ"),
        ("IRN>ISR: {value: 0.8}", "IRN>ISR: {value: 8}"),
    ],
)
def test_older_spellings_are_accepted_where_the_reader_accepts_them(old: str, new: str) -> None:
    text = STANDOFF.replace(old, new)
    values = yaml.load(text, Loader=yaml.BaseLoader)  # keys as they are typed, `on` among them
    values["parameters"] = {key: float(value) for key, value in values["parameters"].items()}
    values["initial"] = {"hostility": dict.fromkeys(values["initial"]["hostility"], 0.5)}
    shock = values["shocks"][0]
    values["shocks"] = [shock | {"week": 1, "deaths": 3, "pressure": 0.1}]
    changed = values["variants"]["v"]["parameters"]["initial.hostility.IRN>ISR"]
    changed["value"] = float(changed["value"])
    try:
        read_scenario(text, "x.yaml")
    except ScenarioError:
        is_read = False
    else:
        is_read = True
    assert VALIDATOR.is_valid(values) == is_read == (old == new)

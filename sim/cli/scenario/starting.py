"""`realpolitik new`: a scenario file to begin with."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.output import say
from realpolitik.sim.cli.scenario.templates import EXTENDING, STARTER
from realpolitik.sim.scenario.characters import find_unseen
from realpolitik.sim.scenario.checks import NAME
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, number
from realpolitik.sim.scenario.finding import SUFFIXES, Source, refer
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

SCHEMA = "schema.json"


def write_starter(name: str, base: str | None) -> None:
    """Writes NAME.yaml into this folder, and prints its name.

    Raises:
        InputError: it is there already, or cannot be written.
        ScenarioError: the scenario that it is to extend is not there, or wrong.
    """
    stem = name.removesuffix(".yaml")
    if not NAME.fullmatch(stem):
        raise InputError(f"{name}: no name for a scenario; expected letters, digits, '_' and '-'")
    file = Path(f"{stem}.yaml")
    text = starter(stem) if base is None else extension(stem, base)
    schema = f"# yaml-language-server: $schema={SCHEMA}\n" if Path(SCHEMA).is_file() else ""
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(schema + text)
    except FileExistsError:
        raise InputError(f"{file}: is there already; nothing was written") from None
    except OSError as error:
        raise InputError(f"{file}: cannot be written: {error.strerror}") from None
    say(f"{file}")


def starter(stem: str) -> str:
    """A small scenario that runs, with a word about each part."""
    return STARTER.substitute(stem=stem, title=_title(stem))


def extension(stem: str, base: str) -> str:
    """A file that changes nothing in another scenario yet, with an example of each change.

    Raises:
        ScenarioError: the other is not there, not in this folder or below, or wrong.
    """
    is_path = base.endswith(SUFFIXES)
    if is_path and find_unseen(base) is not None:
        problem = "a name with a character that cannot be seen, or that is not UTF-8"
        raise ScenarioError([Fault(Place(f"--from {base}"), problem, "a file of another name")])
    reference = os.path.relpath(base).replace(os.sep, "/") if is_path else base
    here = Path(f"{stem}.yaml")
    found = refer(Source(str(here), here, Path()), reference, Place(f"--from {base}"))
    if isinstance(found, Fault):
        raise ScenarioError([found])
    scenario = load_scenario(reference)
    parameter = vocabulary().actors[scenario.actors[0]].parameters()[0]
    return EXTENDING.substitute(
        stem=stem,
        base=json.dumps(reference, ensure_ascii=False) if is_path else reference,
        base_name=reference,
        title=_title(stem),
        weeks=scenario.weeks,
        parameter=parameter.address,
        value=number(parameter.default),
        low=number(parameter.low),
        high=number(parameter.high),
        shocks="\n".join(f"#  {line}" for line in _example_shocks(scenario)) + "\n",
    )


def _title(stem: str) -> str:
    return json.dumps(stem.replace("_", " ").strip().capitalize() or stem)


def _example_shocks(scenario: Scenario) -> Iterator[str]:
    """A change to the first shock, and a new one."""
    for shock in scenario.shocks[:1]:
        yield f"- {{id: {shock.id}, probability: 0.5}}"
    yield "- id: is_shunned"
    yield "  kind: shift"
    outcome = next(iter(scenario.outcomes), None)
    yield f"  when: {{outcome: {outcome}, delay_weeks: 2}}" if outcome else "  week: 1"
    yield "  quantity: isolation"
    yield f"  of: {scenario.actors[0]}"
    yield "  value: 0.1"

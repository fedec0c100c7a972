"""`realpolitik new`: a scenario file to begin with."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from string import Template

from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.output import say
from realpolitik.sim.record.starting import load_scenario
from realpolitik.sim.scenario.characters import find_unseen
from realpolitik.sim.scenario.checks import NAME
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, number
from realpolitik.sim.scenario.finding import SUFFIXES, SourceFile, refer
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
    found = refer(SourceFile(str(here), here, Path()), reference, Place(f"--from {base}"))
    if isinstance(found, Fault):
        raise ScenarioError([found])
    scenario = load_scenario(reference)
    parameter = vocabulary().weights_of(scenario.actors[0])[0]
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


# ── The files ────────────────────────────────────────────────────────────────────────

# A line of these files that begins with `#` and a key, or with `#` and two blanks, is an example:
# it is right once the sign is taken away. A line that begins with `# ` is for the reader.

STARTER = Template("""\
# A scenario: who takes part, what happens to them, and what is asked.
# Lines such as `#weeks: 26` are examples: take the # away, and they count.
# Check it: realpolitik validate $stem.yaml     Run it: realpolitik run $stem.yaml
schema_version: 1
title: $title
question: Does Iran strike Israel, and what does Russia do?

# The first day of week 1, and how many weeks are simulated.
start: 2024-08-05
weeks: 26

# Who takes part (see `realpolitik list actors`).
actors: [RUS, IRN, ISR, USA]

# Parameters with another value, bare or with a range and a source
# (see `realpolitik list parameters`).
#parameters:
#  RUS.israel_ties: 0.05
#  RUS.saudi_ties: {value: 0.05, range: [0, 0.1], source: assumed}

# Quantities at the start, of an actor, toward another (RUS-IRN), or both ways (RUS<>IRN).
#initial:
#  hostility:
#    IRN-ISR: 0.9
#    RUS<>USA: 0.6

# What happens: on a date, in a week, or when an outcome comes about.
shocks:
  - id: killing
    kind: assassination
    week: 1
    by: ISR
    against: IRN
    note: In a sentence, what happens.
#  - id: ships_are_sent
#    kind: posture
#    when: {outcome: strike_on_israel, delay_weeks: 2}
#    probability: 0.5
#    by: USA
#    protecting: ISR

# What two could agree on at the cost of a third.
#deals:
#  - {id: usa_russia, actor: RUS, rival: USA, toward: IRN, openness: 0.5}

# What is read off each simulated history (see `realpolitik list outcomes`).
outcomes:
  strike_on_israel:
    measure: direct_strike
    by: IRN
    target: ISR
    label: Iran strikes Israel
  highest_rung:
    measure: highest_rung
    label: Highest rung reached

# What somebody could choose otherwise, for sweeps.
#levers:
#  - {parameter: RUS.israel_ties, label: How much Russia cares for Israel, range: [0, 0.1]}

# Named changes on top, to compare within this file: realpolitik run $stem.yaml#no_killing
#variants:
#  no_killing:
#    shocks:
#      - {id: killing, drop: true}

#sources:
#  - Where the facts are from
""")

EXTENDING = Template("""\
# Changes to another scenario. What stands here goes on top of it, and the rest is as it is there.
# Lines such as `#weeks: $weeks` are examples: take the # away, and they count.
# What differs: realpolitik show --diff $base_name $stem.yaml
schema_version: 1
extends: $base
title: $title

#question: What would be different?
#weeks: $weeks

# Parameters with another value, bare or with a range and a source. A key with nothing behind it
# takes away what the other scenario says.
#parameters:
#  $parameter: {value: $value, range: [$low, $high], source: assumed}

# Shocks and deals merge by id. `- {id: x, drop: true}` takes one away.
#shocks:
$shocks
# Outcomes merge by name.
#outcomes:
#  highest_rung_reached: {measure: highest_rung, label: Highest rung reached}

# Named changes on top, to compare within this file: realpolitik run $stem.yaml#another_value
variants:
  another_value:
    parameters: {$parameter: $low}
""")

"""Files of a record, and the scenario that its weeks are seen with: what was typed of them."""

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from realpolitik.sim.cli.options import Location, Reference
from realpolitik.sim.record import ORDINARY

if TYPE_CHECKING:
    from realpolitik.sim.record.weekly import Record
    from realpolitik.sim.scenario.schema import Scenario

events_argument = click.argument(
    "words", metavar="EVENTS... [SCENARIO]", nargs=-1, required=True, type=Reference()
)
scenario_option = click.option(
    "--scenario",
    type=Reference(),
    help=f"What the weeks are seen with, also as the last argument.  [{ORDINARY}]",
)


def read_typed(words: Sequence[str], scenario: str | None) -> tuple["Record", "Scenario"]:
    """The record in the files, and the scenario.

    Raises:
        RecordError: something is wrong with the files.
        ScenarioError: something is wrong with the scenario.
    """
    from realpolitik.sim.record.record_files import read_record
    from realpolitik.sim.record.starting import load_scenario

    paths, named = parted(words, scenario)
    seen_with = load_scenario(named)
    return read_record(paths, seen_with), seen_with


def parted(words: Sequence[str], scenario: str | None) -> tuple[list[Path], str]:
    """The files, and the name of the scenario: the last word, if it is no file of events."""
    *first, last = words
    if scenario is None and first and _is_scenario(last):
        words, scenario = first, last
    return [*map(_path, words)], scenario or ORDINARY


def _path(word: str) -> Path:
    return Location().convert(word, None, None)


def _is_scenario(word: str) -> bool:
    path = Path(word.partition("#")[0])
    return path.suffix in {".yaml", ".yml"} or not (path.suffix or path.exists())


def command_of(verb: str, words: Sequence[str], options: Mapping[str, object]) -> str:
    """What makes the same again; of the options those that have a value."""
    typed = [
        part for name, value in options.items() if value is not None for part in (name, str(value))
    ]
    return shlex.join(["realpolitik", verb, *words, *typed])

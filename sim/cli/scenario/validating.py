"""`realpolitik validate`: whether files can be run."""

from collections.abc import Iterable
from typing import Any

import click

from realpolitik.sim.cli.exits import WRONG_INPUT, note
from realpolitik.sim.cli.saying import say, say_json
from realpolitik.sim.scenario.errors import Fault, ScenarioError
from realpolitik.sim.scenario.loading import load_scenario


def print_verdicts(files: Iterable[str]) -> None:
    """A line on stdout for each file that is well, and one on stderr for each fault of the others.

    Raises:
        Exit: one or more are wrong.
    """
    wrong = False
    for file in files:
        try:
            load_scenario(file)
        except ScenarioError as error:
            wrong = True
            note(*map(str, error.faults))
        else:
            say(f"{file}: well")
    if wrong:
        raise click.exceptions.Exit(WRONG_INPUT)


def print_json(files: Iterable[str]) -> None:
    """One JSON array on stdout, an object for each file with its faults.

    Raises:
        Exit: one or more are wrong.
    """
    verdicts = [_verdict(file) for file in files]
    say_json(verdicts, indent=2)
    if not all(verdict["ok"] for verdict in verdicts):
        raise click.exceptions.Exit(WRONG_INPUT)


def _verdict(file: str) -> dict[str, Any]:
    try:
        load_scenario(file)
    except ScenarioError as error:
        return {"file": file, "ok": False, "faults": [_told(fault) for fault in error.faults]}
    return {"file": file, "ok": True, "faults": []}


def _told(fault: Fault) -> dict[str, Any]:
    """A fault; line and column are null where it is the file as a whole."""
    return {
        "file": fault.place.path,
        "line": fault.place.line or None,
        "column": fault.place.column or None,
        "problem": fault.problem,
        "expected": fault.expected or None,
        "suggestion": fault.suggestion or None,
    }

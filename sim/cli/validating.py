"""`realpolitik validate`: whether files can be run."""

import sys
from collections.abc import Iterable

import click

from realpolitik.sim.cli.exits import WRONG_INPUT, note
from realpolitik.sim.scenario.errors import ScenarioError
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
            note(str(error))
        else:
            sys.stdout.write(f"{file}: well\n")
    if wrong:
        raise click.exceptions.Exit(WRONG_INPUT)

"""A verb of the command as tests use it, and a scenario that takes a moment."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.cli.commands import cli

QUARREL = """\
title: Will nothing come of this?
question: What comes of it?
start: 2024-08-05
weeks: 3
actors: [RUS, USA, IRN, ISR]
parameters: {action.limited_strike.base_rate: 0.04}
shocks:
  - {id: killed, kind: assassination, week: 1, by: ISR, against: IRN, pressure: 0.9}
outcomes:
  strike: {measure: direct_strike, by: IRN, target: ISR, label: Iran strikes}
  peak: {measure: highest_rung}
"""


@dataclass(frozen=True)
class Verb:
    """One of the verbs, such as `flips`."""

    name: str

    def invoked(self, *words: str | Path) -> Result:
        """What it does with these words."""
        return CliRunner().invoke(cli, [self.name, *map(str, words)])

    def well(self, *words: str | Path) -> str:
        """What it prints when all is well."""
        done = self.invoked(*words)
        assert done.exit_code == 0, done.output
        return done.stdout

    def answer(self, *words: str | Path) -> dict[str, Any]:
        """The object that `--json` prints; NaN is no JSON."""
        printed = self.well(*words, "--json")
        told: dict[str, Any] = json.loads(printed, parse_constant=pytest.fail)
        return told

    def refused(self, words: list[str], code: int, told: str) -> None:
        """Makes sure that bad input is told in a line."""
        done = self.invoked(*words)
        assert done.exit_code == code, done.output
        assert told in done.stderr
        assert "Traceback" not in done.output

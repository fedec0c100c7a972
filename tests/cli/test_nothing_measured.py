"""Verbs on a scenario that measures nothing: it is run, and what needs an outcome says so."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from realpolitik.sim.cli.commands import cli
from realpolitik.sim.scenario.schema import EXAMPLE

SCENARIO = """\
title: Nobody counts
question: What comes of it?
start: 2024-08-05
weeks: 1
actors: [RUS, IRN]
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the scenario, in which the command is typed."""
    (tmp_path / "quiet.yaml").write_text(SCENARIO, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    "words",
    [
        "sweep quiet.yaml --set RUS.israel_ties=0,0.5",
        "sweep quiet.yaml --set RUS.israel_ties=0,0.5 --until 0.1 --dry-run",
        "compare no_shock quiet.yaml --worlds 2",
        "flips quiet.yaml --outcome peak --worlds 2",
        "ablate quiet.yaml --actor RUS --worlds 2",
    ],
)
def test_a_verb_that_needs_an_outcome_says_how_to_add_one(words: str) -> None:
    done = CliRunner().invoke(cli, words.split())
    assert done.exit_code == 1, done.output
    assert done.stderr.startswith("quiet.yaml: there is nothing to measure")
    assert done.stderr.count("\n") == 1
    assert EXAMPLE in done.stderr
    assert not Path("results").exists()


def test_the_way_that_is_shown_is_a_way(tmp_path: Path) -> None:
    (tmp_path / "loud.yaml").write_text(f"{SCENARIO}outcomes:\n  {EXAMPLE.strip('`')}\n")
    assert CliRunner().invoke(cli, ["validate", "loud.yaml"]).exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        "run quiet.yaml --worlds 2",
        "explain quiet.yaml --actor RUS --action support --target IRN --worlds 2",
    ],
)
def test_what_needs_no_outcome_is_done(words: str) -> None:
    done = CliRunner().invoke(cli, [*words.split()])
    assert done.exit_code == 0, done.output

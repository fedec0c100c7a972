"""What `sweep --set` takes."""

import click
import pytest
from click.testing import CliRunner

from realpolitik.sim.cli.exits import USAGE, Command
from realpolitik.sim.cli.options import Varying


@click.group(cls=Command)
def cli() -> None:
    """A command with one verb."""


@cli.command()
@click.option("--set", "varied", type=Varying(), multiple=True)
def sweep(varied: tuple[tuple[object, ...], ...]) -> None:
    """Says what it was given."""
    for one in (one for each in varied for one in each):
        click.echo(getattr(one, "address", "?"))


def test_addresses_globs_and_ranges_are_taken() -> None:
    words = ["--set", "RUS.*", "--set", "world.precision=5:15:5", "--set", "RUS.israel_ties=0,1"]
    done = CliRunner().invoke(cli, ["sweep", *words])
    assert done.stdout.split() == ["RUS.*", "world.precision", "RUS.israel_ties"]


@pytest.mark.parametrize("word", ["=1", "RUS.x=", "RUS.x=1:2:3:4", "RUS.x=a,b", "RUS.x=.inf,1"])
def test_words_that_make_no_sense_are_wrong_usage(word: str) -> None:
    done = CliRunner().invoke(cli, ["sweep", "--set", word])
    assert done.exit_code == USAGE
    (line,) = done.stderr.splitlines()
    assert line.startswith("cli sweep: Invalid value for '--set'") or "Invalid value" in line

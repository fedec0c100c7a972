"""What is typed after a verb: numbers, paths, values of parameters and ranges of them."""

import click
import pytest
from click.testing import CliRunner

from realpolitik.sim.cli.commands import cli
from realpolitik.sim.cli.exits import USAGE, Command
from realpolitik.sim.cli.options import FiniteNumber, Varying, WholeNumber


@pytest.mark.parametrize("text", ["1000", "1_000", "1e3", "1000.0", " 1000 ", "+1000"])
def test_a_whole_number_may_be_typed_in_several_ways(text: str) -> None:
    assert WholeNumber(1).convert(text, None, None) == 1000


@pytest.mark.parametrize("text", ["", "many", "2.5", "inf", "nan", "-1", "1e999", "1,000"])
def test_what_is_no_whole_number_from_1_on_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter):
        WholeNumber(1).convert(text, None, None)


@pytest.mark.parametrize("text", ["inf", "nan", "much", ""])
def test_what_is_no_finite_number_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter):
        FiniteNumber().convert(text, None, None)


@pytest.mark.parametrize(
    "arguments",
    [
        ["sweep", "no_shock", "--set", "initial.hostility.IRN=0:1"],
        ["run", "no_shock", "--set", "hostility.IRN=0.5"],
        ["flips", "no_shock", "--outcome", "full_scale_war", "--parameter", "initial.flow.USA"],
    ],
)
def test_an_address_that_a_shell_cut_off_says_so(arguments: list[str]) -> None:
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 1
    assert "breaks off after" in done.stderr
    assert "a shell takes what comes after a bare '>' for the name of a file" in done.stderr


@click.group(cls=Command)
def group() -> None:
    """A command with one verb."""


@group.command()
@click.option("--set", "varied", type=Varying(), multiple=True)
def sweep(varied: tuple[tuple[object, ...], ...]) -> None:
    """Says what it was given."""
    for one in (one for each in varied for one in each):
        click.echo(getattr(one, "address", "?"))


def test_addresses_globs_and_ranges_are_taken() -> None:
    words = ["--set", "RUS.*", "--set", "world.precision=5:15:5", "--set", "RUS.israel_ties=0,1"]
    done = CliRunner().invoke(group, ["sweep", *words])
    assert done.stdout.split() == ["RUS.*", "world.precision", "RUS.israel_ties"]


@pytest.mark.parametrize("word", ["=1", "RUS.x=", "RUS.x=1:2:3:4", "RUS.x=a,b", "RUS.x=.inf,1"])
def test_words_that_make_no_sense_are_wrong_usage(word: str) -> None:
    done = CliRunner().invoke(group, ["sweep", "--set", word])
    assert done.exit_code == USAGE
    (line,) = done.stderr.splitlines()
    assert "Invalid value for '--set'" in line

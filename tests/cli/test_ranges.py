"""Numbers as they are typed, and addresses that a shell has cut off."""

import click
import pytest
from click.testing import CliRunner

from realpolitik.sim.cli.commands import cli
from realpolitik.sim.cli.options import FiniteNumber, WholeNumber


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

"""The arguments of `realpolitik list`, `show`, `new`, `validate` and `schema`."""

import json

import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.cli import listing
from realpolitik.sim.cli.commands import cli
from realpolitik.sim.cli.scenario import TOPICS


def call(*words: str) -> Result:
    """What the command does with these words."""
    return CliRunner().invoke(cli, words)


def test_topics_are_written_out_for_speed_and_agree_with_what_they_copy() -> None:
    assert tuple(listing.TOPICS) == TOPICS


@pytest.mark.parametrize("topic", TOPICS)
def test_topics_of_help_are_those_of_list(topic: str) -> None:
    assert topic in call("list", "--help").stdout


def test_two_topics_at_once_are_a_mistake() -> None:
    done = CliRunner().invoke(cli, ["list", "actors", "--parameters"])
    assert done.exit_code == 2
    assert "name one" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "no_shock", "haniyeh_2024"), "one scenario wanted, 2 given"),
        (("show", "--diff", "no_shock"), "two scenarios wanted, 1 given"),
    ],
)
def test_show_takes_as_many_as_it_can_show(words: tuple[str, ...], told: str) -> None:
    done = call(*words)
    assert done.exit_code == 2
    assert told in done.stderr


def test_the_schema_is_printed_for_editors() -> None:
    printed = json.loads(call("schema").stdout)
    assert {"title", "weeks", "shocks"} <= set(printed["properties"])

"""The commands of the page on reasons are run, and say what the page quotes."""

import pytest

from realpolitik.sim.claims.claims_file import load_claims
from tests.pages import Command, Page, missing, run

PAGE = Page.named("explain")


def test_links_and_options_of_the_page_exist() -> None:
    assert PAGE.faults() == []


def test_the_page_shows_every_verb_that_asks_why() -> None:
    verbs = [command.line.split()[0] for command in PAGE.commands]
    assert verbs == [
        "explain",
        "explain",
        "explain",
        "explain",
        "flips",
        "flips",
        "ablate",
        "claims",
    ]


@pytest.mark.parametrize("command", PAGE.commands, ids=lambda command: command.line[:60])
def test_a_command_says_what_the_page_quotes(command: Command) -> None:
    assert command.quoted
    assert missing(command.quoted, run(command)) == []


def test_the_page_knows_how_many_claims_there_are() -> None:
    assert f"makes {len(load_claims().claims)} claims" in PAGE.text

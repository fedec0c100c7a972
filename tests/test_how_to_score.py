"""The episodes of the page on scoring are scored, and its commands say what the page quotes."""

from pathlib import Path

import pytest

from tests.pages import Command, Page, missing, printed, run

PAGE = Page.named("score")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files of the page."""
    assert len(PAGE.write_files(tmp_path)) == 5
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_links_and_options_of_the_page_exist() -> None:
    assert PAGE.faults() == []


@pytest.mark.parametrize("command", PAGE.commands, ids=lambda command: command.line[:60])
@pytest.mark.usefixtures("here")
def test_a_command_says_what_the_page_quotes(command: Command) -> None:
    assert command.quoted
    assert missing(command.quoted, run(command)) == []


def test_the_python_prints_a_mean_and_the_second_interval() -> None:
    (code,) = PAGE.scripts
    mean, low, high = map(float, printed(code).split())
    assert 0 <= low <= high <= 1
    assert 0 <= mean <= 1

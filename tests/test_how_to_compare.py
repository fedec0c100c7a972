"""The commands of the page on comparing are run, and say what the page quotes."""

from pathlib import Path

import pytest

from realpolitik import sim
from tests.pages import PYTHON, Page, missing, printed, run

PAGE = Page.named("compare")


def test_links_and_options_of_the_page_exist() -> None:
    assert PAGE.faults() == []


def test_commands_say_what_the_page_quotes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first, *others = PAGE.commands
    assert len(others) == 5
    assert missing(first.quoted, run(first)) == []
    (examples,) = tmp_path.glob("results/comparisons/*/tables/examples.csv")
    assert PAGE.quotations  # of the pair that the page tells of
    assert missing(PAGE.quotations, examples.read_text(encoding="utf-8")) == []
    assert [line for command in others for line in missing(command.quoted, run(command))] == []


def test_the_python_prints_the_differences() -> None:
    (code,) = PAGE.scripts
    assert "strike_on_israel" in printed(code)


def test_the_readme_compares_from_python() -> None:
    readme = (PAGE.path.parents[2] / "README.md").read_text(encoding="utf-8")
    assert all(name in readme for name in sim.__all__), sim.__all__
    (code,) = [script for script in PYTHON.findall(readme) if "compare(" in script]
    assert "strike_on_israel" in printed(code)

"""The commands of the page on comparing are run, and say what the page quotes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from realpolitik import sim
from tests.pages import PYTHON, Page, missing, run

PAGE = Page.named("compare")


def test_links_and_options_of_the_page_exist() -> None:
    assert PAGE.faults() == []


def test_commands_say_what_the_page_quotes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(PAGE.commands) == 6
    assert [
        line for command in PAGE.commands for line in missing(command.quoted, run(command))
    ] == []


def test_the_pair_that_the_page_tells_is_among_the_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run(PAGE.commands[0])
    (examples,) = tmp_path.glob("results/comparisons/*/tables/examples.csv")
    assert PAGE.quotations
    assert missing(PAGE.quotations, examples.read_text(encoding="utf-8")) == []


def test_the_python_prints_the_differences() -> None:
    (code,) = PAGE.scripts
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "strike_on_israel" in done.stdout


def test_the_readme_compares_from_python() -> None:
    readme = (PAGE.path.parents[2] / "README.md").read_text(encoding="utf-8")
    assert all(name in readme for name in sim.__all__), sim.__all__
    (code,) = [script for script in PYTHON.findall(readme) if "compare(" in script]
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "strike_on_israel" in done.stdout

"""Which browser draws."""

from pathlib import Path

import pytest

from realpolitik.sim.image_export import NoBrowserError, find_browser
from realpolitik.sim.image_export.browser import CHOICE, NAMES


def program(path: Path) -> Path:
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH with nothing on it, and no choice made."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(CHOICE, raising=False)
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_a_browser_on_the_path_is_found(path: Path, name: str) -> None:
    there = program(path / name)
    assert find_browser() == there


def test_the_choice_of_the_environment_comes_first(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(path / "chromium")
    monkeypatch.setenv(CHOICE, str(program(path / "other")))
    assert find_browser() == path / "other"


def test_without_a_browser_it_is_said_how_to_get_one(path: Path) -> None:
    with pytest.raises(NoBrowserError, match="apt-get install chromium"):
        find_browser()


def test_a_choice_that_cannot_be_run_is_not_passed_over(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(path / "chromium")
    monkeypatch.setenv(CHOICE, str(path / "gone"))
    with pytest.raises(NoBrowserError, match=f"{CHOICE}=.*gone is nothing that can be run"):
        find_browser()

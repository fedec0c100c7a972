"""Peers as clients: the scripts of the page are taken from it and run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "peers.md"
TEXT = PAGE.read_text(encoding="utf-8")
SCRIPTS = dict(re.findall(r"^`([\w.]+)`\n\n```python\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL))


def run(home: Path, name: str) -> str:
    """What a script of the page prints, run as a user would."""
    (home / name).write_text(SCRIPTS[name], encoding="utf-8")
    done = subprocess.run(
        [sys.executable, name],
        cwd=home,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},  # the workbench's, of what is not installed
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_page_has_a_script_for_each_peer() -> None:
    assert list(SCRIPTS) == ["explore.py", "indices.py"]


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_shorter_than_25_lines(name: str) -> None:
    assert len(SCRIPTS[name].splitlines()) < 25


def test_links_of_the_page_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)", TEXT):
        assert (PAGE.parent / target).exists(), target


def test_the_workbench_drives_the_model(tmp_path: Path) -> None:
    lines = run(tmp_path, "explore.py").splitlines()
    found = [re.fullmatch(r"(\w+): ([\d.]+) to ([\d.]+) over 10 points", line) for line in lines]
    assert [one and one[1] for one in found] == ["russian_help_to_iran", "strike_on_israel"]
    assert found[0]
    assert 0 <= float(found[0][2]) < float(found[0][3]) <= 6


def test_salib_samples_and_analyses_the_model(tmp_path: Path) -> None:
    table = run(tmp_path, "indices.py")
    totals = re.findall(r"^(RUS\.\w+) +([\d.]+) ", table, re.MULTILINE)
    assert [name for name, _ in totals] == ["RUS.israel_ties", "RUS.iran_partner"]
    assert all(0 < float(total) < 2 for _, total in totals)

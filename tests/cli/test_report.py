"""`realpolitik report`: the page of a run, made anew."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.cli.commands import cli

SCENARIO = """\
title: A test of strength
question: Who is stronger?
start: 2024-08-05
weeks: 4
actors: [RUS, USA, IRN]
outcomes:
  war: {measure: full_scale_war, label: Is there war?}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A scenario in a file."""
    path = tmp_path / "strength.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


def call(*words: str | Path) -> Result:
    """What the command does with these words."""
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_a_report_is_made_anew(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    assert call("run", file, "--worlds", "3", "--out", folder).exit_code == 0
    before = (folder / "report.html").read_text(encoding="utf-8")
    (folder / "report.html").unlink()
    done = call("report", folder)
    assert done.exit_code == 0
    assert done.stdout == f"{folder / 'report.html'}\n"
    assert (folder / "report.html").read_text(encoding="utf-8") == before


def test_a_folder_that_is_no_run_is_one_line_and_exit_1(tmp_path: Path) -> None:
    done = call("report", tmp_path)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{tmp_path}: is a folder, not a run folder; ")
    assert len(done.stderr.splitlines()) == 1

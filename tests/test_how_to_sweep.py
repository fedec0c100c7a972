"""The study and the Python of the how-to page are taken from the page and run."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from realpolitik.sim.cli import sweep_plan
from realpolitik.sim.cli.commands import cli
from realpolitik.sim.experiments.plan_file import shipped_studies
from tests.pages import printed

TEXT = (Path(__file__).parents[1] / "docs" / "how-to" / "sweep.md").read_text(encoding="utf-8")
STUDY = re.compile(r"^`(\w+\.yaml)`\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
POINTS = re.compile(r"^`(\w+\.csv)`\n\n```csv\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^(?:\$ )?(realpolitik .*?)(?: +#.*)?$", re.MULTILINE)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the study of the page, and the points."""
    for ((name, text),) in (STUDY.findall(TEXT), POINTS.findall(TEXT)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dry run tries out a few worlds once: how well it foresees is told elsewhere."""
    monkeypatch.setattr(sweep_plan, "TRIAL", 16)
    monkeypatch.setattr(sweep_plan, "TRIES", 1)


def test_the_study_is_run_and_resumed(here: Path) -> None:
    for words in (["israel_guard.yaml"], ["israel_guard.yaml", "--resume"]):
        done = CliRunner().invoke(cli, ["sweep", *words])
        assert done.exit_code == 0, done.output
        assert "Points: 18, every combination" in done.stdout
        assert "Worlds: 100 a point" in done.stdout


def test_the_python_says_where_the_threshold_is_crossed(here: Path) -> None:
    (code,) = PYTHON.findall(TEXT)
    assert "full_scale_war" in printed(code)


@pytest.mark.usefixtures("quick")
def test_every_command_of_the_page_is_one(here: Path) -> None:
    commands = COMMAND.findall(TEXT)
    assert len(commands) >= 4
    for line in commands:
        words = [word.strip("'") for word in line.split()[1:]]
        if words[0] == "sweep" and "--cluster" not in words and "--resume" not in words:
            done = CliRunner().invoke(cli, [*words, "--dry-run"])
            assert done.exit_code == 0, (line, done.output)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("name", shipped_studies())
def test_every_shipped_study_can_be_run(name: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["sweep", name, "--dry-run", "--out", str(tmp_path)])
    assert done.exit_code == 0, done.output

"""The arguments of the command, and the exit code of each way to end."""

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.charts import deeds
from realpolitik.sim.cli import flips, options
from realpolitik.sim.cli.commands import cli
from realpolitik.sim.engine.actions import TRACKS
from realpolitik.sim.experiments import ensemble
from realpolitik.sim.image_export import Format
from realpolitik.sim.scenario import loading

HEAVY = ("mesa", "numpy", "pandas", "plotly", "pydantic", "rich", "scipy", "yaml", "jinja2")


def call(*words: str) -> Result:
    """What the command does with these words."""
    return CliRunner().invoke(cli, words)


def fails_with(error: BaseException) -> object:
    """A function that raises this, whatever it is called with."""

    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


# ── Lists that help needs before anything is imported ────────────────────────────────


def test_lists_that_are_written_out_for_speed_agree_with_what_they_copy() -> None:
    tracks = tuple(TRACKS)
    assert get_args(Format) == options.FORMATS
    assert tracks == flips.TRACKS
    assert tracks == deeds.TRACKS


# ── Help ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("verb", ["", "run", "list", "show", "new", "validate", "report"])
def test_help_is_given_for_every_verb(verb: str) -> None:
    done = call(*verb.split(), "--help")
    assert done.exit_code == 0
    assert done.stdout.startswith("Usage: ")
    assert done.stderr == ""


def test_without_a_verb_help_goes_to_stderr() -> None:
    done = call()
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Commands:" in done.stderr


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys; from realpolitik.sim.cli import main; sys.argv = ['realpolitik', '--help']\n"
        "try: main()\n"
        f"finally: print(*(name for name in {HEAVY} if name in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.startswith("Usage: ")
    assert done.stderr.split() == []


# ── Usage ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["run"], "Missing argument 'FILE_OR_NAME'"),
        (["run", "no_shock", "--worlds", "0"], "'--worlds': 0 is not in the range 1<=x<="),
        (["run", "no_shock", "--worlds", "many"], "'--worlds': 'many' is not a whole number"),
        (["run", "no_shock", "--seed", "-1"], "'--seed': -1 is not in the range x>=0"),
        (["run", "no_shock", "--set", "RUS"], "'--set': 'RUS' is not PATH=VALUE"),
        (["run", "no_shock", "--set", "=1"], "'--set': '=1' is not PATH=VALUE"),
        (["run", "no_shock", "--set", "a=b"], "'--set': 'b' in 'a=b' is not a finite number"),
        (["run", "no_shock", "--set", "a=true"], "'true' in 'a=true' is not a finite number"),
        (["run", "no_shock", "--set", "a=.nan"], "'.nan' in 'a=.nan' is not a finite number"),
        (["run", "no_shock", "--set", "a=nan"], "'nan' in 'a=nan' is not a finite number"),
        (["run", "no_shock", "--wrlds", "3"], "No such option '--wrlds'"),
        (["list", "actor"], "'actor' is not one of 'scenarios', 'studies', 'actors'"),
        (["validate"], "Missing argument 'FILE_OR_NAME...'"),
        (["report"], "Missing argument 'RUN_DIR'"),
        (["march"], "No such command 'march'"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(words: list[str], told: str) -> None:
    done = call(*words)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


# ── Ways to end ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("verb", ["run", "show", "validate"])
@pytest.mark.parametrize("name", ["hanieh_2024", "nowhere/nothing.yaml", "", "."])
def test_a_scenario_that_is_not_there_is_one_line_and_exit_1(verb: str, name: str) -> None:
    done = call(verb, name)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1


def test_the_nearest_scenario_is_suggested() -> None:
    assert "did you mean 'haniyeh_2024'?" in call("show", "hanieh_2024").stderr


def test_ctrl_c_while_reading_is_exit_130(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "read_whole", fails_with(KeyboardInterrupt()))
    done = call("show", "no_shock")
    assert done.exit_code == 130
    assert done.stderr.strip() == "Interrupted."


def test_a_run_that_fails_is_one_line_and_exit_3(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ensemble, "simulate", fails_with(ZeroDivisionError("by\nzero")))
    done = call("run", "no_shock", "--out", str(tmp_path / "out"))
    assert done.exit_code == 3
    assert done.stderr == "realpolitik failed: ZeroDivisionError: by\n"
    assert list(tmp_path.iterdir()) == []

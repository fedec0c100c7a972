"""`realpolitik run`: what it prints, what it leaves, what it refuses before it begins."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.cli.commands import cli
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.study import ensemble, results
from realpolitik.sim.study.results import read_run

SCENARIO = """\
title: Will nothing come of this?
question: What comes of it?
start: 2024-08-05
weeks: 2
actors: [RUS, USA, IRN, ISR]
outcomes:
  strike: {measure: direct_strike, by: IRN, target: ISR, label: "[red]Iran[/red] strikes"}
  never: {measure: weeks_to_deescalation, base_rate: crisis_weeks}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A short scenario in a file."""
    path = tmp_path / "short.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


def run(*words: str | Path, **env: str) -> Result:
    """What `realpolitik run` does with these words."""
    return CliRunner().invoke(cli, ["run", *map(str, words)], env=env)


def answer(*words: str | Path) -> dict[str, Any]:
    """The object that `run --json` prints; NaN is no JSON."""
    done = run(*words, "--json")
    assert done.exit_code == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout, parse_constant=pytest.fail)
    return told


# ── What it prints ───────────────────────────────────────────────────────────────────


def test_a_variant_is_run_under_its_own_name(file: Path, tmp_path: Path) -> None:
    file.write_text(SCENARIO + "variants: {long: {weeks: 4}}\n", encoding="utf-8")
    told = answer(f"{file}#long", "--worlds", "3", "--out", tmp_path / "out")
    assert told["scenario"] == "short-long"
    assert Path(told["run_dir"]).parent == tmp_path / "out" / "short-long"


def test_json_tells_of_every_outcome(tmp_path: Path) -> None:
    told = answer("haniyeh_2024", "--worlds", "40", "--seed", "3", "--out", tmp_path)
    assert (told["scenario"], told["worlds"], told["seed"]) == ("haniyeh_2024", 40, 3)
    assert list(told["outcomes"]) == list(load_scenario("haniyeh_2024").outcomes)
    for outcome in told["outcomes"].values():
        assert {"mean", "low", "high", "n"} <= outcome.keys()
    assert told["seconds"] > 0
    assert told["worlds_per_second"] > 0


def test_json_gives_the_base_rate_beside_the_outcome(tmp_path: Path) -> None:
    told = answer("haniyeh_2024", "--worlds", "2", "--out", tmp_path)["outcomes"]
    assert told["strike_on_israel"]["base_rate"] == 0.57
    assert "ICB" in told["strike_on_israel"]["base_rate_source"]
    assert "base_rate" not in told["regional_war"]


def test_json_gives_the_shares_of_the_grades_of_help(tmp_path: Path) -> None:
    told = answer("haniyeh_2024", "--worlds", "40", "--out", tmp_path)["outcomes"]
    shares = told["russian_help_to_iran"]["shares"]
    assert list(shares) == [str(grade) for grade in range(7)]
    assert sum(shares.values()) == pytest.approx(1)


def test_what_never_came_is_null(file: Path, tmp_path: Path) -> None:
    never = answer(file, "--worlds", "5", "--out", tmp_path)["outcomes"]["never"]
    assert (never["mean"], never["low"], never["high"], never["n"]) == (None, None, None, 0)


def test_the_summary_stands_on_stdout_and_talk_on_stderr(file: Path, tmp_path: Path) -> None:
    done = run(file, "--worlds", "5", "--out", tmp_path)
    assert done.exit_code == 0
    assert done.stdout.startswith("Will nothing come of this? (short, 5 worlds, seed 0)\n")
    assert "[red]Iran[/red] strikes" in done.stdout
    assert "never (in none of 5 worlds)" in done.stdout
    assert "median 7.4, here –" in done.stdout
    assert done.stderr.startswith("5 worlds in ")
    assert len(done.stderr.splitlines()) == 1


def test_where_no_terminal_is_there_are_no_escape_codes(file: Path, tmp_path: Path) -> None:
    done = run(file, "--worlds", "5", "--out", tmp_path)
    assert "\x1b" not in done.stdout + done.stderr


def test_the_summary_fits_a_narrow_terminal(tmp_path: Path) -> None:
    done = run("haniyeh_2024", "--worlds", "5", "--out", tmp_path, COLUMNS="60")
    table = done.stdout.partition("Folder")[0].splitlines()
    assert max(len(line) for line in table) <= 60


# ── What it leaves ───────────────────────────────────────────────────────────────────


def test_the_folder_it_names_is_a_run_with_a_report(file: Path, tmp_path: Path) -> None:
    told = answer(file, "--worlds", "5", "--seed", "2", "--out", tmp_path / "out")
    folder = Path(told["run_dir"])
    assert folder.parent == tmp_path / "out" / "short"
    assert (folder / "report.html").stat().st_size > 0
    assert len(read_run(folder).runs) == 5


def test_settings_reach_the_run(file: Path, tmp_path: Path) -> None:
    words = ("--set", "RUS.israel_ties=0", "--set", "world.precision=8", "--out", tmp_path)
    folder = Path(answer(file, "--worlds", "2", *words)["run_dir"])
    scenario = load_scenario(folder / "scenario.yaml")
    assert scenario.parameters == {"RUS.israel_ties": 0, "world.precision": 8}


def test_the_same_order_gives_the_same_outcomes(file: Path, tmp_path: Path) -> None:
    one = answer(file, "--worlds", "5", "--out", tmp_path / "one")
    other = answer(file, "--worlds", "5", "--out", tmp_path / "other")
    assert one["outcomes"] == other["outcomes"]


# ── What it refuses before it begins ─────────────────────────────────────────────────


@pytest.fixture
def never_simulates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails the test if a run begins."""
    monkeypatch.setattr(ensemble, "simulate", lambda *words: pytest.fail("the run began"))


@pytest.mark.usefixtures("never_simulates")
def test_an_unknown_parameter_is_told_the_nearest(tmp_path: Path) -> None:
    done = run("no_shock", "--set", "RUS.israel_tie=0", "--out", tmp_path)
    assert done.exit_code == 1
    assert done.stderr == (
        "--set RUS.israel_tie=0: unknown parameter 'RUS.israel_tie'; "
        "did you mean 'RUS.israel_ties'?\n"
    )


@pytest.mark.usefixtures("never_simulates")
def test_a_value_out_of_range_is_told_the_range(tmp_path: Path) -> None:
    done = run("no_shock", "--set", "world.precision=1e3", "--out", tmp_path)
    assert done.exit_code == 1
    assert done.stderr.startswith(
        "--set world.precision=1000: world.precision is 1000; expected a number from "
    )


@pytest.mark.usefixtures("never_simulates")
def test_faults_of_the_file_and_of_the_settings_are_told_together(file: Path) -> None:
    file.write_text(SCENARIO.replace("weeks:", "wekks:"), encoding="utf-8")
    done = run(file, "--set", "a=1")
    assert done.exit_code == 1
    settings, in_file = done.stderr.splitlines()
    assert settings.startswith("--set a=1: unknown parameter")
    assert in_file == f"{file}:4:1: unknown key 'wekks'; did you mean 'weeks'?"


@pytest.mark.usefixtures("never_simulates")
def test_a_folder_that_cannot_be_written_is_one_line(file: Path, tmp_path: Path) -> None:
    done = run(file, "--out", file)
    assert done.exit_code == 1
    assert done.stderr == f"{file}/short: cannot be written: Not a directory\n"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.usefixtures("never_simulates")
def test_a_results_file_in_the_way_is_one_line(file: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "short").write_text("", encoding="utf-8")
    done = run(file, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "cannot be written: File exists" in done.stderr


# ── What it leaves when it is interrupted or fails ───────────────────────────────────


def interrupt(*_: object) -> None:
    """Ctrl-C."""
    raise KeyboardInterrupt


@pytest.mark.parametrize("target", [(ensemble, "run_block"), (results, "_fill")])
def test_ctrl_c_leaves_nothing(
    target: tuple[object, str], file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*target, interrupt)
    done = run(file, "--worlds", "5", "--out", tmp_path / "new" / "out")
    assert done.exit_code == 130
    assert done.stdout == ""
    assert done.stderr.strip() == "Interrupted."
    assert list(tmp_path.iterdir()) == [file]


def test_ctrl_c_leaves_earlier_runs_alone(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = Path(answer(file, "--worlds", "2", "--out", tmp_path)["run_dir"])
    monkeypatch.setattr(ensemble, "run_block", interrupt)
    assert run(file, "--out", tmp_path).exit_code == 130
    assert list(earlier.parent.iterdir()) == [earlier]

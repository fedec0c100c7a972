"""`realpolitik run`: what it prints, what it leaves, what it refuses before it begins."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.calibrate.calibration import calibrate
from realpolitik.sim.cli.commands import cli
from realpolitik.sim.experiments import ensemble, run_folder
from realpolitik.sim.experiments.run_folder import read_run
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.stats.intervals import share
from tests.calibrate.small import small_plan
from tests.quarrel import TEXT

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
    assert read_run(Path(told["run_dir"])).manifest["scenario"]["name"] == "short-long"


def test_json_tells_of_every_outcome(tmp_path: Path) -> None:
    told = answer("haniyeh_2024", "--worlds", "40", "--seed", "3", "--out", tmp_path / "out")
    assert (told["scenario"], told["worlds"], told["seed"]) == ("haniyeh_2024", 40, 3)
    assert list(told["outcomes"]) == list(load_scenario("haniyeh_2024").outcomes)
    for outcome in told["outcomes"].values():
        assert {"mean", "low", "high", "n"} <= outcome.keys()
    assert told["seconds"] > 0
    assert told["worlds_per_second"] > 0


def test_json_gives_the_base_rate_beside_the_outcome(tmp_path: Path) -> None:
    told = answer("haniyeh_2024", "--worlds", "2", "--out", tmp_path / "out")["outcomes"]
    assert told["strike_on_israel"]["base_rate"] == 0.57
    assert "ICB" in told["strike_on_israel"]["base_rate_source"]
    assert "base_rate" not in told["regional_war"]


def test_json_gives_the_shares_of_the_grades_of_help(tmp_path: Path) -> None:
    told = answer("haniyeh_2024", "--worlds", "40", "--out", tmp_path / "out")["outcomes"]
    shares = told["russian_help_to_iran"]["shares"]
    assert list(shares) == [str(grade) for grade in range(7)]
    assert sum(shares.values()) == pytest.approx(1)


def test_what_never_came_counts_as_the_horizon_and_is_said_to_have_come_nowhere(
    file: Path, tmp_path: Path
) -> None:
    never = answer(file, "--worlds", "5", "--out", tmp_path / "out")["outcomes"]["never"]
    assert (never["mean"], never["high"], never["n"], never["came"]) == (2, 2, 0, 0)
    assert never["low"] == pytest.approx(2 - share(0, 5).high)


def test_the_summary_stands_on_stdout_and_talk_on_stderr(file: Path, tmp_path: Path) -> None:
    done = run(file, "--worlds", "5", "--out", tmp_path / "out")
    assert done.exit_code == 0
    about, facts, *_ = done.stdout.splitlines()
    assert "Will nothing come of this?" in about
    assert facts.startswith("Scenario: short; Worlds: 5; ")
    answered = [line for line in done.stdout.splitlines() if "in none of 5 worlds" in line]
    assert len(answered) > 1  # a row of the table, and the answer
    assert "[red]Iran[/red] strikes" in done.stdout
    assert "never (never = week 2), in none of 5 worlds" in done.stdout
    assert "median 7.4, here –" in done.stdout
    assert done.stderr.startswith("5 worlds in ")
    assert len(done.stderr.splitlines()) == 1


def test_where_no_terminal_is_there_are_no_escape_codes(file: Path, tmp_path: Path) -> None:
    done = run(file, "--worlds", "5", "--out", tmp_path / "out")
    assert "\x1b" not in done.stdout + done.stderr


def test_the_summary_fits_a_narrow_terminal(tmp_path: Path) -> None:
    done = run("haniyeh_2024", "--worlds", "5", "--out", tmp_path / "out", COLUMNS="60")
    table = done.stdout.partition("Folder")[0].splitlines()
    assert max(len(line) for line in table) <= 60


# ── What it leaves ───────────────────────────────────────────────────────────────────


def test_the_folder_it_names_is_a_run_with_a_report(file: Path, tmp_path: Path) -> None:
    told = answer(file, "--worlds", "5", "--seed", "2", "--out", tmp_path / "out")
    folder = Path(told["run_dir"])
    assert folder == tmp_path / "out"
    assert (folder / "report.html").stat().st_size > 0
    assert len(read_run(folder).runs) == 5


def test_settings_reach_the_run(file: Path, tmp_path: Path) -> None:
    words = ("--set", "RUS.israel_ties=0", "--set", "world.precision=8", "--out", tmp_path / "out")
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
    done = run("no_shock", "--set", "RUS.israel_tie=0", "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert done.stderr == (
        "--set RUS.israel_tie=0: unknown parameter 'RUS.israel_tie'; "
        "did you mean 'RUS.israel_ties'?\n"
    )


@pytest.mark.usefixtures("never_simulates")
def test_a_number_of_a_shock_is_one_of_its_scenario(tmp_path: Path) -> None:
    done = run("haniyeh_2024", "--set", "shock.us_posture.week=1.5", "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert done.stderr == (
        "--set shock.us_posture.week=1.5: shock.us_posture.week is 1.5; "
        "expected a whole number from 1 to 26\n"
    )


@pytest.mark.usefixtures("never_simulates")
def test_a_value_out_of_range_is_told_the_range(tmp_path: Path) -> None:
    done = run("no_shock", "--set", "world.precision=1e3", "--out", tmp_path / "out")
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
    assert done.stderr == f"{file}: cannot be written: {file} is a file, and a folder is wanted\n"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.usefixtures("never_simulates")
def test_a_results_file_in_the_way_is_one_line(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "short").write_text("", encoding="utf-8")
    done = run(file)
    assert done.exit_code == 1
    assert "results/short is a file, and a folder is wanted" in done.stderr


# ── What it leaves when it is interrupted or fails ───────────────────────────────────


def interrupt(*_: object, **_named: object) -> None:
    """Ctrl-C."""
    raise KeyboardInterrupt


@pytest.mark.parametrize("target", [(ensemble, "run_block"), (run_folder, "_fill")])
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
    monkeypatch.chdir(tmp_path)
    earlier = Path(answer(file, "--worlds", "2")["run_dir"])
    monkeypatch.setattr(ensemble, "run_block", interrupt)
    assert run(file).exit_code == 130
    assert list(earlier.parent.iterdir()) == [earlier]


# ── Where it goes ────────────────────────────────────────────────────────────────────


def test_the_folder_that_is_named_is_that_of_the_run(file: Path, tmp_path: Path) -> None:
    words = (file, "--worlds", "2", "--out")
    for place in ("new", "empty", ".hidden", "a/b/c"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        assert answer(*words, tmp_path / place)["run_dir"] == str(tmp_path / place)
        assert len(read_run(tmp_path / place).runs) == 2
        assert not list((tmp_path / place).glob(".unfinished*"))


def test_the_same_run_may_be_made_again_in_its_place(file: Path, tmp_path: Path) -> None:
    words = (file, "--worlds", "2", "--out", tmp_path / "out")
    answer(*words)
    before = {one: one.read_bytes() for one in (tmp_path / "out").glob("*.parquet")}
    answer(*words)
    assert {one: one.read_bytes() for one in before} == before
    assert read_run(tmp_path / "out").manifest["seed"] == 0


@pytest.mark.parametrize("change", ["--seed=1", "--worlds=3", "--set=RUS.israel_ties=0", "file"])
def test_another_run_is_not_overwritten(
    change: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = (file, "--worlds", "2", "--out", tmp_path / "out")
    answer(*words)
    before = {one: one.read_bytes() for one in (tmp_path / "out").iterdir()}
    if change == "file":
        file.write_text(SCENARIO.replace("weeks: 2", "weeks: 3"), encoding="utf-8")
    monkeypatch.setattr(ensemble, "simulate", lambda *words: pytest.fail("the run began"))
    done = run(*words, *([] if change == "file" else [change]))
    assert done.exit_code == 1
    assert done.stderr == (
        f"{tmp_path / 'out'}: holds another run, or something else; --out takes another folder\n"
    )
    assert {one: one.read_bytes() for one in (tmp_path / "out").iterdir()} == before


@pytest.mark.usefixtures("never_simulates")
def test_a_folder_of_others_is_left_alone(file: Path, tmp_path: Path) -> None:
    for name, content in (("letter.txt", "dear"), ("manifest.json", "{}"), ("manifest.json", "x")):
        (tmp_path / name).write_text(content)
        done = run(file, "--out", tmp_path)
        assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
        assert (tmp_path / name).read_text() == content


# ── The link to the newest ───────────────────────────────────────────────────────────


def test_latest_leads_to_the_newest_results(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    latest = Path("results/latest")
    for words in (
        ["run", "short.yaml", "--worlds", "2"],
        ["sweep", "short.yaml", "--set", "RUS.israel_ties=0,0.1", "--worlds", "2"],
        ["compare", "short.yaml", "short.yaml", "--worlds", "2"],
        ["run", "short.yaml", "--worlds", "2", "--out", "results/mine"],
    ):
        done = CliRunner().invoke(cli, [*words, "--no-progress"])
        assert done.exit_code == 0, done.output
        told = next(one for one in done.stdout.splitlines() if one.startswith("Folder"))
        assert latest.resolve() == Path(told.removeprefix("Folder").strip()).resolve()
        assert not Path(latest.readlink()).is_absolute()
    assert CliRunner().invoke(cli, ["report", "results/latest"]).exit_code == 0
    answer("short.yaml", "--worlds", "2", "--out", "elsewhere")
    assert latest.resolve() == (tmp_path / "results" / "mine").resolve()


@pytest.mark.parametrize("target", [None, "../away", "absolute"])
def test_what_is_called_latest_and_is_not_ours_stays(
    target: str | None, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "away").mkdir()
    Path("results").mkdir()
    latest = Path("results/latest")
    if target:
        latest.symlink_to(tmp_path / "away" if target == "absolute" else target)
    else:
        latest.write_text("mine")
    file.rename("latest.yaml")
    before = latest.lstat().st_ino
    assert Path(answer("latest.yaml", "--worlds", "2")["run_dir"]).parent.name == "latest_"
    assert latest.lstat().st_ino == before
    assert list((tmp_path / "away").iterdir()) == []


# ── What is not known of the numbers ─────────────────────────────────────────────────


def test_an_outcome_has_an_interval_over_what_is_assumed(file: Path, tmp_path: Path) -> None:
    words = (file, "--worlds", "256", "--out")
    told = answer(*words, tmp_path / "out")
    assert told["uncertain"]["drawn"] is None
    assert told["uncertain"]["assumed"]["settings"] == 16
    strike = told["outcomes"]["strike"]["assumed"]
    assert strike["low"] <= strike["mean"] <= strike["high"]
    bare = answer(*words, tmp_path / "bare", "--chance-only")
    assert bare["uncertain"] == {"drawn": None, "assumed": None}
    command = read_run(tmp_path / "bare").manifest["command"]
    assert command.endswith("--chance-only")
    assert {**told["outcomes"]["strike"], "assumed": 0} == {
        **bare["outcomes"]["strike"],
        "assumed": 0,
    }


def test_worlds_may_have_numbers_of_their_own(file: Path, tmp_path: Path) -> None:
    words = (file, "--worlds", "128", "--out")
    answer(*words, tmp_path / "plain")
    told = answer(*words, tmp_path / "out", "--uncertain")
    assert told["uncertain"]["drawn"]["source"] == "what is known of them"
    acts = [pd.read_parquet(tmp_path / name / "acts.parquet") for name in ("plain", "out")]
    assert not acts[0].equals(acts[1])
    kept = read_run(tmp_path / "out")
    assert kept.manifest["command"].endswith("--uncertain")
    assert kept.manifest["hash"] != read_run(tmp_path / "plain").manifest["hash"]
    again = answer(*words, tmp_path / "out", "--uncertain")
    assert again["outcomes"] == told["outcomes"]
    assert pd.read_parquet(tmp_path / "out" / "acts.parquet").equals(acts[1])
    refused = run(*words, tmp_path / "out")
    assert refused.exit_code == 1
    assert "holds another run" in refused.stderr
    assert "from what is known of them" in (tmp_path / "out" / "report.html").read_text()


def test_numbers_are_drawn_from_what_a_calibration_left(tmp_path: Path) -> None:
    calibrate(small_plan(finding_sets=0), tmp_path / "fit")
    (tmp_path / "small.yaml").write_text(TEXT)
    words = (tmp_path / "small.yaml", "--worlds", "256", "--from", tmp_path / "fit")
    told = answer(*words, "--out", tmp_path / "out")["uncertain"]["assumed"]
    assert (told["source"], told["numbers"]) == (str(tmp_path / "fit"), 2)
    refused = run(*words, "--chance-only", "--out", tmp_path / "none")
    assert refused.exit_code == 2
    assert "--from draws numbers" in refused.stderr
    assert not (tmp_path / "none").exists()


def test_reasons_of_one_setting_are_not_asked_of_many(file: Path, tmp_path: Path) -> None:
    done = run(file, "--full", "--uncertain", "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "--uncertain has many" in done.stderr


def test_what_is_no_calibration_is_refused_before_anything_is_run(
    file: Path, tmp_path: Path
) -> None:
    done = run(file, "--from", tmp_path, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "not a calibration folder" in done.stderr
    assert not (tmp_path / "out").exists()

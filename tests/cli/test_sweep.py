"""`realpolitik sweep`: what it prints, what it refuses, how it goes on."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.cli import sweep_plan
from realpolitik.sim.cli.commands import cli
from realpolitik.sim.experiments import cluster
from realpolitik.sim.model import EscalationModel

SCENARIO = """\
title: Will nothing come of this?
question: What comes of it?
start: 2024-08-05
weeks: 3
actors: [RUS, USA, IRN, ISR]
outcomes:
  strike: {measure: direct_strike, by: IRN, target: ISR, label: "[red]Iran[/red] strikes"}
  peak: {measure: highest_rung}
"""
STUDY = """\
title: A study
question: What moves it?
scenario: short.yaml
vary: {IRN.domestic_pressure: {values: [0, 0.5, 1]}}
worlds: 40
thresholds: {strike: 0.5}
"""
BOXES = """\
title: When things climb
question: What makes them climb?
scenario: short.yaml
vary: {IRN.domestic_pressure: , world.precision: }
sampler: latin_hypercube
points: 24
worlds: 40
favoured: {outcome: peak, above: 3.6}
"""
MODEL = "realpolitik.sim.experiments.chunks.EscalationModel"
TIES = ("--set", "RUS.israel_ties=0,0.4,0.8")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a short scenario and a study of it, in which the command is typed."""
    (tmp_path / "short.yaml").write_text(SCENARIO, encoding="utf-8")
    (tmp_path / "study.yaml").write_text(STUDY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sweep(*words: str | Path) -> Result:
    """What `realpolitik sweep` does with these words."""
    return CliRunner().invoke(cli, ["sweep", *map(str, words)])


def well(*words: str | Path) -> str:
    """What it prints when all is well."""
    done = sweep(*words)
    assert done.exit_code == 0, done.output
    return done.stdout


def answer(*words: str | Path) -> dict[str, Any]:
    """The object that `sweep --json` prints; NaN is no JSON."""
    told: dict[str, Any] = json.loads(well(*words, "--json"), parse_constant=pytest.fail)
    return told


# ── What it prints, and leaves ───────────────────────────────────────────────────────


def test_a_quick_sweep_of_a_scenario(here: Path) -> None:
    told = answer("short.yaml", *TIES, "--worlds", "30", "--outcome", "strike")
    assert told["points"] == 3
    assert told["worlds"] == {"strike": 90}
    assert [row["point"] for row in told["tables"]["summary"]] == [0, 1, 2]
    assert Path(told["folder"]) == Path("results/sweeps/short-RUS.israel_ties")


@pytest.mark.drawn
def test_a_study_by_its_file(here: Path) -> None:
    printed = well("study.yaml", "--out", "kept")
    assert printed.startswith("Study: A study\n")
    assert "Points: 3, " in printed
    assert "Worlds: 40 a point, 3 weeks each; Seed: 0" in printed
    assert "[red]Iran[/red] strikes" in printed
    assert "IRN.domestic_pressure" in printed
    assert sorted(path.name for path in (here / "kept").iterdir()) == [
        "analysis",
        "failed",
        "manifest.json",
        "parts",
        "points.parquet",
        "scenario.yaml",
        "study.html",
        "study.json",
    ]


def test_what_is_typed_comes_before_what_the_study_says(here: Path) -> None:
    told = answer("study.yaml", "--worlds", "10", "--seed", "5", "--threshold", "strike=0.3")
    assert told["worlds"]["strike"] == 30
    assert {row["threshold"] for row in told["tables"]["tipping"]} == {0.3}


def test_a_finished_study_is_shown_again_and_not_run(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = well("study.yaml")
    monkeypatch.setattr(MODEL, None)
    assert well("study.yaml") == first


def test_its_folder_stands_for_a_study(here: Path) -> None:
    first = answer("study.yaml", "--out", "kept")
    assert answer("kept") == first


def test_a_dry_run_leaves_nothing(here: Path) -> None:
    before = sorted(here.iterdir())
    printed = well("study.yaml", "--dry-run")
    assert "120 (40 a point)" in printed
    assert sorted(here.iterdir()) == before


def test_until_adds_worlds(here: Path) -> None:
    told = answer("study.yaml", "--until", "0.08", "--at-most", "3000")
    rows = [row for row in told["tables"]["summary"] if row["outcome"] == "strike"]
    assert all(row["high"] - row["low"] <= 0.08 or row["n"] == 3000 for row in rows)
    assert max(row["n"] for row in rows) > 40


def test_a_study_is_extended(here: Path) -> None:
    well("study.yaml", "--out", "kept")
    parts = {path.name for path in (here / "kept" / "parts").iterdir()}
    told = answer("study.yaml", "--out", "kept", "--worlds", "60", "--extend")
    assert told["worlds"]["strike"] == 180
    assert parts < {path.name for path in (here / "kept" / "parts").iterdir()}


@pytest.mark.drawn
def test_the_page_is_made_anew_from_the_folder(here: Path) -> None:
    well("study.yaml", "--out", "kept")
    page = (here / "kept" / "study.html").read_bytes()
    (here / "kept" / "study.html").unlink()
    done = CliRunner().invoke(cli, ["report", "kept"])
    assert (done.exit_code, done.stdout) == (0, f"{Path('kept') / 'study.html'}\n")
    assert (here / "kept" / "study.html").read_bytes() == page


@pytest.mark.parametrize("words", [("israel_ties",), ("no_shock", *TIES)])
def test_a_folder_that_is_no_study_gives_way_to_a_shipped_name(
    here: Path, words: tuple[str, ...]
) -> None:
    (here / words[0]).mkdir()
    assert "points" in well(*words, "--dry-run")


def test_until_that_misses_its_aim_is_told_of(here: Path) -> None:
    words = ("study.yaml", "--until", "0.01", "--at-most", "60", "--out", "kept")
    printed = well(*words)
    assert "3 of 3 points stopped at 60 worlds before" in printed
    assert "points stopped" not in well("study.yaml", "--until", "0.9", "--out", "other")
    assert "at 80 worlds" in well("kept", "--at-most", "80", "--extend")


def test_effects_are_printed_with_their_units(here: Path) -> None:
    printed = well("short.yaml", "--set", "RUS.*", "--sampler", "one_at_a_time", "--worlds", "2")
    assert "percentage points" in printed
    assert "rungs" in printed
    assert "more rows are in analysis/effects.csv." in printed


def test_every_outcome_is_screened(here: Path) -> None:
    words = ("--sampler", "morris", "--points", "2", "--worlds", "4")
    printed = well("short.yaml", "--set", "RUS.*", *words)
    rows = printed[printed.index("Mean size (μ*)") :].splitlines()
    assert {row.split()[0] for row in rows if " RUS." in row} == {"[red]Iran[/red]", "peak"}
    assert "more rows are in analysis/morris.csv." in printed


def test_an_outcome_that_never_crosses_is_told_of_with_its_note(here: Path) -> None:
    printed = well("study.yaml", "--threshold", "strike=0.999")
    assert "never" in printed
    assert "stays below 0.999: at most" in printed


def test_boxes_are_printed_or_why_there_are_none(here: Path) -> None:
    pytest.importorskip("ema_workbench")
    (here / "boxes.yaml").write_text(BOXES, encoding="utf-8")
    printed = well("boxes.yaml")
    assert "(coverage)" in printed
    assert "(density)" in printed
    assert "In the box" in printed
    (here / "none.yaml").write_text(BOXES.replace("above: 3.6", "above: 99"), encoding="utf-8")
    assert "No point is of the favoured case" in well("none.yaml")


def test_a_dry_run_tells_least_and_most(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    block = pd.DataFrame({"point": 0, "world": range(1024), "strike": 0.0})
    monkeypatch.setattr(sweep_plan, "try_out", lambda *_: sweep_plan.Timing(0.5, 0.01, block))
    words = ("--until", "0.001", "--at-most", "100000", "--jobs", "2", "--dry-run")
    printed = well("study.yaml", *words)
    assert re.search(r"time +about 1 s to 25 min with 2 processes\n", printed)
    told = re.search(r"disk +about ([\d.]+) MB to ([\d.]+) MB", printed)
    assert told
    assert 4.8 < float(told[1]) < 5.2 < float(told[2]) - 1
    assert re.search(r"about 2 s with 1 process\n", well("study.yaml", "--dry-run"))


# ── What it refuses ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["short.yaml"], 2, "say what is varied with --set"),
        (["short.yaml", "--set", "RUS.israel_ties"], 0, ""),
        (["short.yaml", "--set", "=1"], 2, "is not PATH"),
        (["short.yaml", "--set", "RUS.isreal_ties=0:1"], 1, "did you mean 'RUS.israel_ties'"),
        (["short.yaml", "--set", "RUS.q*=0:1"], 1, "RUS.q*"),
        (["short.yaml", *TIES, "--worlds", "0"], 2, "0 is not in the range 1<=x"),
        (["short.yaml", *TIES, "--outcome", "strikes"], 1, "did you mean 'strike'"),
        (["short.yaml", *TIES, "--at-most", "10"], 2, "--at-most goes with --until"),
        (["short.yaml", *TIES, "--until", "0.1", "--at-most", "0"], 1, "most is 0 worlds"),
        (["short.yaml", *TIES, "--threshold", "strike"], 2, "is not OUTCOME=LEVEL"),
        (["short.yaml", "--set", "RUS.*", "--sampler", "sobol", "--points", "3"], 1, "power of 2"),
        (["study.yaml", *TIES], 2, "--set and --sampler are for scenarios"),
        (["study.yaml", "--points", "1"], 1, "--points 1"),
        (["nothing.yaml"], 1, "nothing.yaml"),
        (["zzz"], 1, "a name that `realpolitik list` shows"),
        (["israel_tise"], 1, "did you mean 'israel_ties'"),
        (["."], 1, "not a study folder"),
    ],
)
def test_bad_input_is_told_in_a_line(here: Path, words: list[str], code: int, told: str) -> None:
    done = sweep(*words, *([] if "--worlds" in words else ["--worlds", "2"]))
    assert done.exit_code == code, done.output
    assert told.replace("power of 2", "power of two") in done.stderr
    assert "Traceback" not in done.output


def test_a_range_beyond_the_declared_one_is_refused(here: Path) -> None:
    done = sweep("short.yaml", "--set", "RUS.israel_ties=0:2:1", "--worlds", "2")
    assert done.exit_code == 1
    assert "RUS.israel_ties" in done.stderr
    assert "0.92" in done.stderr


def test_other_settings_in_the_folder_are_refused(here: Path) -> None:
    well("study.yaml", "--out", "kept")
    done = sweep("study.yaml", "--out", "kept", "--worlds", "50", "--seed", "3")
    assert done.exit_code == 1
    assert "worlds: 40 there, 50 asked for" in done.stderr
    assert "seed: 0 there, 3 asked for" in done.stderr


def test_a_folder_of_other_things_is_refused(here: Path) -> None:
    done = sweep("study.yaml", "--out", ".")
    assert done.exit_code == 1
    assert "holds other things" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told_of(here: Path) -> None:
    (here / "locked").mkdir(mode=0o500)
    done = sweep("study.yaml", "--out", "locked/study")
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr


def test_no_cluster_is_told_of(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.2)
    done = sweep("study.yaml", "--cluster", "tcp://127.0.0.1:9")
    assert done.exit_code == 1
    assert "tcp://127.0.0.1:9: no scheduler answers" in done.stderr


def test_a_file_in_the_place_of_the_folder_is_wrong_input_and_no_advice_is_given(
    here: Path,
) -> None:
    done = sweep("study.yaml", "--out", "short.yaml")
    assert done.exit_code == 1
    assert done.stderr.startswith("short.yaml: cannot be written: ")
    assert done.stderr.count("\n") == 1


def test_points_beside_levels_are_told_to_change_nothing(here: Path) -> None:
    done = sweep("short.yaml", *TIES, "--points", "50", "--worlds", "2")
    assert "--points 50 changes nothing" in done.stderr


def test_a_damaged_study_is_neither_reported_nor_laundered(here: Path) -> None:
    well("study.yaml", "--out", "kept")
    part = sorted((here / "kept" / "parts").iterdir())[1]
    pd.read_parquet(part).assign(strike=1.0).to_parquet(part, index=False)
    before = (here / "kept" / "manifest.json").read_bytes()
    for words in (["report", "kept"], ["sweep", "kept"]):
        done = CliRunner().invoke(cli, words)
        assert (done.exit_code, done.stdout) == (1, "")
        assert part.name in done.stderr
    assert (here / "kept" / "manifest.json").read_bytes() == before
    assert f"made again: kept/parts/{part.name}" in sweep("kept", "--resume").stderr
    assert CliRunner().invoke(cli, ["report", "kept"]).exit_code == 0


def test_a_report_does_not_make_a_finished_study_of_an_unfinished_one(here: Path) -> None:
    well("study.yaml", "--out", "my study")
    (here / "my study" / "manifest.json").unlink()
    done = CliRunner().invoke(cli, ["report", "my study"])
    assert done.exit_code == 0
    assert "go on with: realpolitik sweep 'my study' --resume" in done.stderr
    assert not (here / "my study" / "manifest.json").exists()


# ── What goes wrong on the way ───────────────────────────────────────────────────────


def test_failures_are_listed_and_the_study_goes_on(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def moody(spec: Any, *words: Any, **more: Any) -> Any:
        if spec.settings["IRN.domestic_pressure"] == 0.5:
            raise RuntimeError("not today")
        return EscalationModel(spec, *words, **more)

    monkeypatch.setattr(MODEL, moody)
    done = sweep("study.yaml", "--out", "kept")
    assert done.exit_code == 3
    assert "failed: point 1, worlds 0–39: RuntimeError: not today" in done.stderr
    monkeypatch.undo()
    assert "A study" in well(here / "study.yaml", "--out", here / "kept", "--resume")


def test_ctrl_c_says_how_to_go_on(here: Path) -> None:
    code = "from realpolitik.sim.cli import main; main()"
    words = ["sweep", "short.yaml", "--set", "RUS.israel_ties=0:0.8:0.002", "--out", "kept"]
    command = [sys.executable, "-c", code, *words, "--worlds", "400", "--jobs", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while len([*here.glob("kept/parts/*.parquet")]) < 3 and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate()
    assert process.returncode == 130, told
    assert "Go on with: realpolitik sweep kept --resume" in told
    assert "Traceback" not in told
    done = sweep("short.yaml", *words[2:])
    assert done.exit_code == 1


# ── Words ────────────────────────────────────────────────────────────────────────────

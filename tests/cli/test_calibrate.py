"""`realpolitik calibrate`: what it prints, leaves and refuses."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.calibrate import calibration
from realpolitik.sim.calibrate.calibration import calibrate as calibrate_in
from realpolitik.sim.calibrate.plan import load_calibration
from realpolitik.sim.cli.calibrate import calibrate
from realpolitik.sim.experiments.study_folder import StudyFolderError
from realpolitik.sim.scenario.errors import ScenarioError

STUDY = """\
title: A small calibration
question: Which pressure fits?
scenario: haniyeh_2024
vary:
  IRN.domestic_pressure:
  RUS.israel_ties:
patterns: [strike_after_killing, full_scale_war, russian_arms_are_rare]
points: 3
worlds: 20
waves: 1
finalists: 1
final_worlds: 20
findings: {sets: 1, worlds: 40}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a calibration, carried out into `kept`."""
    made = tmp_path_factory.mktemp("calibrating")
    (made / "fit.yaml").write_text(STUDY, encoding="utf-8")
    calibrate_in(load_calibration(made / "fit.yaml").plan, made / "kept")
    return made


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That folder, in which the command is typed."""
    monkeypatch.chdir(folder)
    return folder


def call(*words: str) -> Result:
    """What the command does with these words."""
    return CliRunner().invoke(calibrate, [*words, "--no-progress"], standalone_mode=False)


@pytest.mark.drawn
def test_it_prints_patterns_side_by_side_and_says_where_all_is(here: Path) -> None:
    done = call("fit.yaml", "--jobs", "1")
    assert done.exception is None, done.exception
    assert "Calibration: A small calibration" in done.stdout
    assert "Waves: 1; Points: 3 a wave; Worlds: 20 a point; Seed: 0" in done.stdout
    assert "At the defaults" in done.stdout
    assert "At the best set" in done.stdout
    assert "IRN.domestic_pressure" in done.stdout
    assert "Keeps its sign" in done.stdout
    assert "1 were drawn and measured once more, in 20 worlds for 20" in done.stdout
    made = here / "results" / "calibrations" / "fit" / "manifest.json"
    assert made.read_bytes() == (here / "kept" / "manifest.json").read_bytes()


def test_json_is_one_object_and_nothing_in_it_is_no_number(here: Path) -> None:
    told = json.loads(
        call("fit.yaml", "--out", "kept", "--json").stdout, parse_constant=pytest.fail
    )
    assert set(told["best"]) == {"IRN.domestic_pressure", "RUS.israel_ties"}
    assert {"points", "waves", "ranges", "patterns", "conclusions"} <= set(told["tables"])


def test_an_unfinished_one_wants_resume(here: Path) -> None:
    (here / "kept" / "manifest.json").unlink()
    assert isinstance(call("fit.yaml", "--out", "kept").exception, StudyFolderError)
    assert call("fit.yaml", "--out", "kept", "--resume").exception is None


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_what_breaks_it_off_leaves_a_command_that_can_be_pasted(
    here: Path, error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(calibration, "calibrate", broken)
    done = call("fit.yaml", "--out", "my own")
    assert "realpolitik calibrate fit.yaml --out 'my own' --resume" in done.stderr


def test_faults_of_the_file_are_told(here: Path) -> None:
    (here / "bad.yaml").write_text(STUDY.replace("points: 3", "points: no"), encoding="utf-8")
    found = call("bad.yaml").exception
    assert isinstance(found, ScenarioError)
    assert "bad.yaml:8:9" in str(found)

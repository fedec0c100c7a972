"""What files and folders are taken for, and that the advice leads on."""

import gzip
import json
from importlib.resources import files
from pathlib import Path

import pytest

from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.kinds import KINDS, kind_of, kind_of_folder, newest_run, told_of
from realpolitik.sim.scenario.loading import load_scenario
from tests.offenders import each

SHIPPED = Path(str(files("realpolitik.scenarios")))
STUDY = "title: T\nscenario: base.yaml\nvary: {RUS.israel_ties: {low: 0, high: 0.4}}\n"
EVENTS = (
    "event_id\tevent_date\tsource\tevent_text\tcameo_code\ttarget\n"
    "1\t2024-08-05\tRUS\tPraise or endorse\t051\tIRN\n"
)
RUNS = "world,seed,outcome\n0,1,0.5\n1,1,0.25\n"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (STUDY, "study"),
        (STUDY + "patterns: [a]\nwaves: 2\n", "calibration"),
        ("title: T\nactors: [RUS]\nepisode: {date: 2024-08-05}\n", "episode"),
        ("extends: base.yaml\n", "scenario"),
        ('{"actors": ["RUS"], "title": "T"}', "scenario"),
        ('{"scenario": "haniyeh_2024", "vary": {}}', "study"),
        ("claims:\n  - id: a\n", "claims"),
        (EVENTS, "events"),
        (RUNS, "table"),
        ('{"type": "FeatureCollection"}', "json"),
        ("[1, 2]", "json"),
        ('{"tool": {"name": "realpolitik"}, "files": {}}', "manifest"),
        ("<!DOCTYPE html>\n<html>", "page"),
        ('<?xml version="1.0"?>\n<experiments/>', "xml"),
        ("title: T\nactors: [RUS]\n".encode("utf-16"), "utf16"),
        ("title: T\nactors: [RUS]\n".encode("utf-16-le"), "utf16"),
        ("title: T\nactors: [RUS]\n".encode("utf-16-be"), "utf16"),
        (gzip.compress(b"title: T", mtime=0), "gzip"),
        (b"PK\x03\x04rest", "zip"),
        (b"PAR1rest", "parquet"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (bytes(range(256)), "binary"),
    ],
)
def test_a_file_is_known_by_what_it_holds(content: str | bytes, kind: str) -> None:
    assert kind_of(content if isinstance(content, bytes) else content.encode()) == kind


@pytest.mark.parametrize("text", ["", "title T\n", "One thing, and another.\nNo more, no less.\n"])
def test_a_text_that_may_be_a_scenario_with_faults_is_left_to_the_reader(text: str) -> None:
    assert kind_of(text.encode()) == ""


@pytest.mark.parametrize(
    ("folder", "kinds"),
    [
        (".", {"scenario"}),
        ("hypotheses", {"scenario"}),
        ("episodes", {"episode", "scenario"}),  # the situations before
        ("sweeps", {"study"}),
        ("sweeps/calibrations", {"calibration"}),
    ],
)
def test_all_that_is_shipped_is_known(folder: str, kinds: set[str]) -> None:
    assert {kind_of(file.read_bytes()) for file in (SHIPPED / folder).glob("*.yaml")} == kinds


def test_folders_are_known_by_the_names_in_them(tmp_path: Path) -> None:
    marks: dict[str, dict[str, object]] = {
        "run": {"manifest.json": {"files": {}}},
        "comparison": {"manifest.json": {"scenarios": []}},
        "sweep": {"study.json": {}},
        "fit": {"calibration.json": {}},
        "folder": {},
    }
    for kind, holds in marks.items():
        (tmp_path / kind).mkdir()
        for name, value in holds.items():
            (tmp_path / kind / name).write_text(json.dumps(value), encoding="utf-8")
        assert kind_of_folder(tmp_path / kind) == kind


def test_a_folder_above_runs_leads_to_the_newest(tmp_path: Path) -> None:
    for name in ("base/20240101T000000Z-a", "calm/20250101T000000Z-b"):
        (tmp_path / name).mkdir(parents=True)
        for file in ("manifest.json", "runs.parquet"):
            (tmp_path / name / file).touch()
    newest = tmp_path / "calm" / "20250101T000000Z-b"
    assert newest_run(tmp_path) == newest_run(tmp_path / "calm") == newest
    assert f"`realpolitik report {newest}`" in told_of("folder", str(tmp_path), "run")


@each("kind", KINDS)
def test_every_advice_names_the_path_as_a_shell_takes_it(kind: str) -> None:
    told = told_of(kind, "a b.yaml", "scenario")
    assert "{}" not in told
    assert ("'a b.yaml'" in told) == ("{}" in KINDS[kind].advice)


def test_no_scenario_is_read_from_a_study(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(STUDY, encoding="utf-8")
    with pytest.raises(ScenarioError, match="is a study, not a scenario; `realpolitik sweep"):
        load_scenario(tmp_path / "s.yaml")


def test_a_name_without_its_suffix_leads_to_the_file_that_lies_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "base.yaml").touch()
    with pytest.raises(ScenarioError, match=r"expected base\.yaml, which lies here"):
        load_scenario("base")


@pytest.mark.parametrize(("name", "verb"), [("israel_ties", "sweep"), ("base", "calibrate")])
def test_the_name_of_something_else_that_is_shipped_leads_to_its_verb(name: str, verb: str) -> None:
    with pytest.raises(ScenarioError, match=f"`realpolitik {verb} {name}` runs it"):
        load_scenario(name)

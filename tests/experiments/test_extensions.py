"""More worlds, points and outcomes, and nothing run twice."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from realpolitik.sim.analysis.study import read_study, sweep
from realpolitik.sim.experiments.plan import Until
from realpolitik.sim.experiments.sealing import sealed
from realpolitik.sim.experiments.study_folder import StudyFolderError
from realpolitik.sim.files.folder import Folder
from tests.experiments.small import (
    ADDRESS,
    FURTHER,
    Bench,
    Stop,
    files_in,
    page,
    part_paths,
    small_plan,
    small_scenario,
    stop_after,
    works,
    worlds_in,
)

GROWN: dict[str, dict[str, Any]] = {
    "worlds": {"worlds": 1100},
    "points": {"points": 7},
    "outcomes": {"outcomes": ("strike", "height", "alignment")},
    "until": {"until": Until("strike", 0.06, 1500)},
    "everything": {"worlds": 60, "points": 7, "outcomes": ("height",)},
    "an outcome that was not measured": {
        "scenario": small_scenario(FURTHER),
        "outcomes": ("gap", "strike"),
    },
}


@pytest.mark.parametrize("kind", GROWN)
def test_an_extended_study_holds_the_worlds_of_a_fresh_one(
    done: Path, tmp_path: Path, kind: str
) -> None:
    plan = small_plan(**{"worlds": 30, **GROWN[kind]})
    grown = sweep(plan, done, extend=True, render=page)
    fresh = sweep(plan, tmp_path / "fresh", render=page)
    values = fresh.findings.points[ADDRESS]
    pd.testing.assert_series_equal(grown.findings.points[ADDRESS], values)
    numbers = dict(zip(grown.findings.points["point"], fresh.findings.points["point"], strict=True))
    worlds = worlds_in(done)
    worlds["point"] = worlds["point"].map(numbers)
    worlds = worlds.sort_values(["point", "world"], ignore_index=True)
    pd.testing.assert_frame_equal(worlds, worlds_in(tmp_path / "fresh"), check_exact=True)
    for name, tally in fresh.findings.tallies.items():
        assert (grown.findings.tallies[name].n == tally.n).all()
        assert grown.findings.tallies[name].total == pytest.approx(tally.total, abs=1e-9)


@pytest.mark.parametrize("kind", ["worlds", "points", "outcomes", "until", "everything"])
def test_nothing_that_is_there_is_run_again(
    done: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in part_paths(done)}
    bench = Bench(monkeypatch)
    sweep(small_plan(**{"worlds": 30, **GROWN[kind]}), done, extend=True)
    assert {
        path.name: path.stat().st_mtime_ns for path in part_paths(done)
    }.items() >= before.items()
    assert not any(chunk.point < 4 and chunk.first < 30 for chunk in bench.ran)


@pytest.mark.parametrize("kind", GROWN)
def test_an_extension_that_is_stopped_and_resumed_has_the_bytes_of_an_unbroken_one(
    done: Path, tmp_path: Path, kind: str
) -> None:
    plan = small_plan(**{"worlds": 30, **GROWN[kind]})
    sweep(small_plan(worlds=30), tmp_path / "other", render=page)
    sweep(plan, tmp_path / "other", extend=True, render=page)
    if kind != "outcomes":
        with pytest.raises(Stop):
            sweep(plan, done, extend=True, tell=stop_after(1))
    sweep(plan, done, extend=kind == "outcomes", resume=True, render=page)
    assert files_in(done) == files_in(tmp_path / "other")


@pytest.mark.parametrize("written", [0, 1, 2])
def test_an_extension_killed_while_its_plan_is_written_is_not_mixed_into_the_old_one(
    done: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    grown = small_plan(worlds=30, points=7, scenario=small_scenario(FURTHER))
    sweep(small_plan(worlds=30), tmp_path / "other")
    sweep(grown, tmp_path / "other", extend=True)
    before = files_in(done)
    with monkeypatch.context() as patch:
        patch.setattr(Folder, "writing", works(written))
        with pytest.raises(Stop):
            sweep(grown, done, extend=True)
    if written < 2:  # the points are those of the old plan still
        sweep(small_plan(worlds=30), done, resume=True, render=page)
        assert files_in(done) == before
    else:
        with pytest.raises(ValueError, match="not in the design asked for"):
            sweep(small_plan(worlds=30), done, resume=True)
    sweep(grown, done, extend=True)
    assert files_in(done) == files_in(tmp_path / "other")


def test_a_page_of_the_old_study_does_not_outlive_it(done: Path) -> None:
    sweep(small_plan(worlds=40), done, extend=True)
    assert not (done / "study.html").exists()


def test_an_extension_that_lacks_an_outcome_cannot_be_read_yet(done: Path) -> None:
    (done / "manifest.json").unlink()
    settings = json.loads((done / "study.json").read_text())
    settings["outcomes"].append({"name": "gap", "label": "gap", "scale": "alignment"})
    (done / "study.json").write_text(json.dumps(sealed(settings)))
    with pytest.raises(StudyFolderError, match="does not hold gap yet"):
        read_study(done)


def test_an_extension_makes_parts_anew_that_were_falsified(done: Path, tmp_path: Path) -> None:
    victim = part_paths(done)[1]
    table = pd.read_parquet(victim)
    table.assign(strike=1.0 - table["strike"]).to_parquet(victim, index=False)
    sweep(small_plan(worlds=40), done, extend=True)
    sweep(small_plan(worlds=40), tmp_path / "fresh")
    pd.testing.assert_frame_equal(worlds_in(done), worlds_in(tmp_path / "fresh"))

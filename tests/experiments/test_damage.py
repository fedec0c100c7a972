"""Parts, points and manifests that are damaged."""

import os
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from realpolitik.sim.analysis.study import plan_in, read_study, sweep
from realpolitik.sim.experiments.chunks import Chunk
from realpolitik.sim.experiments.study_folder import DamagedPartError, StudyFolderError
from tests.experiments.small import (
    Bench,
    files_in,
    page,
    part_paths,
    small_plan,
)


def _truncate(path: Path, other: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _garble(path: Path, other: Path) -> None:
    path.write_bytes(os.urandom(2000))


def _empty(path: Path, other: Path) -> None:
    path.write_bytes(b"")


def _exchange(path: Path, other: Path) -> None:
    path.write_bytes(other.read_bytes())


def _delete(path: Path, other: Path) -> None:
    path.unlink()


def _falsify(path: Path, other: Path) -> None:
    """Right worlds, wrong outcomes: only the manifest knows."""
    table = pq.read_table(path).to_pandas()
    table["strike"] = 1 - table["strike"]
    table.to_parquet(path, index=False)


def _strip(path: Path, other: Path) -> None:
    pq.write_table(pq.read_table(path).drop_columns(["strike"]), path)


@pytest.mark.parametrize(
    "damage", [_truncate, _garble, _empty, _exchange, _delete, _falsify, _strip]
)
def test_a_damaged_part_is_made_anew_and_no_other(
    done: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path, Path], None]
) -> None:
    before, bench = files_in(done), Bench(monkeypatch)
    _, one, other, _ = part_paths(done)
    damage(one, other)
    study = sweep(small_plan(worlds=30), done, resume=True, render=page)
    assert bench.ran == [Chunk(1, 0, 30)]
    assert files_in(done) == before
    assert len(study.remarks) == (damage is not _delete)
    assert all(one.stem in remark for remark in study.remarks)


def test_a_part_under_another_name_is_removed(done: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, bench = files_in(done), Bench(monkeypatch)
    copy = done / "parts" / f"{Chunk(2, 30, 30).name}.parquet"
    copy.write_bytes(part_paths(done)[2].read_bytes())
    study = sweep(small_plan(worlds=30), done, resume=True, render=page)
    assert bench.ran == []
    assert "does not hold what its name says" in study.remarks[0]
    assert files_in(done) == before


@pytest.mark.parametrize("damage", [_truncate, _garble, _empty])
def test_a_damaged_part_is_told_of_when_a_study_is_only_read(
    done: Path, damage: Callable[[Path, Path], None]
) -> None:
    one, other, *_ = part_paths(done)
    damage(one, other)
    with pytest.raises(DamagedPartError, match=one.stem):
        sweep(small_plan(worlds=30), done)


@pytest.mark.parametrize("damage", [_truncate, _garble, _empty])
def test_a_damaged_manifest_is_written_anew(
    done: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path, Path], None]
) -> None:
    before, bench = files_in(done), Bench(monkeypatch)
    damage(done / "manifest.json", done)
    sweep(small_plan(worlds=30), done, resume=True, render=page)
    assert bench.ran == []
    assert files_in(done) == before


@pytest.mark.parametrize("damage", [_falsify, _delete])
def test_what_only_the_manifest_knows_is_told_of_when_a_study_is_only_read(
    done: Path, damage: Callable[[Path, Path], None]
) -> None:
    one, other, *_ = part_paths(done)
    damage(one, other)
    told = f"{one.stem}.*--resume makes it anew"
    with pytest.raises(DamagedPartError, match=told):
        sweep(small_plan(worlds=30), done)
    with pytest.raises(DamagedPartError, match=told):
        read_study(done)


@pytest.mark.parametrize("damage", [_garble, _delete])
@pytest.mark.parametrize("name", ["points.parquet", "scenario.yaml"])
def test_points_and_scenario_of_a_finished_study_are_made_anew(
    done: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path, Path], None], name: str
) -> None:
    before, bench = files_in(done), Bench(monkeypatch)
    damage(done / name, done)
    sweep(small_plan(worlds=30), done, resume=True, render=page)
    assert bench.ran == []
    assert files_in(done) == before


def test_points_that_nobody_can_make_anew_are_refused_with_a_remedy(done: Path) -> None:
    """In a study that has grown, parts are numbered by the order in which points came."""
    grown = small_plan(worlds=30, points=7)
    sweep(grown, done, extend=True)
    (done / "points.parquet").write_bytes(b"damaged")
    with pytest.raises(StudyFolderError, match=r"points\.parquet: damaged .*; put back a copy"):
        sweep(grown, done, resume=True)


@pytest.mark.parametrize("text", [None, b"\xff", b"title: [", b"title: 3"])
def test_a_damaged_scenario_is_told_of_with_its_path_and_a_remedy(
    done: Path, text: bytes | None
) -> None:
    (done / "scenario.yaml").unlink()
    if text is not None:
        (done / "scenario.yaml").write_bytes(text)
    with pytest.raises(StudyFolderError, match=r"done/scenario\.yaml: damaged .*study\.json"):
        plan_in(done)


@pytest.mark.parametrize("resume", [False, True])
def test_settings_that_were_changed_in_a_finished_study_are_refused(
    done: Path, resume: bool
) -> None:
    text = (done / "study.json").read_text()
    (done / "study.json").write_text(text.replace('"seed": 11', '"seed": 12'))
    with pytest.raises(StudyFolderError, match=r"study\.json: digest: .*was changed since"):
        sweep(plan_in(done), done, resume=resume)

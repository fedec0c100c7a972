"""Parts, points and manifests that are damaged."""

import os
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from realpolitik.sim.study.sweep.chunks import Chunk
from realpolitik.sim.study.sweep.folder import DamagedPartError, StudyFolderError
from realpolitik.sim.study.sweep.study import sweep
from tests.study.sweep.small import (
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


def test_damaged_points_are_refused_since_parts_are_numbered_by_them(done: Path) -> None:
    (done / "points.parquet").write_bytes(b"damaged")
    with pytest.raises(StudyFolderError, match=r"points\.parquet: damaged"):
        sweep(small_plan(worlds=30), done, resume=True)

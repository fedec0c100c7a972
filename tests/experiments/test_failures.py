"""Chunks that fail, workers that die, disks that are full."""

import contextlib
import errno
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from multiprocessing import active_children
from pathlib import Path
from typing import IO

import pytest

from realpolitik.sim.analysis.study import sweep
from realpolitik.sim.experiments.chunks import Chunk, Ended, Pack
from realpolitik.sim.experiments.runner import Standing, _StudyRun
from realpolitik.sim.experiments.workers import Workers, local
from realpolitik.sim.files.folder import Folder
from tests.experiments.small import PARTS, PLAN, Bench, files_in, page, part_paths, small_plan

# ── Failures ────────────────────────────────────────────────────────────────────────────


def test_a_failed_chunk_is_kept_as_a_row_and_tried_again_by_the_next_resume(
    fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison = Chunk(1, 1024, 76)
    with monkeypatch.context() as patch:
        bench = Bench(patch, poison)
        study = sweep(PLAN, tmp_path, render=page)
        assert len(bench.ran) == PARTS
    row = {"point": 1, "first_world": 1024, "worlds": 76}
    error = f"ArithmeticError: poison in {poison.name}"
    assert study.failures.to_dict("records") == [row | {"error": error}]
    assert len(part_paths(tmp_path)) == PARTS - 1
    with monkeypatch.context() as patch:
        again = Bench(patch, poison)
        assert len(sweep(PLAN, tmp_path, resume=True, render=page).failures) == 1
        assert again.ran == [poison]
    assert len(sweep(PLAN, tmp_path, resume=True, render=page).failures) == 0
    assert files_in(tmp_path) == files_in(fresh)


def test_a_point_that_failed_altogether_does_not_keep_the_others_from_being_analysed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Bench(monkeypatch, Chunk(2, 0, 30))
    told: list[Standing] = []
    study = sweep(small_plan(worlds=30), tmp_path, tell=told.append)
    assert study.findings.tallies["strike"].n.sum(axis=1).tolist() == [30, 30, 0, 30]
    assert (told[-1].failures, told[-1].points_done, told[-1].worlds) == (1, 3, 90)


def test_a_study_of_which_everything_fails_ends_with_a_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Bench(monkeypatch, *(Chunk(point, 0, 30) for point in range(4)))
    study = sweep(small_plan(worlds=30), tmp_path)
    assert len(study.failures) == 4
    assert study.findings.tallies["strike"].n.sum() == 0


def test_a_worker_killed_in_mid_study_costs_nothing(fresh: Path, tmp_path: Path) -> None:
    killed: list[int] = []

    def tell(standing: Standing) -> None:
        if standing.run and not killed:
            victim = active_children()[0]
            os.kill(victim.pid or 0, signal.SIGKILL)
            killed.append(standing.run)

    study = sweep(PLAN, tmp_path, local(2), render=page, tell=tell)
    assert killed
    assert len(study.failures) == 0
    assert files_in(tmp_path) == files_in(fresh)


def test_a_chunk_that_kills_its_worker_fails_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, poison = _StudyRun.submit, Chunk(1, 0, 1024)

    def submit(self: _StudyRun, executor: Executor, pack: Pack) -> "Future[list[Ended]]":
        if poison in pack:
            return executor.submit(os._exit, 9)
        return usual(self, executor, pack)

    with monkeypatch.context() as patch:
        patch.setattr(_StudyRun, "submit", submit)
        study = sweep(PLAN, tmp_path, local(2))
    assert study.failures["point"].tolist() == [1]
    assert "BrokenProcessPool" in study.failures["error"].iloc[0]
    assert len(part_paths(tmp_path)) == PARTS - 1


# ── A disk that is full ─────────────────────────────────────────────────────────────────


@pytest.fixture
def small_files() -> Iterator[Callable[[], None]]:
    """Lets no file grow beyond 2,000 bytes, from the call to the end of the test."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_part_that_cannot_be_written_to_its_end_is_not_there_at_all(
    fresh: Path, tmp_path: Path, small_files: Callable[[], None]
) -> None:
    def tell(standing: Standing) -> None:
        if standing.run > 2000:
            small_files()

    with pytest.raises(OSError, match="File too large"):
        sweep(PLAN, tmp_path, render=page, tell=tell)
    names = [path.name for path in part_paths(tmp_path)]
    assert len(names) == 3
    assert not any(name.startswith(".") for name in names)
    assert not (tmp_path / "manifest.json").exists()


def fill_the_disk(patch: pytest.MonkeyPatch, full: Callable[[str], bool]) -> None:
    """Lets every file of which `full` is true, by its name, be written half and no further."""
    usual = Folder.writing

    @contextlib.contextmanager
    def writing(self: Folder, name: str) -> Iterator[IO[bytes]]:
        with usual(self, name) as stream:
            if full(name):
                stream.write(b"half of it")
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            yield stream

    patch.setattr(Folder, "writing", writing)


@pytest.mark.parametrize("workers", [local(1), Workers(lambda: ThreadPoolExecutor(2), 4)])
@pytest.mark.parametrize("room", [2, 5])
def test_a_full_disk_is_told_of_and_a_resume_ends_with_the_same_bytes(
    fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: Workers, room: int
) -> None:
    written: list[str] = []

    def full(name: str) -> bool:
        written.extend([name] * name.startswith("parts/"))
        return len(written) > room

    with monkeypatch.context() as patch:
        fill_the_disk(patch, full)
        with pytest.raises(OSError, match="No space left"):
            sweep(PLAN, tmp_path, workers, render=page)
    assert len(part_paths(tmp_path)) == room
    assert not [name for name in files_in(tmp_path) if ".unfinished" in name]
    sweep(PLAN, tmp_path, workers, resume=True, render=page)
    assert files_in(tmp_path) == files_in(fresh)


@pytest.mark.parametrize("name", ["analysis/summary.csv", "study.html", "manifest.json"])
def test_a_disk_that_is_full_at_the_end_loses_nothing(
    fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with monkeypatch.context() as patch:
        fill_the_disk(patch, lambda written: written.endswith(Path(name).name))
        with pytest.raises(OSError, match="No space left"):
            sweep(PLAN, tmp_path, render=page)
    bench = Bench(monkeypatch)
    sweep(PLAN, tmp_path, resume=True, render=page)
    assert bench.ran == []
    assert files_in(tmp_path) == files_in(fresh)


def test_drafts_that_a_kill_left_are_swept_out(done: Path) -> None:
    before = files_in(done)
    for name in (".unfinished-study.json", "parts/.unfinished-x.parquet"):
        (done / name).write_bytes(b"half")
    sweep(small_plan(worlds=30), done, resume=True, render=page)
    assert files_in(done) == before

"""Whole studies: the same bytes by whatever way they came about, and nothing lost."""

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from realpolitik.sim import simulate
from realpolitik.sim.study.plans.plan import Favoured, Until, Vary
from realpolitik.sim.study.sweep import folder as folders
from realpolitik.sim.study.sweep.chunks import Chunk
from realpolitik.sim.study.sweep.conduct import Standing, _Conduct
from realpolitik.sim.study.sweep.files import put
from realpolitik.sim.study.sweep.folder import DamagedPartError, StudyFolder, StudyFolderError
from realpolitik.sim.study.sweep.stopping import narrow_enough
from realpolitik.sim.study.sweep.study import plan_in, read_study, sweep
from realpolitik.sim.study.sweep.workers import Workers, local
from tests.study.sweep.small import (
    ADDRESS,
    FURTHER,
    Bench,
    files_in,
    page,
    part_paths,
    small_plan,
    small_scenario,
    worlds_in,
)

PLAN = small_plan()
CUTS = ((0, 1024), (1024, 76))  # the chunks of a point
PARTS = 4 * len(CUTS)


class Stop(Exception):  # noqa: N818 - it is no error
    """What a test stops a study with."""


def stop_after(parts: int) -> Callable[[Standing], None]:
    """Stops once so many chunks have been run."""
    asked: list[int] = []

    def tell(standing: Standing) -> None:
        asked.append(standing.run)
        if len([run for run in dict.fromkeys(asked) if run]) >= parts:
            raise Stop

    return tell


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study, in one go and in this process; only to be looked at."""
    path = tmp_path_factory.mktemp("fresh") / "small"
    sweep(PLAN, path, render=page)
    return path


@pytest.fixture
def done(tmp_path: Path) -> Path:
    """A small study that a test may spoil."""
    sweep(small_plan(worlds=30), tmp_path / "done", render=page)
    return tmp_path / "done"


# ── Equal bytes ──────────────────────────────────────────────────────────────────────


def test_the_folder_holds_what_it_should(fresh: Path) -> None:
    names = [name for name in files_in(fresh) if not name.startswith("analysis/")]
    assert names == [
        "manifest.json",
        *(f"parts/{Chunk(point, *worlds).name}.parquet" for point in range(4) for worlds in CUTS),
        "points.parquet",
        "scenario.yaml",
        "study.html",
        "study.json",
    ]  # fmt: skip
    listed = json.loads((fresh / "manifest.json").read_text())["files"]
    assert {*listed, "manifest.json"} == {*files_in(fresh)}


@pytest.mark.parametrize(
    "workers", [local(2), Workers(lambda: ThreadPoolExecutor(3), 5)], ids=["processes", "threads"]
)
def test_whoever_runs_it_the_bytes_are_the_same(
    fresh: Path, tmp_path: Path, workers: Workers
) -> None:
    sweep(PLAN, tmp_path / "small", workers, render=page)
    assert files_in(tmp_path / "small") == files_in(fresh)


def test_its_worlds_are_those_of_an_ensemble_at_every_point(fresh: Path) -> None:
    found = worlds_in(fresh)
    for point, value in StudyFolder(fresh).points().itertuples(index=False):
        runs = simulate(PLAN.scenario, 1100, PLAN.seed, {ADDRESS: value}).runs
        there = found[found["point"] == point].drop(columns="point").reset_index(drop=True)
        pd.testing.assert_frame_equal(there, runs[sorted(runs.columns)], check_exact=True)


@pytest.mark.parametrize("parts", range(1, PARTS + 1))
def test_a_study_stopped_after_any_chunk_and_resumed_has_the_bytes_of_an_unbroken_one(
    fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: int
) -> None:
    with pytest.raises(Stop):
        sweep(PLAN, tmp_path / "small", render=page, tell=stop_after(parts))
    assert len(part_paths(tmp_path / "small")) == parts
    bench = Bench(monkeypatch)
    sweep(PLAN, tmp_path / "small", resume=True, render=page)
    assert len(bench.ran) == PARTS - parts
    assert files_in(tmp_path / "small") == files_in(fresh)


def test_a_study_stopped_again_and_again_has_the_bytes_of_an_unbroken_one(
    fresh: Path, tmp_path: Path
) -> None:
    for _ in range(PARTS // 2):
        with pytest.raises(Stop):
            sweep(PLAN, tmp_path / "small", resume=True, render=page, tell=stop_after(2))
    sweep(PLAN, tmp_path / "small", resume=True, render=page)
    assert files_in(tmp_path / "small") == files_in(fresh)


def test_a_pool_stopped_in_the_middle_and_resumed_has_the_bytes_of_an_unbroken_one(
    fresh: Path, tmp_path: Path
) -> None:
    with pytest.raises(Stop):
        sweep(PLAN, tmp_path / "small", local(2), render=page, tell=stop_after(3))
    sweep(PLAN, tmp_path / "small", local(2), resume=True, render=page)
    assert files_in(tmp_path / "small") == files_in(fresh)


def test_a_finished_study_is_read_and_nothing_is_run(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, bench = files_in(fresh), Bench(monkeypatch)
    study = sweep(PLAN, fresh)
    assert bench.ran == []
    assert files_in(fresh) == before
    assert study.findings.tallies["strike"].n.sum() == 4 * 1100


def test_a_finished_study_that_is_resumed_runs_nothing_and_is_as_it_was(
    done: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, bench = files_in(done), Bench(monkeypatch)
    sweep(small_plan(worlds=30), done, resume=True, render=page)
    assert bench.ran == []
    assert files_in(done) == before


def test_the_plan_can_be_read_back(fresh: Path) -> None:
    plan = plan_in(fresh)
    assert plan == small_plan(scenario=plan.scenario)
    assert plan.scenario == PLAN.scenario.model_copy(update={"variants": ()})


def test_a_study_needs_no_model_to_be_read(fresh: Path) -> None:
    study = read_study(fresh)
    for name, table in study.tables.items():
        text = table.to_csv(index=False, lineterminator="\n")
        assert text == (fresh / "analysis" / f"{name}.csv").read_text()


# ── How it stands ────────────────────────────────────────────────────────────────────


def test_what_is_told_adds_up(tmp_path: Path) -> None:
    told: list[tuple[int, ...]] = []

    def tell(now: Standing) -> None:
        told.append((now.worlds, now.points_done, now.run, now.worlds_wanted))

    sweep(PLAN, tmp_path / "small", tell=tell)
    assert told == sorted(told)
    assert told[-1] == (4400, 4, 4400, 4400)


# ── Other settings ───────────────────────────────────────────────────────────────────

CHANGED: dict[str, dict[str, Any]] = {
    "name": {"name": "other"},
    "title": {"title": "other"},
    "question": {"question": "other"},
    "scenario": {"scenario": small_scenario().model_copy(update={"weeks": 4})},
    "measures": {"scenario": small_scenario(FURTHER)},
    "vary": {"vary": (Vary(ADDRESS, 0.0, 0.5),)},
    "sampler": {"sampler": "one_at_a_time"},
    "points": {"points": 5},
    "worlds": {"worlds": 31},
    "seed": {"seed": 12},
    "outcomes": {"outcomes": ("strike",)},
    "until": {"until": Until("strike", 0.1, 2000)},
    "thresholds": {"thresholds": {}},
    "favoured": {"favoured": Favoured("strike", "above", 0.2)},
}


@pytest.mark.parametrize("key", CHANGED)
@pytest.mark.parametrize("resume", [False, True])
def test_a_folder_made_by_other_settings_is_refused_and_left_as_it_is(
    done: Path, key: str, resume: bool
) -> None:
    before = files_in(done)
    with pytest.raises(StudyFolderError, match=rf"(?s)other settings.*\n  {key}"):
        sweep(small_plan(**{"worlds": 30, **CHANGED[key]}), done, resume=resume)
    assert files_in(done) == before


def test_a_scenario_asked_for_by_another_name_makes_no_other_study(done: Path) -> None:
    before = files_in(done)
    sweep(small_plan(worlds=30, called="here/small.yaml"), done)
    assert files_in(done) == before


def test_every_difference_is_named(done: Path) -> None:
    with pytest.raises(StudyFolderError) as refused:
        sweep(small_plan(worlds=40, seed=2, title="x", thresholds={}), done)
    named = [line.split(":")[0].strip() for line in str(refused.value).splitlines()[1:]]
    assert named == ["title", "worlds", "seed", "thresholds"]
    assert "worlds: 30 there, 40 asked for" in str(refused.value)


@pytest.mark.parametrize(
    ("key", "changed"),
    [
        ("name", {"name": "other"}),
        ("seed", {"seed": 12}),
        ("sampler", {"sampler": "one_at_a_time"}),
        ("worlds", {"worlds": 29}),
        ("scenario", CHANGED["scenario"]),
    ],
)
def test_an_extension_can_only_add(done: Path, key: str, changed: dict[str, Any]) -> None:
    before = files_in(done)
    with pytest.raises(StudyFolderError, match=rf"(?s)can only add.*\n  {key}"):
        sweep(small_plan(**{"worlds": 30, **changed}), done, extend=True)
    assert files_in(done) == before


def test_an_outcome_measured_in_another_way_is_no_extension(done: Path) -> None:
    other = small_scenario().model_copy(
        update={
            "outcomes": small_scenario().outcomes | {"height": small_scenario().outcomes["strike"]}
        }
    )
    with pytest.raises(StudyFolderError, match="outcome height: is measured in another way"):
        sweep(small_plan(worlds=30, scenario=other), done, extend=True)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 2}'])
@pytest.mark.parametrize("extend", [False, True])
def test_settings_that_are_none_are_refused(done: Path, text: str, extend: bool) -> None:
    (done / "study.json").write_text(text)
    with pytest.raises(StudyFolderError, match=r"no study|other settings"):
        sweep(small_plan(worlds=30), done, extend=extend)


def test_a_folder_with_other_things_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(StudyFolderError, match=r"other things, such as thesis\.docx"):
        sweep(PLAN, tmp_path)
    assert files_in(tmp_path) == {"thesis.docx": b"years of work"}


def test_parts_whose_settings_are_gone_are_not_taken_over(done: Path) -> None:
    for name in files_in(done):
        if not name.startswith("parts"):
            (done / name).unlink()
    (done / "analysis").rmdir()
    with pytest.raises(StudyFolderError, match="other things, such as parts"):
        sweep(small_plan(worlds=30, seed=12), done)


def test_an_unfinished_study_is_only_gone_on_with_when_asked(tmp_path: Path) -> None:
    with pytest.raises(Stop):
        sweep(PLAN, tmp_path, tell=stop_after(3))
    with pytest.raises(StudyFolderError, match=r"unfinished \(3 parts at 4 points\); --resume"):
        sweep(PLAN, tmp_path)


@pytest.mark.parametrize("left", [1, 2])
def test_a_kill_before_there_is_a_study_leaves_a_folder_that_can_be_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: int
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(folders, "put", _works(left))
        with pytest.raises(Stop):
            sweep(small_plan(worlds=30), tmp_path)
    sweep(small_plan(worlds=30), tmp_path)
    assert len(part_paths(tmp_path)) == 4


def _works(times: int) -> Callable[..., None]:
    """A `put` that works so many times."""
    calls: list[Path] = []

    def some(path: Path, write: Callable[[Path], object]) -> None:
        calls.append(path)
        if len(calls) > times:
            raise Stop
        put(path, write)

    return some


def test_a_second_process_is_refused(done: Path) -> None:
    """The lock is the kernel's: it goes with the process, however that ends."""
    script = (
        "import fcntl, os, sys\n"
        f"fcntl.flock(os.open({str(done)!r}, os.O_RDONLY), fcntl.LOCK_EX)\n"
        "print('locked', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n"
        with pytest.raises(StudyFolderError, match="another process is at work"):
            sweep(small_plan(worlds=30), done, resume=True)
        other.kill()
    sweep(small_plan(worlds=30), done, resume=True)


def test_a_study_within_a_study_is_refused(tmp_path: Path) -> None:
    def tell(_: Standing) -> None:
        sweep(PLAN, tmp_path, resume=True)

    with pytest.raises(StudyFolderError, match="another process"):
        sweep(PLAN, tmp_path, tell=tell)


# ── Extensions ───────────────────────────────────────────────────────────────────────

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
        patch.setattr(folders, "put", _works(written))
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
    settings = json.loads((done / "study.json").read_text())
    settings["outcomes"].append({"name": "gap", "label": "gap", "scale": "alignment"})
    (done / "study.json").write_text(json.dumps(settings))
    with pytest.raises(StudyFolderError, match="does not hold gap yet"):
        read_study(done)


# ── Until ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("workers", [local(1), Workers(lambda: ThreadPoolExecutor(3), 4)])
def test_each_point_has_worlds_until_its_interval_is_narrow_and_no_more(
    tmp_path: Path, workers: Workers
) -> None:
    until = Until("strike", 0.045, 3000)
    study = sweep(small_plan(worlds=50, until=until), tmp_path, workers)
    tally, worlds = study.findings.tallies["strike"], worlds_in(tmp_path)
    for row, point in enumerate(study.findings.points["point"]):
        n, hits = int(tally.n[row].sum()), float(tally.total[row].sum())
        assert narrow_enough(n, hits, hits, until.width) or n == until.most
        earlier = [end for end in (50, 1024, 2048, 3000) if end < n]
        strikes = worlds.loc[worlds["point"] == point, "strike"]
        for end in earlier:
            assert not narrow_enough(end, *2 * (strikes.iloc[:end].sum(),), until.width)
        assert n in (50, 1024, 2048, 3000)


# ── Damage ───────────────────────────────────────────────────────────────────────────


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


# ── Failures ─────────────────────────────────────────────────────────────────────────


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
    usual, poison = _Conduct.submit, Chunk(1, 0, 1024)

    def submit(self: _Conduct, executor: Executor, chunk: Chunk) -> "Future[pd.DataFrame]":
        if chunk == poison:
            return executor.submit(os._exit, 9)
        return usual(self, executor, chunk)

    with monkeypatch.context() as patch:
        patch.setattr(_Conduct, "submit", submit)
        study = sweep(PLAN, tmp_path, local(2))
    assert study.failures["point"].tolist() == [1]
    assert "BrokenProcessPool" in study.failures["error"].iloc[0]
    assert len(part_paths(tmp_path)) == PARTS - 1


# ── A disk that is full ──────────────────────────────────────────────────────────────


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


@pytest.mark.parametrize("workers", [local(1), Workers(lambda: ThreadPoolExecutor(2), 4)])
@pytest.mark.parametrize("room", [3, 6])
def test_a_full_disk_is_told_of_and_a_resume_ends_with_the_same_bytes(
    fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: Workers, room: int
) -> None:
    write, written = pq.write_table, []

    def write_some(table: Any, where: Path) -> None:
        written.append(where)
        if len(written) > room:
            where.write_bytes(b"PAR1 half of it")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(table, where)

    with monkeypatch.context() as patch:
        patch.setattr(pq, "write_table", write_some)
        with pytest.raises(OSError, match="No space left"):
            sweep(PLAN, tmp_path, workers, render=page)
    assert len(part_paths(tmp_path)) == room - 1  # the points are a table too
    assert not [name for name in files_in(tmp_path) if ".unfinished" in name]
    sweep(PLAN, tmp_path, workers, resume=True, render=page)
    assert files_in(tmp_path) == files_in(fresh)


@pytest.mark.parametrize("name", ["analysis/summary.csv", "study.html", "manifest.json"])
def test_a_disk_that_is_full_at_the_end_loses_nothing(
    fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    write = Path.write_text

    def write_some(self: Path, text: str, **how: Any) -> int:
        if self.name == f".unfinished-{Path(name).name}":
            write(self, text[:10], **how)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(self, text, **how)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", write_some)
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


def test_an_extension_makes_parts_anew_that_were_falsified(done: Path, tmp_path: Path) -> None:
    victim = part_paths(done)[1]
    table = pd.read_parquet(victim)
    table.assign(strike=1.0 - table["strike"]).to_parquet(victim, index=False)
    sweep(small_plan(worlds=40), done, extend=True)
    sweep(small_plan(worlds=40), tmp_path / "fresh")
    pd.testing.assert_frame_equal(worlds_in(done), worlds_in(tmp_path / "fresh"))

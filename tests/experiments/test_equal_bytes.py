"""The same bytes by whatever way a study came about."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

from realpolitik.sim import simulate
from realpolitik.sim.analysis.study import plan_in, read_study, sweep
from realpolitik.sim.experiments.chunks import Chunk
from realpolitik.sim.experiments.plan import Until
from realpolitik.sim.experiments.runner import Standing, narrow_enough
from realpolitik.sim.experiments.study_folder import StudyFolder
from realpolitik.sim.experiments.workers import Workers, local
from tests.experiments.small import (
    ADDRESS,
    CUTS,
    PARTS,
    PLAN,
    Bench,
    Stop,
    files_in,
    page,
    part_paths,
    small_plan,
    stop_after,
    worlds_in,
)

# ── Equal bytes ─────────────────────────────────────────────────────────────────────────


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


@pytest.mark.parametrize("parts", [1, 3, PARTS])  # the even ones are stopped at below
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
    sweep(PLAN, tmp_path / "small", resume=True, render=page)
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


# ── How it stands ───────────────────────────────────────────────────────────────────────


def test_what_is_told_adds_up(tmp_path: Path) -> None:
    told: list[tuple[int, ...]] = []

    def tell(now: Standing) -> None:
        told.append((now.worlds, now.points_done, now.run, now.worlds_wanted))

    sweep(PLAN, tmp_path / "small", tell=tell)
    assert told == sorted(told)
    assert told[-1] == (4400, 4, 4400, 4400)


# ── Until ───────────────────────────────────────────────────────────────────────────────


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

"""Real runs, a few points in 50 worlds: what is kept, what goes on, what is refused."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from realpolitik.sim.calibrate.calibration import Calibration, Work, calibrate
from realpolitik.sim.calibrate.measure import measure
from realpolitik.sim.calibrate.waves import Matched
from realpolitik.sim.experiments import runner as conduct
from realpolitik.sim.experiments.chunks import Ended, Pack, run_pack
from realpolitik.sim.experiments.study_folder import StudyFolderError
from realpolitik.sim.experiments.workers import local
from tests.calibrate.small import (
    PRESSURE,
    TIES,
    files_in,
    small_plan,
)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Calibration:
    """A calibration that was carried out."""
    return calibrate(small_plan(), tmp_path_factory.mktemp("calibration") / "one")


def test_a_calibration_has_its_tables(done: Calibration) -> None:
    assert len(done.tables["points"]) == 10
    assert len(done.tables["readings"]) == 20
    assert done.tables["waves"]["points"].tolist() == [5, 5]
    assert set(done.tables["patterns"]["at"]) == {"start", "best"}
    assert set(done.best) == {PRESSURE, TIES}
    assert len(done.tables["sets"]) == 2
    assert done.tables["conclusions"]["sets"].tolist() == [done.tables["sets"]["remains"].sum()]
    for name, table in done.tables.items():
        kept = pd.read_csv(done.folder / "tables" / f"{name}.csv")
        assert list(kept.columns) == list(table.columns)
        assert len(kept) == len(table)


def test_the_start_reads_as_measure_says(done: Calibration) -> None:
    plan = done.plan
    alone = measure(plan.patterns, plan.start, plan.final_worlds, plan.seed)
    both = done.tables["patterns"]
    start = both[both["at"] == "start"].reset_index(drop=True)
    for column in ("pattern", "value", "low", "high", "n", "verdict", "implausibility"):
        assert start[column].tolist() == alone[column].tolist()


def test_a_finished_one_is_read_and_nothing_is_run(
    done: Calibration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conduct, "run_pack", pytest.fail)
    before = files_in(done.folder)
    again = calibrate(done.plan, done.folder)
    assert files_in(done.folder) == before
    assert again.best == done.best
    for name, table in done.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table)


def test_one_that_was_broken_off_ends_byte_for_byte_as_if_it_had_not(
    done: Calibration, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = 0

    def broken(packed: str, seed: int, settings: Any, chunks: Pack) -> list[Ended]:
        nonlocal ran
        ran += len(chunks)
        if ran >= 8:  # in the second wave
            raise KeyboardInterrupt
        return run_pack(packed, seed, settings, chunks)

    with monkeypatch.context() as patch:
        patch.setattr(conduct, "run_pack", broken)
        with pytest.raises(KeyboardInterrupt):
            calibrate(done.plan, tmp_path / "two")
    with pytest.raises(StudyFolderError, match="--resume goes on with it"):
        calibrate(done.plan, tmp_path / "two")
    calibrate(done.plan, tmp_path / "two", resume=True)
    assert files_in(tmp_path / "two") == files_in(done.folder)


def test_what_is_damaged_is_made_again(done: Calibration) -> None:
    before = files_in(done.folder)
    part = next((done.folder / "wave-2" / "small" / "parts").iterdir())
    part.write_bytes(b"no parquet")
    again = calibrate(done.plan, done.folder)
    assert files_in(done.folder) == before
    assert again.tables["points"].equals(done.tables["points"])


def test_damaged_points_are_put_back(done: Calibration, tmp_path: Path) -> None:
    """They follow from the plan: no other verb is needed to make them anew."""
    folder = tmp_path / "one"
    shutil.copytree(done.folder, folder)
    before = files_in(folder)
    for path in folder.rglob("points.parquet"):
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    calibrate(done.plan, folder, resume=True)
    assert files_in(folder) == before


def test_another_plan_is_refused_and_told_in_what_it_differs(done: Calibration) -> None:
    with pytest.raises(StudyFolderError, match=r"other settings[^\n]*\n  worlds: 50 there"):
        calibrate(replace(done.plan, worlds=51), done.folder, resume=True)


def test_a_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StudyFolderError, match=r"thesis\.txt"):
        calibrate(small_plan(), tmp_path)
    assert list(files_in(tmp_path)) == ["thesis.txt"]


def test_worlds_that_fail_stop_it_and_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = small_plan(waves=1, finding_sets=0)

    def failing(*given: object) -> pd.DataFrame:
        raise ArithmeticError("poison")

    with monkeypatch.context() as patch:
        patch.setattr(conduct, "run_pack", failing)
        with pytest.raises(StudyFolderError, match=r"5 parts failed.*poison.*--resume"):
            calibrate(plan, tmp_path / "three")
    assert len(calibrate(plan, tmp_path / "three", resume=True).tables["points"]) == 5


# ── Sets over which the findings are looked at ───────────────────────────────────────


class Doubting(Work):
    """Finds the first set implausible when it is measured once more, and no other."""

    def measure_at(self, stage: str, points: pd.DataFrame, worlds: int) -> pd.DataFrame:
        assert worlds == self.plan.final_worlds
        rows = [(point, one.id) for point in points["point"] for one in self.plan.patterns]
        table = pd.DataFrame(rows, columns=["point", "pattern"])
        return table.assign(implausibility=9.0 * (table["point"] == 0))


def matched(done: Calibration, remains: bool) -> Matched:
    """What was matched, with all points remaining or none."""
    points = done.tables["points"].assign(remains=remains)
    return Matched(points, done.tables["readings"], done.tables["final"], pd.DataFrame())


def test_a_set_that_proves_implausible_bears_on_no_finding(
    done: Calibration, tmp_path: Path
) -> None:
    work = Doubting(small_plan(finding_sets=3), tmp_path, local(1), lambda _: None)
    sets = work.sets(matched(done, remains=True))
    assert sets["remains"].tolist() == [False, True, True]
    first, again = work.conclusions(sets), work.conclusions(sets)
    assert first["sets"].tolist() == [2]
    pd.testing.assert_frame_equal(again, first)


def test_where_no_point_remains_there_is_no_set(done: Calibration, tmp_path: Path) -> None:
    work = Doubting(small_plan(), tmp_path, local(1), lambda _: None)
    sets = work.sets(matched(done, remains=False))
    assert sets.empty
    assert work.conclusions(sets)["sets"].tolist() == [0]

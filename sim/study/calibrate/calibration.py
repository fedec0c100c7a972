"""A calibration from its plan to its tables: the one function that a user calls."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from realpolitik.sim.files.drafts import alone_in
from realpolitik.sim.study.calibrate.crew import staying
from realpolitik.sim.study.calibrate.plan import CalibrationPlan
from realpolitik.sim.study.calibrate.store import CalibrationFolder
from realpolitik.sim.study.calibrate.tables import best_set, tables
from realpolitik.sim.study.calibrate.waves import match
from realpolitik.sim.study.calibrate.work import Work
from realpolitik.sim.study.sweep.conduct import Standing, Tell
from realpolitik.sim.study.sweep.folder import StudyFolderError
from realpolitik.sim.study.sweep.workers import Workers, local


@dataclass(frozen=True)
class Calibration:
    """A calibration that was carried out.

    Attributes:
        folder: Where it lies.
        plan: What was asked.
        best: Address → value of the best set.
        tables: `points`, `readings`, `waves`, `ranges`, `final`, `best`, `patterns`, and `sets` and
            `conclusions` if findings were looked at.
        missing: Why any of these could not be made, in sentences.
    """

    folder: Path
    plan: CalibrationPlan
    best: Mapping[str, float]
    tables: Mapping[str, pd.DataFrame]
    missing: tuple[str, ...]


def calibrate(
    plan: CalibrationPlan,
    folder: Path,
    workers: Workers | None = None,
    *,
    resume: bool = False,
    tell: Tell | None = None,
) -> Calibration:
    """Carries a calibration out in a folder, or says what a finished one found.

    Args:
        plan: What is to be done.
        folder: Where its files go; made if it is missing.
        workers: Who runs the worlds; none: this process.
        resume: Go on with one that was broken off.
        tell: Called with how the stage at hand stands, after every chunk.

    Raises:
        StudyFolderError: the folder holds something else, is in use, or some worlds failed.
        OSError: it cannot be written; what was written before is kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    store = CalibrationFolder(folder)
    with alone_in(folder) as alone, staying(workers or local(1)) as crew:
        if not alone:
            raise StudyFolderError(f"{folder}: another process is at work on this calibration")
        store.open(plan, resume=resume)
        work = Work(plan, folder, crew, tell or _say_nothing)
        found = match(plan, work.measure_at)
        made, missing = tables(plan, found)
        if plan.finding_sets:
            made["sets"] = work.sets(found)
            made["conclusions"] = work.conclusions(made["sets"])
        if not store.is_finished:
            store.finish(made)
    return Calibration(folder, plan, best_set(plan, found), made, missing)


def _say_nothing(_: Standing) -> None:
    pass

"""`realpolitik calibrate`: a calibration file carried out, and what it found."""

import shlex
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from realpolitik.sim.cli.exits import WELL, note
from realpolitik.sim.cli.folders import room_for_results
from realpolitik.sim.cli.sweep.progress import sweep_progress
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.study.calibrate.plan import load_calibration
from realpolitik.sim.study.sweep.workers import jobs_for, local

if TYPE_CHECKING:
    from realpolitik.sim.pictures import Format
    from realpolitik.sim.study.calibrate.calibration import Calibration
    from realpolitik.sim.study.calibrate.plan import CalibrationPlan

HOME = Path("results") / "calibrations"


@dataclass(frozen=True)
class Order:
    """What was typed; None is what was not."""

    study: str
    jobs: int | None
    resume: bool
    out: Path | None
    as_json: bool
    progress: bool
    formats: tuple["Format", ...]


def carry_out(order: Order) -> int:
    """Carries a calibration out, and says what it found; its exit code.

    Raises:
        ScenarioError: the file is wrong, or there is none.
        InputError: the folder cannot be used.
    """
    from realpolitik.sim.cli.calibrate.pictures import put_pictures_of_calibration
    from realpolitik.sim.cli.calibrate.tables import print_calibration, print_json
    from realpolitik.sim.cli.picturing import check_browser

    read = load_calibration(order.study)
    for warning in read.warnings:
        note(f"note: {warning}")
    folder = order.out or HOME / read.plan.name
    check_browser(order.formats, folder)
    found = _run(order, read.plan, folder)
    (print_json if order.as_json else print_calibration)(found)
    put_pictures_of_calibration(found, order.formats)
    return WELL


def _run(order: Order, plan: "CalibrationPlan", folder: Path) -> "Calibration":
    from realpolitik.sim.study.calibrate.calibration import calibrate
    from realpolitik.sim.study.sweep.folder import MANIFEST

    jobs = order.jobs or jobs_for(plan.points * plan.waves * plan.worlds)
    is_finished = Folder(folder).has(MANIFEST)
    room = nullcontext() if is_finished and not order.resume else room_for_results(folder)
    try:
        with room, sweep_progress(order.progress) as tell:
            return calibrate(plan, folder, local(jobs), resume=order.resume, tell=tell)
    except (KeyboardInterrupt, OSError):
        words = ("realpolitik", "calibrate", order.study, "--out", str(folder), "--resume")
        note("", f"What was done is kept. Go on with: {shlex.join(words)}")
        raise

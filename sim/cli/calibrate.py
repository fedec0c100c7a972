"""`realpolitik calibrate`: a calibration file carried out, and what it found."""

import shlex
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from realpolitik.sim.cli.exits import WELL, note
from realpolitik.sim.cli.files import RESULTS, room_for_results
from realpolitik.sim.cli.options import (
    Reference,
    folder_option,
    jobs_option,
    json_option,
    picture_options,
    progress_option,
)

if TYPE_CHECKING:
    from realpolitik.sim.calibrate.calibration import Calibration
    from realpolitik.sim.calibrate.plan import CalibrationPlan
    from realpolitik.sim.image_export import Format

HOME = RESULTS / "calibrations"


@click.command()
@click.argument("study", metavar="STUDY", type=Reference())
@jobs_option
@click.option("--resume", is_flag=True, help="Go on with a calibration that was broken off.")
@folder_option("Folder of the calibration.  [results/calibrations/NAME]")
@json_option()
@progress_option
@picture_options
def calibrate(
    study: str,
    jobs: int | None,
    resume: bool,
    out: Path | None,
    as_json: bool,
    progress: bool,
    formats: tuple["Format", ...],
) -> int:
    """Find the parameter values with which the model fits the record.

    STUDY is a calibration file, or the name of one that is shipped (`base`). By history matching:
    points are rejected where a pattern lies further off than all uncertainty explains. No default
    is changed.
    """
    from realpolitik.sim.calibrate.plan import load_calibration
    from realpolitik.sim.cli.emit import emit
    from realpolitik.sim.cli.images import check_browser
    from realpolitik.sim.cli.output import say
    from realpolitik.sim.documents.calibrate import calibration_document

    read = load_calibration(study)
    for warning in read.warnings:
        note(f"note: {warning}")
    folder = out or HOME / read.plan.name
    check_browser(formats, folder)
    command = shlex.join(("realpolitik", "calibrate", study, "--out", str(folder)))
    found = _run(read.plan, folder, command, jobs, resume=resume, progress=progress)
    emit(calibration_document(found, command), as_json=as_json)
    if not as_json:
        say(f"Folder  {found.folder}")
    _draw(found, formats)
    return WELL


def _run(
    plan: "CalibrationPlan",
    folder: Path,
    command: str,
    jobs: int | None,
    *,
    resume: bool,
    progress: bool,
) -> "Calibration":
    from realpolitik.sim.calibrate.calibration import calibrate as carried_out
    from realpolitik.sim.cli.progress import sweep_progress
    from realpolitik.sim.experiments.study_folder import MANIFEST
    from realpolitik.sim.experiments.workers import jobs_for, local
    from realpolitik.sim.files.folder import Folder

    workers = local(jobs or jobs_for(plan.points * plan.waves * plan.worlds))
    is_finished = Folder(folder).has(MANIFEST)
    room = nullcontext() if is_finished and not resume else room_for_results(folder)
    try:
        with room, sweep_progress(progress) as tell:
            return carried_out(plan, folder, workers, resume=resume, tell=tell)
    except (KeyboardInterrupt, OSError):
        note("", f"What was done is kept. Go on with: {command} --resume")
        raise


def _draw(found: "Calibration", formats: tuple["Format", ...]) -> None:
    if not formats:
        return
    from importlib.metadata import version

    from realpolitik.sim.cli.images import credit_line, put_pictures
    from realpolitik.sim.documents.calibrate import figures_of

    plan = found.plan
    credit = credit_line(
        version("realpolitik"),
        f"calibration {plan.name} ({plan.scenario.name})",
        plan.seed,
        f"{plan.final_worlds:,} worlds of each setting",
    )
    put_pictures(figures_of(plan, found.tables), found.folder, formats, credit)

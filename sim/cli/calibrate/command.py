"""The arguments of `realpolitik calibrate`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from realpolitik.sim.cli.paths import Location, Reference
from realpolitik.sim.cli.picture_options import picture_options
from realpolitik.sim.cli.ranges import Whole

if TYPE_CHECKING:
    from realpolitik.sim.pictures import Format


@click.command()
@click.argument("study", metavar="STUDY", type=Reference())
@click.option("--jobs", type=Whole(min=1), help="Processes.  [the cores there are]")
@click.option("--resume", is_flag=True, help="Go on with a calibration that was broken off.")
@click.option(
    "--out",
    type=Location(),
    help="Folder of the calibration.  [results/calibrations/NAME]",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of tables.")
@click.option("--no-progress", is_flag=True, help="Show no progress.")
@picture_options
def calibrate(
    study: str,
    jobs: int | None,
    resume: bool,
    out: Path | None,
    as_json: bool,
    no_progress: bool,
    formats: tuple["Format", ...],
) -> int:
    """Find the parameter values with which the model fits the record.

    STUDY is a calibration file, or the name of one that is shipped (`base`). By history matching:
    points are rejected where a pattern lies further off than all uncertainty explains. No default
    is changed.
    """
    from realpolitik.sim.cli.calibrate.calibrating import Order, carry_out

    return carry_out(Order(study, jobs, resume, out, as_json, not no_progress, formats))

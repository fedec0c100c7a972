"""The arguments of `realpolitik run` and `realpolitik report`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from realpolitik.sim.cli.options import (
    Location,
    Reference,
    folder_option,
    json_option,
    picture_options,
    progress_option,
    seed_option,
    set_option,
    worlds_option,
)

if TYPE_CHECKING:
    from realpolitik.sim.image_export import Format


full_option = click.option(
    "--full", is_flag=True, help="Add to the report what would flip it, and the claims (slow)."
)


@click.command()
@click.argument("scenario", metavar="FILE_OR_NAME", type=Reference())
@worlds_option("Worlds to run.", default=1000)
@seed_option()
@set_option
@folder_option("Folder of the run, new or empty.  [results/SCENARIO/TIME-HASH]")
@json_option()
@progress_option
@full_option
@picture_options
def run(
    scenario: str,
    worlds: int,
    seed: int,
    settings: dict[str, float],
    out: Path | None,
    as_json: bool,
    progress: bool,
    full: bool,
    formats: tuple["Format", ...],
) -> None:
    """Run a scenario many times, and write tables and a report.

    FILE_OR_NAME is a scenario file, or the name of one that is shipped (see `list scenarios`);
    #VARIANT behind it runs one of its variants.
    """
    from realpolitik.sim.cli.run.running import Order, carry_out

    order = Order(scenario, worlds, seed, settings, out, as_json, progress, full, formats)
    carry_out(order)


@click.command()
@click.argument("run_dir", type=Location())
@full_option
@picture_options
def report(run_dir: Path, full: bool, formats: tuple["Format", ...]) -> None:
    """Write the report of a run folder, or the page of a study, anew."""
    from realpolitik.sim.cli.run.reporting import print_report_path

    print_report_path(run_dir, formats, full=full)

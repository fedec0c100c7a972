"""The arguments of `realpolitik run` and `realpolitik report`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from realpolitik.sim.cli.paths import Location, Reference
from realpolitik.sim.cli.picture_options import picture_options
from realpolitik.sim.cli.ranges import Whole
from realpolitik.sim.cli.ranges import worlds as worlds_range
from realpolitik.sim.cli.settings import set_option

if TYPE_CHECKING:
    from realpolitik.sim.image_export import Format


full_option = click.option(
    "--full", is_flag=True, help="Add to the report what would flip it, and the claims (slow)."
)


@click.command()
@click.argument("scenario", metavar="FILE_OR_NAME", type=Reference())
@click.option(
    "--worlds", type=worlds_range(), default=1000, show_default=True, help="Worlds to run."
)
@click.option("--seed", type=Whole(min=0), default=0, show_default=True, help="Seed of all draws.")
@set_option
@click.option(
    "--out",
    type=Location(),
    help="Folder of the run, new or empty.  [results/SCENARIO/TIME-HASH]",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
@click.option("--no-progress", is_flag=True, help="Show no progress bar.")
@full_option
@picture_options
def run(
    scenario: str,
    worlds: int,
    seed: int,
    settings: dict[str, float],
    out: Path | None,
    as_json: bool,
    no_progress: bool,
    full: bool,
    formats: tuple["Format", ...],
) -> None:
    """Run a scenario many times, and write tables and a report.

    FILE_OR_NAME is a scenario file, or the name of one that is shipped (see `list scenarios`);
    #VARIANT behind it runs one of its variants.
    """
    from realpolitik.sim.cli.run.running import Order, carry_out

    shown = not no_progress
    order = Order(scenario, worlds, seed, settings, out, as_json, shown, full, formats)
    carry_out(order)


@click.command()
@click.argument("run_dir", type=Location())
@full_option
@picture_options
def report(run_dir: Path, full: bool, formats: tuple["Format", ...]) -> None:
    """Write the report of a run folder, or the page of a study, anew."""
    from realpolitik.sim.cli.run.reporting import print_report_path

    print_report_path(run_dir, formats, full=full)

"""The arguments of `realpolitik hindcast`."""

from pathlib import Path

import click

from realpolitik.sim.cli.paths import Location, PageFile
from realpolitik.sim.cli.ranges import Whole
from realpolitik.sim.cli.ranges import worlds as worlds_range


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=Location())
@click.option(
    "--hypotheses",
    type=Location(),
    help="Folder of parameter files to score.  [the three readings that are shipped]",
)
@click.option(
    "--worlds",
    type=worlds_range(),
    default=1000,
    show_default=True,
    help="Worlds behind each forecast.",
)
@click.option("--seed", type=Whole(min=0), default=0, show_default=True, help="Seed of all draws.")
@click.option("--jobs", type=Whole(min=1), help="Processes.  [the cores there are]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of tables.")
@click.option("--out", type=PageFile(), metavar="FILE.html", help="Write a page as well.")
@click.option("--no-progress", is_flag=True, help="Show no progress bar.")
def hindcast(
    paths: tuple[Path, ...],
    hypotheses: Path | None,
    worlds: int,
    seed: int,
    jobs: int | None,
    as_json: bool,
    out: Path | None,
    no_progress: bool,
) -> None:
    """Score rival readings of Russia against dated choices.

    PATH is a file or a folder of episodes: scenarios that say under `episode` what was observed.
    Without one, those that are shipped are scored. A base rate, a uniform forecast and a logistic
    model of three covariates are scored beside the readings.
    """
    from realpolitik.sim.cli.hindcast.hindcasting import Order, carry_out

    carry_out(Order(paths, hypotheses, worlds, seed, jobs, as_json, out, not no_progress))

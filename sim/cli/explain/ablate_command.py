"""The arguments of `realpolitik ablate`."""

from typing import Any

import click

from realpolitik.sim.cli.paths import PageFile, Reference
from realpolitik.sim.cli.picture_options import picture_options
from realpolitik.sim.cli.ranges import Whole
from realpolitik.sim.cli.ranges import worlds as worlds_range
from realpolitik.sim.cli.settings import set_option


@click.command()
@click.argument("subject", metavar="RUN_DIR_OR_SCENARIO", type=Reference())
@click.option("--actor", required=True, metavar="CODE", help="Whose incentives are taken away.")
@click.option(
    "--outcome",
    "outcomes",
    multiple=True,
    metavar="NAME",
    help="Report only this, in full; may be repeated.",
)
@click.option("--pairs", is_flag=True, help="Take away each pair of incentives too.")
@click.option(
    "--worlds",
    type=worlds_range(2),
    default=1000,
    show_default=True,
    help="Worlds without each incentive.",
)
@click.option("--seed", type=Whole(min=0), help="Seed of a scenario.  [0]")
@set_option
@click.option("--jobs", type=Whole(min=1), help="Processes.  [the cores there are]")
@click.option(
    "--out",
    type=PageFile(),
    metavar="FILE.html",
    help="Write a page with charts too.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of tables.")
@picture_options
@click.option("--no-progress", is_flag=True, help="Show no progress bar.")
def ablate(no_progress: bool, **options: Any) -> None:
    """Take away each incentive of an actor in turn: what changes?

    The same worlds are run without it. An incentive decides an outcome, moves it, is redundant
    for it, or is undecided with so many worlds. The argument is a run folder, a scenario file, or
    the name of a scenario that is shipped.
    """
    from realpolitik.sim.cli.explain.ablating import Order, carry_out

    carry_out(Order(progress=not no_progress, **options))

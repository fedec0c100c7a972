"""The arguments of `realpolitik explain`."""

from typing import Any

import click

from realpolitik.sim.cli.paths import PageFile, Reference
from realpolitik.sim.cli.picture_options import picture_options
from realpolitik.sim.cli.ranges import Whole
from realpolitik.sim.cli.ranges import worlds as worlds_range
from realpolitik.sim.cli.settings import set_option


@click.command()
@click.argument("subject", metavar="RUN_DIR_OR_SCENARIO", type=Reference())
@click.option("--actor", required=True, metavar="CODE", help="Whose choice; see `list actors`.")
@click.option("--week", type=Whole(min=1), help="The week; without it, one is picked.")
@click.option(
    "--world",
    type=Whole(min=0),
    help="Number of one world, from 0; without it, means over the ensemble.",
)
@click.option("--action", help="What it did, or might have; see `list actions`.")
@click.option("--target", metavar="CODE", help="Toward whom.")
@click.option("--seed", type=Whole(min=0), help="Seed of a scenario.  [0]")
@set_option
@click.option(
    "--worlds", type=worlds_range(), help="Worlds of the means.  [as in the run, or 1000]"
)
@click.option(
    "--out",
    type=PageFile(),
    metavar="FILE.html",
    help="Write a page with charts too.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of tables.")
@picture_options
@click.option("--no-progress", is_flag=True, help="Show no progress bar.")
def explain(no_progress: bool, **options: Any) -> None:
    """Say why an actor did what it did.

    With --world: what it chose in one week, what else there was, and what each of its reasons
    added. Without: what speaks for an action against doing nothing, as means over all worlds. The
    argument is a run folder, a scenario file, or the name of a scenario that is shipped.
    """
    from realpolitik.sim.cli.explain.explaining import Order, carry_out

    carry_out(Order(progress=not no_progress, **options))

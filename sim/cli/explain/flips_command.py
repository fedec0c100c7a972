"""The arguments of `realpolitik flips`."""

from typing import Any

import click

from realpolitik.sim.cli.paths import PageFile, Reference
from realpolitik.sim.cli.picture_options import picture_options
from realpolitik.sim.cli.ranges import Finite, Whole
from realpolitik.sim.cli.ranges import worlds as worlds_range
from realpolitik.sim.cli.settings import set_option

TRACKS = ("words", "private", "material", "force")


@click.command()
@click.argument("subject", metavar="RUN_DIR_OR_SCENARIO", type=Reference())
@click.option("--outcome", metavar="NAME", help="Which outcome is to cross a level.")
@click.option(
    "--level", type=Finite(), help="That level, in the unit of the outcome.  [0.5 of shares]"
)
@click.option("--actor", metavar="CODE", help="Move only the weights of this actor.")
@click.option(
    "--parameter",
    "parameters",
    multiple=True,
    metavar="PATH",
    help="Move only this; may be repeated.  [every number that has a range]",
)
@click.option(
    "--world",
    type=Whole(min=0),
    help="Ask about a choice of --actor in this world, instead of an outcome.",
)
@click.option("--week", type=Whole(min=1), help="Week of that choice.")
@click.option("--track", type=click.Choice(TRACKS), help="Track of that choice.")
@click.option(
    "--worlds",
    type=worlds_range(2),
    default=400,
    show_default=True,
    help="Worlds at each value.",
)
@click.option("--seed", type=Whole(min=0), help="Seed of a scenario.  [0]")
@set_option
@click.option("--jobs", type=Whole(min=1), help="Processes.  [the cores there are]")
@click.option("--all", "everything", is_flag=True, help="List what never flips it, too.")
@click.option(
    "--out",
    type=PageFile(),
    metavar="FILE.html",
    help="Write a page with a chart too.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
@picture_options
@click.option("--no-progress", is_flag=True, help="Show no progress bar.")
def flips(parameters: tuple[str, ...], no_progress: bool, **options: Any) -> None:
    """Say how far one number must move to flip a conclusion.

    With --outcome: each parameter is moved alone, within its range, until the outcome crosses the
    level. With --world and --actor: until another option would have been the likeliest. The
    argument is a run folder, a scenario file, or the name of a scenario that is shipped.
    """
    from realpolitik.sim.cli.explain.flipping import Order, carry_out
    from realpolitik.sim.engine.names import address_of

    addresses = tuple(map(address_of, parameters))
    carry_out(Order(parameters=addresses, progress=not no_progress, **options))

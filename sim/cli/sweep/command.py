"""The arguments of `realpolitik sweep`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from realpolitik.sim.cli.paths import Location, Reference
from realpolitik.sim.cli.picture_options import picture_options
from realpolitik.sim.cli.ranges import Finite, Whole
from realpolitik.sim.cli.sweep.varying import Level, Points, Varying

if TYPE_CHECKING:
    from realpolitik.sim.study.plans.asked import Asked

SAMPLERS = ("grid", "latin_hypercube", "sobol", "morris", "one_at_a_time")


@click.command()
@click.argument(
    "subjects", metavar="SCENARIO_OR_STUDY...", type=Reference(), nargs=-1, required=True
)
@click.option(
    "--set",
    "varied",
    type=Varying(),
    multiple=True,
    help="Vary a parameter of a scenario, or set it to one value; may be repeated. PATH may be a "
    "glob such as 'RUS.*', and alone stands for its declared range. @FILE takes several from YAML, "
    "JSON or a row of CSV.",
)
@click.option("--sampler", type=click.Choice(SAMPLERS), help="How points are chosen.  [grid]")
@click.option(
    "--points",
    type=Points(),
    help="Levels a parameter (grid, one_at_a_time), or points; or a file that holds the points: "
    "a header of addresses, a row a point.",
)
@click.option("--worlds", type=Whole(), help="Worlds at each point.")
@click.option("--seed", type=Whole(), help="Seed of all draws, the same at every point.")
@click.option("--outcome", "outcomes", multiple=True, help="Report only these; may be repeated.")
@click.option(
    "--until",
    type=Finite(),
    metavar="WIDTH",
    help="Add worlds at each point until the 95 % interval of the first outcome is no wider.",
)
@click.option("--at-most", type=Whole(), help="Worlds at which --until leaves a point as it is.")
@click.option(
    "--threshold",
    "thresholds",
    type=Level(),
    multiple=True,
    help="Find where an outcome crosses a level; may be repeated.",
)
@click.option("--jobs", type=Whole(min=1), help="Processes.  [the cores there are]")
@click.option("--cluster", metavar="ADDRESS", help="Run on a Dask cluster: tcp://HOST:PORT.")
@click.option("--resume", is_flag=True, help="Go on with a study that was broken off.")
@click.option("--extend", is_flag=True, help="Add worlds, points or outcomes to a study.")
@click.option("--dry-run", is_flag=True, help="Say what it would take, and run nothing.")
@click.option(
    "--out",
    type=Location(),
    help="Folder of the study.  [results/sweeps/NAME]",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of tables.")
@click.option("--no-progress", is_flag=True, help="Show no progress.")
@picture_options
def sweep(
    subjects: tuple[str, ...],
    varied: tuple[tuple["Asked", ...], ...],
    thresholds: tuple[tuple[str, float], ...],
    out: Path | None,
    as_json: bool,
    no_progress: bool,
    dry_run: bool,
    **options: Any,
) -> int:
    """Run a scenario at many settings, all in the same worlds.

    SCENARIO_OR_STUDY is a scenario with --set or --points FILE, a study file, the name of a study
    that is shipped (see `list studies`), or the folder of a study. Several scenarios are put side
    by side, the first being the baseline.
    """
    from realpolitik.sim.cli.sweep.planning import Order
    from realpolitik.sim.cli.sweep.sweeping import carry_out

    order = Order(
        subject=subjects[0],
        others=subjects[1:],
        varied=tuple(one for each in varied for one in each),
        thresholds=dict(thresholds),
        out=out,
        as_json=as_json,
        progress=not no_progress,
        **options,
    )
    return carry_out(order, dry_run=dry_run)

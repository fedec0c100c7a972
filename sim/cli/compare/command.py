"""The arguments of `realpolitik compare`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from realpolitik.sim.cli.picture_options import picture_options
from realpolitik.sim.cli.ranges import worlds as worlds_range

if TYPE_CHECKING:
    from realpolitik.sim.pictures import Format


@click.command()
@click.argument("subjects", metavar="BASELINE OTHER...", nargs=-1, required=True)
@click.option("--worlds", type=worlds_range(), help="Worlds of each.  [those of a run, or 1000]")
@click.option(
    "--seed", type=click.IntRange(min=0), help="Seed of all draws.  [that of a run, or 0]"
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder of the comparison.  [results/comparisons/NAMES]",
)
@click.option("--json", "form", flag_value="json", help="Print all tables as one JSON object.")
@click.option("--markdown", "form", flag_value="markdown", help="Print the outcomes as Markdown.")
@click.option("--csv", "form", flag_value="csv", help="Print the outcomes as CSV.")
@picture_options
@click.option("--no-progress", is_flag=True, help="Show no progress bar.")
def compare(
    subjects: tuple[str, ...],
    worlds: int | None,
    seed: int | None,
    out: Path | None,
    form: str | None,
    formats: tuple["Format", ...],
    no_progress: bool,
) -> None:
    """Put scenarios side by side: what differs from the first, how surely, and from when on.

    Each is a scenario file, a shipped name, FILE#VARIANT or the folder of a run. World k has the
    same random numbers in all of them, so that differences are those of the scenarios.
    """
    if len(subjects) < 2:
        raise click.UsageError("a baseline and one other at least are wanted")
    from realpolitik.sim.cli.compare.comparing import Order, carry_out

    carry_out(Order(subjects, worlds, seed, out, form, formats, not no_progress))

"""The arguments of `realpolitik compare`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from realpolitik.sim.cli.paths import Location, Reference
from realpolitik.sim.cli.picture_options import picture_options
from realpolitik.sim.cli.ranges import Whole
from realpolitik.sim.cli.ranges import worlds as worlds_range
from realpolitik.sim.cli.settings import set_option

if TYPE_CHECKING:
    from realpolitik.sim.pictures import Format


@click.command()
@click.argument("subjects", metavar="BASELINE OTHER...", nargs=-1, required=True, type=Reference())
@click.option("--worlds", type=worlds_range(), help="Worlds of each.  [those of a run, or 1000]")
@click.option("--seed", type=Whole(min=0), help="Seed of all draws.  [that of a run, or 0]")
@set_option
@click.option(
    "--out",
    type=Location(),
    help="Folder of the comparison.  [results/comparisons/NAMES-SETTINGS]",
)
@click.option("--json", "as_json", is_flag=True, help="Print all tables as one JSON object.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the outcomes as Markdown.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the outcomes as CSV.")
@picture_options
@click.option("--no-progress", is_flag=True, help="Show no progress bar.")
def compare(
    subjects: tuple[str, ...],
    worlds: int | None,
    seed: int | None,
    settings: dict[str, float],
    out: Path | None,
    as_json: bool,
    as_markdown: bool,
    as_csv: bool,
    formats: tuple["Format", ...],
    no_progress: bool,
) -> None:
    """Put scenarios side by side, world by world.

    It says what differs from the first, how surely, and from when on.

    Each is a scenario file, a shipped name, FILE#VARIANT or the folder of a run. World k has the
    same random numbers in all of them, so that differences are those of the scenarios.
    """
    if len(subjects) < 2:
        raise click.UsageError("a baseline and one other at least are wanted")
    forms = {"json": as_json, "markdown": as_markdown, "csv": as_csv}
    asked = [form for form, wanted in forms.items() if wanted]
    if len(asked) > 1:
        raise click.UsageError(f"--{asked[0]} and --{asked[1]} are two ways of printing; name one")
    from realpolitik.sim.cli.compare.comparing import Order, carry_out

    form = asked[0] if asked else None
    carry_out(Order(subjects, worlds, seed, settings, out, form, formats, not no_progress))

"""The arguments of `realpolitik claims`."""

from pathlib import Path

import click

from realpolitik.sim.cli.paths import PageFile
from realpolitik.sim.cli.ranges import Whole, jobs_option
from realpolitik.sim.cli.ranges import worlds as worlds_range


@click.command()
@click.argument("ids", metavar="[ID...]", nargs=-1)
@click.option("--actor", "actors", multiple=True, metavar="CODE", help="Only claims about it.")
@click.option("--kind", "kinds", multiple=True, help="Only claims of that kind, such as incentive.")
@click.option(
    "--verdict", "verdicts", multiple=True, help="Show only claims that came out so, such as fails."
)
@click.option(
    "--worlds",
    type=worlds_range(),
    default=2000,
    show_default=True,
    help="Worlds of every case.",
)
@click.option("--seed", type=Whole(min=0), default=0, show_default=True, help="Seed of all draws.")
@jobs_option
@click.option("--list", "only_list", is_flag=True, help="List the claims, and run nothing.")
@click.option("--json", "form", flag_value="json", help="Print one JSON object.")
@click.option("--markdown", "form", flag_value="markdown", help="Print Markdown.")
@click.option("--out", type=PageFile(), metavar="FILE.html", help="Write a page too.")
@click.option("--no-progress", is_flag=True, help="Show no progress bar.")
def claims(
    ids: tuple[str, ...],
    actors: tuple[str, ...],
    kinds: tuple[str, ...],
    verdicts: tuple[str, ...],
    worlds: int,
    seed: int,
    jobs: int | None,
    only_list: bool,
    form: str | None,
    out: Path | None,
    no_progress: bool,
) -> None:
    """Put the claims of the article to the test.

    It says which hold in the model, which fail, and why.

    Each ID is the name of a claim (see --list); without any, all are tried. Options that choose
    may be repeated. That a claim fails is a result: the exit code is 0 then too.
    """
    if only_list and (verdicts or out):
        raise click.UsageError("--list runs nothing: it goes with neither --verdict nor --out")
    from realpolitik.sim.cli.claims.claiming import Choice, Order, carry_out, print_list

    choice = Choice(ids, actors, kinds, verdicts)
    if only_list:
        print_list(choice, form)
    else:
        carry_out(Order(choice, worlds, seed, jobs, form, out, not no_progress))

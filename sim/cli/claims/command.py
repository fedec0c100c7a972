"""The arguments of `realpolitik claims`."""

from pathlib import Path

import click

from realpolitik.sim.cli.options import (
    jobs_option,
    page_option,
    progress_option,
    seed_option,
    worlds_option,
)


@click.command()
@click.argument("ids", metavar="[ID...]", nargs=-1)
@click.option("--actor", "actors", multiple=True, metavar="CODE", help="Only claims about it.")
@click.option("--kind", "kinds", multiple=True, help="Only claims of that kind, such as incentive.")
@click.option(
    "--verdict", "verdicts", multiple=True, help="Show only claims that came out so, such as fails."
)
@worlds_option("Worlds of every case.", default=2000)
@seed_option()
@jobs_option
@click.option("--list", "only_list", is_flag=True, help="List the claims, and run nothing.")
@click.option("--json", "form", flag_value="json", help="Print one JSON object.")
@click.option("--markdown", "form", flag_value="markdown", help="Print Markdown.")
@page_option
@progress_option
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
    progress: bool,
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
        carry_out(Order(choice, worlds, seed, jobs, form, out, progress))

"""`realpolitik claims`: which claims of the article hold in the model, which fail, and why."""

import shlex
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from realpolitik.sim.cli.delivery import Delivery, delivery_options
from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.options import jobs_option, seed_option, worlds_option

if TYPE_CHECKING:
    from realpolitik.sim.claims.claim import Claim
    from realpolitik.sim.documents.claims import ClaimAudit

FEW = 8  # names that are told of in full where none is like the wrong one


@click.command()
@click.argument("ids", metavar="[ID...]", nargs=-1)
@click.option("--actor", "actors", multiple=True, metavar="CODE", help="Only claims about it.")
@worlds_option("Worlds of every case.", default=2000)
@seed_option()
@jobs_option
@click.option("--list", "only_list", is_flag=True, help="List the claims, and run nothing.")
@click.option("--markdown", is_flag=True, help="Print Markdown instead of tables.")
@delivery_options
def claims(
    ids: tuple[str, ...],
    actors: tuple[str, ...],
    worlds: int,
    seed: int,
    jobs: int | None,
    only_list: bool,
    markdown: bool,
    delivery: Delivery,
) -> None:
    """Put the claims of the article to the test.

    It says which hold in the model, which fail, and why.

    Each ID is the name of a claim (see --list); without any, all are tried. --actor may be
    repeated. That a claim fails is a result: the exit code is 0 then too.
    """
    from realpolitik.sim.claims.claims_file import load_claims

    if markdown and delivery.as_json:
        raise click.UsageError("--markdown and --json do not go together")
    if only_list and (delivery.out or delivery.formats):
        raise click.UsageError("--list runs nothing: it goes neither with --out nor with pictures")
    chosen = choose(load_claims().claims, ids, actors)
    if only_list:
        _list(chosen, markdown, delivery.as_json)
        return
    from realpolitik.sim.documents.claims import claims_document

    with delivery.ready("claims.html"):
        found = _tried(chosen, worlds, seed, jobs, delivery.progress)
        document = claims_document(found, _command(ids, actors, worlds, seed))
        case = f"{worlds:,} worlds of every case"
        delivery.deliver(document, "claims", seed, case, as_markdown=markdown)


def choose(
    claims: Sequence["Claim"], ids: Sequence[str], actors: Sequence[str]
) -> tuple["Claim", ...]:
    """The claims that are asked for, in the order of the file; where nothing is named, all.

    Raises:
        InputError: a name that nothing bears, or no claim that fits.
    """
    faults = [
        *_faults("claim", ids, [claim.id for claim in claims]),
        *_faults("actor", actors, sorted({claim.actor for claim in claims})),
    ]
    if faults:
        raise InputError(*faults)
    chosen = tuple(
        claim
        for claim in claims
        if (not ids or claim.id in ids) and (not actors or claim.actor in actors)
    )
    if not chosen:
        wanted = ", ".join([*ids, *actors])
        raise InputError(f"no claim fits all of {wanted}; `realpolitik claims --list` lists them")
    return chosen


def _faults(what: str, names: Sequence[str], known: Collection[str]) -> Iterator[str]:
    """Names that nothing bears, each with the nearest that there is."""
    from realpolitik.sim.scenario.errors import nearest, one_of, quoted

    for name in names:
        if name not in known:
            like = nearest(name, known)
            few = f"; {one_of(known)}" if len(known) <= FEW else ""
            advice = f"; did you mean {like!r}?" if like else few or "; see `claims --list`"
            yield f"unknown {what} {quoted(name)}{advice}"


def _list(claims: Sequence["Claim"], markdown: bool, as_json: bool) -> None:
    """Prints claims that were not tried, a row each."""
    from realpolitik.sim.cli.output import say_json, say_text, show, table
    from realpolitik.sim.documents.claims import list_data, listing
    from realpolitik.sim.documents.document import SCREEN
    from realpolitik.sim.documents.markdown import markdown_of

    made = listing(claims)
    if as_json:
        say_json(list_data(claims))
    elif markdown:
        say_text(markdown_of(made) + "\n")
    else:
        show(table([column.heading for column in made.columns], made.cells(SCREEN)))


def _tried(
    claims: Sequence["Claim"], worlds: int, seed: int, jobs: int | None, progress: bool
) -> "ClaimAudit":
    """What came of them, in as many processes as that is worth."""
    from realpolitik.sim.claims.audit import audit
    from realpolitik.sim.cli.progress import progress_bar
    from realpolitik.sim.documents.claims import ClaimAudit
    from realpolitik.sim.experiments.workers import executor_for

    cases = {side.case.key for claim in claims for trial in claim.trials for side in trial.sides}
    hired = executor_for(jobs, len(cases) * worlds)
    with hired as executor, progress_bar(progress) as tell:
        table = audit(claims, worlds, seed, tell, executor)
    return ClaimAudit(claims, table, worlds, seed)


def _command(ids: Sequence[str], actors: Sequence[str], worlds: int, seed: int) -> str:
    """What makes the same again."""
    words = ["realpolitik", "claims", *ids, *(part for one in actors for part in ("--actor", one))]
    return shlex.join([*words, "--worlds", str(worlds), "--seed", str(seed)])

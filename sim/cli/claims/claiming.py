"""`realpolitik claims`: the claims that are asked for, their audit, and its page."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from realpolitik.sim.claims.claim import KINDS, VERDICTS, Claim
from realpolitik.sim.claims.reading import load_claims
from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.files import room_for_page, write_page
from realpolitik.sim.cli.progress import progress_bar
from realpolitik.sim.scenario.errors import nearest, one_of, quoted

if TYPE_CHECKING:
    from realpolitik.sim.cli.claims.printing import Audit

FEW = 8  # names that are told of in full where none is like the wrong one


@dataclass(frozen=True)
class Choice:
    """Which claims; nothing means all. Verdicts choose what is shown, not what is tried."""

    ids: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Order:
    """What is to be tried, in how many worlds, and how it is told of."""

    choice: Choice
    worlds: int
    seed: int
    jobs: int | None
    form: str | None
    out: Path | None
    progress: bool


def carry_out(order: Order) -> None:
    """Tries the claims, writes the page if there is to be one, and prints what came of it.

    Raises:
        InputError: there is no such claim, or the page cannot be written.
    """
    verdicts = _verdicts(order.choice.verdicts)
    chosen = choose(load_claims().claims, order.choice)
    with room_for_page(order.out, "claims.html"):
        found = _tried(chosen, verdicts, order)
        if order.out:
            write_page(order.out, _page(found))
    from realpolitik.sim.cli.claims.printing import PRINTERS

    PRINTERS[order.form](found)


def print_list(choice: Choice, form: str | None) -> None:
    """Prints claims without trying them.

    Raises:
        InputError: there is no such claim.
    """
    chosen = choose(load_claims().claims, choice)
    from realpolitik.sim.cli.claims.printing import LISTERS

    LISTERS[form](chosen)


def choose(claims: Sequence[Claim], choice: Choice) -> tuple[Claim, ...]:
    """The claims that are asked for, in the order of the file.

    Raises:
        InputError: a name that nothing bears, or no claim that fits.
    """
    faults = [
        *_faults("claim", choice.ids, [claim.id for claim in claims]),
        *_faults("actor", choice.actors, sorted({claim.actor for claim in claims})),
        *_faults("kind of claim", choice.kinds, KINDS),
    ]
    if faults:
        raise InputError(*faults)
    chosen = [
        claim
        for claim in claims
        if _fits(claim.id, choice.ids)
        and _fits(claim.actor, choice.actors)
        and _fits(claim.kind, choice.kinds)
    ]
    if not chosen:
        wanted = ", ".join([*choice.ids, *choice.actors, *choice.kinds])
        raise InputError(f"no claim fits all of {wanted}; `realpolitik claims --list` lists them")
    return tuple(chosen)


def _fits(name: str, wanted: Collection[str]) -> bool:
    return not wanted or name in wanted


def _verdicts(wanted: Sequence[str]) -> tuple[str, ...]:
    """The verdicts to be shown, written as one likes: `not-testable`, `not testable`.

    Raises:
        InputError: there is no such verdict.
    """
    spelt = [name.replace("-", " ").replace("_", " ") for name in wanted]
    if faults := list(_faults("verdict", spelt, VERDICTS)):
        raise InputError(*faults)
    return tuple(spelt)


def _faults(what: str, names: Sequence[str], known: Collection[str]) -> Iterator[str]:
    """Names that nothing bears, each with the nearest that there is."""
    for name in names:
        if name not in known:
            like = nearest(name, known)
            few = f"; {one_of(known)}" if len(known) <= FEW else ""
            advice = f"; did you mean {like!r}?" if like else few or "; see `claims --list`"
            yield f"unknown {what} {quoted(name)}{advice}"


def _tried(claims: tuple[Claim, ...], verdicts: Collection[str], order: Order) -> "Audit":
    """The audit, in as many processes as it is worth."""
    from realpolitik.sim.claims.audit import audit
    from realpolitik.sim.cli.claims.printing import Audit
    from realpolitik.sim.experiments.workers import executor_for

    cases = {side.case.key for claim in claims for trial in claim.trials for side in trial.sides}
    hired = executor_for(order.jobs, len(cases) * order.worlds)
    with hired as executor, progress_bar(order.progress) as tell:
        table = audit(claims, order.worlds, order.seed, tell, executor)
    shown = table[table["verdict"].isin(verdicts)] if verdicts else table
    return Audit(claims, table, shown, order.worlds, order.seed, order.out)


def _page(found: "Audit") -> str:
    """The page of all that was tried."""
    from importlib.metadata import version

    from realpolitik.sim.claims.audit import conclusions
    from realpolitik.sim.claims.record import declared
    from realpolitik.sim.report.claims.page import render_claims

    about = {"worlds": found.worlds, "seed": found.seed, "version": version("realpolitik")}
    return render_claims(about, found.table, conclusions(found.table), declared(found.claims))

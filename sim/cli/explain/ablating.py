"""`realpolitik ablate`: what each incentive of an actor decides, moves, or leaves as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from realpolitik.sim.cli.explain.ablation_tables import print_ablation
from realpolitik.sim.cli.explain.drawing import check_pictures, draw
from realpolitik.sim.cli.explain.reasoned import (
    Subject,
    again,
    subject_of,
)
from realpolitik.sim.cli.explain.waiting import waiting
from realpolitik.sim.cli.page_files import room_for_page, write_page
from realpolitik.sim.cli.saying import say, say_json
from realpolitik.sim.report.explain.ablation_page import Ablated, ablation_page, exhibits_of
from realpolitik.sim.scenario.errors import Place, ScenarioError, unknown
from realpolitik.sim.scenario.measured import need_outcomes
from realpolitik.sim.study.explain.ablation import RULE, ablate, removals_of
from realpolitik.sim.study.explain.reasons import reasons as reasons_of
from realpolitik.sim.study.sweep.workers import executor_for

if TYPE_CHECKING:
    from realpolitik.sim.pictures import Format


@dataclass(frozen=True)
class Order:
    """What was typed; None is what was not."""

    subject: str
    actor: str
    outcomes: Sequence[str]
    pairs: bool
    worlds: int
    seed: int | None
    settings: Mapping[str, float]
    jobs: int | None
    out: Path | None
    formats: tuple["Format", ...]
    as_json: bool
    progress: bool


def carry_out(order: Order) -> None:
    """Takes them away; what is wrong with the order is found before the work.

    Raises:
        ScenarioError: the scenario is wrong, or there is no such actor or outcome.
        InputError: there is no such run, or the page cannot be written.
    """
    check_pictures(order.formats, order.out)
    subject = subject_of(order.subject, order.seed, order.settings)
    subject.need_actor(order.actor)
    _need_outcomes(order, subject)
    with room_for_page(order.out, "ablate.html"):
        found = _found(order, subject)
        if order.out:
            write_page(order.out, ablation_page(found))
        if order.as_json:
            _print_json(order, found, subject)
        else:
            print_ablation(found)
            if order.out:
                say(f"Page  {order.out}")
        if order.out:
            worlds = f"{order.worlds:,} pairs of worlds"
            draw(exhibits_of(found), order.out, order.formats, subject, worlds)


def _need_outcomes(order: Order, subject: Subject) -> None:
    """Makes sure that there are those outcomes.

    Raises:
        ScenarioError: there are not.
    """
    need_outcomes(subject.scenario, subject.called)
    known = subject.scenario.outcomes
    faults = [
        unknown(Place("--outcome"), "outcome", name, known)
        for name in order.outcomes
        if name not in known
    ]
    if faults:
        raise ScenarioError(faults)


def _found(order: Order, subject: Subject) -> Ablated:
    removals = sum(1 for _ in removals_of(order.actor, order.pairs))
    jobs = executor_for(order.jobs, (1 + removals) * order.worlds)
    doing = f"Taking away {removals:,} incentives, parts and pairs on {order.worlds:,} worlds"
    with jobs as executor, waiting(order.progress, doing) as tell:
        table = ablate(
            *(subject.scenario, order.actor, order.worlds, subject.seed, order.pairs),
            progress=tell,
            executor=executor,
        )
    wanted = table["outcome"].isin(list(order.outcomes or subject.scenario.outcomes))
    options = {"actor": order.actor, "outcome": tuple(order.outcomes), "pairs": order.pairs}
    return Ablated(
        asked=subject.asked(again("ablate", subject, **options, worlds=order.worlds)),
        actor=order.actor,
        worlds=order.worlds,
        table=table[wanted].reset_index(drop=True),
        reasons=reasons_of(order.actor, subject.scenario.settings),
        outcomes=order.outcomes,
    )


def _print_json(order: Order, found: Ablated, subject: Subject) -> None:
    told = {
        "scenario": subject.scenario.name,
        "seed": subject.seed,
        "worlds": order.worlds,
        "actor": order.actor,
        "rule": RULE,
        "command": found.asked.command,
        "rows": found.table.to_dict("records"),
        **({"page": str(order.out)} if order.out else {}),
    }
    say_json(told)

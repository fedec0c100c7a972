"""`realpolitik ablate`: what each incentive of an actor decides, moves, or leaves as it is."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from realpolitik.sim.cli.delivery import Delivery, delivery_options
from realpolitik.sim.cli.options import (
    jobs_option,
    set_option,
    subject_argument,
    subject_seed_option,
    worlds_option,
)

if TYPE_CHECKING:
    import pandas as pd

    from realpolitik.sim.cli.subject import RunOrScenario


@click.command()
@subject_argument
@click.option("--actor", required=True, metavar="CODE", help="Whose incentives are taken away.")
@click.option(
    "--outcome",
    "outcomes",
    multiple=True,
    metavar="NAME",
    help="Report only this, in full; may be repeated.",
)
@click.option("--pairs", is_flag=True, help="Take away each pair of incentives too.")
@worlds_option("Worlds without each incentive.", default=1000, least=2)
@subject_seed_option
@set_option
@jobs_option
@delivery_options
def ablate(
    subject: str,
    actor: str,
    outcomes: tuple[str, ...],
    pairs: bool,
    worlds: int,
    seed: int | None,
    settings: Mapping[str, float],
    jobs: int | None,
    delivery: Delivery,
) -> None:
    """Take away each incentive of an actor in turn: what changes?

    The same worlds are run without it. An incentive decides an outcome, moves it, is redundant
    for it, or is undecided with so many worlds. The argument is a run folder, a scenario file, or
    the name of a scenario that is shipped.
    """
    from realpolitik.sim.cli.subject import subject_of
    from realpolitik.sim.documents.ablation import Ablated, ablation_document

    with delivery.ready("ablate.html"):
        meant = subject_of(subject, seed, settings)
        meant.need_actor(actor)
        _need_outcomes(meant, outcomes)
        table = _table(meant, actor, worlds, pairs, jobs, progress=delivery.progress)
        wanted = table["outcome"].isin(outcomes or list(meant.scenario.outcomes))
        asked = meant.inquiry("ablate", actor=actor, outcome=outcomes, pairs=pairs, worlds=worlds)
        found = Ablated(asked, actor, worlds, table[wanted].reset_index(drop=True), outcomes)
        document = ablation_document(found)
        delivery.deliver(document, meant.scenario.name, meant.seed, f"{worlds:,} pairs of worlds")


def _need_outcomes(subject: "RunOrScenario", outcomes: tuple[str, ...]) -> None:
    """Makes sure that there are those outcomes.

    Raises:
        ScenarioError: there are not.
    """
    from realpolitik.sim.scenario.errors import Place, ScenarioError, unknown
    from realpolitik.sim.scenario.schema import need_outcomes

    need_outcomes(subject.scenario, subject.called)
    known = subject.scenario.outcomes
    faults = [
        unknown(Place("--outcome"), "outcome", name, known)
        for name in outcomes
        if name not in known
    ]
    if faults:
        raise ScenarioError(faults)


def _table(
    subject: "RunOrScenario",
    actor: str,
    worlds: int,
    pairs: bool,
    jobs: int | None,
    *,
    progress: bool,
) -> "pd.DataFrame":
    """Every removal with every outcome, as the study gives them."""
    from realpolitik.sim.cli.progress import waiting
    from realpolitik.sim.experiments.workers import executor_for
    from realpolitik.sim.explain.ablation import ablate as ablated
    from realpolitik.sim.explain.ablation import removals_of

    removals = sum(1 for _ in removals_of(actor, pairs))
    doing = f"Taking away {removals:,} incentives, parts and pairs on {worlds:,} worlds"
    with (
        executor_for(jobs, (1 + removals) * worlds) as executor,
        waiting(progress, doing) as tell,
    ):
        return ablated(
            *(subject.scenario, actor, worlds, subject.seed, pairs),
            progress=tell,
            executor=executor,
        )

"""`realpolitik explain`: one choice of one world, or what speaks for an action in all of them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from realpolitik.sim.cli.delivery import Delivery, delivery_options
from realpolitik.sim.cli.options import (
    WholeNumber,
    set_option,
    subject_argument,
    subject_seed_option,
    worlds_option,
)

if TYPE_CHECKING:
    from realpolitik.sim.cli.subject import RunOrScenario
    from realpolitik.sim.documents.explain import Explained, Meant

WORLDS = 1000  # of the means, for a scenario


@click.command()
@subject_argument
@click.option("--actor", required=True, metavar="CODE", help="Whose choice; see `list actors`.")
@click.option("--week", type=WholeNumber(min=1), help="The week; without it, one is picked.")
@click.option(
    "--world",
    type=WholeNumber(min=0),
    help="Number of one world, from 0; without it, means over the ensemble.",
)
@click.option("--action", help="What it did, or might have; see `list actions`.")
@click.option("--target", metavar="CODE", help="Toward whom.")
@subject_seed_option
@set_option
@worlds_option("Worlds of the means.  [as in the run, or 1000]")
@delivery_options
def explain(
    subject: str,
    actor: str,
    week: int | None,
    world: int | None,
    action: str | None,
    target: str | None,
    seed: int | None,
    settings: Mapping[str, float],
    worlds: int | None,
    delivery: Delivery,
) -> None:
    """Say why an actor did what it did.

    With --world: what it chose in one week, toward everyone or toward --target, what else there
    was, and what each of its reasons added. Without: what speaks for an action against doing
    nothing, as means over all worlds. The argument is a run folder, a scenario file, or the name
    of a scenario that is shipped.
    """
    from realpolitik.sim.cli.subject import subject_of, wrong_input
    from realpolitik.sim.documents.explain import choice_document, mean_document
    from realpolitik.sim.formatting.numbers import how_many_worlds
    from realpolitik.sim.scenario.errors import ScenarioError

    if world is not None and worlds is not None:
        raise click.UsageError("--worlds is for means; with --world there is one world")
    with delivery.ready("explain.html"):
        meant = subject_of(subject, seed, settings)
        meant.need_actor(actor)
        meant.need_week(week)
        try:
            if world is None:
                means = _means(meant, actor, week, action, target, worlds, delivery.progress)
                document, sample = mean_document(means), how_many_worlds(means.mean.worlds)
            else:
                one = _choice(meant, actor, week, world, action, target)
                document, sample = choice_document(one), f"world {world}"
        except ScenarioError as error:
            raise wrong_input(error) from None
        delivery.deliver(document, meant.scenario.name, meant.seed, sample)


def _choice(
    subject: "RunOrScenario",
    actor: str,
    week: int | None,
    world: int,
    action: str | None,
    target: str | None,
) -> "Explained":
    """The choice of one world.

    Raises:
        InputError: there is no such world or choice.
    """
    from realpolitik.sim.cli.subject import wrong_input
    from realpolitik.sim.documents.explain import Explained
    from realpolitik.sim.explain.choice import explain_choice

    subject.need_world(world)
    try:
        choice = explain_choice(
            *(subject.scenario, subject.seed, world, actor), *(week, action, target)
        )
    except ValueError as error:
        raise wrong_input(error) from None
    asked = subject.inquiry(
        "explain", actor=actor, world=world, week=choice.week, action=action, target=target
    )
    first = choice.group_of(choice.sought) if action else choice.main_group(target)
    return Explained(asked, choice, first, target)


def _means(
    subject: "RunOrScenario",
    actor: str,
    week: int | None,
    action: str | None,
    target: str | None,
    worlds: int | None,
    progress: bool,
) -> "Meant":
    """The means over worlds; of the action that tells most, if none is named.

    Raises:
        InputError: the actor does nothing.
    """
    from realpolitik.sim.cli.progress import waiting
    from realpolitik.sim.cli.subject import Headline, headline_of
    from realpolitik.sim.documents.explain import Meant
    from realpolitik.sim.explain.ensemble_reasons import ALL_WEEKS, explain_ensemble

    count = worlds or subject.worlds or WORLDS
    picked = Headline(action, target) if action else headline_of(subject, actor, count, target)
    with waiting(progress, f"Explaining {count:,} worlds") as tell:
        mean = explain_ensemble(
            *(subject.scenario, subject.seed, count),
            *(actor, picked.action, picked.target),
            progress=tell,
        )
    what = {"actor": actor, "action": picked.action, "target": picked.target}
    asked = subject.inquiry("explain", **what, week=week, worlds=worlds)
    return Meant(asked, mean, picked.why, week or ALL_WEEKS)

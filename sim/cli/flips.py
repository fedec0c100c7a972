"""`realpolitik flips`: which single numbers a conclusion, or a choice, hangs on."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from realpolitik.sim.cli.delivery import Delivery, delivery_options
from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.options import (
    FiniteNumber,
    WholeNumber,
    jobs_option,
    set_option,
    subject_argument,
    subject_seed_option,
    worlds_option,
)

if TYPE_CHECKING:
    from realpolitik.sim.cli.subject import RunOrScenario
    from realpolitik.sim.documents.flips import Hanging
    from realpolitik.sim.scenario.schema import Scenario

TRACKS = ("words", "private", "material", "force")


@click.command()
@subject_argument
@click.option("--outcome", metavar="NAME", help="Which outcome is to cross a level.")
@click.option(
    "--level", type=FiniteNumber(), help="That level, in the unit of the outcome.  [0.5 of shares]"
)
@click.option("--actor", metavar="CODE", help="Move only the weights of this actor.")
@click.option(
    "--parameter",
    "parameters",
    multiple=True,
    metavar="PATH",
    help="Move only this; may be repeated.  [every number that has a range]",
)
@click.option(
    "--world",
    type=WholeNumber(min=0),
    help="Ask about a choice of --actor in this world, instead of an outcome.",
)
@click.option("--week", type=WholeNumber(min=1), help="Week of that choice.")
@click.option("--target", metavar="CODE", help="Toward whom that choice is.")
@click.option("--track", type=click.Choice(TRACKS), help="Track of that choice.")
@click.option("--action", help="What it did, or might have, in that choice; see `list actions`.")
@worlds_option("Worlds at each value.", default=400, least=2)
@subject_seed_option
@set_option
@jobs_option
@delivery_options
def flips(
    subject: str,
    outcome: str | None,
    level: float | None,
    actor: str | None,
    parameters: tuple[str, ...],
    world: int | None,
    week: int | None,
    target: str | None,
    track: str | None,
    action: str | None,
    worlds: int,
    seed: int | None,
    settings: Mapping[str, float],
    jobs: int | None,
    delivery: Delivery,
) -> None:
    """Say how far one number must move to flip a conclusion.

    With --outcome: each parameter is moved alone, within its range, until the outcome crosses the
    level. With --world and --actor: until another option would have been the likeliest. The
    argument is a run folder, a scenario file, or the name of a scenario that is shipped.
    """
    from realpolitik.sim.cli.subject import subject_of, wrong_input
    from realpolitik.sim.documents.flips import flips_document
    from realpolitik.sim.engine.actions import address_of
    from realpolitik.sim.scenario.errors import ScenarioError

    of_choice = {"--world": world, "--week": week, "--target": target}
    _check_asked(outcome, actor, of_choice | {"--track": track, "--action": action})
    if not outcome and (parameters or level is not None):
        raise click.UsageError("--parameter and --level are for outcomes")
    with delivery.ready("flips.html"):
        meant = subject_of(subject, seed, settings)
        if actor:
            meant.need_actor(actor)
        try:
            if outcome:
                moved = tuple(map(address_of, parameters))
                found = _of_outcome(
                    *(meant, outcome, level, actor, moved, worlds, jobs),
                    progress=delivery.progress,
                )
            else:
                asked = (week, target, track, action)
                found = _of_choice(meant, str(actor), int(world or 0), *asked)
        except ScenarioError as error:
            raise wrong_input(error) from None
        sample = f"{worlds:,} worlds" if outcome else f"world {world}"
        delivery.deliver(flips_document(found), meant.scenario.name, meant.seed, sample)


def _check_asked(outcome: str | None, actor: str | None, of_choice: Mapping[str, object]) -> None:
    """Makes sure that either an outcome is asked about or a choice.

    Raises:
        UsageError: neither is, or both are; or a choice is told both by its track and its action.
    """
    given = [name for name, value in of_choice.items() if value is not None]
    if outcome and given:
        raise click.UsageError(f"{given[0]} is for a choice; --outcome asks about an outcome")
    if not outcome and (actor is None or of_choice["--world"] is None):
        advice = "an outcome with --outcome NAME, or a choice with --actor CODE --world K"
        raise click.UsageError(f"say what is to flip: {advice}")
    if {"--track", "--action"} <= {*given}:
        raise click.UsageError("--track and --action: give one; an action is on one track")


def _of_choice(
    subject: "RunOrScenario",
    actor: str,
    world: int,
    week: int | None,
    target: str | None,
    track: str | None,
    action: str | None,
) -> "Hanging":
    """What one choice hangs on: that of the action, else that of the rarest deed.

    Without a week it is that of the action, else of the gravest deed.

    Raises:
        ScenarioError: the actor has no such choice.
        InputError: there is no such week or world.
    """
    from realpolitik.sim.cli.subject import wrong_input
    from realpolitik.sim.documents.flips import of_choice
    from realpolitik.sim.engine.actions import PUBLIC
    from realpolitik.sim.explain.choice import explain_choice
    from realpolitik.sim.explain.choice_flips import flip_choice

    subject.need_week(week)
    subject.need_world(world)
    address = (subject.scenario, subject.seed, world, actor)
    try:
        choice = explain_choice(*address, week, action, target)
        group = choice.group_of(choice.sought) if action else choice.main_group(target, track)
        table = flip_choice(*address, choice.week, *group)
    except ValueError as error:
        raise wrong_input(error) from None
    which = "action" if group.track == PUBLIC else "track"
    asked = subject.inquiry(
        *("flips",),
        actor=actor,
        world=world,
        week=choice.week,
        target=group.target,
        **{which: group.choice},
    )
    return of_choice(asked, choice, group, table)


def _of_outcome(
    subject: "RunOrScenario",
    outcome: str,
    level: float | None,
    actor: str | None,
    parameters: Sequence[str],
    worlds: int,
    jobs: int | None,
    *,
    progress: bool,
) -> "Hanging":
    """What an outcome over a level hangs on.

    Raises:
        ScenarioError: there is no such outcome or parameter.
        InputError: the outcome cannot have that level.
    """
    from realpolitik.sim.cli.progress import waiting
    from realpolitik.sim.documents.flips import of_outcome
    from realpolitik.sim.experiments.workers import executor_for
    from realpolitik.sim.explain.outcome_flips import flip_outcome

    level = _level(subject, outcome, level)
    moved = _moved(subject.scenario, actor, parameters)
    doing = f"Trying {len(moved):,} parameters on {worlds:,} worlds"
    with (
        executor_for(jobs, (1 + 2 * len(moved)) * worlds) as executor,
        waiting(progress, doing) as tell,
    ):
        table = flip_outcome(
            *(subject.scenario, outcome, level, moved, worlds, subject.seed, tell, executor)
        )
    asked = subject.inquiry(
        *("flips",), parameter=parameters, outcome=outcome, level=level, actor=actor, worlds=worlds
    )
    return of_outcome(asked, outcome, level, worlds, table)


def _level(subject: "RunOrScenario", outcome: str, level: float | None) -> float:
    """The level asked for.

    Raises:
        ScenarioError: there is no such outcome.
        UsageError: there is no level, and the outcome is no share.
        InputError: it is none that the outcome can have.
    """
    from realpolitik.sim.formatting.scales import MeasuredOutcome
    from realpolitik.sim.scenario.errors import Place, ScenarioError, unknown
    from realpolitik.sim.scenario.schema import need_outcomes

    need_outcomes(subject.scenario, subject.called)
    outcomes = subject.scenario.outcomes
    if outcome not in outcomes:
        raise ScenarioError([unknown(Place("--outcome"), "outcome", outcome, outcomes)])
    scale = outcomes[outcome].scale
    if scale == "share":
        level = 0.5 if level is None else level
        if not 0 <= level <= 1:
            raise InputError(f"--level {level:g}: {outcome} is a share, from 0 to 1")
        return level
    if level is None:
        raise click.UsageError(
            f"say --level: {outcome} is no share, it is {MeasuredOutcome('', scale).axis}"
        )
    if not math.isfinite(level):
        raise InputError(f"--level {level:g}: not a finite number")
    return level


def _moved(scenario: "Scenario", actor: str | None, parameters: Sequence[str]) -> list[str]:
    """Those named and the weights of the actor named; all, if neither is."""
    from realpolitik.sim.explain.choice_flips import default_parameters

    everything = default_parameters(scenario)
    if actor is None and not parameters:
        return everything
    own = [one for one in everything if actor and one.startswith(f"{actor}.")]
    return list(dict.fromkeys([*parameters, *own]))

"""`realpolitik flips`: which single numbers a conclusion, or a choice, hangs on."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.explain.drawing import check_pictures, draw
from realpolitik.sim.cli.explain.flipping_choice import hanging_choice
from realpolitik.sim.cli.explain.flips_tables import print_flips
from realpolitik.sim.cli.page_files import room_for_page, write_page
from realpolitik.sim.cli.saying import say, say_json
from realpolitik.sim.cli.subject import (
    Subject,
    again,
    subject_of,
    wrong_input,
)
from realpolitik.sim.cli.waiting import waiting
from realpolitik.sim.report.explain.flips import (
    Hanging,
    flips_exhibits,
    flips_page,
    here_said,
    ordered,
    outcome_flip,
)
from realpolitik.sim.scenario.errors import Place, ScenarioError, unknown
from realpolitik.sim.scenario.schema import need_outcomes
from realpolitik.sim.study.explain.outcome_flips import flip_outcome
from realpolitik.sim.study.explain.spans import default_parameters
from realpolitik.sim.study.sweep.workers import executor_for
from realpolitik.sim.words.scales import Measure, capped

if TYPE_CHECKING:
    from realpolitik.sim.pictures import Format


@dataclass(frozen=True)
class Order:
    """What was typed; None is what was not."""

    subject: str
    outcome: str | None
    level: float | None
    actor: str | None
    parameters: Sequence[str]
    world: int | None
    week: int | None
    track: str | None
    worlds: int
    seed: int | None
    settings: Mapping[str, float]
    jobs: int | None
    everything: bool
    out: Path | None
    formats: tuple["Format", ...]
    as_json: bool
    progress: bool


def carry_out(order: Order) -> None:
    """Finds it out; what is wrong with the order is found before the work.

    Raises:
        ScenarioError: the scenario is wrong, or there is no such outcome, actor or parameter.
        InputError: there is no such week, world or run, or the page cannot be written.
    """
    _check(order)
    check_pictures(order.formats, order.out)
    subject = subject_of(order.subject, order.seed, order.settings)
    if order.actor:
        subject.need_actor(order.actor)
    with room_for_page(order.out, "flips.html"):
        found = _found(order, subject)
        if order.out:
            write_page(order.out, flips_page(found))
        if order.as_json:
            _print_json(order, subject, found)
        else:
            print_flips(found, everything=order.everything)
            if order.out:
                say(f"Page  {order.out}")
        if order.out and order.formats:
            exhibits = flips_exhibits(found.table, found.flip)
            worlds = f"{order.worlds:,} worlds" if order.outcome else f"world {order.world}"
            draw(exhibits, order.out, order.formats, subject, worlds)


def _found(order: Order, subject: Subject) -> Hanging:
    try:
        if order.outcome:
            return _of_outcome(order, subject)
        return hanging_choice(
            subject, str(order.actor), int(order.world or 0), order.week, order.track or ""
        )
    except ScenarioError as error:
        raise wrong_input(error) from None


def _check(order: Order) -> None:
    """Options that go together.

    Raises:
        UsageError: some of them do not.
    """
    of_choice = {"--world": order.world, "--week": order.week, "--track": order.track}
    given = [name for name, value in of_choice.items() if value is not None]
    if order.outcome and given:
        raise click.UsageError(f"{given[0]} is for a choice; --outcome asks about an outcome")
    if order.outcome:
        return
    if order.world is None or order.actor is None:
        advice = "an outcome with --outcome NAME, or a choice with --actor CODE --world K"
        raise click.UsageError(f"say what is to flip: {advice}")
    if order.parameters or order.level is not None:
        raise click.UsageError("--parameter and --level are for outcomes")


def _of_outcome(order: Order, subject: Subject) -> Hanging:
    """The flips of an outcome over a level."""
    scenario, outcome = subject.scenario, str(order.outcome)
    need_outcomes(scenario, order.subject)
    if outcome not in scenario.outcomes:
        raise ScenarioError([unknown(Place("--outcome"), "outcome", outcome, scenario.outcomes)])
    measured = scenario.outcomes[outcome]
    label = capped(measured.label or outcome.replace("_", " "), measured.scale, scenario.weeks)
    measure = Measure(label, measured.scale)
    level = _level(order, measure)
    parameters = _parameters(order, subject)
    count = len(parameters)
    jobs = executor_for(order.jobs, (1 + 2 * count) * order.worlds)
    doing = f"Trying {count:,} parameters on {order.worlds:,} worlds"
    with jobs as executor, waiting(order.progress, doing) as tell:
        table = flip_outcome(
            *(scenario, outcome, level, parameters, order.worlds, subject.seed, tell, executor)
        )
    options = {"outcome": outcome, "level": level, "actor": order.actor, "worlds": order.worlds}
    return Hanging(
        asked=subject.asked(again("flips", subject, parameter=order.parameters, **options)),
        table=table,
        flip=outcome_flip(measure, level, order.worlds, table["at_default"].iloc[0]),
        here=here_said(table, measure),
        facts=(
            ("Outcome", measure.label),
            ("Level", measure.level(level)),
            ("Worlds", f"{order.worlds:,} at each value, seed {subject.seed}"),
        ),
    )


def _level(order: Order, measure: Measure) -> float:
    """The level asked for.

    Raises:
        UsageError: there is none, and the outcome is no share.
        InputError: it is none that the outcome can have.
    """
    if measure.scale != "share":
        if order.level is None:
            raise click.UsageError(
                f"say --level: {order.outcome} is no share, it is {measure.axis}"
            )
        if not math.isfinite(order.level):
            raise InputError(f"--level {order.level:g}: not a finite number")
        return order.level
    level = 0.5 if order.level is None else order.level
    if not 0 <= level <= 1:
        raise InputError(f"--level {level:g}: {order.outcome} is a share, from 0 to 1")
    return level


def _parameters(order: Order, subject: Subject) -> list[str]:
    """Those named and the weights of the actor named; all, if neither is."""
    everything = default_parameters(subject.scenario)
    if order.actor is None and not order.parameters:
        return everything
    own = [one for one in everything if order.actor and one.startswith(f"{order.actor}.")]
    return list(dict.fromkeys([*order.parameters, *own]))


def _print_json(order: Order, subject: Subject, found: Hanging) -> None:
    head = {
        "scenario": subject.scenario.name,
        "seed": subject.seed,
        "command": found.asked.command,
        "here": found.here,
        "rows": ordered(found.table).to_dict("records"),
        **({"page": str(order.out)} if order.out else {}),
    }
    say_json(head)

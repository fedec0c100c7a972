"""`realpolitik explain`: one choice of one world, or what speaks for an action in all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pandas as pd

from realpolitik.sim.cli.explain.drawing import check_pictures, draw
from realpolitik.sim.cli.explain.explain_tables import print_choice, print_mean
from realpolitik.sim.cli.explain.headline import Headline, headline_of
from realpolitik.sim.cli.explain.laid_open import laid_open, mean_laid_open
from realpolitik.sim.cli.page_files import room_for_page, write_page
from realpolitik.sim.cli.saying import say, say_json
from realpolitik.sim.cli.subject import (
    Subject,
    again,
    subject_of,
    wrong_input,
)
from realpolitik.sim.cli.waiting import waiting
from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.report.explain.choice import choice_exhibits, choice_subject
from realpolitik.sim.report.explain.choice_page import choice_page
from realpolitik.sim.report.explain.mean import mean_exhibits, targets_of
from realpolitik.sim.report.explain.mean_page import mean_page
from realpolitik.sim.report.explain.records import Asked
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.study.explain.many import explain_ensemble
from realpolitik.sim.study.explain.one import explain_choice
from realpolitik.sim.study.explain.reasons import reasons as reasons_of
from realpolitik.sim.words.numbers import how_many_worlds

WORLDS = 1000  # of the means, for a scenario

if TYPE_CHECKING:
    from realpolitik.sim.pictures import Format


@dataclass(frozen=True)
class Order:
    """What was typed; None is what was not."""

    subject: str
    actor: str
    week: int | None
    world: int | None
    action: str | None
    target: str | None
    seed: int | None
    settings: Mapping[str, float]
    worlds: int | None
    out: Path | None
    formats: tuple["Format", ...]
    as_json: bool
    progress: bool


def carry_out(order: Order) -> None:
    """Explains it; what is wrong with the order is found before the work.

    Raises:
        ScenarioError: the scenario is wrong, or there is no such actor, action or target.
        InputError: there is no such week, world or run, or the page cannot be written.
    """
    if order.world is not None and order.worlds is not None:
        raise click.UsageError("--worlds is for means; with --world there is one world")
    if order.world is not None and order.target and not order.action:
        raise click.UsageError("--target says toward whom; with --world, say --action NAME as well")
    check_pictures(order.formats, order.out)
    subject = subject_of(order.subject, order.seed, order.settings)
    subject.need_actor(order.actor)
    subject.need_week(order.week)
    with room_for_page(order.out, "explain.html"):
        try:
            if order.world is None:
                _explain_mean(order, subject)
            else:
                subject.need_world(order.world)
                _explain_choice(order, subject, order.world)
        except ScenarioError as error:
            raise wrong_input(error) from None


def _explain_choice(order: Order, subject: Subject, world: int) -> None:
    try:
        choice = explain_choice(
            *(subject.scenario, subject.seed, world, order.actor),
            *(order.week, order.action, order.target),
        )
    except ValueError as error:
        raise wrong_input(error) from None
    reasons = reasons_of(order.actor, subject.scenario.settings)
    where = {"actor": order.actor, "world": world, "week": choice.week}
    what = {"action": order.action, "target": order.target}
    asked = subject.asked(again("explain", subject, **where, **what))
    track = NAMED[order.action].track if order.action else ""
    found = choice_subject(asked, laid_open(choice), reasons, track)
    if order.out:
        write_page(order.out, choice_page(found))
    if order.as_json:
        say_json({**choice.as_json(), **_further(order, asked, reasons)})
    else:
        print_choice(found)
        _print_page(order.out)
    if order.out and order.formats:
        draw(choice_exhibits(found), order.out, order.formats, subject, f"world {world}")


def _explain_mean(order: Order, subject: Subject) -> None:
    worlds = order.worlds or subject.worlds or WORLDS
    picked = _headline(order, subject, worlds)
    with waiting(order.progress, f"Explaining {worlds:,} worlds") as tell:
        mean = explain_ensemble(
            *(subject.scenario, subject.seed, worlds),
            *(order.actor, picked.action, picked.target),
            progress=tell,
        )
    reasons = reasons_of(order.actor, subject.scenario.settings)
    told = mean_laid_open(mean)
    options = {"actor": order.actor, "action": picked.action, "target": picked.target}
    asked = subject.asked(
        again("explain", subject, **options, week=order.week, worlds=order.worlds)
    )
    week, targets = order.week or 0, targets_of(told)
    if order.out:
        write_page(order.out, mean_page(asked, told, reasons, targets, week, picked.why))
    if order.as_json:
        further = {"picked": picked.why, "week": week, **_further(order, asked, reasons)}
        say_json({**mean.as_json(), **further})
    else:
        print_mean(asked, told, reasons, targets, week, picked.why)
        _print_page(order.out)
    if order.out and order.formats:
        exhibits = mean_exhibits(asked, told, reasons, targets, week)
        draw(exhibits, order.out, order.formats, subject, how_many_worlds(worlds))


def _headline(order: Order, subject: Subject, worlds: int) -> Headline:
    if order.action:
        return Headline(order.action, order.target)
    return headline_of(subject, order.actor, worlds, order.target)


def _further(order: Order, asked: Asked, reasons: pd.DataFrame) -> dict[str, object]:
    """The command, what is known of each reason, and where the page is."""
    page = {"page": str(order.out)} if order.out else {}
    return {"command": asked.command, "reasons": reasons.to_dict("records"), **page}


def _print_page(out: Path | None) -> None:
    if out:
        say(f"Page  {out}")

"""What was typed after `realpolitik sweep`, and the plan and folder that come of it."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from realpolitik.sim.cli.exits import note
from realpolitik.sim.cli.files import RESULTS, folder_meant
from realpolitik.sim.experiments.aims import usual_most
from realpolitik.sim.experiments.checking import USUAL_WORLDS
from realpolitik.sim.experiments.finding import is_study
from realpolitik.sim.experiments.given import given_points
from realpolitik.sim.experiments.plan import Plan, Read, Sampler, Until
from realpolitik.sim.experiments.plan_file import load_study
from realpolitik.sim.experiments.plan_options import changed, plan_of_points, plan_of_settings
from realpolitik.sim.experiments.several import Several, name_of_several
from realpolitik.sim.scenario.errors import number
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

if TYPE_CHECKING:
    from realpolitik.sim.experiments.vary import Asked
    from realpolitik.sim.image_export import Format

HOME = RESULTS / "sweeps"


@dataclass(frozen=True)
class Order:
    """What was typed; None is what was not."""

    subject: str
    others: tuple[str, ...]
    varied: tuple["Asked", ...]
    sampler: Sampler | None
    points: int | Path | None
    worlds: int | None
    seed: int | None
    outcomes: tuple[str, ...]
    until: float | None
    at_most: int | None
    thresholds: Mapping[str, float]
    jobs: int | None
    cluster: str | None
    resume: bool
    extend: bool
    out: Path | None
    as_json: bool
    progress: bool
    formats: tuple["Format", ...]


def plans_and_folder(order: Order) -> tuple[tuple[Plan, ...], Path]:
    """What is to be done, a plan for each scenario, and where.

    Raises:
        ScenarioError: the study or its scenario is wrong, or what was typed does not fit it.
        StudyFolderError: the folder holds no study, or a damaged one.
    """
    folder = None if order.others else _folder(order.subject)
    if order.others:
        read = _beside_each_other(order)
    elif folder:
        read = _in_folder(folder, order)
    else:
        read = _kept(order) if is_study(order.subject) else _quick(order)
    for warning in read.warnings:
        note(f"note: {warning}")
    plans = read.plans
    name = name_of_several(plans) if read.others else read.plan.name
    return plans, order.out or folder or HOME / name


def _beside_each_other(order: Order) -> Read:
    """Several scenarios with what is varied in all of them."""
    for called in (order.subject, *order.others):
        if _folder(called) or is_study(called):
            raise click.UsageError(f"{called} is a study: several subjects are to be scenarios")
    reads = [_quick(replace(order, subject=one)) for one in (order.subject, *order.others)]
    told = dict.fromkeys(warning for read in reads for warning in read.warnings)
    plan, *others = Several.of([read.plan for read in reads]).plans.values()
    return Read(plan, tuple(told), tuple(others))


def _in_folder(folder: Path, order: Order) -> Read:
    """The study that lies in a folder, with what was typed in place of what it says."""
    from realpolitik.sim.analysis.scenarios import holds_several, plans_in
    from realpolitik.sim.analysis.study import plan_in

    _refuse_ranges(order)
    plans = plans_in(folder) if holds_several(folder) else [plan_in(folder)]
    return _changed(Read(plans[0], (), tuple(plans[1:])), order)


def _changed(read: Read, order: Order) -> Read:
    """The plans, with what was typed in place of what they say."""
    made, *others = (_with_options(plan, order) for plan in read.plans)
    told = (*read.warnings, *made.warnings)
    return Read(made.plan, told, tuple(other.plan for other in others))


def _folder(called: str) -> Path | None:
    """The folder of that path, unless the name of something shipped is meant."""
    if not Path(called).is_dir():
        return None
    from realpolitik.sim.experiments.study_folder import SETTINGS

    return folder_meant(called, SETTINGS)


def _kept(order: Order) -> Read:
    """A study file, with what was typed in place of what it says."""
    _refuse_ranges(order)
    return _changed(load_study(order.subject), order)


def _refuse_ranges(order: Order) -> None:
    if order.varied or order.sampler:
        raise click.UsageError("--set and --sampler are for scenarios; a study has its own")


def _with_options(plan: Plan, order: Order) -> Read:
    """The plan, with what was typed in place of what it says."""
    outcomes = order.outcomes or plan.outcomes
    worlds = plan.worlds if order.worlds is None else order.worlds
    read = _with_points(plan, order.points)
    made = changed(
        read.plan,
        points=order.points if isinstance(order.points, int) else None,
        worlds=order.worlds,
        seed=order.seed,
        outcomes=order.outcomes,
        until=_until(order, next(iter(outcomes), ""), worlds, plan.until),
        thresholds=order.thresholds,
    )
    _tell_of_idle_points(order, made)
    return Read(made, read.warnings)


def _with_points(plan: Plan, points: int | Path | None) -> Read:
    """The plan with the points of a file, if one was typed."""
    is_given = plan.sampler == "given"
    if isinstance(points, int) and is_given:
        raise click.UsageError(f"--points {points}: the points of this study are those of a file")
    if not isinstance(points, Path):
        return Read(plan)
    if not is_given:
        problem = f"this study has a {plan.sampler} design; points in a file are for a scenario"
        raise click.UsageError(f"--points {points}: {problem}")
    return given_points(points, plan.scenario).in_place_of_those(plan)


def _tell_of_idle_points(order: Order, plan: Plan) -> None:
    if isinstance(order.points, int) and all(vary.values for vary in plan.vary):
        note(f"note: --points {order.points} changes nothing: all levels are given one by one")


def _quick(order: Order) -> Read:
    """A scenario with what is varied."""
    if isinstance(order.points, Path):
        return _over_file(order, order.points)
    scenario = load_scenario(order.subject)
    if not order.varied:
        example = shlex.join(["realpolitik", "sweep", order.subject, "--set", _example(scenario)])
        advice = f"with --set PATH=A:B:STEP or --points FILE, such as `{example}`"
        raise click.UsageError(f"{order.subject} is a scenario: say what is varied {advice}")
    first = next(iter(order.outcomes or scenario.outcomes), "")
    given = {"worlds": order.worlds, "seed": order.seed}
    read = plan_of_settings(
        order.subject,
        scenario,
        order.varied,
        sampler=order.sampler or "grid",
        points=order.points,
        outcomes=order.outcomes,
        until=_until(order, first, USUAL_WORLDS if order.worlds is None else order.worlds),
        thresholds=order.thresholds,
        **{key: value for key, value in given.items() if value is not None},
    )
    _tell_of_idle_points(order, read.plan)
    return read


def _over_file(order: Order, points: Path) -> Read:
    """A scenario at the points of a file."""
    ranges = [f"--set {one.address}" for one in order.varied if not one.is_fixed]
    if further := [*ranges, *(["--sampler"] if order.sampler else [])]:
        raise click.UsageError(f"--points {points} says what is varied; leave {further[0]} out")
    read = plan_of_points(order.subject, load_scenario(order.subject), points, order.varied)
    made = _with_options(read.plan, replace(order, points=None))
    return Read(made.plan, read.warnings)


def _example(scenario: Scenario) -> str:
    """A range that can be varied in it: that of a lever, or of a weight of its first actor."""
    addresses = [lever.parameter for lever in scenario.levers]
    weights = vocabulary().actors[scenario.actors[0]].parameters()
    address = next(iter([*addresses, *(weight.address for weight in weights)]))
    declared = vocabulary().parameters[address]
    return f"{address}={number(declared.low)}:{number(declared.high)}"


def _until(order: Order, outcome: str, worlds: int, own: Until | None = None) -> Until | None:
    """When a point has worlds enough: what was typed, on top of what the study says itself."""
    if order.until is not None:
        own = Until(outcome, order.until, usual_most(worlds))
    elif own is None and order.at_most is not None:
        raise click.UsageError("--at-most goes with --until")
    return replace(own, most=order.at_most) if own and order.at_most is not None else own

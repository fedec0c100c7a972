"""`realpolitik sweep`: a plan out of what was typed, then its study."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from realpolitik.sim.cli.exits import FAILED, WELL, InputError, note
from realpolitik.sim.cli.folders import folder_meant, going_on, room_for_results
from realpolitik.sim.cli.sweep.progress import sweep_progress
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.study.plans.aims import usual_most
from realpolitik.sim.study.plans.checking import USUAL_WORLDS
from realpolitik.sim.study.plans.finding import is_study
from realpolitik.sim.study.plans.ordering import changed, plan_of_settings
from realpolitik.sim.study.plans.plan import Plan, Sampler, Until
from realpolitik.sim.study.plans.reading import Read, load_study
from realpolitik.sim.study.sweep.workers import NoClusterError, Workers, available_cores, local
from realpolitik.sim.study.sweep.workers import cluster as workers_of

if TYPE_CHECKING:
    from realpolitik.sim.pictures import Format
    from realpolitik.sim.study.plans.asked import Asked
    from realpolitik.sim.study.sweep.study import Study

HOME = Path("results") / "sweeps"
QUICK = 20_000  # worlds below which starting processes takes longer than they save


@dataclass(frozen=True)
class Order:
    """What was typed; None is what was not."""

    subject: str
    varied: tuple["Asked", ...]
    sampler: Sampler | None
    points: int | None
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


def carry_out(order: Order, *, dry_run: bool) -> int:
    """Carries a study out, or says what it would take; its exit code."""
    plan, folder = _plan_and_folder(order)
    if dry_run:
        from realpolitik.sim.cli.sweep.forecasting import print_forecast

        print_forecast(plan, folder, order.jobs or usual_jobs(plan))
        return WELL
    from realpolitik.sim.cli.picturing import check_browser, put_pictures_of_study
    from realpolitik.sim.cli.sweep.tables import print_json, print_study

    check_browser(order.formats, folder)
    study = _run(order, plan, folder)
    (print_json if order.as_json else print_study)(study)
    put_pictures_of_study(study, order.formats)
    return FAILED if len(study.failures) else WELL


def _plan_and_folder(order: Order) -> tuple[Plan, Path]:
    """What is to be done, and where.

    Raises:
        ScenarioError: the study or its scenario is wrong, or what was typed does not fit it.
        InputError: the folder holds no study.
    """
    folder = _folder(order.subject)
    if folder:
        from realpolitik.sim.study.sweep.folder import StudyFolderError
        from realpolitik.sim.study.sweep.study import plan_in

        _refuse_ranges(order)
        try:
            return _with_options(plan_in(folder), order), order.out or folder
        except StudyFolderError as error:
            raise InputError(str(error)) from None
    read = _kept(order) if is_study(order.subject) else _quick(order)
    for warning in read.warnings:
        note(f"note: {warning}")
    return read.plan, order.out or HOME / read.plan.name


def _folder(called: str) -> Path | None:
    """The folder of that path, unless the name of something shipped is meant."""
    if not Path(called).is_dir():
        return None
    from realpolitik.sim.study.sweep.folder import SETTINGS

    return folder_meant(called, SETTINGS)


def _kept(order: Order) -> Read:
    """A study file, with what was typed in place of what it says."""
    _refuse_ranges(order)
    read = load_study(order.subject)
    return Read(_with_options(read.plan, order), read.warnings)


def _refuse_ranges(order: Order) -> None:
    if order.varied or order.sampler:
        raise click.UsageError("--set and --sampler are for scenarios; a study has its own")


def _with_options(plan: Plan, order: Order) -> Plan:
    outcomes = order.outcomes or plan.outcomes
    worlds = plan.worlds if order.worlds is None else order.worlds
    made = changed(
        plan,
        points=order.points,
        worlds=order.worlds,
        seed=order.seed,
        outcomes=order.outcomes,
        until=_until(order, outcomes[0], worlds, plan.until),
        thresholds=order.thresholds,
    )
    _tell_of_idle_points(order, made)
    return made


def _tell_of_idle_points(order: Order, plan: Plan) -> None:
    if order.points is not None and all(vary.values for vary in plan.vary):
        note(f"note: --points {order.points} changes nothing: all levels are given one by one")


def _quick(order: Order) -> Read:
    """A scenario with what is varied."""
    scenario = load_scenario(order.subject)
    if not order.varied:
        advice = "--set PATH=A:B:STEP, such as --set RUS.israel_ties=0:0.8:0.1"
        raise click.UsageError(f"{order.subject} is a scenario: say what is varied with {advice}")
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


def _until(order: Order, outcome: str, worlds: int, own: Until | None = None) -> Until | None:
    """When a point has worlds enough: what was typed, on top of what the study says itself."""
    if order.until is not None:
        own = Until(outcome, order.until, usual_most(worlds))
    elif own is None and order.at_most is not None:
        raise click.UsageError("--at-most goes with --until")
    return replace(own, most=order.at_most) if own and order.at_most is not None else own


def _run(order: Order, plan: Plan, folder: Path) -> "Study":
    """Runs what is missing.

    Raises:
        InputError: the folder cannot be used, or there is no cluster.
    """
    from realpolitik.sim.report.study.page import render_study
    from realpolitik.sim.study.sweep.folder import StudyFolder, StudyFolderError
    from realpolitik.sim.study.sweep.study import sweep

    try:
        with (
            _room(order, folder),
            _workers(order, plan) as workers,
            sweep_progress(order.progress) as tell,
        ):
            study = sweep(
                plan,
                folder,
                workers,
                resume=order.resume,
                extend=order.extend,
                render=render_study,
                tell=tell,
            )
    except (StudyFolderError, NoClusterError) as error:
        raise InputError(str(error)) from None
    except (KeyboardInterrupt, OSError):
        if StudyFolder(folder).is_begun:
            note(f"\nWhat was done is kept. Go on with: {going_on(folder)}")
        raise
    for remark in study.remarks:
        note(f"note: made again: {remark}")
    return study


def _room(order: Order, folder: Path) -> AbstractContextManager[None]:
    """Makes sure that the folder can be written, unless it is only looked into."""
    from realpolitik.sim.study.sweep.folder import MANIFEST

    is_there = Folder(folder).has(MANIFEST) and not (order.resume or order.extend)
    return nullcontext() if is_there else room_for_results(folder)


@contextmanager
def _workers(order: Order, plan: Plan) -> Iterator[Workers]:
    if order.cluster:
        with workers_of(order.cluster) as workers:
            yield workers
    else:
        yield local(order.jobs or usual_jobs(plan))


def usual_jobs(plan: Plan) -> int:
    """As many processes as may be used; one where starting them would take longer."""
    from realpolitik.sim.study.plans.design import size_of

    worlds = size_of(plan.sampler, plan.points, plan.vary) * plan.worlds
    return 1 if worlds < QUICK and not plan.until else available_cores()

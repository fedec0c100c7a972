"""`realpolitik sweep`: a plan out of what was typed, then its study."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from realpolitik.sim.cli.exits import FAILED, WELL, InputError, LostError, note
from realpolitik.sim.cli.folders import going_on, room_for_results
from realpolitik.sim.cli.latest import call_latest
from realpolitik.sim.cli.sweep.planning import Order, plans_and_folder
from realpolitik.sim.cli.sweep.progress import sweep_progress
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.study.plans.plan import Plan
from realpolitik.sim.study.sweep.cluster import LostClusterError, NoClusterError
from realpolitik.sim.study.sweep.cluster import cluster as workers_of
from realpolitik.sim.study.sweep.workers import Workers, available_cores, jobs_for, local

if TYPE_CHECKING:
    from realpolitik.sim.study.sweep.study import Study


def carry_out(order: Order, *, dry_run: bool) -> int:
    """Carries a study out, or says what it would take; its exit code."""
    plans, folder = plans_and_folder(order)
    if dry_run:
        from realpolitik.sim.cli.sweep.forecasting import print_forecast

        for plan in plans:
            print_forecast(plan, folder, order.jobs or usual_jobs(plan))
        return WELL
    from realpolitik.sim.cli.picturing import check_browser

    check_browser(order.formats, folder)
    return _one(order, plans[0], folder) if len(plans) == 1 else _several(order, plans, folder)


def _one(order: Order, plan: Plan, folder: Path) -> int:
    """The study of one scenario; its exit code."""
    from realpolitik.sim.cli.picturing import put_pictures_of_study
    from realpolitik.sim.cli.sweep.tables import print_json, print_study
    from realpolitik.sim.report.study.page import render_study
    from realpolitik.sim.study.sweep.folder import MANIFEST
    from realpolitik.sim.study.sweep.study import sweep

    with _at_work(order, plan, folder, MANIFEST) as how:
        study = sweep(plan, folder, render=render_study, **how)
    _tell_of_remarks(study)
    (print_json if order.as_json else print_study)(study)
    put_pictures_of_study(study, order.formats)
    return FAILED if len(study.failures) else WELL


def _several(order: Order, plans: Sequence[Plan], folder: Path) -> int:
    """The studies of several scenarios, side by side; their exit code."""
    from realpolitik.sim.cli.picturing import put_pictures_of_scenarios
    from realpolitik.sim.cli.sweep.side_by_side import print_json, print_scenarios
    from realpolitik.sim.report.study.page import render_study
    from realpolitik.sim.report.study.scenarios import render_scenarios
    from realpolitik.sim.study.sweep.scenarios import PAGE, sweep_scenarios

    with _at_work(order, plans[0], folder, PAGE) as how:
        found = sweep_scenarios(
            plans, folder, render=render_study, render_several=render_scenarios, **how
        )
    for study in found.studies.values():
        _tell_of_remarks(study)
    (print_json if order.as_json else print_scenarios)(found)
    put_pictures_of_scenarios(found, order.formats)
    return FAILED if any(len(study.failures) for study in found.studies.values()) else WELL


@contextmanager
def _at_work(order: Order, plan: Plan, folder: Path, last: str) -> Iterator[dict[str, Any]]:
    """What a sweep is to be given; what may go wrong with it is told plainly.

    `last` is the file that is written last, which a folder has that is only looked into.

    Raises:
        StudyFolderError: the folder cannot be used.
        InputError: there is no cluster.
    """
    from realpolitik.sim.study.sweep.folder import StudyFolder
    from realpolitik.sim.study.sweep.scenarios import holds_several

    is_there = Folder(folder).has(last) and not (order.resume or order.extend)
    try:
        with (
            nullcontext() if is_there else room_for_results(folder),
            _workers(order, plan) as workers,
            sweep_progress(order.progress) as tell,
        ):
            yield {
                "workers": workers,
                "resume": order.resume,
                "extend": order.extend,
                "tell": tell,
            }
    except LostClusterError as error:
        raise LostError(f"{error}: {going_on(folder)}") from None
    except NoClusterError as error:
        raise InputError(str(error)) from None
    except (KeyboardInterrupt, OSError):
        if StudyFolder(folder).is_begun or holds_several(folder):
            note("", f"What was done is kept. Go on with: {going_on(folder)}")
        raise
    if not is_there:
        call_latest(folder)


def _tell_of_remarks(study: "Study") -> None:
    from realpolitik.sim.study.sweep.settings import version_notes

    note(*version_notes(study.findings.study))
    for remark in study.remarks:
        note(f"note: made again: {remark}")


@contextmanager
def _workers(order: Order, plan: Plan) -> Iterator[Workers]:
    if order.cluster:
        with workers_of(order.cluster) as workers:
            for remark in workers.remarks:
                note(f"note: {remark}")
            yield workers
    else:
        yield local(order.jobs or usual_jobs(plan))


def usual_jobs(plan: Plan) -> int:
    """As many processes as may be used; one where starting them would take longer."""
    from realpolitik.sim.study.plans.design import size_of

    worlds = size_of(plan.sampler, plan.points, plan.vary) * plan.worlds
    return available_cores() if plan.until else jobs_for(worlds)

"""`realpolitik sweep`: what may be typed, and the order of work.

What takes long to import is imported where it is used: help is to come at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from realpolitik.sim.cli.exits import FAILED, WELL, InputError, LostError, note
from realpolitik.sim.cli.files import going_on, room_for_results
from realpolitik.sim.cli.options import (
    CountOrFile,
    FiniteNumber,
    OutcomeLevel,
    Reference,
    Varying,
    WholeNumber,
    folder_option,
    jobs_option,
    json_option,
    picture_options,
    progress_option,
    seed_option,
    worlds_option,
)

if TYPE_CHECKING:
    from realpolitik.sim.analysis.study import Study
    from realpolitik.sim.cli.sweep.planning import Order
    from realpolitik.sim.documents.document import Document
    from realpolitik.sim.experiments.plan import Plan
    from realpolitik.sim.experiments.vary import Asked
    from realpolitik.sim.experiments.workers import Workers

SAMPLERS = ("grid", "latin_hypercube", "sobol", "morris", "one_at_a_time")


@click.command()
@click.argument(
    "subjects", metavar="SCENARIO_OR_STUDY...", type=Reference(), nargs=-1, required=True
)
@click.option(
    "--set",
    "varied",
    type=Varying(),
    multiple=True,
    help="Vary a parameter of a scenario, or set it to one value; may be repeated. PATH may be a "
    "glob such as 'RUS.*', and alone stands for its declared range. @FILE takes several from YAML, "
    "JSON or a row of CSV.",
)
@click.option("--sampler", type=click.Choice(SAMPLERS), help="How points are chosen.  [grid]")
@click.option(
    "--points",
    type=CountOrFile(),
    help="Levels a parameter (grid, one_at_a_time), or points; or a file that holds the points: "
    "a header of addresses, a row a point.",
)
@worlds_option("Worlds at each point.")
@seed_option("Seed of all draws, the same at every point.", default=None)
@click.option("--outcome", "outcomes", multiple=True, help="Report only these; may be repeated.")
@click.option(
    "--until",
    type=FiniteNumber(),
    metavar="WIDTH",
    help="Add worlds at each point until the 95 % interval of the first outcome is no wider.",
)
@click.option(
    "--at-most", type=WholeNumber(), help="Worlds at which --until leaves a point as it is."
)
@click.option(
    "--threshold",
    "thresholds",
    type=OutcomeLevel(),
    multiple=True,
    help="Find where an outcome crosses a level; may be repeated.",
)
@jobs_option
@click.option("--cluster", metavar="ADDRESS", help="Run on a Dask cluster: tcp://HOST:PORT.")
@click.option("--resume", is_flag=True, help="Go on with a study that was broken off.")
@click.option("--extend", is_flag=True, help="Add worlds, points or outcomes to a study.")
@click.option("--dry-run", is_flag=True, help="Say what it would take, and run nothing.")
@folder_option("Folder of the study.  [results/sweeps/NAME]")
@json_option()
@progress_option
@picture_options
def sweep(
    subjects: tuple[str, ...],
    varied: tuple[tuple["Asked", ...], ...],
    thresholds: tuple[tuple[str, float], ...],
    out: Path | None,
    as_json: bool,
    progress: bool,
    dry_run: bool,
    **options: Any,
) -> int:
    """Run a scenario at many settings, all in the same worlds.

    SCENARIO_OR_STUDY is a scenario with --set or --points FILE, a study file, the name of a study
    that is shipped (see `list studies`), or the folder of a study. Several scenarios are put side
    by side, the first being the baseline.
    """
    from realpolitik.sim.cli.sweep.planning import Order

    order = Order(
        subject=subjects[0],
        others=subjects[1:],
        varied=tuple(one for each in varied for one in each),
        thresholds=dict(thresholds),
        out=out,
        as_json=as_json,
        progress=progress,
        **options,
    )
    return _carry_out(order, dry_run=dry_run)


def _carry_out(order: "Order", *, dry_run: bool) -> int:
    """Carries a study out, or says what it would take; its exit code."""
    from realpolitik.sim.cli.sweep.planning import plans_and_folder

    plans, folder = plans_and_folder(order)
    if dry_run:
        from realpolitik.sim.cli.sweep.forecasting import print_forecast

        for plan in plans:
            print_forecast(plan, folder, order.jobs or usual_jobs(plan))
        return WELL
    from realpolitik.sim.cli.images import check_browser

    check_browser(order.formats, folder)
    return _one(order, plans[0], folder) if len(plans) == 1 else _several(order, plans, folder)


def _one(order: "Order", plan: "Plan", folder: Path) -> int:
    """The study of one scenario; its exit code."""
    from realpolitik.sim.analysis.study import sweep
    from realpolitik.sim.cli.images import put_pictures_of_study
    from realpolitik.sim.documents.study import study_document, study_page
    from realpolitik.sim.experiments.study_folder import MANIFEST, PAGE

    with _at_work(order, plan, folder, MANIFEST) as how:
        study = sweep(plan, folder, render=study_page, **how)
    _tell(order, study_document(study), {"": study}, {"Folder": folder, "Page": folder / PAGE})
    put_pictures_of_study(study, order.formats)
    return FAILED if len(study.failures) else WELL


def _several(order: "Order", plans: Sequence["Plan"], folder: Path) -> int:
    """The studies of several scenarios, side by side; their exit code."""
    from realpolitik.sim.analysis.scenarios import EACH, PAGE, sweep_scenarios
    from realpolitik.sim.cli.images import put_pictures_of_scenarios
    from realpolitik.sim.documents.scenarios import scenarios_document, scenarios_page
    from realpolitik.sim.documents.study import study_page

    with _at_work(order, plans[0], folder, PAGE) as how:
        found = sweep_scenarios(
            plans, folder, render=study_page, render_several=scenarios_page, **how
        )
    places = {"Folder": folder, "Page": folder / PAGE, "Each": folder / EACH}
    _tell(order, scenarios_document(found), found.studies, places)
    put_pictures_of_scenarios(found, order.formats)
    return FAILED if any(len(study.failures) for study in found.studies.values()) else WELL


def _tell(
    order: "Order",
    document: "Document",
    studies: Mapping[str, "Study"],
    places: Mapping[str, Path],
) -> None:
    """Says what was mended, what was found, what failed, and where everything is."""
    from realpolitik.sim.cli.emit import emit
    from realpolitik.sim.cli.output import say
    from realpolitik.sim.experiments.study_settings import version_notes

    for study in studies.values():
        note(*version_notes(study.findings.study))
        note(*(f"note: made again: {remark}" for remark in study.remarks))
    emit(document, as_json=order.as_json)
    if order.as_json:
        return
    for key, study in studies.items():
        _tell_of_failures(study, f"{key}: " if key else "", going_on(places["Folder"]))
    say("", *(f"{name:<8}{place}" for name, place in places.items()))


def _tell_of_failures(study: "Study", whose: str, command: str) -> None:
    for one in study.failures.to_dict("records"):
        first, last = one["first_world"], one["first_world"] + one["worlds"] - 1
        note(f"failed: {whose}point {one['point']}, worlds {first}–{last}: {one['error']}")
    if len(study.failures):
        note(f"{whose}{len(study.failures):,} failed; try them again with: {command}")


@contextmanager
def _at_work(order: "Order", plan: "Plan", folder: Path, last: str) -> Iterator[dict[str, Any]]:
    """What a sweep is to be given; what may go wrong with it is told plainly.

    `last` is the file that is written last, which a folder has that is only looked into.

    Raises:
        StudyFolderError: the folder cannot be used.
        InputError: there is no cluster.
    """
    from realpolitik.sim.analysis.scenarios import holds_several
    from realpolitik.sim.cli.files import call_latest
    from realpolitik.sim.cli.progress import sweep_progress
    from realpolitik.sim.experiments.cluster import LostClusterError, NoClusterError
    from realpolitik.sim.experiments.study_folder import StudyFolder
    from realpolitik.sim.files.folder import Folder

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


@contextmanager
def _workers(order: "Order", plan: "Plan") -> Iterator["Workers"]:
    from realpolitik.sim.experiments.cluster import cluster
    from realpolitik.sim.experiments.workers import local

    if order.cluster:
        with cluster(order.cluster) as workers:
            for remark in workers.remarks:
                note(f"note: {remark}")
            yield workers
    else:
        yield local(order.jobs or usual_jobs(plan))


def usual_jobs(plan: "Plan") -> int:
    """As many processes as may be used; one where starting them would take longer."""
    from realpolitik.sim.experiments.design import size_of
    from realpolitik.sim.experiments.workers import available_cores, jobs_for

    worlds = size_of(plan.sampler, plan.points, plan.vary) * plan.worlds
    return available_cores() if plan.until else jobs_for(worlds)

"""`realpolitik sweep`: what may be typed, and the order of work."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from realpolitik.sim.cli.exits import FAILED, WELL, InputError, LostError, note
from realpolitik.sim.cli.files import call_latest, going_on, room_for_results
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
from realpolitik.sim.experiments.samplers import SAMPLERS, samplers_where

if TYPE_CHECKING:
    from realpolitik.sim.analysis.study import Study
    from realpolitik.sim.documents.document import Document
    from realpolitik.sim.experiments.plan import Plan
    from realpolitik.sim.experiments.runner import Tell
    from realpolitik.sim.experiments.vary_request import VaryRequest
    from realpolitik.sim.experiments.workers import Workers
    from realpolitik.sim.image_export import Format


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
@click.option(
    "--sampler",
    type=click.Choice([name for name in SAMPLERS if name != "given"]),
    help="How points are chosen.  [grid]",
)
@click.option(
    "--points",
    type=CountOrFile(),
    help=f"Levels a parameter ({samplers_where(lambda one: one.has_levels)}), or points; or a file "
    "that holds the points: a header of addresses, a row a point.",
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
    varied: tuple[tuple["VaryRequest", ...], ...],
    sampler: str | None,
    points: int | Path | None,
    worlds: int | None,
    seed: int | None,
    outcomes: tuple[str, ...],
    until: float | None,
    at_most: int | None,
    thresholds: tuple[tuple[str, float], ...],
    jobs: int | None,
    cluster: str | None,
    resume: bool,
    extend: bool,
    dry_run: bool,
    out: Path | None,
    as_json: bool,
    progress: bool,
    formats: tuple["Format", ...],
) -> int:
    """Run a scenario at many settings, all in the same worlds.

    SCENARIO_OR_STUDY is a scenario with --set or --points FILE, a study file, the name of a study
    that is shipped (see `list studies`), or the folder of a study. Several scenarios are put side
    by side, the first being the baseline.
    """
    from realpolitik.sim.cli.images import check_browser
    from realpolitik.sim.cli.sweep_plan import Changes, plans_and_folder, print_forecast

    changes = Changes(points, worlds, seed, outcomes, until, at_most, dict(thresholds))
    asked = [one for each in varied for one in each]
    plans, folder = plans_and_folder(subjects, asked, sampler, changes, out)
    if dry_run:
        for plan in plans:
            print_forecast(plan, folder, jobs or usual_jobs(plan))
        return WELL
    check_browser(formats, folder)
    at_work = _at_work(
        *(plans, folder, cluster, jobs), is_new=not (resume or extend), progress=progress
    )
    carry_out = _one if len(plans) == 1 else _several
    return carry_out(
        *(plans, folder, at_work, formats), resume=resume, extend=extend, as_json=as_json
    )


def _one(
    plans: Sequence["Plan"],
    folder: Path,
    at_work: AbstractContextManager[tuple["Workers", "Tell"]],
    formats: tuple["Format", ...],
    *,
    resume: bool,
    extend: bool,
    as_json: bool,
) -> int:
    """Carries out the study of one scenario; its exit code."""
    from realpolitik.sim.analysis.study import sweep
    from realpolitik.sim.cli.images import put_pictures_of_study
    from realpolitik.sim.documents.study import study_document, study_page
    from realpolitik.sim.experiments.study_folder import PAGE

    with at_work as (workers, tell):
        study = sweep(
            *(plans[0], folder, workers),
            resume=resume,
            extend=extend,
            render=study_page,
            tell=tell,
        )
    places = {"Folder": folder, "Page": folder / PAGE}
    _tell(study_document(study), {"": study}, places, as_json=as_json)
    put_pictures_of_study(study, formats)
    return FAILED if len(study.failures) else WELL


def _several(
    plans: Sequence["Plan"],
    folder: Path,
    at_work: AbstractContextManager[tuple["Workers", "Tell"]],
    formats: tuple["Format", ...],
    *,
    resume: bool,
    extend: bool,
    as_json: bool,
) -> int:
    """Carries out the studies of several scenarios, side by side; their exit code."""
    from realpolitik.sim.analysis.scenarios import EACH, PAGE, sweep_scenarios
    from realpolitik.sim.cli.images import put_pictures_of_scenarios
    from realpolitik.sim.documents.scenarios import scenarios_document, scenarios_page
    from realpolitik.sim.documents.study import study_page

    with at_work as (workers, tell):
        found = sweep_scenarios(
            *(plans, folder, workers),
            resume=resume,
            extend=extend,
            render=study_page,
            render_several=scenarios_page,
            tell=tell,
        )
    places = {"Folder": folder, "Page": folder / PAGE, "Each": folder / EACH}
    _tell(scenarios_document(found), found.studies, places, as_json=as_json)
    put_pictures_of_scenarios(found, formats)
    return FAILED if any(len(study.failures) for study in found.studies.values()) else WELL


def _tell(
    document: "Document",
    studies: Mapping[str, "Study"],
    places: Mapping[str, Path],
    *,
    as_json: bool,
) -> None:
    """Says what was mended, what was found, what failed, and where everything is."""
    from realpolitik.sim.cli.emit import emit
    from realpolitik.sim.cli.output import say
    from realpolitik.sim.experiments.study_settings import version_notes

    for study in studies.values():
        note(*version_notes(study.findings.study))
        note(*(f"note: made again: {remark}" for remark in study.remarks))
    emit(document, as_json=as_json)
    if as_json:
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
def _at_work(
    plans: Sequence["Plan"],
    folder: Path,
    cluster: str | None,
    jobs: int | None,
    *,
    is_new: bool,
    progress: bool,
) -> Iterator[tuple["Workers", "Tell"]]:
    """Workers, and what they tell how far they are; what may go wrong is told plainly.

    Raises:
        StudyFolderError: the folder cannot be used.
        InputError: there is no cluster.
    """
    from realpolitik.sim.analysis.scenarios import PAGE, holds_several
    from realpolitik.sim.cli.progress import sweep_progress
    from realpolitik.sim.experiments.cluster import LostClusterError, NoClusterError
    from realpolitik.sim.experiments.study_folder import MANIFEST, StudyFolder
    from realpolitik.sim.files.folder import Folder

    last = MANIFEST if len(plans) == 1 else PAGE
    is_only_read = is_new and Folder(folder).has(last)
    try:
        with (
            nullcontext() if is_only_read else room_for_results(folder),
            _workers(cluster, jobs or usual_jobs(plans[0])) as workers,
            sweep_progress(progress) as tell,
        ):
            yield workers, tell
    except LostClusterError as error:
        raise LostError(f"{error}: {going_on(folder)}") from None
    except NoClusterError as error:
        raise InputError(str(error)) from None
    except (KeyboardInterrupt, OSError):
        if StudyFolder(folder).is_begun or holds_several(folder):
            note("", f"What was done is kept. Go on with: {going_on(folder)}")
        raise
    if not is_only_read:
        call_latest(folder)


@contextmanager
def _workers(address: str | None, jobs: int) -> Iterator["Workers"]:
    """Those of the cluster at an address, else so many processes here."""
    from realpolitik.sim.experiments.cluster import cluster
    from realpolitik.sim.experiments.workers import local

    if not address:
        yield local(jobs)
        return
    with cluster(address) as workers:
        for remark in workers.remarks:
            note(f"note: {remark}")
        yield workers


def usual_jobs(plan: "Plan") -> int:
    """As many processes as may be used; one where starting them would take longer."""
    from realpolitik.sim.experiments.plan import size_of
    from realpolitik.sim.experiments.workers import available_cores, jobs_for

    worlds = size_of(plan.sampler, plan.points, plan.vary) * plan.worlds
    return available_cores() if plan.until else jobs_for(worlds)

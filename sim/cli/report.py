"""`realpolitik report`: the report of a run or the page of a study, made anew."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from realpolitik.sim.cli.exits import InputError, note
from realpolitik.sim.cli.files import going_on, room_for_results
from realpolitik.sim.cli.options import Location, picture_options
from realpolitik.sim.cli.run import full_option
from realpolitik.sim.files.reading import RefusedFileError

if TYPE_CHECKING:
    from realpolitik.sim.documents.document import Section
    from realpolitik.sim.image_export import Format


@click.command()
@click.argument("run_dir", type=Location())
@full_option
@picture_options
def report(run_dir: Path, full: bool, formats: tuple["Format", ...]) -> None:
    """Write the report of a run folder, or the page of a study, anew."""
    from realpolitik.sim.analysis.scenarios import holds_several
    from realpolitik.sim.cli.output import say
    from realpolitik.sim.experiments.study_folder import StudyFolder

    _refuse_nothing(run_dir)
    if holds_several(run_dir):
        made = _scenarios_page(run_dir, formats)
    elif StudyFolder(run_dir).is_begun:
        made = _study_page(run_dir, formats)
    else:
        made = _run_page(run_dir, formats, full=full)
    say(f"{made}")


def _refuse_nothing(folder: Path) -> None:
    """Leads on where there is no such folder, as where a scenario is named.

    Raises:
        InputError: there is none.
    """
    from realpolitik.sim.experiments.plan_file import shipped_studies
    from realpolitik.sim.scenario.finding import shipped_scenarios

    if os.path.lexists(folder):
        return
    name = str(folder)
    verb = "sweep" if name in shipped_studies() else "run"
    what = name if name in {*shipped_scenarios(), *shipped_studies()} else "NAME"
    raise InputError(f"{folder}: there is no such folder; `realpolitik {verb} {what}` makes one")


def _run_page(folder: Path, formats: Sequence["Format"], *, full: bool) -> Path:
    from realpolitik.sim.cli.images import check_browser, credit_of_run, put_pictures
    from realpolitik.sim.documents.html_page import render
    from realpolitik.sim.documents.run import run_document
    from realpolitik.sim.experiments.run_folder import read_run, write_report

    with _told_plainly(folder):
        run = read_run(folder)
    check_browser(formats, folder)
    with _told_plainly(folder), room_for_results(folder):
        document = run_document(run, _further(folder, full=full))
        report = write_report(run, render(document))
    put_pictures(document.figures() if formats else {}, folder, formats, credit_of_run(run))
    return report


def _further(folder: Path, *, full: bool) -> "list[Section]":
    """What is run again for the report; nothing if other numbers or other code would run it."""
    from realpolitik.sim.cli.extra_sections import extra_sections
    from realpolitik.sim.cli.subject import UnrepeatableRunError, subject_of

    try:
        return extra_sections(subject_of(str(folder), None), full=full, progress=full)
    except UnrepeatableRunError as error:
        first, *reasons = error.lines
        note(f"note: {first}", *reasons, "  The report is without what needs its worlds again.")
        return []


def _scenarios_page(folder: Path, formats: Sequence["Format"]) -> Path:
    """Analyses the studies of several scenarios anew too; the page of each stays as it is."""
    from realpolitik.sim.analysis.scenarios import PAGE, publish_scenarios, read_scenarios
    from realpolitik.sim.cli.images import put_pictures_of_scenarios
    from realpolitik.sim.documents.scenarios import scenarios_page

    with _told_plainly(folder):
        found = read_scenarios(folder)
        publish_scenarios(found, scenarios_page)
    put_pictures_of_scenarios(found, formats)
    return folder / PAGE


def _study_page(folder: Path, formats: Sequence["Format"]) -> Path:
    """Analyses a study anew too."""
    from realpolitik.sim.analysis.study import conclude, origin_notes, publish, read_study
    from realpolitik.sim.cli.images import check_browser, put_pictures_of_study
    from realpolitik.sim.documents.study import study_page
    from realpolitik.sim.experiments.study_folder import PAGE, StudyFolder

    is_finished = StudyFolder(folder).is_finished
    with _told_plainly(folder):
        study = read_study(folder)
        note(*origin_notes(folder))
    check_browser(formats, folder)
    with _told_plainly(folder), room_for_results(folder):
        (conclude if is_finished else publish)(study, study_page)
    if not is_finished:
        note(f"note: the study is unfinished; go on with: {going_on(folder)}")
    put_pictures_of_study(study, formats)
    return folder / PAGE


@contextmanager
def _told_plainly(folder: Path) -> Iterator[None]:
    """That a folder cannot be written, as an error of the input."""
    try:
        yield
    except RefusedFileError:
        raise
    except OSError as error:
        raise InputError(f"{folder}: cannot be written: {error.strerror}") from None

"""`realpolitik report`: the report of a run or the page of a study, made anew."""

import functools
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from realpolitik.sim.analysis.scenarios import PAGE as SCENARIOS_PAGE
from realpolitik.sim.analysis.scenarios import (
    holds_several,
    publish_scenarios,
    read_scenarios,
)
from realpolitik.sim.cli.exits import InputError, note
from realpolitik.sim.cli.files import going_on, room_for_results
from realpolitik.sim.cli.output import say
from realpolitik.sim.experiments.plan_file import shipped_studies
from realpolitik.sim.experiments.run_folder import read_run, rewrite_report
from realpolitik.sim.experiments.study_folder import PAGE, StudyFolder
from realpolitik.sim.files.reading import RefusedFileError
from realpolitik.sim.report import render_report
from realpolitik.sim.scenario.finding import shipped_scenarios

if TYPE_CHECKING:
    from realpolitik.sim.image_export import Format
    from realpolitik.sim.report.run.further import Further


def print_report_path(
    folder: Path, formats: Sequence["Format"] = (), *, full: bool = False
) -> None:
    """Writes the report of a run folder or the page of a study, and prints where it is.

    `formats` are those in which its charts are drawn too, into the folder `pictures`. A full report
    holds flips and claims too.

    Raises:
        InputError: the folder is neither, or cannot be written, or nothing can draw.
        DrawingError: the browser failed.
    """
    _refuse_nothing(folder)
    if holds_several(folder):
        made = _scenarios_page(folder, formats)
    elif StudyFolder(folder).is_begun:
        made = _study_page(folder, formats)
    else:
        made = _report(folder, formats, full=full)
    say(f"{made}")


def _refuse_nothing(folder: Path) -> None:
    """Leads on where there is no such folder, as where a scenario is named.

    Raises:
        InputError: there is none.
    """
    if os.path.lexists(folder):
        return
    name = str(folder)
    verb = "sweep" if name in shipped_studies() else "run"
    what = name if name in {*shipped_scenarios(), *shipped_studies()} else "NAME"
    raise InputError(f"{folder}: there is no such folder; `realpolitik {verb} {what}` makes one")


def _report(folder: Path, formats: Sequence["Format"], *, full: bool) -> Path:
    from realpolitik.sim.cli.images import check_browser, put_pictures_of_run

    with _told_plainly(folder):
        run = read_run(folder)
    check_browser(formats, folder)
    with _told_plainly(folder), room_for_results(folder):
        further = _further(folder, full=full)
        report = rewrite_report(run, functools.partial(render_report, further=further))
    put_pictures_of_run(run, formats)
    return report


def _further(folder: Path, *, full: bool) -> "Further":
    """What is run again for the report; nothing if other numbers or other code would run it."""
    from realpolitik.sim.cli.run.furthering import further_of
    from realpolitik.sim.cli.subject import OtherOriginError, subject_of
    from realpolitik.sim.report.run.further import Further

    try:
        return further_of(subject_of(str(folder), None), full=full, progress=full)
    except OtherOriginError as error:
        first, *reasons = error.lines
        note(f"note: {first}", *reasons, "  The report is without what needs its worlds again.")
        return Further()


def _scenarios_page(folder: Path, formats: Sequence["Format"]) -> Path:
    """Analyses the studies of several scenarios anew too; the page of each stays as it is."""
    from realpolitik.sim.cli.images import put_pictures_of_scenarios
    from realpolitik.sim.documents.scenarios import scenarios_page

    with _told_plainly(folder):
        found = read_scenarios(folder)
        publish_scenarios(found, scenarios_page)
    put_pictures_of_scenarios(found, formats)
    return folder / SCENARIOS_PAGE


def _study_page(folder: Path, formats: Sequence["Format"]) -> Path:
    """Analyses a study anew too."""
    from realpolitik.sim.analysis.study import conclude, origin_notes, publish, read_study
    from realpolitik.sim.cli.images import check_browser, put_pictures_of_study
    from realpolitik.sim.documents.study import study_page

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

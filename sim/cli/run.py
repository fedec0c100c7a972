"""`realpolitik run`: a scenario in; tables, a report and a summary out."""

import contextlib
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from realpolitik.sim.cli.exits import InputError, note
from realpolitik.sim.cli.files import RESULTS, call_latest, room_for_results
from realpolitik.sim.cli.options import (
    Location,
    Reference,
    checked,
    folder_option,
    json_option,
    picture_options,
    progress_option,
    seed_option,
    set_option,
    worlds_option,
)

if TYPE_CHECKING:
    from realpolitik.sim.experiments.drawing import Drawing
    from realpolitik.sim.experiments.ensemble import Result
    from realpolitik.sim.experiments.uncertain import Assumed
    from realpolitik.sim.image_export import Format
    from realpolitik.sim.scenario.schema import Scenario


full_option = click.option(
    "--full", is_flag=True, help="Add to the report what would flip it, and the claims (slow)."
)
uncertain_option = click.option(
    "--uncertain",
    is_flag=True,
    help="Give each world numbers of its own, drawn from what is known.",
)
from_option = click.option(
    "--from",
    "calibrated",
    type=Location(),
    metavar="CALIBRATION",
    help="Draw numbers from the points that are left in the folder of a calibration.",
)
chance_option = click.option(
    "--chance-only", is_flag=True, help="Leave out the interval over what is assumed; faster."
)


@click.command()
@click.argument("scenario", metavar="FILE_OR_NAME", type=Reference())
@worlds_option("Worlds to run.", default=1000)
@seed_option()
@set_option
@uncertain_option
@from_option
@chance_option
@folder_option("Folder of the run, new or empty.  [results/SCENARIO/TIME-HASH]")
@json_option()
@progress_option
@full_option
@picture_options
def run(
    scenario: str,
    worlds: int,
    seed: int,
    settings: Mapping[str, float],
    uncertain: bool,
    calibrated: Path | None,
    chance_only: bool,
    out: Path | None,
    as_json: bool,
    progress: bool,
    full: bool,
    formats: tuple["Format", ...],
) -> None:
    """Run a scenario many times, and write tables and a report.

    FILE_OR_NAME is a scenario file, or the name of one that is shipped (see `list scenarios`);
    #VARIANT behind it runs one of its variants.

    Every outcome has two intervals: of chance between worlds, and of where it lies over settings of
    the numbers that are assumed or estimated. The second takes longer than the worlds themselves.
    """
    if calibrated and chance_only and not uncertain:
        raise click.UsageError("--from draws numbers, of which --chance-only asks for none")
    if full and uncertain:
        raise click.UsageError("--full tells what one setting hangs on, --uncertain has many")
    from realpolitik.sim.cli.images import check_browser
    from realpolitik.sim.cli.progress import progress_bar
    from realpolitik.sim.experiments.ensemble import simulate
    from realpolitik.sim.experiments.uncertain import over_numbers
    from realpolitik.sim.record.starting import load_scenario

    with checked(settings) as scenarios:
        meant = load_scenario(scenario)
        scenarios.append(meant)
    asked = meant.with_parameters(settings)
    drawing = _drawing(asked, calibrated)
    drawn = drawing if uncertain else None
    with _place_for(asked, out, worlds, seed, drawn):
        check_browser(formats)
        with progress_bar(progress) as tell:
            result = simulate(meant, worlds, seed, settings, tell, uncertain=drawn or False)
            assumed = None if chance_only else over_numbers(result, drawing, tell)
        folder = _written(result, out, scenario, assumed)
        call_latest(folder)
        _report(
            *(result, folder, scenario, settings, formats),
            full=full,
            as_json=as_json,
            progress=progress,
        )


def _drawing(asked: "Scenario", calibrated: Path | None) -> "Drawing":
    """Where numbers are drawn from: what a calibration left, else what is known of each.

    Raises:
        RecordError: there is no calibration in that folder, or nothing in it bears on the scenario.
    """
    from realpolitik.sim.calibrate.left import points_left
    from realpolitik.sim.experiments.drawing import knowledge_of, points_of

    if calibrated is None:
        return knowledge_of(asked)
    return points_of(str(calibrated), points_left(calibrated), asked)


@contextlib.contextmanager
def _place_for(
    asked: "Scenario", out: Path | None, worlds: int, seed: int, drawing: "Drawing | None"
) -> Iterator[None]:
    """Makes sure that the folder of the run can be written, and holds nothing else.

    Raises:
        InputError: it cannot, or does.
    """
    from realpolitik.sim.experiments.run_folder import home_of, refuse_other_run
    from realpolitik.sim.files.folder import Folder

    with room_for_results(out or RESULTS / home_of(asked)):
        if out is None:
            Folder(RESULTS).names(home_of(asked))  # refuses a link
        else:
            try:
                refuse_other_run(out, asked, worlds, seed, drawing)
            except OSError as error:
                raise InputError(f"{out}: {error.strerror}") from None
        yield


def _written(result: "Result", out: Path | None, called: str, assumed: "Assumed | None") -> Path:
    """The folder in which the worlds are now."""
    from realpolitik.sim.experiments.run_folder import write_run, write_run_at

    if out is None:
        return write_run(result, RESULTS, called, assumed)
    write_run_at(result, out, called, assumed)
    return out


def _report(
    result: "Result",
    folder: Path,
    called: str,
    settings: Mapping[str, float],
    formats: tuple["Format", ...],
    *,
    full: bool,
    as_json: bool,
    progress: bool,
) -> None:
    """Writes the report, prints what came out, and draws the charts of the report."""
    from realpolitik.sim.cli.emit import emit
    from realpolitik.sim.cli.extra_sections import extra_sections
    from realpolitik.sim.cli.images import credit_of_run, put_pictures
    from realpolitik.sim.cli.output import say
    from realpolitik.sim.cli.subject import RunOrScenario
    from realpolitik.sim.documents.html_page import render
    from realpolitik.sim.documents.run import run_document
    from realpolitik.sim.experiments.run_folder import REPORT, read_run, write_report
    from realpolitik.sim.formatting.numbers import how_many_worlds

    subject = RunOrScenario(
        *(called, result.scenario, result.seed, result.worlds, result.acts), settings=settings
    )
    with _kept(folder):
        kept = read_run(folder)
        further = [] if result.drawing else extra_sections(subject, full=full, progress=progress)
        document = run_document(kept, further)
        write_report(kept, render(document))
    if not as_json:
        each = f"{result.worlds_per_second:,.0f} a second"
        note(f"{how_many_worlds(result.worlds)} in {result.seconds:.1f} s ({each})")
        if result.acts.empty:
            note("note: nobody acts in any of these worlds")
    emit(document, as_json=as_json)
    if not as_json:
        say("", f"Folder  {folder}", f"Report  {folder / REPORT}")
    put_pictures(document.figures() if formats else {}, folder, formats, credit_of_run(kept))


@contextlib.contextmanager
def _kept(folder: Path) -> Iterator[None]:
    """Says where the worlds are if their report is broken off."""
    try:
        yield
    except BaseException:
        again = f"realpolitik report {shlex.quote(str(folder))}"
        note(f"\nThe worlds are kept in {folder}. Make their report with: {again}")
        raise

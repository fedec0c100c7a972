"""`realpolitik run`: a scenario in; tables, a report and a summary out."""

import contextlib
import functools
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from realpolitik.sim.cli.exits import InputError, note
from realpolitik.sim.cli.files import RESULTS, call_latest, room_for_results
from realpolitik.sim.cli.options import checked
from realpolitik.sim.cli.output import say_json
from realpolitik.sim.cli.progress import progress_bar
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from realpolitik.sim.experiments.run_folder import Run
    from realpolitik.sim.image_export import Format
    from realpolitik.sim.report.run.further import Further


@dataclass(frozen=True)
class Order:
    """What is to be run, where the results go, and how the run is told of."""

    scenario: str
    worlds: int
    seed: int
    parameters: Mapping[str, float]
    out: Path | None
    as_json: bool
    progress: bool
    full: bool
    formats: tuple["Format", ...]


def carry_out(order: Order) -> None:
    """Runs it and prints what came out; what is wrong with the order is found before the run."""
    scenario = scenario_of(order)
    from realpolitik.sim.experiments.run_folder import home_of

    with room_for_results(order.out or RESULTS / home_of(scenario)):
        if order.out:
            _refuse_other(order.out, scenario, order)
        else:
            Folder(RESULTS).names(home_of(scenario))  # refuses a link
        _run(scenario, order)


def _refuse_other(folder: Path, scenario: Scenario, order: Order) -> None:
    """Makes sure that the folder that is named holds nothing else.

    Raises:
        InputError: it does.
    """
    from realpolitik.sim.experiments.run_folder import refuse_other_run

    asked = scenario.with_parameters(order.parameters)
    try:
        refuse_other_run(folder, asked, order.worlds, order.seed)
    except OSError as error:
        raise InputError(f"{folder}: {error.strerror}") from None


def scenario_of(order: Order) -> Scenario:
    """The scenario that is ordered.

    Raises:
        ScenarioError: something is wrong in the file, or with the parameters.
    """
    with checked(order.parameters):
        return load_scenario(order.scenario)


def _run(scenario: Scenario, order: Order) -> None:
    """The run itself; its libraries take a second to load."""
    from realpolitik.sim.cli.images import check_browser
    from realpolitik.sim.cli.run.furthering import further_of
    from realpolitik.sim.cli.run.summing_up import json_of, print_summary, speed
    from realpolitik.sim.cli.subject import Subject
    from realpolitik.sim.experiments.ensemble import simulate
    from realpolitik.sim.experiments.run_folder import (
        read_run,
        rewrite_report,
        write_run,
        write_run_at,
    )
    from realpolitik.sim.report import render_report

    check_browser(order.formats)
    with progress_bar(order.progress) as tell:
        result = simulate(scenario, order.worlds, order.seed, order.parameters, tell)
    if order.out:
        folder = order.out
        write_run_at(result, folder, called=order.scenario)
    else:
        folder = write_run(result, RESULTS, called=order.scenario)
    call_latest(folder)
    subject = Subject(
        *(order.scenario, result.scenario, order.seed, order.worlds, result.acts),
        settings=order.parameters,
    )
    with _kept(folder):
        further = further_of(subject, full=order.full, progress=order.progress)
        rewrite_report(read_run(folder), functools.partial(render_report, further=further))
    if order.as_json:
        say_json(json_of(result, folder))
    else:
        note(speed(result))
        if result.acts.empty:
            note("note: nobody acts in any of these worlds")
        print_summary(result, folder)
    if order.formats:
        _draw(read_run(folder), further, order.formats)


@contextlib.contextmanager
def _kept(folder: Path) -> Iterator[None]:
    """Says where the worlds are if their report is broken off."""
    try:
        yield
    except BaseException:
        note(f"\nThe worlds are kept in {folder}. Make their report with: {_report_of(folder)}")
        raise


def _report_of(folder: Path) -> str:
    return f"realpolitik report {shlex.quote(str(folder))}"


def _draw(run: "Run", further: "Further", formats: tuple["Format", ...]) -> None:
    """Draws every chart of the report, those of its further parts among them."""
    from realpolitik.sim.cli.images import credit_of_run, figures_of_run, put_pictures
    from realpolitik.sim.documents.document import figures_in

    own = figures_of_run(run.manifest, run.runs, run.weeks, run.events, run.acts)
    beside = figures_in(further.sections)
    put_pictures(own | beside, run.folder, formats, credit_of_run(run.manifest))

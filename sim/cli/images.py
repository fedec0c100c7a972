"""Pictures of a run or a study: which charts, what is said at their foot, and where they go.

They are drawn from what is in the folder, and are no part of it: no manifest lists them.
"""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from realpolitik.sim.analysis.scenarios import ScenarioStudy
from realpolitik.sim.analysis.study import Study
from realpolitik.sim.cli.exits import InputError, note
from realpolitik.sim.cli.files import room_for_results
from realpolitik.sim.documents.scenarios import scenarios_document
from realpolitik.sim.documents.study import study_document
from realpolitik.sim.experiments.run_folder import Run
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.ours import PICTURES, drop_pictures
from realpolitik.sim.formatting.numbers import how_many_worlds
from realpolitik.sim.image_export import Format, NoBrowserError, find_browser, write_pictures

Json = Mapping[str, Any]
Figures = dict[str, go.Figure]

CAVEAT = "a model, not a forecast"


def check_browser(formats: Sequence[Format], folder: Path | None = None) -> None:
    """Says before anything is run that there is nothing to draw with, or no place in the folder.

    Raises:
        InputError: pictures are wanted, and there is no browser, or they cannot be written.
    """
    if not formats:
        return
    try:
        find_browser()
    except NoBrowserError as error:
        raise InputError(str(error)) from None
    if folder:
        with _told_of(folder / PICTURES):
            Folder(folder).names(PICTURES)  # refuses a link
        with room_for_results(folder / PICTURES):
            pass


def put_pictures(
    figures: Mapping[str, go.Figure], folder: Path, formats: Sequence[Format], credit: str
) -> list[Path]:
    """Draws figures into `folder/pictures`, and says so; earlier ones of these formats go.

    Raises:
        InputError: there is no browser, or the folder cannot be written.
        DrawingError: the browser failed.
    """
    if not formats:
        return []
    files, home = Folder(folder), folder / PICTURES
    with _told_of(home):
        files.sweep_up(PICTURES)
        paths = write_pictures(figures, files.below(PICTURES), formats, credit)
        drop_pictures(files, formats, keep={path.name for path in paths})
    note(f"{len(paths)} pictures in {home}" if len(paths) != 1 else f"1 picture in {home}")
    return paths


@contextlib.contextmanager
def _told_of(home: Path) -> Iterator[None]:
    try:
        yield
    except NoBrowserError as error:
        raise InputError(str(error)) from None
    except OSError as error:
        raise InputError(f"{home}: cannot be written: {error.strerror}") from None


# ── Runs and studies ─────────────────────────────────────────────────────────────────


def put_pictures_of_study(study: Study, formats: Sequence[Format]) -> list[Path]:
    """Draws the charts of a study; see `put_pictures`."""
    if not formats:
        return []
    figures = study_document(study).figures()
    return put_pictures(figures, study.folder, formats, credit_of_study(study.findings.study))


def put_pictures_of_scenarios(found: ScenarioStudy, formats: Sequence[Format]) -> list[Path]:
    """Draws the charts that put several scenarios side by side; see `put_pictures`."""
    if not formats:
        return []
    figures = scenarios_document(found).figures()
    first = next(iter(found.studies.values())).findings.study
    worlds = f"{how_many_worlds(int(first['worlds']))} a point"
    credit = credit_line(first["version"], found.about["name"], first["seed"], worlds)
    return put_pictures(figures, found.folder, formats, credit)


# ── Credits ──────────────────────────────────────────────────────────────────────────


def credit_of_run(run: Run) -> str:
    """Such as "realpolitik 0.1.0 · haniyeh_2024 · seed 0 · 1,000 worlds · a model, …"."""
    manifest = run.manifest
    return credit_line(
        manifest["tool"]["version"],
        manifest["scenario"]["name"],
        manifest["seed"],
        how_many_worlds(int(manifest["worlds"])),
    )


def credit_of_study(study: Json) -> str:
    """The same for a study, whose worlds are those of each point."""
    what = f"{study['name']} ({study['scenario']['name']})"
    worlds = f"{how_many_worlds(int(study['worlds']))} a point"
    if study.get("until"):
        worlds = f"{worlds} and more"
    return credit_line(study["version"], what, study["seed"], worlds)


def credit_line(version: str, what: str, seed: int, worlds: str) -> str:
    """The line at the foot of a picture: tool and version, what was run, seed, worlds."""
    parts = (f"realpolitik {version}", what, f"seed {seed}", worlds, CAVEAT)
    return " · ".join(parts)

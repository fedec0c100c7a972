"""Whether a folder may be used for a study, and what it holds of it already."""

import contextlib
from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from realpolitik.sim.experiments.chunks import Chunk
from realpolitik.sim.experiments.design import design, extend_design
from realpolitik.sim.experiments.plan import Plan
from realpolitik.sim.experiments.study_folder import (
    FAILED,
    PARTS,
    POINTS,
    SETTINGS,
    DamagedPartError,
    StudyFolder,
    StudyFolderError,
)
from realpolitik.sim.experiments.study_settings import changes, describe, going_on, hindrances
from realpolitik.sim.files.json_text import indented
from realpolitik.sim.files.ours import ForeignError, refuse_foreign
from realpolitik.sim.scenario.serialise import dump_scenario
from realpolitik.sim.stats.intervals import Scale


def open_folder(folder: StudyFolder, plan: Plan, *, resume: bool, extend: bool) -> pd.DataFrame:
    """Makes the folder ready for the plan, and gives its points.

    Raises:
        StudyFolderError: it holds something else, other settings, or an unfinished study that
            nobody asked to go on with.
    """
    asked = describe(plan)
    if not folder.is_begun:
        _refuse_strangers(folder)
    if not folder.is_begun or folder.is_bare:
        folder.begin(asked, dump_scenario(plan.scenario), design(plan))
        folder.sweep_out()
        return folder.points()
    there = folder.settings()
    if other := list(changes(there, asked)):
        hindering = list(hindrances(there, asked))
        if hindering:
            told = hindering if extend else other
            raise _refusal(folder, told, "an extension can only add")
        if not extend:
            raise _refusal(folder, other, "--extend adds to it")
        points = extend_design(_points_there(folder, plan), design(plan))
        folder.drop_changed()
    elif folder.is_finished:
        folder.sweep_out()
        if resume or extend:
            folder.put_subject(dump_scenario(plan.scenario), _points_there(folder, plan))
            folder.put_settings(going_on(there, asked))
        else:
            folder.refuse_changed(SETTINGS)
        return folder.points()
    elif resume or extend:  # a kill may have come while another plan was being written
        points = extend_design(_points_there(folder, plan), design(plan))
    else:
        parts, points = len(folder.chunks()), folder.points()
        raise StudyFolderError(
            f"{folder.path}: holds this study unfinished ({parts:,} parts at {len(points):,} "
            "points); --resume goes on with it"
        )
    folder.begin(going_on(there, asked), dump_scenario(plan.scenario), points)
    folder.sweep_out()
    return folder.points()


def _points_there(folder: StudyFolder, plan: Plan) -> pd.DataFrame:
    """The points that are there; of a study without parts, or never grown, they are made anew.

    Raises:
        StudyFolderError: they are damaged, and nobody knows any more which part belongs to which.
    """
    with contextlib.suppress(DamagedPartError):
        points = folder.points()
        if POINTS not in folder.changed_files():
            return points
    points = design(plan)
    if folder.chunks() and not folder.lists_points(points):
        raise StudyFolderError(
            f"{folder.path / POINTS}: damaged or missing, and the parts are numbered by it; "
            "put back a copy of it, or begin anew with --out"
        )
    return points


def _refuse_strangers(folder: StudyFolder) -> None:
    """Makes sure that nothing is there but what a kill may have left, before there was a study."""
    left = [kind for kind in (PARTS, FAILED) if not folder.files.names(kind)]
    try:
        refuse_foreign(folder.files, SETTINGS, left)
    except ForeignError as error:
        raise StudyFolderError(f"{folder.path}: {error.strerror}") from None


def _refusal(folder: StudyFolder, reasons: list[str], advice: str) -> StudyFolderError:
    told = f"holds a study with other settings; --out takes another folder, {advice}"
    return StudyFolderError(f"{folder.path}: {told}", *indented(reasons))


def sound_parts(
    folder: StudyFolder, scales: Mapping[str, Scale], marks: Mapping[int, str]
) -> Iterator[tuple[Chunk, pd.DataFrame | str]]:
    """Each part that is there, or why it must be made again; such a part is removed.

    Args:
        folder: Where they are.
        scales: Those of the outcomes that it must hold.
        marks: What the parts of each point are marked with.
    """
    changed = set(folder.changed_files())
    for chunk in sorted(folder.chunks()):
        part = _sound_part(folder, chunk, scales, changed, marks.get(chunk.point, ""))
        if isinstance(part, str):
            folder.drop_part(chunk)
        yield chunk, part


def _sound_part(
    folder: StudyFolder,
    chunk: Chunk,
    scales: Mapping[str, Scale],
    changed: Collection[str],
    mark: str,
) -> pd.DataFrame | str:
    """A part, or what is wrong with it."""
    try:
        part = folder.part(chunk, scales, mark)
    except DamagedPartError as error:
        return str(error)
    if f"{PARTS}/{chunk.name}.parquet" in changed:
        return f"{PARTS}/{chunk.name}.parquet: not the file that was written"
    lacking = [name for name in scales if name not in part.columns]
    return f"{chunk.name}: does not hold {lacking[0]} yet" if lacking else part

"""The run folder: what an ensemble leaves on disk, whole or not at all.

Everything is written into a hidden folder beside its final place, the manifest last, and the
folder is then renamed: a kill at any moment leaves nothing under a final name that is half made.
"""

import datetime
import errno
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from realpolitik.sim.experiments.drawing import Drawing
from realpolitik.sim.experiments.ensemble import Result
from realpolitik.sim.experiments.located import read_record
from realpolitik.sim.experiments.manifest import configuration_hash, describe
from realpolitik.sim.experiments.schemas import RunManifest
from realpolitik.sim.experiments.sealing import sealed
from realpolitik.sim.experiments.table_forms import forms_of_run, misfits
from realpolitik.sim.experiments.uncertain import Assumed
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.json_text import RecordError, as_json
from realpolitik.sim.files.ours import ForeignError, drop_pictures, refuse_foreign
from realpolitik.sim.files.parquet import frame_of, read_table
from realpolitik.sim.scenario.kinds import other_kind
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import dump_scenario
from realpolitik.sim.stats.intervals import Scale

TABLES = ("runs", "weeks", "events", "acts")
MANIFEST, SCENARIO = "manifest.json", "scenario.yaml"
REPORT = "report.html"
LATEST = "latest"  # link to the newest of all results, beside the folders of runs
BEGUN = {"unfinished": True}  # the manifest of a run that is being written into its folder


@dataclass(frozen=True)
class Run:
    """A run folder read back: its manifest and its tables."""

    folder: Path
    manifest: dict[str, Any]
    runs: pd.DataFrame
    weeks: pd.DataFrame
    events: pd.DataFrame
    acts: pd.DataFrame


class NotARunError(RecordError):
    """A folder that is no finished run, or was changed since."""


def write_run(result: Result, out: Path, called: str = "", assumed: Assumed | None = None) -> Path:
    """Writes a run folder below `out/<scenario>/`, without a report, and gives its path.

    Args:
        result: The ensemble.
        out: The results folder; made if it is missing.
        called: How the scenario was asked for, if not by its name; for the command that repeats
            the run.
        assumed: What the numbers do to the outcomes, if that was asked.

    Raises:
        OSError: the folder cannot be made or written.
    """
    now = datetime.datetime.now(datetime.UTC)
    results, home = Folder(out), home_of(result.scenario)
    results.make(home)
    results.sweep_up(home)
    while (folder := _written(results, home, result, now, (called, assumed))) is None:
        now += datetime.timedelta(microseconds=1)  # another run has that name
    return folder


def _written(
    results: Folder,
    home: str,
    result: Result,
    now: datetime.datetime,
    told: tuple[str, Assumed | None],
) -> Path | None:
    """The folder of the run, named after the moment; None if there is one of that name."""
    name = f"{home}/{now:%Y%m%dT%H%M%S.%fZ}-{configuration_hash(result)[:8]}"
    try:
        with results.new_folder(name) as draft:
            _fill(draft, result, describe(result, now, *told))
    except OSError as error:
        if error.errno in {errno.EEXIST, errno.ENOTEMPTY}:
            return None
        raise
    return results.place / name


def home_of(scenario: Scenario) -> str:
    """Name of the folder of all runs of a scenario; never that of the link to the newest."""
    return f"{scenario.name}_" if scenario.name == LATEST else scenario.name


def write_run_at(
    result: Result, folder: Path, called: str = "", assumed: Assumed | None = None
) -> None:
    """Writes a run folder that is new, empty, or was such a run; arguments as of `write_run`.

    Raises:
        OSError: it cannot be made or written.
    """
    manifest = describe(result, datetime.datetime.now(datetime.UTC), called, assumed)
    if not folder.exists() and not folder.name.startswith("."):
        beside = Folder(folder.parent)
        beside.make()
        beside.sweep_up(every=False)
        with beside.new_folder(folder.name) as draft:
            _fill(draft, result, manifest)
        return
    there = Folder(folder)
    there.make()
    there.sweep_up()
    there.write_text(MANIFEST, as_json(BEGUN))
    drop_pictures(there)
    _fill(there, result, manifest)


def refuse_other_run(
    folder: Path, scenario: Scenario, worlds: int, seed: int, drawing: Drawing | None = None
) -> None:
    """Makes sure that a folder is new, empty, or holds this very run.

    Raises:
        ForeignError: it holds something else.
        RecordError: its manifest is none of a run, or damaged.
        OSError: it cannot be looked into.
    """
    there = Folder(folder)
    refuse_foreign(there, MANIFEST)
    if not there.has(MANIFEST):
        return
    if _is_begun(there):
        return
    manifest = read_record(there, MANIFEST, RunManifest)
    try:
        drawn = (manifest.get("uncertain") or {}).get("drawn")
        settings = manifest["worlds"], manifest["seed"], drawn, there.read_text(SCENARIO)
    except (OSError, ValueError):
        settings = None
    asked = drawing.facts if drawing else None
    if settings != (worlds, seed, asked, dump_scenario(scenario)):
        told = "holds another run, or something else; --out takes another folder"
        raise ForeignError(folder, told)


def _is_begun(folder: Folder) -> bool:
    """Whether a run was being written into a folder when a kill came."""
    try:
        return bool(folder.read_json(MANIFEST) == BEGUN)
    except (OSError, ValueError):
        return False


def _fill(draft: Folder, result: Result, manifest: dict[str, Any]) -> None:
    """Writes the files of a run, the manifest last."""
    tables = {name: getattr(result, name) for name in TABLES}
    draft.write_text(SCENARIO, dump_scenario(result.scenario))
    for name, table in tables.items():
        with draft.writing(f"{name}.parquet") as stream:
            table.to_parquet(stream, index=False)
    files = {
        name: draft.digest(name) for name in draft.names() if draft.has(name) and name != MANIFEST
    }
    draft.write_text(MANIFEST, as_json(sealed(manifest | {"files": files})))


def read_run(folder: Path) -> Run:
    """Reads a run folder back.

    Raises:
        NotARunError: there is no manifest or it is damaged, or a file is missing or not the one it
            lists; the report alone may be, since it is made of the others.
    """
    if told := other_kind(folder, "run"):
        raise NotARunError(f"{folder}: {told}")
    files = Folder(folder)
    if not files.has(MANIFEST):
        raise NotARunError(f"{folder}: not a run folder (there is no {MANIFEST})")
    try:
        manifest = read_record(files, MANIFEST, RunManifest)
    except RecordError as error:
        raise NotARunError(str(error)) from None
    listed = manifest["files"]
    tables = {name: _read_table(files, f"{name}.parquet", listed) for name in TABLES}
    for name in sorted({*listed, SCENARIO} - {REPORT, *(f"{table}.parquet" for table in TABLES)}):
        if not _is(files, name, listed.get(name)):
            told = f"missing, or not the file that {MANIFEST} lists"
            raise NotARunError(f"{files.place / name}: {told}")
    _refuse_misfits(files, manifest, tables)
    return Run(folder, manifest, **tables)


def _refuse_misfits(
    files: Folder, manifest: dict[str, Any], tables: Mapping[str, pd.DataFrame]
) -> None:
    """Makes sure that the tables hold what the manifest speaks of."""
    about, worlds = manifest["scenario"], manifest["worlds"]
    scales = {one["name"]: Scale.of(one["scale"], about["weeks"]) for one in manifest["outcomes"]}
    codes = [actor["code"] for actor in about["actors"]]
    forms = forms_of_run(scales, worlds, about["weeks"], codes)
    for name, form in forms.items():
        if told := next(misfits(tables[name], form), ""):
            raise NotARunError(f"{files.place / name}.parquet: {told}")
    if tables["runs"]["world"].tolist() != [*range(worlds)]:
        told = f"world: expected 0 to {worlds - 1}, each once, as {MANIFEST} counts them"
        raise NotARunError(f"{files.place / 'runs.parquet'}: {told}")


def _is(files: Folder, name: str, digest: str | None) -> bool:
    """Whether a file is there and has that digest."""
    try:
        return files.digest(name) == digest
    except OSError:
        return False


def _read_table(files: Folder, name: str, listed: Mapping[str, str]) -> pd.DataFrame:
    path = files.place / name
    try:
        if files.digest(name) == listed.get(name):
            return frame_of(read_table(files.read(name), path))
    except FileNotFoundError:
        pass
    except (OSError, pa.ArrowException) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise NotARunError(f"{path}: cannot be read: {reason}") from None
    raise NotARunError(f"{path}: missing, or not the file that {MANIFEST} lists")


def write_report(run: Run, page: str) -> Path:
    """Puts a report beside a run in place of the one before, and notes it in the manifest."""
    folder = Folder(run.folder)
    folder.sweep_up()
    folder.write_text(REPORT, page)
    files = run.manifest["files"] | {REPORT: folder.digest(REPORT)}
    folder.write_text(MANIFEST, as_json(sealed(run.manifest | {"files": files})))
    return run.folder / REPORT

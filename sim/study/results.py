"""The run folder: what an ensemble leaves on disk, whole or not at all.

Everything is written into a hidden folder beside its final place, the manifest last, and the
folder is then renamed: a kill at any moment leaves nothing under a final name that is half made.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.json_text import as_json
from realpolitik.sim.files.parquet import frame_of, read_table
from realpolitik.sim.scenario.dumping import dump_scenario
from realpolitik.sim.scenario.kinds import other_kind
from realpolitik.sim.study.ensemble import Result
from realpolitik.sim.study.manifest import configuration_hash, describe

TABLES = ("runs", "weeks", "events", "acts")
MANIFEST = "manifest.json"
REPORT = "report.html"


@dataclass(frozen=True)
class Run:
    """A run folder read back: its manifest and its tables."""

    folder: Path
    manifest: dict[str, Any]
    runs: pd.DataFrame
    weeks: pd.DataFrame
    events: pd.DataFrame
    acts: pd.DataFrame


Render = Callable[..., str]


class NotARunError(Exception):
    """A folder that is no finished run."""


def write_run(result: Result, out: Path, render: Render | None = None, called: str = "") -> Path:
    """Writes a run folder below `out/<scenario>/` and gives its path.

    Args:
        result: The ensemble.
        out: The results folder; made if it is missing.
        render: Makes the report from (manifest, runs, weeks, events, acts); none is written
            without it.
        called: How the scenario was asked for, if not by its name; for the command that repeats
            the run.

    Raises:
        OSError: the folder cannot be made or written.
    """
    now = datetime.datetime.now(datetime.UTC)
    name = f"{now:%Y%m%dT%H%M%S.%fZ}-{configuration_hash(result)[:8]}"
    results, home = Folder(out), result.scenario.name
    results.make(home)
    results.sweep_up(home)
    with results.new_folder(f"{home}/{name}") as draft:
        _fill(draft, result, describe(result, now, called), render)
    return out / home / name


def _fill(draft: Folder, result: Result, manifest: dict[str, Any], render: Render | None) -> None:
    """Writes the files of a run, the manifest last."""
    tables = {name: getattr(result, name) for name in TABLES}
    draft.write_text("scenario.yaml", dump_scenario(result.scenario))
    for name, table in tables.items():
        with draft.writing(f"{name}.parquet") as stream:
            table.to_parquet(stream, index=False)
    if render:
        draft.write_text(REPORT, render(manifest, **tables))
    manifest["files"] = {name: draft.digest(name) for name in draft.names()}
    draft.write_text(MANIFEST, as_json(manifest))


def read_run(folder: Path) -> Run:
    """Reads a run folder back.

    Raises:
        NotARunError: there is no manifest, or a file is missing or not the one it lists.
    """
    if told := other_kind(folder, "run"):
        raise NotARunError(f"{folder}: {told}")
    files = Folder(folder)
    try:
        manifest = files.read_json(MANIFEST)
        listed = {name: manifest["files"][f"{name}.parquet"] for name in TABLES}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotARunError(f"{folder}: not a run folder (no readable {MANIFEST})") from error
    tables = {name: _read_table(files, f"{name}.parquet", listed[name]) for name in TABLES}
    return Run(folder, manifest, **tables)


def _read_table(files: Folder, name: str, expected: str) -> pd.DataFrame:
    path = files.place / name
    try:
        content = files.read(name)
        if sha256(content).hexdigest() == expected:
            return frame_of(read_table(content, path))
    except FileNotFoundError:
        pass
    except (OSError, pa.ArrowException) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise NotARunError(f"{path}: cannot be read: {reason}") from None
    raise NotARunError(f"{path}: missing, or not the file that {MANIFEST} lists")


def rewrite_report(run: Run, render: Render) -> Path:
    """Makes the report of a run anew, and notes it in the manifest."""
    tables = {name: getattr(run, name) for name in TABLES}
    folder = Folder(run.folder)
    folder.sweep_up()
    folder.write_text(REPORT, render(run.manifest, **tables))
    files = run.manifest["files"] | {REPORT: folder.digest(REPORT)}
    folder.write_text(MANIFEST, as_json(run.manifest | {"files": files}))
    return run.folder / REPORT

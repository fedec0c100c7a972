"""The run folder: what an ensemble leaves on disk, whole or not at all.

Everything is written into a hidden folder beside its final place, the manifest last, and the
folder is then renamed: a kill at any moment leaves nothing under a final name that is half made.
"""

import datetime
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from realpolitik.sim.scenario.dumping import dump_scenario
from realpolitik.sim.study.ensemble import Result
from realpolitik.sim.study.files import UNFINISHED, as_json, put_text, sha256
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
    home = out / result.scenario.name
    home.mkdir(parents=True, exist_ok=True)
    final = home / f"{now:%Y%m%dT%H%M%S.%fZ}-{configuration_hash(result)[:8]}"
    draft = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=home))
    try:
        _fill(draft, result, describe(result, now, called), render)
        draft.chmod(0o755)
        draft.rename(final)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return final


def _fill(draft: Path, result: Result, manifest: dict[str, Any], render: Render | None) -> None:
    """Writes the files of a run, the manifest last."""
    tables = {name: getattr(result, name) for name in TABLES}
    (draft / "scenario.yaml").write_text(dump_scenario(result.scenario), encoding="utf-8")
    for name, table in tables.items():
        table.to_parquet(draft / f"{name}.parquet", index=False)
    if render:
        (draft / REPORT).write_text(render(manifest, **tables), encoding="utf-8")
    manifest["files"] = {path.name: sha256(path) for path in sorted(draft.iterdir())}
    (draft / MANIFEST).write_text(as_json(manifest), encoding="utf-8")


def read_run(folder: Path) -> Run:
    """Reads a run folder back.

    Raises:
        NotARunError: there is no manifest, or a file is missing or not the one it lists.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        listed = {name: manifest["files"][f"{name}.parquet"] for name in TABLES}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotARunError(f"{folder}: not a run folder (no readable {MANIFEST})") from error
    for name, expected in listed.items():
        path = folder / f"{name}.parquet"
        if not path.is_file() or sha256(path) != expected:
            raise NotARunError(f"{path}: missing, or not the file that {MANIFEST} lists")
    tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}
    return Run(folder, manifest, **tables)


def rewrite_report(run: Run, render: Render) -> Path:
    """Makes the report of a run anew, and notes it in the manifest."""
    tables = {name: getattr(run, name) for name in TABLES}
    report = run.folder / REPORT
    put_text(report, render(run.manifest, **tables))
    files = run.manifest["files"] | {REPORT: sha256(report)}
    put_text(run.folder / MANIFEST, as_json(run.manifest | {"files": files}))
    return report

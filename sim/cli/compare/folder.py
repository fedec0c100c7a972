"""The folder of a comparison: whose it is, and what is put there."""

import contextlib
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.folders import room_for_results
from realpolitik.sim.report import render_comparison
from realpolitik.sim.study.compare.comparison import Comparison
from realpolitik.sim.study.compare.lineup import Lineup, Setting, settings_in
from realpolitik.sim.study.files import alone_in, as_json, put_text
from realpolitik.sim.study.results import MANIFEST
from realpolitik.sim.study.sweep.folder import PICTURES

HOME = Path("results") / "comparisons"
PAGE = "compare.html"
LONGEST_NAME = 120


def default_folder(lineup: Lineup) -> Path:
    """Such as `haniyeh_2024_vs_wedge-1f0c83ab`: the names, and a digest of the settings."""
    plain = (re.sub(r"[^A-Za-z0-9_.-]+", "-", one.key) for one in lineup.subjects)
    names = "_vs_".join(plain)[:LONGEST_NAME].strip("-.")
    digest = hashlib.sha256(json.dumps(lineup.settings).encode()).hexdigest()
    return HOME / f"{names}-{digest[:8]}"


@contextlib.contextmanager
def folder_for(lineup: Lineup, folder: Path) -> Iterator[None]:
    """Keeps the folder for one comparison, and for one process until its end.

    Raises:
        InputError: it cannot be written, is in use, or holds something else.
    """
    with room_for_results(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with alone_in(folder) as alone:
            if not alone:
                raise InputError(f"{folder}: another process is at work in it; --out takes another")
            _refuse_others(folder, lineup)
            yield


def _refuse_others(folder: Path, lineup: Lineup) -> None:
    """A comparison may be made again; whatever else has a manifest there stays."""
    if not (folder / MANIFEST).exists():
        return
    try:
        there = settings_in(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        there = None
    advice = "--out takes another folder"
    if there is None:
        raise InputError(f"{folder}: its {MANIFEST} is not that of a comparison; {advice}")
    if there != lineup.settings:
        raise InputError(
            f"{folder}: holds another comparison; {advice}, or remove this one\n"
            f"  there: {_said(there)}\n  asked: {_said(lineup.settings)}"
        )


def _said(settings: list[Setting]) -> str:
    return ", ".join(
        f"{called} ({worlds} worlds, seed {seed})" for called, worlds, seed in settings
    )


def write(found: Comparison, folder: Path) -> None:
    """Every table as CSV, the page, and at last the manifest; pictures of before go.

    Raises:
        InputError: something cannot be written.
    """
    try:
        if (folder / MANIFEST).exists():
            shutil.rmtree(folder / PICTURES, ignore_errors=True)
            (folder / MANIFEST).unlink()
        (folder / "tables").mkdir(exist_ok=True)
        for name, frame in found.tables.items():
            text = frame.to_csv(index=False, lineterminator="\n")
            put_text(folder / "tables" / f"{name}.csv", text)
        put_text(folder / PAGE, render_comparison(found.manifest, found.tables))
        put_text(folder / MANIFEST, as_json(found.manifest))
    except OSError as error:
        where = error.filename2 or error.filename or folder
        raise InputError(f"{where}: cannot be written: {error.strerror}") from None

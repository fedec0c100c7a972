"""The folder of a comparison: whose it is, and what is put there."""

import contextlib
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.folders import room_for_results
from realpolitik.sim.files.csv_text import csv_text
from realpolitik.sim.files.drafts import alone_in
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.json_text import RecordError, as_json
from realpolitik.sim.files.ours import PICTURES, ForeignError, drop_pictures, refuse_foreign
from realpolitik.sim.report import render_comparison
from realpolitik.sim.study.compare.comparison import Comparison
from realpolitik.sim.study.compare.lineup import Lineup, Setting, settings_in
from realpolitik.sim.study.located import FORMAT, Record, read_record
from realpolitik.sim.study.results import MANIFEST
from realpolitik.sim.study.schemas import ComparisonManifest, ComparisonMark
from realpolitik.sim.study.sealing import sealed
from realpolitik.sim.words.settings import set_words

HOME = Path("results") / "comparisons"
MARK, PAGE, TABLES = "comparison.json", "compare.html", "tables"
FORMS: Mapping[str, type[Record]] = {MARK: ComparisonMark, MANIFEST: ComparisonManifest}
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
            _refuse_others(Folder(folder), lineup)
            yield


def _refuse_others(folder: Folder, lineup: Lineup) -> None:
    """A comparison may be made again; whatever else is there stays."""
    mark = MARK if folder.has(MARK) else MANIFEST
    try:
        refuse_foreign(folder, mark)
    except ForeignError as error:
        raise InputError(f"{folder.place}: {error.strerror}") from None
    if not folder.has(mark):
        return
    advice = "--out takes another folder"
    try:
        there = settings_in(read_record(folder, mark, FORMS[mark]))
    except RecordError as error:
        told = f"its {mark} is not that of a comparison; {advice}"
        raise InputError(*error.lines, f"{folder.place}: {told}") from None
    if there != lineup.settings:
        raise InputError(
            f"{folder.place}: holds another comparison; {advice}, or remove this one",
            f"  there: {_said(there)}",
            f"  asked: {_said(lineup.settings)}",
        )


def _said(settings: list[Setting]) -> str:
    return ", ".join(
        f"{called} ({', '.join((f'{worlds} worlds, seed {seed}', *set_words(given)))})"
        for called, worlds, seed, given in settings
    )


def write(found: Comparison, path: Path) -> None:
    """What marks the folder, every table as CSV, the page, and at last the manifest.

    Pictures of before go, and drafts that a kill left.

    Raises:
        InputError: something cannot be written.
    """
    folder = Folder(path)
    try:
        mark = {"format": FORMAT, "scenarios": _settings_of(found)}
        folder.write_text(MARK, as_json(sealed(mark)))
        folder.sweep_up(TABLES, PICTURES)
        folder.remove(MANIFEST)
        drop_pictures(folder)
        for name, frame in found.tables.items():
            folder.write_text(f"{TABLES}/{name}.csv", csv_text(frame))
        folder.write_text(PAGE, render_comparison(found.manifest, found.tables))
        names = [*(f"{TABLES}/{name}.csv" for name in found.tables), PAGE]
        files = {name: folder.digest(name) for name in names}
        folder.write_text(MANIFEST, as_json(sealed(found.manifest | {"files": files})))
    except OSError as error:
        where = error.filename or path
        raise InputError(f"{where}: cannot be written: {error.strerror}") from None


def _settings_of(found: Comparison) -> list[dict[str, Any]]:
    """What tells one comparison from another."""
    keys = ("called", "worlds", "seed", "set")
    return [{key: one[key] for key in keys} for one in found.manifest["scenarios"]]

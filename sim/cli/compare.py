"""`realpolitik compare`: scenarios or runs in; tables, a page and a summary out."""

import contextlib
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from realpolitik.sim.cli.exits import InputError, note
from realpolitik.sim.cli.files import RESULTS, call_latest, room_for_results
from realpolitik.sim.cli.options import (
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
from realpolitik.sim.experiments.sealing import sealed
from realpolitik.sim.files.drafts import alone_in
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.json_text import RecordError, as_json
from realpolitik.sim.files.ours import PICTURES, ForeignError, drop_pictures, refuse_foreign
from realpolitik.sim.formatting.numbers import how_many_worlds, set_words

if TYPE_CHECKING:
    import pandas as pd

    from realpolitik.sim.comparison.comparison import Comparison
    from realpolitik.sim.comparison.inputs import Lineup, Setting
    from realpolitik.sim.documents.document import Document
    from realpolitik.sim.image_export import Format

HOME = RESULTS / "comparisons"
MARK, PAGE, TABLES = "comparison.json", "compare.html", "tables"
LONGEST_NAME = 120


@click.command()
@click.argument("subjects", metavar="BASELINE OTHER...", nargs=-1, required=True, type=Reference())
@worlds_option("Worlds of each.  [those of a run, or 1000]")
@seed_option("Seed of all draws.  [that of a run, or 0]", default=None)
@set_option
@folder_option("Folder of the comparison.  [results/comparisons/NAMES-SETTINGS]")
@json_option("Print all tables as one JSON object.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the outcomes as Markdown.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the outcomes as CSV.")
@picture_options
@progress_option
def compare(
    subjects: tuple[str, ...],
    worlds: int | None,
    seed: int | None,
    settings: dict[str, float],
    out: Path | None,
    as_json: bool,
    as_markdown: bool,
    as_csv: bool,
    formats: tuple["Format", ...],
    progress: bool,
) -> None:
    """Put scenarios side by side, world by world.

    It says what differs from the first, how surely, and from when on.

    Each is a scenario file, a shipped name, FILE#VARIANT or the folder of a run. World k has the
    same random numbers in all of them, so that differences are those of the scenarios.
    """
    if len(subjects) < 2:
        raise click.UsageError("a baseline and one other at least are wanted")
    forms = {"json": as_json, "markdown": as_markdown, "csv": as_csv}
    asked = [form for form, wanted in forms.items() if wanted]
    if len(asked) > 1:
        raise click.UsageError(f"--{asked[0]} and --{asked[1]} are two ways of printing; name one")
    from realpolitik.sim.cli.images import check_browser, put_pictures
    from realpolitik.sim.cli.progress import progress_bar
    from realpolitik.sim.comparison.comparison import compare_all
    from realpolitik.sim.comparison.inputs import line_up
    from realpolitik.sim.documents.compare import compare_document

    with checked(settings) as scenarios:
        lineup = line_up(subjects, worlds, seed, settings)
        scenarios.extend(lineup.scenarios)
    if settings and all(one.run for one in lineup.subjects):
        told = "all of these are runs, which have their own parameters; name a scenario"
        raise click.UsageError(f"--set {set_words(settings)[0]}: {told}")
    folder = out or default_folder(lineup)
    check_browser(formats, folder)
    with _folder_for(lineup, folder):
        with progress_bar(progress, last="Writing the page") as tell:
            found = compare_all(lineup, tell)
            document = compare_document(found, str(folder))
            _write(found, document, folder)
        call_latest(folder)
        for remark in found.manifest["notes"]:
            note(f"note: {remark}")
        _print(found, document, folder, asked)
        if formats:
            put_pictures(document.figures(), folder, formats, credit_of(found))


def credit_of(found: "Comparison") -> str:
    """What stands at the foot of its pictures."""
    from realpolitik.sim.cli.images import CAVEAT, credit_line

    about, version = found.manifest, found.manifest["tool"]["version"]
    sides = [(one["key"], one["seed"], one["worlds"]) for one in about["scenarios"]]
    if len({side[1:] for side in sides}) == 1:
        worlds = how_many_worlds(about["worlds"])
        return credit_line(version, " / ".join(key for key, *_ in sides), about["seed"], worlds)
    each = (f"{key} (seed {seed}, {how_many_worlds(worlds)})" for key, seed, worlds in sides)
    return " · ".join((f"realpolitik {version}", " / ".join(each), CAVEAT))


# ── Its folder ───────────────────────────────────────────────────────────────────────


def default_folder(lineup: "Lineup") -> Path:
    """Such as `haniyeh_2024_vs_wedge-1f0c83ab`: the names, and a digest of the settings."""
    plain = (re.sub(r"[^A-Za-z0-9_.-]+", "-", one.key) for one in lineup.subjects)
    names = "_vs_".join(plain)[:LONGEST_NAME].strip("-.")
    digest = hashlib.sha256(json.dumps(lineup.settings).encode()).hexdigest()
    return HOME / f"{names}-{digest[:8]}"


@contextlib.contextmanager
def _folder_for(lineup: "Lineup", folder: Path) -> Iterator[None]:
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


def _refuse_others(folder: Folder, lineup: "Lineup") -> None:
    """A comparison may be made again; whatever else is there stays."""
    from realpolitik.sim.comparison.inputs import settings_in
    from realpolitik.sim.experiments.located import read_record
    from realpolitik.sim.experiments.run_folder import MANIFEST
    from realpolitik.sim.experiments.schemas import ComparisonManifest, ComparisonMark

    is_marked = folder.has(MARK)
    mark, form = (MARK, ComparisonMark) if is_marked else (MANIFEST, ComparisonManifest)
    try:
        refuse_foreign(folder, mark)
    except ForeignError as error:
        raise InputError(f"{folder.place}: {error.strerror}") from None
    if not folder.has(mark):
        return
    advice = "--out takes another folder"
    try:
        there = settings_in(read_record(folder, mark, form))
    except RecordError as error:
        told = f"its {mark} is not that of a comparison; {advice}"
        raise InputError(*error.lines, f"{folder.place}: {told}") from None
    if there != lineup.settings:
        raise InputError(
            f"{folder.place}: holds another comparison; {advice}, or remove this one",
            f"  there: {_describe_settings(there)}",
            f"  asked: {_describe_settings(lineup.settings)}",
        )


def _describe_settings(settings: "list[Setting]") -> str:
    return ", ".join(
        f"{called} ({', '.join((f'{worlds} worlds, seed {seed}', *set_words(given)))})"
        for called, worlds, seed, given in settings
    )


def _write(found: "Comparison", document: "Document", path: Path) -> None:
    """What marks the folder, every table as CSV, the page, and at last the manifest.

    Pictures of before go, and drafts that a kill left.

    Raises:
        InputError: something cannot be written.
    """
    from realpolitik.sim.documents.html_page import render
    from realpolitik.sim.experiments.located import FORMAT
    from realpolitik.sim.experiments.run_folder import MANIFEST
    from realpolitik.sim.files.csv_text import csv_text

    folder = Folder(path)
    try:
        mark = {"format": FORMAT, "scenarios": _settings_of(found)}
        folder.write_text(MARK, as_json(sealed(mark)))
        folder.sweep_up(TABLES, PICTURES)
        folder.remove(MANIFEST)
        drop_pictures(folder)
        for name, frame in found.tables.items():
            folder.write_text(f"{TABLES}/{name}.csv", csv_text(frame))
        folder.write_text(PAGE, render(document))
        names = [*(f"{TABLES}/{name}.csv" for name in found.tables), PAGE]
        files = {name: folder.digest(name) for name in names}
        folder.write_text(MANIFEST, as_json(sealed(found.manifest | {"files": files})))
    except OSError as error:
        where = error.filename or path
        raise InputError(f"{where}: cannot be written: {error.strerror}") from None


def _settings_of(found: "Comparison") -> list[Mapping[str, Any]]:
    """What tells one comparison from another."""
    keys = ("called", "worlds", "seed", "set")
    return [{key: one[key] for key in keys} for one in found.manifest["scenarios"]]


# ── What is printed ──────────────────────────────────────────────────────────────────


def _print(found: "Comparison", document: "Document", folder: Path, asked: list[str]) -> None:
    """The document, in the form that is asked for."""
    from realpolitik.sim.cli.emit import emit
    from realpolitik.sim.cli.output import say, say_text
    from realpolitik.sim.documents.markdown import section
    from realpolitik.sim.files.csv_text import csv_text

    match asked:
        case ["markdown"]:
            say_text(f"\n{section(document, 'outcomes')}\n")
        case ["csv"]:
            say_text(csv_text(_flat(found)))
        case ["json"]:
            emit(document, as_json=True)
        case _:
            emit(document)
            say("", f"Folder  {folder}", f"Page    {folder / PAGE}")


def _flat(found: "Comparison") -> "pd.DataFrame":
    """The table of differences as it is, with the levels that they are of beside.

    Those have intervals and, of weeks, the share of worlds in which it came.
    """
    kept = found.levels[["scenario", "outcome", "n", "worlds", "came", "mean", "low", "high"]]
    levels = kept.rename(columns={"mean": "level", "low": "level_low", "high": "level_high"})
    baseline = levels[levels["scenario"] == found.manifest["scenarios"][0]["key"]]
    before = baseline.drop(columns="scenario").rename(columns=lambda name: f"{name}_baseline")
    after = levels.rename(columns=lambda name: f"{name}_other")
    whole = found.differences.merge(
        after, left_on=["scenario", "outcome"], right_on=["scenario_other", "outcome_other"]
    ).merge(before, left_on="outcome", right_on="outcome_baseline")
    return whole.drop(columns=["scenario_other", "outcome_other", "outcome_baseline"])

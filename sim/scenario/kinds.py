"""What a file or folder is, by what it holds, and which verb takes it.

Only looked at where it helps someone who has given a verb the wrong thing: the beginning of a file
or the names in a folder are enough.
"""

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from realpolitik.sim.files.json_text import parse_json
from realpolitik.sim.files.reading import MOST_JSON, MOST_TEXT, open_file, read_file

MOST_ENTRIES = 2000
"""Entries of a folder that are looked at."""


MOST_CONTROLS = 0.05
"""Share of control characters in what may still be text with a fault."""


@dataclass(frozen=True)
class Kind:
    """A kind of file or folder.

    Attributes:
        what: What to call it, with an article.
        advice: What takes it; `{}` stands for its path as a shell takes it.
    """

    what: str
    advice: str


NO_SCENARIO = "`realpolitik new NAME` writes a scenario to begin with"
KINDS: Mapping[str, Kind] = {
    # YAML of ours
    "scenario": Kind("a scenario", "`realpolitik run {}` runs it"),
    "episode": Kind("an episode", "`realpolitik hindcast {}` scores it"),
    "study": Kind("a study", "`realpolitik sweep {}` runs it"),
    "calibration": Kind("a calibration", "`realpolitik calibrate {}` runs it"),
    "claims": Kind("a file of claims", "`realpolitik validate {}` checks it"),
    "patterns": Kind("a file of patterns", "`realpolitik validate {}` checks it"),
    "findings": Kind("a file of findings", "`realpolitik validate {}` checks it"),
    # Folders of ours
    "run": Kind(
        "a run folder",
        "`realpolitik report {}` makes its report, and its scenario is {}/scenario.yaml",
    ),
    "sweep": Kind("a study folder", "`realpolitik report {}` makes its page"),
    "several": Kind(
        "a study folder of several scenarios", "`realpolitik report {}` makes its page"
    ),
    "comparison": Kind("a comparison folder", "its page is {}/compare.html"),
    "fit": Kind("a calibration folder", "its tables are in {}/tables"),
    "folder": Kind("a folder", "`realpolitik run NAME --out {}` puts a run into it"),
    # Files of ours that are no input
    "manifest": Kind("the manifest of a result", "`realpolitik report` takes its folder"),
    "page": Kind("a page of HTML", "it is for a browser; `realpolitik report` takes a folder"),
    # Files of others
    "events": Kind(
        "a table of events",
        "`realpolitik events {}` reads it into weekly acts",
    ),
    "table": Kind(
        "a table of values", "`realpolitik sweep SCENARIO --points {}` runs the points in one"
    ),
    "json": Kind("JSON of another kind", f"scenarios are YAML; {NO_SCENARIO}"),
    "xml": Kind("XML", f"scenarios are YAML; {NO_SCENARIO}"),
    "utf16": Kind(
        "text in UTF-16", "`iconv -f UTF-16 -t UTF-8 {} > utf8.yaml` makes it UTF-8, which is read"
    ),
    "gzip": Kind("compressed by gzip", "`gunzip -k {}` unpacks it"),
    "zip": Kind("a ZIP archive or an office document", f"scenarios are YAML; {NO_SCENARIO}"),
    "parquet": Kind(
        "a Parquet table", "`realpolitik replay {}` reads one of acts; `report` takes a folder"
    ),
    "picture": Kind("a picture", NO_SCENARIO),
    "pdf": Kind("a PDF", NO_SCENARIO),
    "binary": Kind("no text", NO_SCENARIO),
}

MAGIC: Mapping[bytes, str] = {
    b"\xff\xfe": "utf16",
    b"\xfe\xff": "utf16",
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"PAR1": "parquet",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"%PDF": "pdf",
}

OF_SCENARIOS = {"actors", "extends", "shocks", "outcomes", "start", "weeks", "variants", "deals"}
OF_EPISODES = {"episode", "aftermath"}
OF_CALIBRATIONS = {"patterns", "cutoff", "waves", "finalists", "final_worlds", "findings"}
LISTED = ("claims", "patterns", "findings")  # kinds whose files list them under that key
KEY = re.compile(r"^[\"']?(\w+)[\"']?[ \t]*:(?=\s|$)", re.MULTILINE)
EVENT_COLUMNS = {"source", "target", "actor1", "actor2", "event_date", "cameo", "cameo_code"}


def kind_of(content: bytes) -> str:
    """The kind of a file by what it holds; empty for text that may be a scenario with faults."""
    for beginning, kind in MAGIC.items():
        if content.startswith(beginning):
            return kind
    if kind := _unreadable(content[:4096]):
        return kind
    text = content.decode("utf-8", "replace").removeprefix("\ufeff").lstrip()
    if text.startswith("<"):
        is_page = re.match(r"<(!doctype\s+html|html)\b", text, re.IGNORECASE)
        return "page" if is_page else "xml"
    if text.startswith(("{", "[")):
        return _of_json(text)
    return _of_keys({*KEY.findall(text)}) or _of_table(text)


def _unreadable(content: bytes) -> str:
    """The kind of what is no UTF-8: letters with a zero before or behind each, or mere bytes."""
    halves = [any(content[start:64:2]) for start in (0, 1)]
    if len(content) > 3 and halves.count(True) == 1:
        return "utf16"
    controls = sum(byte < 32 and byte not in b"\t\n\f\r\x1b" for byte in content)
    return "binary" if controls > MOST_CONTROLS * len(content) else ""


def _of_keys(keys: set[str]) -> str:
    """The kind of YAML with these keys at the top."""
    if "vary" in keys or ("scenario" in keys and not keys & OF_SCENARIOS):
        listed = [kind for kind in LISTED if kind in keys and "vary" not in keys]
        return listed[0] if listed else "calibration" if keys & OF_CALIBRATIONS else "study"
    if keys & OF_SCENARIOS:
        return "episode" if keys & OF_EPISODES else "scenario"
    return next((kind for kind in LISTED if kind in keys), "")


def _of_json(text: str) -> str:
    """The kind of JSON; a scenario may be written in it, as that is YAML too."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    keys = {*value} if isinstance(value, dict) else set()
    if "tool" in keys or {"files", "version"} <= keys:
        return "manifest"
    return _of_keys(keys) or "json"


def _of_table(text: str) -> str:
    """The kind of a text whose first lines have as many commas, semicolons or tabs."""
    lines = [line for line in text.splitlines()[:3] if line.strip()]
    for mark in "\t,;":
        counts = {line.count(mark) for line in lines}
        if len(lines) > 1 and len(counts) == 1 and counts != {0} and f"{mark} " not in lines[0]:
            heads = {head.strip("\"' ").lower() for head in lines[0].split(mark)}
            return "events" if len(heads & EVENT_COLUMNS) > 1 else "table"
    return ""


# ── Folders ──────────────────────────────────────────────────────────────────────────


def kind_of_folder(folder: Path) -> str:
    """The kind of a folder; empty for one that may be of ours, and damaged."""
    marks = (("study.json", "sweep"), ("scenarios.json", "several"), ("calibration.json", "fit"))
    for mark, kind in marks:
        if (folder / mark).is_file():
            return kind
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        return "" if (folder / "runs.parquet").is_file() else "folder"
    told = _json_in(manifest)
    if isinstance(told.get("scenarios"), list):
        return "comparison"
    return "run" if "files" in told else ""


def _json_in(path: Path) -> dict[str, Any]:
    try:
        value = parse_json(read_file(path, MOST_JSON))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def newest_run(folder: Path) -> Path | None:
    """The newest run in a folder, or in the folders in it; runs are named after their time."""
    found = [
        path.parent
        for pattern in ("*/runs.parquet", "*/*/runs.parquet")
        for path in islice(folder.glob(pattern), MOST_ENTRIES)
        if (path.parent / "manifest.json").is_file()
    ]
    return max(found, key=lambda path: path.name, default=None)


# ── What is said ─────────────────────────────────────────────────────────────────────


def told_of(kind: str, path: str, wanted: str) -> str:
    """Such as "is a study, not a scenario; `realpolitik sweep x.yaml` runs it"."""
    shown = KINDS[kind]
    advice = shown.advice.replace("{}", shlex.quote(path))
    newest = newest_run(Path(path)) if kind == "folder" else None
    if newest:
        advice = f"its newest run: `realpolitik report {shlex.quote(str(newest))}`"
    what = "a folder of runs" if newest else shown.what
    return f"is {what}, not {KINDS[wanted].what}; {advice}"


def other_kind(path: str | Path, *wanted: str) -> str:
    """What `told_of` says of a file or folder of a kind that is not wanted; else nothing.

    Args:
        path: Where it lies.
        wanted: The kinds that are taken; the first is the one that was meant.
    """
    where = Path(path)
    try:
        if where.is_dir():
            kind = kind_of_folder(where)
        else:
            with open_file(where) as stream:
                kind = kind_of(stream.read(MOST_TEXT))
    except (OSError, ValueError):
        return ""
    return told_of(kind, str(path), wanted[0]) if kind and kind not in wanted else ""

"""What is said of a study: tables for people, an object for programs."""

import json
import math
from collections.abc import Iterator
from typing import Any

import pandas as pd
from rich.console import RenderableType

from realpolitik.sim.cli.console import attempt_blocks, show, table
from realpolitik.sim.cli.exits import note
from realpolitik.sim.cli.folders import going_on
from realpolitik.sim.cli.saying import say, say_json
from realpolitik.sim.cli.sweep.details import details, rows_of
from realpolitik.sim.report.run.tables import said, span
from realpolitik.sim.scenario.errors import ROUNDING
from realpolitik.sim.study.sweep.folder import PAGE
from realpolitik.sim.study.sweep.study import Study
from realpolitik.sim.words.scales import Measure, capped, how_many, with_came


def print_study(study: Study) -> None:
    """How each outcome varies, where thresholds are crossed, what failed, where everything is."""
    about = study.findings.study
    worlds = how_many([float(n) for n in study.findings.worlds], "worlds")
    points = f"{len(study.findings.points):,} points of {worlds}"
    title = f"{about['title']} ({about['scenario']['name']}, {points}, seed {about['seed']})"
    blocks = [
        *study.missing,
        *attempt_blocks("the note on worlds", lambda: _fallen_short(study)),
        *attempt_blocks("the table of the spread", lambda: _spread(study)),
        *details(study),
    ]
    show(title, "", *(block for made in blocks for block in (made, "")))
    for one in rows_of(study.failures):
        first, last = one["first_world"], one["first_world"] + one["worlds"] - 1
        note(f"failed: point {one['point']}, worlds {first}–{last}: {one['error']}")
    if len(study.failures):
        note(f"{len(study.failures):,} failed; try them again with: {going_on(study.folder)}")
    say(f"Folder  {study.folder}", f"Page    {study.folder / PAGE}")


def _spread(study: Study) -> Iterator[RenderableType]:
    """A row an outcome: its range over the points, and how much of that is chance."""
    if "spread" not in study.tables:
        return
    scales = _scales(study)
    rows = [
        (
            scales[one["outcome"]][0],
            with_came(said(one["mean"], scales[one["outcome"]][1]), one["came"]),
            span(one["least"], one["greatest"], scales[one["outcome"]][1]),
            _sd(one["parameter_sd"], scales[one["outcome"]][1]),
            _sd(one["noise_sd"], scales[one["outcome"]][1]),
        )
        for one in rows_of(study.tables["spread"])
    ]
    headings = ("Outcome", "Mean", "Least to greatest", "SD by parameters", "SD by chance")
    yield table(headings, rows, numbers=headings[1:])


def _fallen_short(study: Study) -> list[RenderableType]:
    """A line on the points at which `until` was not reached."""
    until = study.findings.study["until"]
    if not until or "summary" not in study.tables:
        return []
    summary = study.tables["summary"]
    rows = summary[summary["outcome"] == until["outcome"]]
    widths = (rows["high"] - rows["low"]).where(rows["worlds"] >= until["most"])
    short = widths[widths > until["width"] * (1 + ROUNDING)]
    if short.empty:
        return []
    measure = Measure(*_scales(study)[until["outcome"]])
    return [
        f"{measure.label}: {len(short):,} of {len(rows):,} points stopped at {until['most']:,} "
        f"worlds, up to {measure.size(short.max())} wide; asked for was "
        f"{measure.size(until['width'])}, and --extend --at-most adds worlds"
    ]


def _scales(study: Study) -> dict[str, tuple[str, str]]:
    """Outcome → its label, and of weeks what one that never came counts, and its scale."""
    about = study.findings.study
    weeks = about["scenario"]["weeks"]
    return {
        one["name"]: (capped(one["label"], one["scale"], weeks), one["scale"])
        for one in about["outcomes"]
    }


def _sd(value: float, scale: str) -> str:
    return said(value, scale) if math.isfinite(value) else "–"


def print_json(study: Study) -> None:
    """Everything that was found, as one JSON object; a number that does not exist is null."""
    say_json(told_of(study))


def told_of(study: Study) -> dict[str, Any]:
    """Everything that a study found, for a program."""
    return {
        "study": study.findings.study["name"],
        "folder": str(study.folder),
        "points": len(study.findings.points),
        "worlds": dict.fromkeys(study.findings.tallies, int(study.findings.worlds.sum())),
        "failures": records(study.failures),
        "tables": {name: records(one) for name, one in study.tables.items()},
        "missing": [*study.missing],
    }


def records(frame: pd.DataFrame) -> Any:
    """The rows of a table, for a program."""
    return json.loads(frame.to_json(orient="records", double_precision=12))

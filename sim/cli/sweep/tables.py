"""What is said of a study: tables for people, an object for programs."""

import json
import math
import sys
from typing import Any

import pandas as pd
from rich.console import RenderableType

from realpolitik.sim.cli.console import show, table
from realpolitik.sim.cli.exits import note
from realpolitik.sim.report.run.tables import said, span
from realpolitik.sim.study.sweep.folder import PAGE
from realpolitik.sim.study.sweep.study import Study

MOST_ROWS = 30  # a table on the terminal; the rest stands on the page


def print_study(study: Study) -> None:
    """How each outcome varies, where thresholds are crossed, what failed, where everything is."""
    about = study.findings.study
    worlds = int(next(iter(study.findings.tallies.values())).n.sum(axis=1).max())
    points = f"{len(study.findings.points):,} points of up to {worlds:,} worlds"
    title = f"{about['title']} ({points}, seed {about['seed']})"
    show(title, "", *(block for made in (_spread(study), *_details(study)) for block in (made, "")))
    for one in _rows(study.failures):
        first, last = one["first_world"], one["first_world"] + one["worlds"] - 1
        note(f"failed: point {one['point']}, worlds {first}–{last}: {one['error']}")
    if len(study.failures):
        note(
            f"{len(study.failures):,} failed; try them again with: "
            f"realpolitik sweep {study.folder} --resume"
        )
    sys.stdout.write(f"Folder  {study.folder}\nPage    {study.folder / PAGE}\n")


def _spread(study: Study) -> RenderableType:
    """A row an outcome: its range over the points, and how much of that is chance."""
    scales = _scales(study)
    rows = [
        (
            scales[one["outcome"]][0],
            said(one["mean"], scales[one["outcome"]][1]),
            span(one["least"], one["greatest"], scales[one["outcome"]][1]),
            _sd(one["parameter_sd"], scales[one["outcome"]][1]),
            _sd(one["noise_sd"], scales[one["outcome"]][1]),
        )
        for one in _rows(study.tables["spread"])
    ]
    headings = ("Outcome", "Mean", "Least to greatest", "SD by parameters", "SD by chance")
    return table(headings, rows, numbers=headings[1:])


def _details(study: Study) -> list[RenderableType]:
    """Whatever else the design gives: thresholds, effects, indices."""
    return [
        made(study)
        for name, made in (("tipping", _tipping), ("sobol", _sobol), ("morris", _morris))
        if name in study.tables and len(study.tables[name])
    ]


def _tipping(study: Study) -> RenderableType:
    scales = _scales(study)
    rows = [
        (
            scales[one["outcome"]][0],
            said(one["threshold"], scales[one["outcome"]][1]),
            one["address"],
            _number(one["value"]) if one["direction"] != "never" else "never",
            _range(one["low"], one["high"]),
        )
        for one in _rows(study.tables["tipping"].head(MOST_ROWS))
    ]
    return table(("Outcome", "Crosses", "Where", "At", "95 % interval"), rows, numbers=("At",))


def _sobol(study: Study) -> RenderableType:
    scales = _scales(study)
    rows = [
        (
            scales[one["outcome"]][0],
            one["address"],
            f"{_number(one['first'])} ({_range(one['first_low'], one['first_high'])})",
            f"{_number(one['total'])} ({_range(one['total_low'], one['total_high'])})",
        )
        for one in _rows(study.tables["sobol"].head(MOST_ROWS))
    ]
    return table(("Outcome", "Parameter", "First-order index", "Total index"), rows)


def _morris(study: Study) -> RenderableType:
    scales = _scales(study)
    tables = study.tables["morris"]
    first = tables[tables["outcome"] == tables["outcome"].iloc[0]]
    ordered = first.sort_values("mu_star", ascending=False, kind="stable").head(MOST_ROWS)
    rows = [
        (
            one["address"],
            _number(one["mu_star"]),
            _range(one["mu_star_low"], one["mu_star_high"]),
            _number(one["mu"]),
        )
        for one in _rows(ordered)
    ]
    name = scales[first["outcome"].iloc[0]][0]
    headings = (f"On: {name}", "Mean size of effect", "95 % interval", "Mean effect")
    return table(headings, rows, numbers=headings[1:])


def _scales(study: Study) -> dict[str, tuple[str, str]]:
    """Outcome → its label and scale."""
    outcomes = study.findings.study["outcomes"]
    return {one["name"]: (one["label"], one["scale"]) for one in outcomes}


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def _sd(value: float, scale: str) -> str:
    return said(value, scale) if math.isfinite(value) else "–"


def _number(value: float) -> str:
    return f"{value:.3g}" if math.isfinite(value) else "–"


def _range(low: float, high: float) -> str:
    return f"{_number(low)} to {_number(high)}"


def print_json(study: Study) -> None:
    """Everything that was found, as one JSON object; a number that does not exist is null."""
    told = {
        "study": study.findings.study["name"],
        "folder": str(study.folder),
        "points": len(study.findings.points),
        "worlds": {name: int(one.n.sum()) for name, one in study.findings.tallies.items()},
        "failures": _records(study.failures),
        "tables": {name: _records(one) for name, one in study.tables.items()},
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


def _records(frame: pd.DataFrame) -> Any:
    return json.loads(frame.to_json(orient="records", double_precision=12))

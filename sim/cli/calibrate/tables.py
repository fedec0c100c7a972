"""What is said of a calibration: tables for people, an object for programs."""

import json
import math
import sys
from collections.abc import Mapping
from typing import Any

import pandas as pd
from rich.console import RenderableType

from realpolitik.sim.cli.console import show, table
from realpolitik.sim.study.calibrate.calibration import Calibration
from realpolitik.sim.study.calibrate.tables import AFTER, BEFORE, records


def print_calibration(found: Calibration) -> None:
    """The patterns before and after, the waves, the set that was found, and the findings."""
    plan = found.plan
    waved = "1 wave" if plan.waves == 1 else f"{plan.waves} waves"
    setting = f"{waved} of {plan.points:,} points in {plan.worlds:,} worlds"
    blocks = [patterns(found), waves(found), finalists(found), ranges(found)]
    if "conclusions" in found.tables:
        blocks.append(conclusions(found.tables["conclusions"]))
    show(f"{plan.title} ({setting}, seed {plan.seed})", "", *_apart(blocks), chosen(found))
    sys.stdout.write(f"Folder  {found.folder}\n")


def print_json(found: Calibration) -> None:
    """Everything that was found, as one JSON object; a number that does not exist is null."""
    told = {
        "calibration": found.plan.name,
        "folder": str(found.folder),
        "best": dict(found.best),
        "tables": {name: _records(one) for name, one in found.tables.items()},
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


def patterns(found: Calibration) -> RenderableType:
    """A row a pattern: its target, and what was measured at the defaults and at the best set."""
    both = found.tables["patterns"]
    before, after = (records(both[both["at"] == at]) for at in (BEFORE, AFTER))
    rows = [
        (
            one["pattern"],
            _span(one["target_low"], one["target_high"]),
            *_measured(one),
            *_measured(other),
        )
        for one, other in zip(before, after, strict=True)
    ]
    headings = ("Pattern", "Target", "At the defaults", "", "At the best set", "")
    return table(headings, rows)


def waves(found: Calibration) -> RenderableType:
    """How much of what was tried remains after each wave."""
    rows = [
        (
            f"{one['wave']:.0f}",
            f"{one['points']:,.0f}",
            f"{one['remaining']:,.0f}",
            f"{100 * one['share']:.3g} %",
            f"{one['least']:.2f}",
        )
        for one in records(found.tables["waves"])
    ]
    headings = ("Wave", "Points", "Remain", "Share", "Least implausibility")
    return table(headings, rows, numbers=headings)


def finalists(found: Calibration) -> RenderableType:
    """The defaults and the best of the sets that remained, in more worlds."""
    rows = [
        (
            "defaults" if one["point"] == 0 else f"{one['point']}",
            f"{one['implausibility']:.2f}",
            one["worst"] if one["implausibility"] > 0 else "–",
            f"{one['surely']:.2f}",
            f"{one['distance']:.2f}",
            "best" if one["chosen"] else "",
        )
        for one in records(found.tables["final"])
    ]
    headings = ("Set", "Implausibility", "Of", "Beyond chance", "Distance", "")
    return table(headings, rows, numbers=("Implausibility", "Beyond chance", "Distance"))


def ranges(found: Calibration) -> RenderableType:
    """Of each parameter: default, best, declared range, and where the points that remain lie."""
    rows = [
        (
            one["address"],
            _number(one["start"]),
            _number(one["best"]),
            _span(one["low"], one["high"]),
            _span(one["kept_low"], one["kept_high"]),
            _span(one["kept_q25"], one["kept_q75"]),
        )
        for one in records(found.tables["ranges"])
    ]
    headings = ("Parameter", "Default", "Best", "Declared", "Not implausible", "Middle half of it")
    return table(headings, rows, numbers=("Default", "Best"))


def conclusions(kept: pd.DataFrame) -> RenderableType:
    """In what share of the sets each headline finding keeps its sign."""
    rows = [
        (
            one["says"],
            f"{one['sets']:,}",
            f"{_share(one['keeps'])} ({_share(one['keeps_low'])} to {_share(one['keeps_high'])})",
            _share(one["surely"]),
            _share(one["against"]),
            f"{_number(one['median'])} ({_span(one['least'], one['greatest'])})",
        )
        for one in records(kept)
    ]
    headings = ("Finding", "Sets", "Keeps its sign", "Surely", "Surely not", "Median (range)")
    return table(headings, rows, numbers=("Sets", "Surely", "Surely not"))


def chosen(found: Calibration) -> str:
    """A sentence about the set that was chosen."""
    final = records(found.tables["final"])
    best = next(one for one in final if one["chosen"])
    most = f"greatest implausibility {best['implausibility']:.2f}"
    if not best["remains"]:
        return f"No set remains; the least implausible has the {most} ({best['worst']})."
    if best["point"] == 0:
        return f"Best are the defaults ({most}): no finalist is surely less implausible."
    return f"The best set has the {most}, the defaults have {final[0]['implausibility']:.2f}."


def _apart(blocks: list[RenderableType]) -> list[RenderableType]:
    return [one for block in blocks for one in (block, "")]


def _measured(one: Mapping[str, Any]) -> tuple[str, str]:
    """Value with interval and number of worlds, and the verdict."""
    interval = _span(one["low"], one["high"])
    return f"{_number(one['value'])} ({interval}; n {one['n']:,})", str(one["verdict"])


def _number(value: float) -> str:
    return f"{value:.3g}".replace("-", "−") if math.isfinite(value) else "–"


def _span(low: float, high: float) -> str:
    return f"{_number(low)} to {_number(high)}"


def _share(value: float) -> str:
    return f"{100 * value:.0f} %" if math.isfinite(value) else "–"


def _records(frame: pd.DataFrame) -> Any:
    return json.loads(frame.to_json(orient="records", double_precision=12))

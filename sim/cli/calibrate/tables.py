"""What is said of a calibration: tables for people, an object for programs."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import pandas as pd
from rich.console import RenderableType

from realpolitik.sim.cli.console import attempt_blocks, show, table
from realpolitik.sim.cli.saying import say, say_json
from realpolitik.sim.study.calibrate.calibration import Calibration
from realpolitik.sim.study.calibrate.findings import AFTER, BEFORE, records
from realpolitik.sim.words.numbers import rounded_percent
from realpolitik.sim.words.scales import setting, setting_span


def print_calibration(found: Calibration) -> None:
    """The patterns before and after, the waves, the set that was found, and the findings."""
    plan = found.plan
    waved = "1 wave" if plan.waves == 1 else f"{plan.waves} waves"
    effort = f"{waved} of {plan.points:,} points in {plan.worlds:,} worlds"
    blocks = [
        block
        for name, make in BLOCKS.items()
        if name in found.tables
        for block in attempt_blocks(f"the table of {name}", partial(make, found))
    ]
    last = attempt_blocks("the words on the best set", lambda: [chosen(found)])
    title = f"{plan.title} ({effort}, seed {plan.seed})"
    show(title, "", *_apart([*found.missing, *blocks]), *last)
    say(f"Folder  {found.folder}")


def print_json(found: Calibration) -> None:
    """Everything that was found, as one JSON object; a number that does not exist is null."""
    told = {
        "calibration": found.plan.name,
        "folder": str(found.folder),
        "best": dict(found.best),
        "tables": {name: _records(one) for name, one in found.tables.items()},
        "missing": [*found.missing],
    }
    say_json(told)


def patterns(found: Calibration) -> RenderableType:
    """A row a pattern: its target, and what was measured at the defaults and at the best set."""
    both = found.tables["patterns"]
    before, after = (records(both[both["at"] == at]) for at in (BEFORE, AFTER))
    rows = [
        (
            one["pattern"],
            setting_span(one["target_low"], one["target_high"]),
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
            setting(one["start"]),
            setting(one["best"]),
            setting_span(one["low"], one["high"]),
            setting_span(one["kept_low"], one["kept_high"]),
            setting_span(one["kept_q25"], one["kept_q75"]),
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
            f"{rounded_percent(one['keeps'])} "
            f"({rounded_percent(one['keeps_low'])} to {rounded_percent(one['keeps_high'])})",
            rounded_percent(one["surely"]),
            rounded_percent(one["against"]),
            f"{setting(one['median'])} ({setting_span(one['least'], one['greatest'])})",
        )
        for one in records(kept)
    ]
    sign = "Keeps its sign (95 % for the number of sets)"
    headings = ("Finding", "Sets", sign, "Surely", "Surely not", "Median (range)")
    return table(headings, rows, numbers=("Sets", "Surely", "Surely not"))


def findings(found: Calibration) -> Iterator[RenderableType]:
    """How many sets fell away, and what share of the rest keeps each finding."""
    yield sets_said(found.tables["sets"], found.plan.worlds, found.plan.final_worlds)
    yield conclusions(found.tables["conclusions"])


def sets_said(sets: pd.DataFrame, worlds: int, final_worlds: int) -> str:
    """How many sets fell away as they were measured once more, as a sentence.

    Args:
        sets: The table `sets` of a calibration.
        worlds: Worlds of each setting in which they were judged first.
        final_worlds: Worlds in which they were measured again.
    """
    gone = int((~sets["remains"].astype(bool)).sum())
    return (
        f"Of the points that remain {len(sets)} were drawn and measured once more, in "
        f"{final_worlds:,} worlds for {worlds:,}: {gone or 'none'} of them proved implausible "
        "after all and fell away."
    )


BLOCKS: Mapping[str, Callable[[Calibration], Iterable[RenderableType]]] = {
    "patterns": lambda found: [patterns(found)],
    "waves": lambda found: [waves(found)],
    "final": lambda found: [finalists(found)],
    "ranges": lambda found: [ranges(found)],
    "conclusions": findings,
}
"""Table → what is printed of it."""


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
    interval = setting_span(one["low"], one["high"])
    return f"{setting(one['value'])} ({interval}; n {one['n']:,})", str(one["verdict"])


def _records(frame: pd.DataFrame) -> Any:
    return json.loads(frame.to_json(orient="records", double_precision=12))

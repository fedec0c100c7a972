"""What `realpolitik compare` prints: tables to read, Markdown, CSV or JSON."""

import json
import math
import sys
from pathlib import Path
from typing import Any

import pandas as pd

from realpolitik.sim.cli.compare.folder import PAGE
from realpolitik.sim.cli.console import show, table, width
from realpolitik.sim.study.compare.comparison import Comparison
from realpolitik.sim.words.markdown import escaped
from realpolitik.sim.words.markdown import table as markdown_table
from realpolitik.sim.words.scales import Measure, said

HEADINGS = ("Outcome", "Baseline", "Other", "Difference", "95 % interval", "Up", "Down", "Gain")
NARROW = HEADINGS[:5]
ROOMY = 110
"""Characters in a line from which on there is room for all columns."""

Row = dict[str, Any]


def print_tables(found: Comparison, folder: Path) -> None:
    """A table a scenario: levels, difference and interval, worlds that changed, precision."""
    headings = HEADINGS if width() >= ROOMY else NARROW
    scenarios = found.manifest["scenarios"]
    for other in scenarios[1:]:
        rows = [[row[name] for name in headings] for row in outcome_rows(found, other["key"])]
        show(f"{other['title']}, against {scenarios[0]['title']}", "")
        show(table(headings, rows, numbers=HEADINGS[1:3], whole=headings[1:]), "")
        if sentence := _parting(found, other["key"]):
            show(sentence, "")
    if len(headings) < len(HEADINGS):
        show(f"{', '.join(HEADINGS[5:])}: see the page.", "")
    sys.stdout.write(f"Folder  {folder}\nPage    {folder / PAGE}\n")


def outcome_rows(found: Comparison, key: str) -> list[dict[str, str]]:
    """A row an outcome, as it is printed."""
    baseline = found.manifest["scenarios"][0]["key"]
    levels = {(one["scenario"], one["outcome"]): one for one in _records(found.levels)}
    rows = []
    for one in _records(found.differences):
        if one["scenario"] == key:
            before, after = (levels[name, one["outcome"]] for name in (baseline, key))
            measure = Measure(one["label"], one["scale"])
            values = (
                _label(found, one),
                *(said(_level(level), one["scale"]) for level in (before, after)),
                signed(one["difference"], measure),
                measure.change_span(one["low"], one["high"]),
                *(said(one[side], "share") if one["paired"] else "" for side in ("up", "down")),
                f"{one['gain']:.1f}×" if math.isfinite(one["gain"]) else "",
            )
            rows.append(dict(zip(HEADINGS, values, strict=True)))
    return rows


def _label(found: Comparison, row: Row) -> str:
    """What the outcome is called, and what is to be known of its difference."""
    label = str(row["label"])
    if row["scale"] == "weeks":
        weeks = {one["key"]: one["weeks"] for one in found.manifest["scenarios"]}
        baseline = next(iter(weeks.values()))
        label += f" (never = week {min(baseline, weeks[row['scenario']])})"
    return label if row["paired"] else f"{label} (not paired)"


def signed(value: float, measure: Measure) -> str:
    """A difference: `+4.1 points` of a hundred worlds, `−0.30`, `+0.048`."""
    bare = measure.bare_change(value)
    return f"{bare} points" if measure.scale == "share" else bare


def _level(level: Row) -> float:
    """What differences are taken of: of weeks, the time up to the horizon."""
    return float(level["restricted"] if level["scale"] == "weeks" else level["mean"])


def _parting(found: Comparison, key: str) -> str:
    """When the histories part, in a sentence."""
    mine = found.partings[found.partings["scenario"] == key]
    if mine.empty:
        return ""
    weeks = mine[mine["week"] > 0]
    apart = float(weeks["share"].sum())
    if apart == 0:
        return "The histories never part."
    middle = int(weeks["week"][weeks["share"].cumsum() >= apart / 2].iloc[0])
    return f"The histories part in {100 * apart:.0f} % of worlds, half of them by week {middle}."


def print_json(found: Comparison, folder: Path) -> None:
    """Everything, as one object; a number that does not exist is null."""
    tables = {name: _records(frame) for name, frame in found.tables.items()}
    told = {"folder": str(folder), "manifest": found.manifest, "tables": tables}
    sys.stdout.write(json.dumps(_without_nan(told), ensure_ascii=False, default=str) + "\n")


def print_markdown(found: Comparison, _: Path) -> None:
    """The outcomes of each scenario as a Markdown table."""
    for other in found.manifest["scenarios"][1:]:
        rows = [[*map(escaped, row.values())] for row in outcome_rows(found, other["key"])]
        made = markdown_table(HEADINGS, rows)
        sys.stdout.write(f"\n**{escaped(other['title'])}**\n\n{made}\n")


def print_csv(found: Comparison, _: Path) -> None:
    """The table of differences as it is, with the levels beside."""
    columns = ["scenario", "outcome", "mean", "n", "worlds"]
    levels = found.levels[columns]
    whole = found.differences.merge(levels, on=["scenario", "outcome"])
    sys.stdout.write(whole.to_csv(index=False, lineterminator="\n"))


PRINTERS = {None: print_tables, "json": print_json, "markdown": print_markdown, "csv": print_csv}


def _records(frame: pd.DataFrame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_nan(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value

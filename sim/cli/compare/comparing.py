"""`realpolitik compare`: scenarios or runs in; tables, a page and a summary out."""

import json
import math
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.cli.console import show, table
from realpolitik.sim.cli.exits import InputError, note
from realpolitik.sim.cli.folders import room_for_results
from realpolitik.sim.cli.picturing import check_browser, credit_line, figures_of, put_pictures
from realpolitik.sim.cli.progress import progress_bar
from realpolitik.sim.pictures import Format
from realpolitik.sim.report import render_comparison
from realpolitik.sim.report.compare.page import comparison_exhibits
from realpolitik.sim.report.compare.records import read_comparison
from realpolitik.sim.report.run.tables import said
from realpolitik.sim.study.compare.comparison import Comparison, compare
from realpolitik.sim.study.compare.subjects import open_subjects
from realpolitik.sim.study.results import NotARunError, replace_text
from realpolitik.sim.words.numbers import how_many_worlds

HOME = Path("results") / "comparisons"
PAGE = "compare.html"
LONGEST_NAME = 120

Row = dict[str, Any]


@dataclass(frozen=True)
class Order:
    """What is to be compared, where it goes, and how it is told of."""

    subjects: tuple[str, ...]
    worlds: int | None
    seed: int | None
    out: Path | None
    form: str | None
    formats: tuple[Format, ...]
    progress: bool


def carry_out(order: Order) -> None:
    """Compares, writes tables and page, and prints what differs.

    Raises:
        ScenarioError: something is wrong in a scenario.
        InputError: a folder is no run, or nothing can be written.
    """
    check_browser(order.formats)
    try:
        keys = [subject.key for subject in open_subjects(order.subjects)]
        folder = order.out or HOME / folder_name(keys)
        with room_for_results(folder), progress_bar(order.progress) as tell:
            found = compare(order.subjects, order.worlds, order.seed, tell)
            write(found, folder)
        if order.formats:
            put_pictures(figures_of_comparison(found), folder, order.formats, credit_of(found))
    except NotARunError as error:
        raise InputError(str(error)) from None
    for remark in found.manifest["notes"]:
        note(f"note: {remark}")
    PRINTERS[order.form](found, folder)


def folder_name(keys: list[str]) -> str:
    """Such as `haniyeh_2024_vs_wedge`, fit for a folder."""
    plain = (re.sub(r"[^A-Za-z0-9_.-]+", "-", key) for key in keys)
    return "_vs_".join(plain)[:LONGEST_NAME].strip("-.")


def write(found: Comparison, folder: Path) -> None:
    """The page, and every table as CSV; each file whole or not at all."""
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    for name, frame in found.tables.items():
        text = frame.to_csv(index=False, lineterminator="\n")
        replace_text(folder / "tables" / f"{name}.csv", text)
    replace_text(folder / PAGE, render_comparison(found.manifest, found.tables))
    told = json.dumps(found.manifest, indent=2, ensure_ascii=False)
    replace_text(folder / "manifest.json", told + "\n")


def figures_of_comparison(found: Comparison) -> dict[str, go.Figure]:
    """The charts of its page, by name."""
    return figures_of(comparison_exhibits(read_comparison(found.manifest, found.tables)))


def credit_of(found: Comparison) -> str:
    """What stands at the foot of its pictures."""
    about = found.manifest
    what = " / ".join(one["key"] for one in about["scenarios"])
    worlds = how_many_worlds(about["worlds"])
    return credit_line(about["tool"]["version"], what, about["seed"], worlds)


# ── What is printed ──────────────────────────────────────────────────────────────────


def print_tables(found: Comparison, folder: Path) -> None:
    """A table a scenario: levels, difference and interval, worlds that changed, precision."""
    scenarios = found.manifest["scenarios"]
    for other in scenarios[1:]:
        rows = outcome_rows(found, other["key"])
        show(f"{other['title']}, against {scenarios[0]['title']}", "")
        show(table(HEADINGS, [[*row.values()] for row in rows], numbers=HEADINGS[1:3]), "")
        if sentence := _parting(found, other["key"]):
            show(sentence, "")
    sys.stdout.write(f"Folder  {folder}\nPage    {folder / PAGE}\n")


HEADINGS = ("Outcome", "Baseline", "Other", "Difference", "95 % interval", "Up", "Down", "Gain")


def outcome_rows(found: Comparison, key: str) -> list[dict[str, str]]:
    """A row an outcome, as it is printed."""
    levels = {(one["scenario"], one["outcome"]): one for one in _records(found.levels)}
    baseline = found.manifest["scenarios"][0]["key"]
    rows = []
    for one in _records(found.differences):
        if one["scenario"] == key:
            before, after = (levels[name, one["outcome"]] for name in (baseline, key))
            values = (
                one["label"] + ("" if one["paired"] else " (not paired)"),
                *(said(_level(level), one["scale"]) for level in (before, after)),
                signed(one["difference"], one["scale"]),
                signed_span(one["low"], one["high"], one["scale"]),
                *(said(one[side], "share") if one["paired"] else "" for side in ("up", "down")),
                f"{one['gain']:.1f}×" if math.isfinite(one["gain"]) else "",
            )
            rows.append(dict(zip(HEADINGS, values, strict=True)))
    return rows


def signed(value: float, scale: str) -> str:
    """A difference: `+4.1 points` of a hundred worlds, `−0.30`, `+0.048`."""
    return f"{_signed(value, scale)} points" if scale == "share" else _signed(value, scale)


def signed_span(low: float, high: float, scale: str) -> str:
    """Its interval."""
    return f"{_signed(low, scale)} to {signed(high, scale)}"


def _signed(value: float, scale: str) -> str:
    if math.isnan(value):
        return "–"
    digits = {"share": 1, "alignment": 3}.get(scale, 2)
    number = f"{100 * value if scale == 'share' else value:+.{digits}f}"
    return number.replace("-", "−") if float(number) else number[1:]


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
        sys.stdout.write(f"\n**{other['title']}**\n\n| {' | '.join(HEADINGS)} |\n")
        sys.stdout.write("|" + "---|" * len(HEADINGS) + "\n")
        for row in outcome_rows(found, other["key"]):
            cells = (cell.replace("|", "\\|") for cell in row.values())
            sys.stdout.write(f"| {' | '.join(cells)} |\n")


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

"""What `realpolitik compare` prints: tables to read, Markdown, CSV or JSON."""

from pathlib import Path

import pandas as pd

from realpolitik.sim.cli.compare.folder import PAGE
from realpolitik.sim.cli.compare.rows import HEADINGS, notes_of, outcome_rows, records
from realpolitik.sim.cli.console import show, table, width
from realpolitik.sim.cli.saying import say, say_json, say_text
from realpolitik.sim.files.csv_text import csv_text
from realpolitik.sim.report.compare.records import read_comparison
from realpolitik.sim.study.compare.comparison import Comparison
from realpolitik.sim.words.markdown import escaped
from realpolitik.sim.words.markdown import table as markdown_table

NARROW = HEADINGS[:5]
ROOMY = 110
"""Characters in a line from which on there is room for all columns."""


def print_tables(found: Comparison, folder: Path) -> None:
    """A table a scenario: levels, difference and interval, worlds that changed, precision."""
    headings = HEADINGS if width() >= ROOMY else NARROW
    titles = read_comparison(found.manifest, found.tables).sides.titles
    baseline, *others = titles
    for key in others:
        rows = [[row[name] for name in headings] for row in outcome_rows(found, key)]
        show(f"{titles[key]}, against {titles[baseline]}", "")
        show(table(headings, rows, numbers=HEADINGS[1:3], whole=headings[1:]), "")
        for remark in notes_of(found, key):
            show(remark, "")
        if sentence := _parting(found, key):
            show(sentence, "")
    if len(headings) < len(HEADINGS):
        show(f"{', '.join(HEADINGS[5:])}: see the page.", "")
    say(f"Folder  {folder}", f"Page    {folder / PAGE}")


def _parting(found: Comparison, key: str) -> str:
    """When the histories part, in a sentence."""
    mine = found.partings[found.partings["scenario"] == key]
    if mine.empty:
        return ""
    weeks = mine[mine["week"] > 0]
    apart = float(weeks["share"].sum())
    if apart == 0:
        return f"The histories part in none of {int(mine['worlds'].sum()):,} pairs of worlds."
    middle = int(weeks["week"][weeks["share"].cumsum() >= apart / 2].iloc[0])
    known, rows = int(mine["worlds"].sum()), found.differences
    pairs = rows.loc[rows["scenario"] == key, "pairs"].max()  # NaN without a common outcome
    of = "worlds" if not known < pairs else f"the first {known:,} pairs of worlds"
    return f"The histories part in {100 * apart:.0f} % of {of}, half of them by week {middle}."


def print_json(found: Comparison, folder: Path) -> None:
    """Everything, as one object; a number that does not exist is null."""
    tables = {name: records(frame) for name, frame in found.tables.items()}
    told = {"folder": str(folder), "manifest": found.manifest, "tables": tables}
    say_json(told)


def print_markdown(found: Comparison, _: Path) -> None:
    """The outcomes of each scenario as a Markdown table."""
    titles = read_comparison(found.manifest, found.tables).sides.titles
    for key, title in list(titles.items())[1:]:
        rows = [[*map(escaped, row.values())] for row in outcome_rows(found, key, spans=True)]
        notes = "".join(f"\n- {escaped(remark)}" for remark in notes_of(found, key))
        made = markdown_table(HEADINGS, rows) + (f"\n{notes}" if notes else "")
        say_text(f"\n**{escaped(title)}**\n\n{made}\n")


def print_csv(found: Comparison, _: Path) -> None:
    """The table of differences as it is, with the levels that they are of beside."""
    levels = _levels_of_differences(found.levels)
    baseline = found.manifest["scenarios"][0]["key"]
    before = levels[levels["scenario"] == baseline].drop(columns="scenario").set_index("outcome")
    whole = found.differences.merge(
        levels.set_index(["scenario", "outcome"]).add_suffix("_other"),
        left_on=["scenario", "outcome"],
        right_index=True,
    ).merge(before.add_suffix("_baseline"), left_on="outcome", right_index=True)
    say_text(csv_text(whole.sort_index()))


def _levels_of_differences(levels: pd.DataFrame) -> pd.DataFrame:
    """Levels with their intervals, and of weeks the share of worlds in which it came."""
    kept = levels[["scenario", "outcome", "n", "worlds", "came", "mean", "low", "high"]]
    return kept.rename(columns={"mean": "level", "low": "level_low", "high": "level_high"})


PRINTERS = {None: print_tables, "json": print_json, "markdown": print_markdown, "csv": print_csv}

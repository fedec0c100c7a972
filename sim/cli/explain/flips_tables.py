"""What is said of flips on the terminal."""

from collections.abc import Iterator

import pandas as pd
from rich.console import RenderableType
from rich.text import Text

from realpolitik.sim.cli.console import pairs, show, table
from realpolitik.sim.report.explain.flips import Hanging, flips_answer, flips_table, ordered
from realpolitik.sim.report.study.tables import INTERVAL

SHORT = {
    "Parameter": "Parameter",
    "Flips at": "Flips at",
    INTERVAL: "Interval",
    "In the scenario": "Now",
    "Range": "Range",
    "Share of its range": "Share",
    "Level with": "Level with",
}
"""Columns that have room on a terminal, and what they are called there."""


def print_flips(found: Hanging, *, everything: bool) -> None:
    """The answer, a row each parameter that flips it, and a line on those that do not."""
    flips = found.table["flips_at"].notna()
    show(Text(found.asked.title, style="bold"), pairs(found.facts), "")
    show(*flips_answer(found.table, found.here))
    rows = ordered(found.table if everything else found.table[flips])
    if len(rows):
        show("", _flips(rows))
    show(*_rest(found.table[~flips], everything=everything))


def _flips(rows: pd.DataFrame) -> RenderableType:
    """The table; of an outcome with intervals, of a choice with what is then level with it."""
    made = flips_table(rows)
    kept = [n for n, name in enumerate(made.header) if name in SHORT]
    lines = [[row[n] for n in kept] for row in made.rows]
    return table([SHORT[made.header[n]] for n in kept], lines, ("Flips at", "Now", "Share"))


def _rest(rows: pd.DataFrame, *, everything: bool) -> Iterator[str]:
    """A line for each way of not flipping."""
    for verdict, group in rows.groupby("verdict", sort=False):
        listed = "" if everything else "; --all lists them"
        plural = "parameter" if len(group) == 1 else "parameters"
        yield f"{str(verdict).capitalize()}: {len(group):,} {plural}{listed}."

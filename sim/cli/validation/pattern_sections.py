"""The parts of `docs/validation.md` that tell of patterns and findings, as Markdown."""

import math
from collections.abc import Iterable

import pandas as pd

from realpolitik.sim.study.calibrate.tables import records

VERDICTS = {"holds": "holds", "missed": "**missed**", "undecided": "undecided"}


def patterns_section(measured: pd.DataFrame) -> str:
    """A count, and a row a pattern, out of a table of `measure`."""
    holding = int((measured["verdict"] == "holds").sum())
    missed = measured[measured["verdict"] == "missed"]["says"]
    told = [
        f"Of {len(measured)} patterns {holding} hold: the whole 95 % interval for chance lies in "
        f"the target. {len(missed)} are missed, the rest undecided: the interval crosses an end.",
        *(f"Missed: {says}." for says in missed),
    ]
    rows = (
        (
            one["says"],
            span(one["target_low"], one["target_high"]),
            f"{number(one['value'])} ({span(one['low'], one['high'])})",
            f"{one['n']:,}",
            VERDICTS[one["verdict"]],
            f"{one['ground']}: {one['source']}",
        )
        for one in records(measured)
    )
    headings = ("Pattern", "Target", "Model (95 % interval)", "Worlds", "Verdict", "Ground")
    return "\n\n".join([*told, markdown_table(headings, rows)]) + "\n"


def conclusions_section(kept: pd.DataFrame) -> str:
    """A row a finding, out of a table of `conclusions_over`."""
    rows = (
        (
            one["says"],
            f"{one['sets']:,}",
            f"{percent(one['keeps'])} ({percent(one['keeps_low'])} to "
            f"{percent(one['keeps_high'])})",
            percent(one["surely"]),
            percent(one["against"]),
        )
        for one in records(kept)
    )
    headings = ("Finding", "Sets", "Keeps its sign (95 % interval)", "Surely", "Surely not")
    told = (
        "Each finding was looked at anew with sets of parameters that no pattern rules out. "
        "*Surely*: the interval for chance lies on the expected side too."
    )
    return f"{told}\n\n{markdown_table(headings, rows)}\n"


def markdown_table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells of text."""
    head = list(headings)
    lines = [head, ["---"] * len(head), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def number(value: float) -> str:
    """Three figures; a dash for NaN."""
    return f"{value:.3g}".replace("-", "−") if math.isfinite(value) else "–"


def span(low: float, high: float) -> str:
    """From low to high."""
    return f"{number(low)} to {number(high)}"


def percent(share: float) -> str:
    """A share in whole percent; a dash for NaN."""
    return f"{100 * share:.0f} %" if math.isfinite(share) else "–"

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
            _span(one["target_low"], one["target_high"]),
            f"{_number(one['value'])} ({_span(one['low'], one['high'])})",
            f"{one['n']:,}",
            VERDICTS[one["verdict"]],
            f"{one['ground']}: {one['source']}",
        )
        for one in records(measured)
    )
    headings = ("Pattern", "Target", "Model (95 % interval)", "Worlds", "Verdict", "Ground")
    return "\n\n".join([*told, _table(headings, rows)]) + "\n"


def conclusions_section(kept: pd.DataFrame) -> str:
    """A row a finding, out of a table of `conclusions_over`."""
    rows = (
        (
            one["says"],
            f"{one['sets']:,}",
            f"{_percent(one['keeps'])} ({_percent(one['keeps_low'])} to "
            f"{_percent(one['keeps_high'])})",
            _percent(one["surely"]),
            _percent(one["against"]),
        )
        for one in records(kept)
    )
    headings = ("Finding", "Sets", "Keeps its sign (95 % interval)", "Surely", "Surely not")
    told = (
        "Each finding was looked at anew with sets of parameters that no pattern rules out. "
        "*Surely*: the interval for chance lies on the expected side too."
    )
    return f"{told}\n\n{_table(headings, rows)}\n"


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(headings)
    lines = [head, ["---"] * len(head), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def _number(value: float) -> str:
    return f"{value:.3g}" if math.isfinite(value) else "–"


def _span(low: float, high: float) -> str:
    return f"{_number(low)} to {_number(high)}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if math.isfinite(share) else "–"

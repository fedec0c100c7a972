"""The parts of `docs/validation.md` that tell of patterns and findings, as Markdown."""

import pandas as pd

from realpolitik.sim.study.calibrate.findings import records
from realpolitik.sim.words.markdown import escaped, table
from realpolitik.sim.words.numbers import NONE, rounded_percent
from realpolitik.sim.words.scales import setting, setting_span

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
            escaped(one["says"]),
            setting_span(one["target_low"], one["target_high"]),
            escaped(one["record_says"]) or NONE,
            f"{setting(one['value'])} ({setting_span(one['low'], one['high'])})",
            f"{one['n']:,}",
            VERDICTS[one["verdict"]],
            escaped(f"{one['ground']}: {one['source']}"),
        )
        for one in records(measured)
    )
    headings = ("Pattern", "Target", "The record says", "Model (95 % interval)", "Worlds")
    body = table((*headings, "Verdict", "Ground of the target"), rows, right={4})
    return "\n\n".join([*told, body]) + "\n"


def conclusions_section(kept: pd.DataFrame) -> str:
    """A row a finding, out of a table of `conclusions_over`."""
    rows = (
        (
            escaped(one["says"]),
            f"{one['sets']:,}",
            f"{rounded_percent(one['keeps'])} ({rounded_percent(one['keeps_low'])} to "
            f"{rounded_percent(one['keeps_high'])})",
            rounded_percent(one["surely"]),
            rounded_percent(one["against"]),
        )
        for one in records(kept)
    )
    sign = "Keeps its sign (95 % for the number of sets)"
    body = table(("Finding", "Sets", sign, "Surely", "Surely not"), rows, right={1, 3, 4})
    told = (
        "Each finding was looked at anew with sets of parameters that no pattern rules out. "
        "*Surely*: the interval for chance lies on the expected side too."
    )
    return f"{told}\n\n{body}\n"

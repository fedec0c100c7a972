"""The parts of `docs/validation.md` on patterns, the calibration and what is grounded."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pandas as pd

from realpolitik.sim.calibrate.findings import gauges_of, records
from realpolitik.sim.calibrate.patterns import KeyFinding, Pattern
from realpolitik.sim.documents.calibrate import finding_table
from realpolitik.sim.documents.markdown import markdown_of
from realpolitik.sim.engine.parameters import (
    ASSUMED,
    ESTIMATED,
    FIXED,
    GROUNDED,
    KINDS,
    ON_DATA,
)
from realpolitik.sim.formatting.markdown import escaped, table
from realpolitik.sim.formatting.numbers import NONE, rounded_percent
from realpolitik.sim.formatting.scales import setting, setting_span
from realpolitik.sim.scenario.vocabulary import BaseRate, Vocabulary
from realpolitik.sim.stats.intervals import Interval

NEAR = 0.1
"""An edge is near if less than this part of the width of the target lies between (assumed)."""

WIDE = 0.9
"""A range is left open if what is not implausible spans at least this part of it (assumed)."""

SURE = 0.95
"""A finding is firm if it keeps its sign in at least this share of sets (assumed)."""


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


def edges_section(measured: pd.DataFrame) -> str:
    """Which patterns lie near an end of their target, out of a table of `measure`."""
    near = [line for one in records(measured) for line in _near(one)]
    return _listed(
        f"Near an end of their target (less than {rounded_percent(NEAR)} of its width away)", near
    )


def _near(one: Mapping[str, float | str]) -> Iterator[str]:
    """A line for each end that is near; 0 and 1 are no ends of a share, nor is week 1 of weeks."""
    low, high, value = (float(one[key]) for key in ("target_low", "target_high", "value"))
    for end in {low, high} - {0.0, 1.0}:
        if abs(value - end) < NEAR * (high - low):
            inside = "inside" if low <= value <= high else "outside"
            yield f"{one['says']}: {setting(value)}, {inside}, beside the end {setting(end)}"


def headlines_section(
    outcomes: Mapping[str, Interval], rates: Iterable[tuple[str, str, BaseRate]]
) -> str:
    """Headline outcomes with the base rate; `rates` has outcome, label and base rate."""
    rows = (
        (
            escaped(label),
            _headline(outcomes[name], rate.unit),
            setting(rate.value),
            escaped(f"{rate.statement} ({rate.source})"),
        )
        for name, label, rate in rates
    )
    model = "Model: share (95 % interval), or median (nine tenths of worlds)"
    return table(("Outcome", model, "Base rate", "Which says"), rows, right={2})


def _headline(found: Interval, unit: str) -> str:
    """A share; or a median, as the records of other units are medians too."""
    told = f"{setting(found.mean)} ({setting_span(found.low, found.high)})"
    return told if unit == "share" else f"median {told}"


def waves_section(waves: pd.DataFrame, ranges: pd.DataFrame, words: Vocabulary) -> str:
    """What was tried, what remained, and how far it spans the declared ranges."""
    tried = table(
        ("Wave", "Points", "Not implausible", "Share"),
        (
            (
                str(one["wave"]),
                f"{one['points']:,}",
                f"{one['remaining']:,}",
                rounded_percent(one["share"]),
            )
            for one in records(waves)
        ),
        right=range(1, 4),
    )
    rows = [
        (
            f"`{one['address']}`",
            words.provenance(words.parameters[one["address"]]),
            setting(one["start"]),
            setting_span(one["low"], one["high"]),
            setting_span(one["kept_q25"], one["kept_q75"]),
            rounded_percent((one["kept_q75"] - one["kept_q25"]) / (one["high"] - one["low"])),
        )
        for one in records(ranges)
    ]
    half = ("Middle half of what is not implausible", "Part of the range")
    names = ("Number", "Basis", "Default", "Declared", *half)
    return "\n\n".join([tried, table(names, rows, right={2, 5}), _describe_halves(ranges)])


def _describe_halves(ranges: pd.DataFrame) -> str:
    """What to compare the middle halves with, and how many defaults lie outside theirs."""
    inside = ranges["start"].between(ranges["kept_q25"], ranges["kept_q75"])
    return (
        "Of a number of which nothing was learnt the middle half would be 50 % of its range. "
        f"{int((~inside).sum())} of the {len(ranges)} defaults lie outside theirs."
    )


def pinned(ranges: pd.DataFrame, waves: pd.DataFrame) -> str:
    """Whether the patterns pin the parameters down, as sentences."""
    spans = (ranges["kept_high"] - ranges["kept_low"]) / (ranges["high"] - ranges["low"])
    wide = int((spans >= WIDE).sum())
    first = rounded_percent(float(waves["share"].iloc[0]))
    told = (
        f"Taken one at a time, {wide} of the {len(ranges)} numbers may lie nearly anywhere: from "
        f"the least to the greatest value that is not implausible it is at least "
        f"{rounded_percent(WIDE)} of the declared range. Taken together the patterns leave {first} "
        "of the points drawn over the whole space."
    )
    if 2 * wide >= len(ranges):
        return f"**The patterns do not pin the parameters down.** {told}"
    return f"The patterns narrow most of the parameters. {told}"


def describe_start(final: pd.DataFrame) -> str:
    """Whether the defaults are among what no pattern rules out."""
    start = records(final[final["point"] == 0])[0]
    size = f"greatest implausibility {setting(start['implausibility'])}, of `{start['worst']}`"
    if start["implausibility"] == 0:
        size = "inside every target"
    if start["remains"]:
        return f"Today's defaults are not implausible ({size})."
    return f"**Today's defaults are implausible ({size}): a pattern rules them out.**"


def findings_section(kept: pd.DataFrame, by_construction: Sequence[str]) -> str:
    """The findings over the sets: which hang on unknown numbers, which the patterns ask for.

    Args:
        kept: A table of `conclusions_over`.
        by_construction: The findings of which every side is held by a pattern, as they are said.
    """
    loose = records(kept[kept["keeps"] < SURE])
    return "\n\n".join(
        [
            "Each finding was looked at anew with sets of parameters that no pattern rules out. "
            "*Surely*: the interval for chance lies on the expected side too.",
            markdown_of(finding_table(kept)),
            _listed(
                f"Findings that keep their sign in less than {rounded_percent(SURE)} of the sets",
                [f"{one['says']}: {rounded_percent(one['keeps'])}" for one in loose],
            ),
            _listed(
                "Findings of which the patterns themselves limit every side, so that to keep their "
                "sign is in part what the sets were chosen for",
                by_construction,
            ),
        ]
    )


def held_by_patterns(findings: Sequence[KeyFinding], patterns: Sequence[Pattern]) -> list[str]:
    """The findings all of whose numbers are of an outcome that a pattern limits in that setting."""
    limited = {(one.gauge.case.name, one.gauge.outcome) for one in patterns}
    return [
        one.says
        for one in findings
        if {(gauge.case.name, gauge.outcome) for gauge in gauges_of([one])} <= limited
    ]


def _listed(head: str, items: Sequence[str]) -> str:
    """A heading with items below, or with none."""
    return "\n".join([f"{head}:\n", *(f"- {one}." for one in items)]) if items else f"{head}: none."


def describe_grounded(words: Vocabulary) -> str:
    """How many numbers there are of each kind, as a sentence; sums by their parts."""
    kinds = [words.provenance(one) for one in words.parameters.values() if not one.parts]
    counts = {kind: kinds.count(kind) for kind in KINDS}
    on_data = sum(counts[kind] for kind in ON_DATA)
    return (
        f"Of {len(kinds)} numbers {counts[ESTIMATED]} are estimated from a record of events, each "
        f"with its interval, {counts[GROUNDED]} are grounded, {counts[ASSUMED]} assumed and "
        f"{counts[FIXED]} fixed: {rounded_percent(on_data / (on_data + counts[ASSUMED]))} of those "
        "that are free rest on data."
    )


def grounded_list(words: Vocabulary) -> str:
    """The numbers that rest on data, a row each."""
    rows = (
        (
            f"`{one.address}`",
            words.provenance(one),
            f"{one.default:g}",
            f"{one.low:g} to {one.high:g}",
            escaped(one.source),
        )
        for one in words.parameters.values()
        if not one.parts and words.provenance(one) in ON_DATA
    )
    return table(("Number", "Basis", "Default", "Interval or range", "Source"), rows)

"""The parts of `docs/validation.md` on patterns, the calibration and what is grounded."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pandas as pd

from realpolitik.sim.cli.validation.pattern_sections import (
    conclusions_section,
    markdown_table,
    number,
    percent,
    span,
)
from realpolitik.sim.engine.provenance import ASSUMED, FIXED, GROUNDED
from realpolitik.sim.scenario.vocabulary import Vocabulary
from realpolitik.sim.study.calibrate.conclusions import gauges_of
from realpolitik.sim.study.calibrate.pattern import Finding, Pattern
from realpolitik.sim.study.calibrate.tables import records
from realpolitik.sim.study.summary import Interval

NEAR = 0.1
"""An edge is near if less than this part of the width of the target lies between (assumed)."""

WIDE = 0.9
"""A range is left open if what is not implausible spans at least this part of it (assumed)."""

SURE = 0.95
"""A finding is firm if it keeps its sign in at least this share of sets (assumed)."""


def edges_section(measured: pd.DataFrame) -> str:
    """Which patterns lie near an end of their target, out of a table of `measure`."""
    near = [line for one in records(measured) for line in _near(one)]
    return _listed(
        f"Near an end of their target (less than {percent(NEAR)} of its width away)", near
    )


def _near(one: Mapping[str, float | str]) -> Iterator[str]:
    """A line for each end that is near; 0 and 1 are no ends of a share, nor is week 1 of weeks."""
    low, high, value = (float(one[key]) for key in ("target_low", "target_high", "value"))
    for end in {low, high} - {0.0, 1.0}:
        if abs(value - end) < NEAR * (high - low):
            inside = "inside" if low <= value <= high else "outside"
            yield f"{one['says']}: {number(value)}, {inside}, beside the end {number(end)}"


def headlines_section(outcomes: Mapping[str, Interval], rates: Iterable[Sequence[str]]) -> str:
    """Headline outcomes with the base rate; `rates` has outcome, label, rate, statement."""
    rows = (
        (
            label,
            f"{number(outcomes[name].mean)} ({span(outcomes[name].low, outcomes[name].high)})",
            rate,
            statement,
        )
        for name, label, rate, statement in rates
    )
    return markdown_table(
        ("Outcome", "Model: share or mean (95 % interval)", "Base rate", "Which says"), rows
    )


def waves_section(waves: pd.DataFrame, ranges: pd.DataFrame, words: Vocabulary) -> str:
    """What was tried, what remained, and how far it spans the declared ranges."""
    tried = markdown_table(
        ("Wave", "Points", "Not implausible", "Share"),
        (
            (str(one["wave"]), f"{one['points']:,}", f"{one['remaining']:,}", percent(one["share"]))
            for one in records(waves)
        ),
    )
    rows = [
        (
            f"`{one['address']}`",
            words.provenance(words.parameters[one["address"]]),
            number(one["start"]),
            span(one["low"], one["high"]),
            span(one["kept_low"], one["kept_high"]),
            percent((one["kept_high"] - one["kept_low"]) / (one["high"] - one["low"])),
        )
        for one in records(ranges)
    ]
    names = ("Number", "Basis", "Default", "Declared", "Not implausible", "Part of the range")
    return f"{tried}\n\n{markdown_table(names, rows)}"


def pinned(ranges: pd.DataFrame, waves: pd.DataFrame) -> str:
    """Whether the patterns pin the parameters down, as sentences."""
    spans = (ranges["kept_high"] - ranges["kept_low"]) / (ranges["high"] - ranges["low"])
    wide = int((spans >= WIDE).sum())
    first = percent(float(waves["share"].iloc[0]))
    told = (
        f"Taken one at a time, {wide} of the {len(ranges)} numbers may lie nearly anywhere: what "
        f"is not implausible spans at least {percent(WIDE)} of the declared range. Taken together "
        f"the patterns leave {first} of the points drawn over the whole space."
    )
    if 2 * wide >= len(ranges):
        return f"**The patterns do not pin the parameters down.** {told}"
    return f"The patterns narrow most of the parameters. {told}"


def start_said(final: pd.DataFrame) -> str:
    """Whether the defaults are among what no pattern rules out."""
    start = records(final[final["point"] == 0])[0]
    size = f"greatest implausibility {number(start['implausibility'])}, of `{start['worst']}`"
    if start["implausibility"] == 0:
        size = "inside every target"
    if start["remains"]:
        return f"Today's defaults are not implausible ({size})."
    return f"**Today's defaults are implausible ({size}): a pattern rules them out.**"


def findings_section(kept: pd.DataFrame, by_construction: Sequence[str]) -> str:
    """The findings over those sets: which hang on unknown numbers, which the patterns ask for.

    Args:
        kept: A table of `conclusions_over`.
        by_construction: The findings of which every side is held by a pattern, as they are said.
    """
    loose = records(kept[kept["keeps"] < SURE])
    return "\n\n".join(
        [
            conclusions_section(kept).rstrip(),
            _listed(
                f"Findings that keep their sign in less than {percent(SURE)} of the sets",
                [f"{one['says']}: {percent(one['keeps'])}" for one in loose],
            ),
            _listed(
                "Findings of which the patterns themselves limit every side, so that to keep their "
                "sign is in part what the sets were chosen for",
                by_construction,
            ),
        ]
    )


def held_by_patterns(findings: Sequence[Finding], patterns: Sequence[Pattern]) -> list[str]:
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


def grounded_said(words: Vocabulary) -> str:
    """How many numbers are grounded, assumed and fixed, as a sentence; sums by their parts."""
    kinds = [words.provenance(one) for one in words.parameters.values() if not one.parts]
    counts = {kind: kinds.count(kind) for kind in (GROUNDED, ASSUMED, FIXED)}
    free = counts[GROUNDED] + counts[ASSUMED]
    return (
        f"Of {len(kinds)} numbers {counts[GROUNDED]} are grounded, {counts[ASSUMED]} assumed and "
        f"{counts[FIXED]} fixed: {percent(counts[GROUNDED] / free)} of those that are free rest "
        "on data."
    )


def grounded_list(words: Vocabulary) -> str:
    """The grounded numbers, a row each."""
    rows = (
        (f"`{one.address}`", f"{one.default:g}", one.source)
        for one in words.parameters.values()
        if not one.parts and words.provenance(one) == GROUNDED
    )
    return markdown_table(("Grounded number", "Default", "Source"), rows)

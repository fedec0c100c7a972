"""Writes `docs/validation.md` from what was measured and kept; `make docs` calls it.

    python docs/write_validation.py             writes the page from `agents/validation.json`
    python docs/write_validation.py --record EVENTS
                                                measures all of it again first, and keeps it
    python docs/write_validation.py --record EVENTS --measure FOLDER [--plan FILE]
                                                the same, with the calibration in a folder, or
                                                another calibration than `base`

The second is needed when the behaviour of the model, a pattern, a finding or an episode changes. It
takes five to fifteen minutes on two cores; the third goes on with a calibration broken off. EVENTS
is the folder of a record of events (`sim/record/icews.py`), of which the project ships no row.
"""

import argparse
import json
import runpy
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from realpolitik.sim.calibrate.patterns import load_findings, load_patterns
from realpolitik.sim.calibrate.plan import load_calibration
from realpolitik.sim.calibrate.statistic import CUTOFF
from realpolitik.sim.documents.calibrate import describe_sets
from realpolitik.sim.documents.hindcast import hindcast_document
from realpolitik.sim.documents.markdown import section
from realpolitik.sim.experiments.workers import available_cores, local
from realpolitik.sim.files.folder import write_file
from realpolitik.sim.formatting.numbers import number
from realpolitik.sim.hindcast.forecasts import ARTICLE
from realpolitik.sim.hindcast.hindcasting import Hindcast
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.vocabulary import BaseRate, vocabulary
from validation_doubts import describe_fitted, describe_search, describe_younger, doubts, omissions
from validation_record import (
    MAIN,
    SHIPPED,
    ValidationRecord,
    headlines_of,
    hindcast_of,
    measured,
    patterns_of,
    read_record,
    record_text,
    table_of,
)
from validation_sections import (
    describe_grounded,
    describe_start,
    edges_section,
    findings_section,
    grounded_list,
    headlines_section,
    held_by_patterns,
    patterns_section,
    pinned,
    waves_section,
)
from validation_weeks import how_foreseen, weeks_section, what_was_added
from write_tables import shares

DOCS = Path(__file__).parent
PAGE = DOCS / "validation.md"
RECORD = DOCS.parent / "agents" / SHIPPED[1]
STANDING = DOCS.parent / "agents" / "standing.json"
PLAYTHROUGHS = DOCS.parent / "tests" / "playthroughs" / "test_playthroughs.py"

CALIBRATION = "5. Calibration"
SKILL = ("skill", "skill_low", "skill_high")


def page(record: ValidationRecord) -> str:
    """The whole page, without a simulation."""
    found, words = hindcast_of(record), vocabulary()
    patterns = patterns_of(record)
    told = f"{record.patterns.worlds:,} worlds of each setting, seed {record.patterns.seed}"
    return "\n\n".join(
        [
            "# Why believe these numbers, and why not\n\nWritten by `make docs` from "
            f"`agents/{SHIPPED[1]}`; do not edit this page. The model that was measured has the "
            f"playthroughs {record.playthroughs}. No event after 5 August 2024 was used. "
            f"{describe_younger(words)}",
            "\n".join(f"- {one}" for one in _first(record, found)),
            "## 1. Patterns at today's defaults",
            f"{told}. No target was widened so that the model passes. "
            f"{describe_fitted(words.parameters.values())} {describe_search(load_patterns())}",
            patterns_section(patterns).rstrip(),
            edges_section(patterns),
            "Headline outcomes of the main scenario beside the base rate of the record, which "
            "knows nothing of this crisis, and often counts something wider:",
            headlines_section(headlines_of(record), _rates()),
            *_hindcast(found),
            "## 3. Weekly acts that nothing was fitted to",
            *weeks_section(record.weeks.found),
            "## 4. What is estimated, grounded, assumed, fixed",
            describe_grounded(words),
            shares(words),
            "Each number with its range, basis and source: [the tables](tables.md), or "
            "`realpolitik list --parameters`.",
            grounded_list(words),
            f"## {CALIBRATION}",
            *_calibration(record),
            "## 6. What would change our mind",
            "\n".join(f"- {one}" for one in doubts(CALIBRATION)),
            "## 7. Known omissions",
            "\n".join(f"- {one}" for one in omissions(record, found)),
        ]
    )


def _hindcast(found: Hindcast) -> Iterator[str]:
    """What followed triggers, and what was forecast of it."""
    document, plain = hindcast_document(found, ""), against_plain(found)
    triggers = len({case.trigger for case in found.cases})
    yield f"## 2. Hindcast: {len(found.cases):,} answers to {triggers} triggers"
    yield "\n".join(f"- {one}" for one in plain)
    yield section(document, "scores")
    yield f"{found.worlds:,} worlds behind each simulated forecast, seed {found.seed}."
    yield "\n".join(f"- {one}" for one in found.verdict if one not in plain)
    yield section(document, "questions")
    yield section(document, "episodes")


def _first(record: ValidationRecord, found: Hindcast) -> Iterator[str]:
    """What a reader should know who reads no further: what speaks against the model first."""
    yield from standing(record, found)
    yield describe_grounded(vocabulary())
    yield pinned(table_of(record, "ranges"), table_of(record, "waves"))
    verdicts = list(patterns_of(record)["verdict"])
    holds, missed = (verdicts.count(one) for one in ("holds", "missed"))
    other = len(verdicts) - holds - missed
    counted = f"Of {len(verdicts)} patterns {holds} hold, {missed} are missed, {other} undecided."
    yield f"{counted} {describe_fitted(vocabulary().parameters.values())}"


def standing(record: ValidationRecord, found: Hindcast) -> list[str]:
    """How the model stands against the record: what every report says too."""
    weeks, rows = record.weeks.found, found.summary[found.summary["cases"] == "all"]
    ours = rows.loc[rows["hypothesis"] == ARTICLE, [*SKILL]]
    ((skill, low, high),) = ours.to_numpy(dtype=np.float64)
    shown = "is" if low > 0 else "is not shown to be"
    triggers = len({case.trigger for case in found.cases})
    span = f"95\u00a0% interval {number(low, 2)} to {number(high, 2)}"
    return [
        f"{how_foreseen(weeks)} {what_was_added(weeks)}",
        f"What followed {triggers} triggers of past crises {shown} foreseen better than by a plain "
        f"base rate (skill {number(skill, 2)}, {span}).",
    ]


def against_plain(found: Hindcast) -> list[str]:
    """The sentences on whether the simulator beats the simplest forecasts."""
    return [one for one in found.verdict if one.startswith("The simulator")]


def _rates() -> Iterator[tuple[str, str, BaseRate]]:
    """Outcome, label and base rate of each headline outcome that has one."""
    rates = vocabulary().base_rates
    for name, measure in load_scenario(MAIN).outcomes.items():
        if measure.base_rate:
            yield name, measure.label, rates[measure.base_rate]


def _calibration(record: ValidationRecord) -> Iterator[str]:
    """What it varied, what remained, and how the findings fare over that."""
    part, ranges = record.calibration, table_of(record, "ranges")
    budget, asked = part.found["budget"], load_calibration("base").plan
    told = (
        f"History matching ([its file](../scenarios/sweeps/calibrations/base.yaml)) varied the "
        f"{len(ranges)} numbers that moved the patterns most, over their declared ranges: "
        f"{budget['waves']} waves of {budget['points']} points, {budget['worlds']} worlds of each "
        f"setting, seed {part.seed}. A point is rejected above an implausibility of {CUTOFF:g}. No "
        "default was changed by it."
    )
    fewer = [
        f"{key} {size} for {now}"
        for key, size in budget.items()
        if size != (now := getattr(asked, key))
    ]
    yield told + (
        f" This one had a smaller budget than the file asks: {', '.join(fewer)}." if fewer else ""
    )
    yield describe_start(table_of(record, "final"))
    yield pinned(ranges, table_of(record, "waves"))
    yield waves_section(table_of(record, "waves"), ranges, vocabulary())
    yield (
        "Shares of later waves are of points drawn around what remained before. Many sets of "
        "numbers agree with the patterns as well as ours; so a result is worth what it is worth "
        "over all of them."
    )
    yield describe_sets(table_of(record, "sets"), budget["worlds"], budget["final_worlds"])
    held = held_by_patterns(load_findings(), load_patterns())
    yield findings_section(table_of(record, "conclusions"), held)


def measured_again(folder: str, plan: str, events: Path) -> ValidationRecord:
    """The record of today's model."""
    fingerprint = runpy.run_path(str(PLAYTHROUGHS))["fingerprint"]()
    asked, workers = load_calibration(plan).plan, local(available_cores())
    with tempfile.TemporaryDirectory() as scratch:
        return measured(fingerprint, Path(folder or scratch), asked, workers, events)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--record", type=Path)
    parser.add_argument("--measure", default="")
    parser.add_argument("--plan", default="base")
    order = parser.parse_args()
    if order.record:
        again = measured_again(order.measure, order.plan, order.record)
        write_file(RECORD, record_text(again))
    kept = read_record(RECORD.read_text(encoding="utf-8"))
    write_file(STANDING, json.dumps(standing(kept, hindcast_of(kept)), indent=1) + "\n")
    write_file(PAGE, page(kept) + "\n")

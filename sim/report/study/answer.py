"""The answer at the top of a study's page: a few plain sentences, made by rule from its tables."""

import math
from collections.abc import Iterator

import pandas as pd

from realpolitik.sim.charts.study.boxes import box_said
from realpolitik.sim.charts.study.curve_words import crossing_said
from realpolitik.sim.report.study.findings import Finding, findings, standing_out
from realpolitik.sim.report.study.records import Study
from realpolitik.sim.words.numbers import listing, sentence
from realpolitik.sim.words.scales import setting, span

TOLD = 2
"""Tipping points in the answer, at most."""

NAMED = 4
"""Further outcomes in the answer, at most."""


def answer(study: Study) -> list[str]:
    """Paragraphs: the tipping points or the box, what moves, then parameters against chance."""
    if not study.seen:
        return ["No outcome has a value at any point: nothing was measured, or it never came."]
    found = findings(study)
    parts = (
        [*_tipping(study), *_box(study)],
        [f"{one.measure.label}: {one.said}" for one in _told(found)],
        [*_others(found)],
        [*_spread(study, found)],
    )
    told = [" ".join(map(sentence, part)) for part in parts if part]
    return told or ["The tables are missing that would tell."]


def _tipping(study: Study) -> Iterator[str]:
    """Where thresholds are crossed; where none is, that they are not."""
    table = study.table("tipping")
    table = table[table["outcome"].isin(list(study.seen))]
    crossed = table[table["value"].notna()]
    groups = list(crossed.groupby(["outcome", "address"], sort=False))
    for (outcome, address), rows in groups[:TOLD]:
        measure, varied = study.measures[str(outcome)], study.varied[str(address)]
        own = f"; in the scenario it is {setting(varied.default)}"
        known = own if math.isfinite(varied.default) else ""
        yield f"{measure.label}: {crossing_said(rows, varied, measure)}{known}"
    if len(groups) > TOLD:
        yield f"{len(groups) - TOLD} more such crossings stand below"
    if len(table) and not len(crossed):
        row = table.iloc[0]
        measure, level = study.measures[str(row["outcome"])], float(row["threshold"])
        yield f"{measure.label}: {measure.level(level)} is not crossed anywhere in the range"


def _box(study: Study) -> Iterator[str]:
    """Under what conditions the favoured case holds."""
    found, boxes, steps = study.case(), study.table("boxes"), study.table("peeling")
    if found and not boxes.empty and not steps.empty:
        yield f"{found[1].measure.label}: {box_said(boxes, steps, study.varied, found[1])}"


def _told(found: list[Finding]) -> list[Finding]:
    """What is told in full: the first outcome and, if it is another, what stands out most."""
    moved = [one for one in standing_out(found) if one.sure]
    return [*found[:1], *(one for one in moved[:1] if one not in found[:1])]


def _others(found: list[Finding]) -> Iterator[str]:
    """Which other outcomes are moved."""
    told = _told(found)
    moved = [one for one in standing_out(found) if one.sure and one not in told]
    if moved:
        named = [f"{one.measure.label} ({one.short})" for one in moved[:NAMED]]
        more = [f"{len(moved) - NAMED} more"] if len(moved) > NAMED else []
        yield f"Also moved beyond chance: {listing([*named, *more])}"
    elif len(found) > len(told):
        yield "No other outcome is moved beyond chance"


def _spread(study: Study, found: list[Finding]) -> Iterator[str]:
    """How far an outcome goes over all points, and how far chance alone would take it.

    That points differ is told only where the finding does not say otherwise.
    """
    outcome = found[0].outcome if found else next(iter(study.seen))
    measure = study.measures[outcome]
    for _, row in study.about_outcome("spread", outcome).dropna(subset=["mean"]).iterrows():
        reach = span(float(row["least"]), float(row["greatest"]), measure.scale)
        points = int(row["points"])
        if points < 2:
            return
        yield f"{measure.label}: {reach} over the {points:,} points"
        if pd.notna(row["parameter_sd"]) and pd.notna(row["noise_sd"]):
            parameters, chance = (float(row[name]) for name in ("parameter_sd", "noise_sd"))
            told = f"points differ by {measure.size(parameters)} (standard deviation); "
            if parameters == 0 and not found:
                told = "differences between points cannot be told from chance; "
            elif parameters == 0 or (found and not found[0].sure):
                told = ""
            yield f"{told}chance leaves each uncertain by {measure.size(chance)}"

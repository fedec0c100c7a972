"""The answer at the top of a study's page: a few plain sentences, made by rule from its tables."""

import math
from collections.abc import Iterator

import pandas as pd

from realpolitik.sim.charts.study.boxes import box_said
from realpolitik.sim.charts.study.curve_words import crossing_said
from realpolitik.sim.charts.study.indices import index_said
from realpolitik.sim.charts.study.screening import screening_said
from realpolitik.sim.charts.study.tornado import effect_said, sure
from realpolitik.sim.report.study.records import Study
from realpolitik.sim.words.numbers import sentence
from realpolitik.sim.words.scales import Measure, setting, span

TOLD = 2
"""Tipping points in the answer, at most."""


def answer(study: Study) -> list[str]:
    """Paragraphs: the tipping points, or what matters most; then parameters against chance."""
    if not study.seen:
        return ["No outcome has a value at any point: nothing was measured, or it never came."]
    first = next(iter(study.seen))
    told = [*_tipping(study), *_box(study)]
    matter = list(_most(study, first)) if len(study.varied) > 1 or not told else []
    parts = (told, matter, [*_spread(study, first)])
    return [" ".join(map(sentence, part)) for part in parts if part]


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


def _most(study: Study, outcome: str) -> Iterator[str]:
    """What moves an outcome most."""
    measure = study.measures[outcome]
    effects = _by_size(study.about_outcome("effects", outcome), "difference")
    if len(effects):
        strongest = effects.iloc[0]
        doubt = "" if sure(strongest) else ", which chance alone may explain"
        moves = f"{strongest['address']} moves it most, {effect_said(strongest, measure)}{doubt}"
        yield f"{measure.label}: {moves}"
    yield from _indices(study, outcome, measure)


def _indices(study: Study, outcome: str, measure: Measure) -> Iterator[str]:
    table = study.about_outcome("sobol", outcome)
    indices = _by_size(table, "first")
    if len(table) and not len(indices):
        yield f"{measure.label}: its differences between points cannot be told from chance"
    if len(indices):
        first = indices.iloc[0]
        yield f"{measure.label}: {first['address']} {index_said(first)}"
    screened = _by_size(study.about_outcome("morris", outcome), "mu_star")
    if len(screened):
        first = screened.iloc[0]
        yield f"{measure.label}: {first['address']} moves it most, {screening_said(first, measure)}"


def _by_size(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Rows that have a value, the greatest in size first."""
    if column not in table:
        return table.iloc[:0]
    known = table.dropna(subset=[column])
    return known.loc[known[column].abs().sort_values(ascending=False, kind="stable").index]


def _spread(study: Study, outcome: str) -> Iterator[str]:
    """How far an outcome goes over all points, and how far chance alone would take it."""
    for _, row in study.about_outcome("spread", outcome).dropna(subset=["mean"]).iterrows():
        measure = study.measures[outcome]
        reach = span(float(row["least"]), float(row["greatest"]), measure.scale)
        points = int(row["points"])
        if points < 2:
            return
        yield f"{measure.label}: {reach} over the {points:,} points"
        if pd.notna(row["parameter_sd"]) and pd.notna(row["noise_sd"]):
            parameters, chance = (float(row[name]) for name in ("parameter_sd", "noise_sd"))
            told = f"points differ by {measure.size(parameters)} (standard deviation)"
            if parameters == 0:
                told = "differences between points cannot be told from chance"
            yield f"{told}; chance leaves each uncertain by {measure.size(chance)}"

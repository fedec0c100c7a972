"""What a study answers: a few plain sentences, made by one rule from its tables.

What moves an outcome is said in the same words here and above the charts.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from realpolitik.sim.analysis.view import StudyView
from realpolitik.sim.charts.boxes import describe_box
from realpolitik.sim.charts.curves import describe_crossing
from realpolitik.sim.charts.effects import (
    describe_direction,
    describe_effects,
    prominence,
    surely_moving,
)
from realpolitik.sim.charts.indices import describe_indices, describe_screening, surely_screened
from realpolitik.sim.charts.parallel import Case
from realpolitik.sim.formatting.numbers import listing, sentence
from realpolitik.sim.formatting.scales import MeasuredOutcome, setting, span

TOLD = 2
"""Tipping points in the answer, at most."""

NAMED = 4
"""Further outcomes in the answer, at most."""


# ── What moves an outcome ────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Finding:
    """What moves an outcome.

    Attributes:
        outcome: Its name.
        measure: What it is called, and its scale.
        said: The sentence, without the outcome.
        short: What moves it and how much, for a list.
            Empty where chance may explain it all.
        weight: How far it stands out from what chance does.
    """

    outcome: str
    measure: MeasuredOutcome
    said: str
    short: str
    weight: float

    @property
    def sure(self) -> bool:
        """Whether something moves the outcome beyond chance."""
        return bool(self.short)


def findings(view: StudyView) -> list[Finding]:
    """A finding an outcome, in the order of interest; none of a design that shows no effects.

    The order is that in which outcomes were asked for; if none was, that in which they stand out.
    """
    made = [_finding(view, outcome, measure) for outcome, measure in view.seen.items()]
    found = [one for one in made if one]
    return found if view.chose_outcomes else standing_out(found)


def standing_out(found: list[Finding]) -> list[Finding]:
    """Shares of worlds that are surely moved first, then by how surely; equals as they were.

    Everybody reads a share; what an index or a grade of .05 more means is known to few.
    """
    return sorted(
        found,
        key=lambda one: (one.sure and one.measure.scale == "share", one.sure, one.weight),
        reverse=True,
    )


def by_interest(view: StudyView) -> dict[str, MeasuredOutcome]:
    """The outcomes that have a value, in the order of interest."""
    return {one.outcome: one.measure for one in findings(view)} | view.seen


def _finding(view: StudyView, outcome: str, measure: MeasuredOutcome) -> Finding | None:
    """What the table that the design is made for says of an outcome."""
    if len(effects := view.about_outcome("effects", outcome)):
        return _by_effects(view, effects, outcome, measure)
    if len(table := view.about_outcome("sobol", outcome)):
        return _by_indices(view, table, outcome, measure)
    if len(screened := view.about_outcome("morris", outcome)):
        return _by_screening(view, screened, outcome, measure)
    return None


def _by_effects(
    view: StudyView, rows: pd.DataFrame, outcome: str, measure: MeasuredOutcome
) -> Finding:
    alone = len(view.varied) == 1
    said = describe_direction(rows.iloc[0], measure)
    if not alone:
        said = describe_effects(rows, measure)
    moving, short = surely_moving(rows), ""
    if len(moving):
        change = measure.change(float(moving["difference"].iloc[0]))
        short = change if alone else f"{moving['address'].iloc[0]} {change}"
    weight = max((prominence(row) for _, row in moving.iterrows()), default=0.0)
    return Finding(outcome, measure, said, short, weight)


def _by_indices(
    view: StudyView, rows: pd.DataFrame, outcome: str, measure: MeasuredOutcome
) -> Finding:
    """Indices are shares of a variance: how large that is stands in `spread`."""
    known, short = rows.dropna(subset=["first", "total"]), ""
    if len(known):
        short = str(known.sort_values("first", ascending=False)["address"].iloc[0])
    return Finding(outcome, measure, describe_indices(rows), short, _contrast(view, outcome))


def _by_screening(
    view: StudyView, rows: pd.DataFrame, outcome: str, measure: MeasuredOutcome
) -> Finding:
    moving, short = surely_screened(rows), ""
    if len(moving):
        first = moving.iloc[0]
        short = f"{first['address']} {measure.size(float(first['mu_star']))}"
    said = describe_screening(rows, measure)
    return Finding(outcome, measure, said, short, _contrast(view, outcome))


def _contrast(view: StudyView, outcome: str) -> float:
    """What parameters do between points, in units of what chance does at one; 0 if not known."""
    for _, row in view.about_outcome("spread", outcome).iterrows():
        if row["noise_sd"] > 0 and row["parameter_sd"] > 0:
            return float(row["parameter_sd"] / row["noise_sd"])
    return 0.0


# ── The answer ───────────────────────────────────────────────────────────────────────


def answer(view: StudyView) -> list[str]:
    """Paragraphs: the tipping points or the box, what moves, then parameters against chance."""
    if not view.seen:
        return ["No outcome has a value at any point: nothing was measured, or it never came."]
    found = findings(view)
    parts = (
        [*_tipping(view), *_box(view)],
        [f"{one.measure.label}: {one.said}" for one in _told(found)],
        [*_others(found)],
        [*_spread(view, found)],
    )
    told = [" ".join(map(sentence, part)) for part in parts if part]
    return told or ["The tables are missing that would tell."]


def _tipping(view: StudyView) -> Iterator[str]:
    """Where thresholds are crossed; where none is, that they are not."""
    table = view.table("tipping")
    table = table[table["outcome"].isin(list(view.seen))]
    crossed = table[table["value"].notna()]
    groups = list(crossed.groupby(["outcome", "address"], sort=False))
    for (outcome, address), rows in groups[:TOLD]:
        measure, varied = view.measures[str(outcome)], view.varied[str(address)]
        own = f"; in the scenario it is {setting(varied.default)}"
        known = own if math.isfinite(varied.default) else ""
        yield f"{measure.label}: {describe_crossing(rows, varied, measure)}{known}"
    if len(groups) > TOLD:
        yield f"{len(groups) - TOLD} more such crossings stand below"
    if len(table) and not len(crossed):
        row = table.iloc[0]
        measure, level = view.measures[str(row["outcome"])], float(row["threshold"])
        yield f"{measure.label}: {measure.level(level)} is not crossed anywhere in the range"


def _box(view: StudyView) -> Iterator[str]:
    """Under what conditions the favoured case holds."""
    found, boxes, steps = view.case(), view.table("boxes"), view.table("peeling")
    if found and not boxes.empty and not steps.empty:
        case = Case(view.measures[found[0]], found[1])
        yield f"{case.measure.label}: {describe_box(boxes, steps, view.varied, case)}"


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


def _spread(view: StudyView, found: list[Finding]) -> Iterator[str]:
    """How far an outcome goes over all points, and how far chance alone would take it.

    That points differ is told only where the finding does not say otherwise.
    """
    outcome = found[0].outcome if found else next(iter(view.seen))
    measure = view.measures[outcome]
    for _, row in view.about_outcome("spread", outcome).dropna(subset=["mean"]).iterrows():
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

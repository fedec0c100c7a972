"""Tables of text for the page: what stands beneath each chart, and the numbers in full."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from realpolitik.sim.documents.exhibits import TextTable
from realpolitik.sim.formatting.numbers import NONE, number, percent
from realpolitik.sim.formatting.scales import capped, form_of
from realpolitik.sim.formatting.scales import said as said
from realpolitik.sim.formatting.scales import span as span
from realpolitik.sim.report.run.records import Interval, Outcome, Run


def outcomes_table(run: Run) -> TextTable:
    """Every outcome, in the scenario's order."""
    header = (
        "Outcome",
        "Unit",
        "Mean",
        "95\u00a0% interval",
        "Median",
        "Middle 90\u00a0% of worlds",
    )
    return TextTable(
        (*header, "Worlds with a value", "Record"),
        [_outcome(each, run.horizon) for each in run.outcomes],
    )


def _outcome(outcome: Outcome, horizon: int) -> Sequence[str]:
    scale, average = outcome.scale, outcome.average
    share = scale == "share"
    return (
        capped(outcome.label, scale, horizon),
        form_of(scale).unit,
        said(average.mean, scale),
        span(average.low, average.high, scale),
        NONE if share else said(outcome.median, scale),
        NONE if share else span(outcome.q05, outcome.q95, scale),
        f"{outcome.n:,} of {outcome.worlds:,}",
        _recorded(outcome),
    )


def _recorded(outcome: Outcome) -> str:
    """The record beside an outcome; that of weeks is a median, and says so."""
    if outcome.base_rate is None:
        return NONE
    value = said(outcome.base_rate.value, outcome.scale)
    return f"median {value}" if outcome.scale == "weeks" else value


@dataclass(frozen=True)
class Comparison:
    """An outcome beside the record of past crises."""

    label: str
    model: str
    interval: str
    record: str
    verdict: str
    statement: str
    source: str


def comparisons(run: Run) -> list[Comparison]:
    """Every outcome that has a base rate, beside it."""
    return [_comparison(outcome) for outcome in run.outcomes if outcome.base_rate]


def _comparison(outcome: Outcome) -> Comparison:
    rate, scale = outcome.base_rate, outcome.scale
    if rate is None:
        raise ValueError(f"{outcome.name} has no base rate")
    share = scale == "share"
    middle = outcome.average.mean if share else outcome.median
    low, high = (outcome.average.low, outcome.average.high) if share else (outcome.q05, outcome.q95)
    return Comparison(
        label=outcome.label,
        model=_named(middle, scale) if share else f"median {_named(middle, scale)}",
        interval=span(low, high, scale),
        record=_named(rate.value, scale),
        verdict=_verdict(rate.value, middle, (low, high), "interval" if share else "range"),
        statement=rate.statement,
        source=rate.source,
    )


def _named(found: float, scale: str) -> str:
    """A value that stands alone: weeks say that they are weeks."""
    is_week = scale == "weeks" and math.isfinite(found)
    return f"week {found:.3g}" if is_week else said(found, scale)


def _verdict(record: float, middle: float, edges: tuple[float, float], noun: str) -> str:
    if not all(map(math.isfinite, (middle, *edges))):
        return "no value to compare"
    if edges[0] <= record <= edges[1]:
        return f"the model’s {noun} covers the record"
    side = "above" if middle > record else "below"
    return f"the model lies {side} the record; its {noun} does not cover it"


def shares_table(shares: Mapping[str, Interval], labels: Mapping[str, str], head: str) -> TextTable:
    """Categories with their shares and intervals."""
    rows = [
        (labels.get(name, name), percent(share.mean), span(share.low, share.high, "share"))
        for name, share in shares.items()
    ]
    return TextTable((head, "Share of worlds", "95 % interval"), rows)


def frame_table(frame: pd.DataFrame, header: Sequence[str], digits: int) -> TextTable:
    """A data frame as text, with numbers to `digits` places and whole numbers as they are."""
    columns = [[cell(found, digits) for found in frame[name].tolist()] for name in frame.columns]
    rows: Iterable[tuple[str, ...]] = zip(*columns, strict=True)
    return TextTable(header, list(rows))


def cell(found: object, digits: int) -> str:
    """One cell."""
    if isinstance(found, float):
        return number(found, digits)
    return NONE if found is None else str(found)

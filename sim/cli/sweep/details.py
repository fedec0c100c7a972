"""What a design was asked for, as tables: thresholds, effects, indices, boxes."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
from rich.console import RenderableType

from realpolitik.sim.cli.console import attempt_blocks, table
from realpolitik.sim.report.study.records import Study as View
from realpolitik.sim.report.study.records import read_study as view_of
from realpolitik.sim.study.analysis.boxes import why_no_boxes
from realpolitik.sim.study.sweep.findings import Findings
from realpolitik.sim.study.sweep.folder import ANALYSIS
from realpolitik.sim.study.sweep.study import Study
from realpolitik.sim.words.numbers import NONE, percent
from realpolitik.sim.words.scales import Measure, came_said, setting

MOST_ROWS = 30  # of a table on the terminal; the rest stands in the folder
MOST_COLUMNS = 4  # addresses, and outcomes, of a table of points
INTERVAL = "95 % interval"
ON_TERMINAL = {"effects": "difference", "morris": "mu_star"}
"""Table → the column by whose size its rows are ordered."""

Row = dict[str, Any]


def details(study: Study) -> list[RenderableType]:
    """Whatever the design gives beside levels: each a table, or a sentence why there is none."""
    found = study.findings
    view = view_of(found.study, found.points, study.tables, study.failures)
    makers: dict[str, Callable[[], Iterator[RenderableType]]] = {
        "points": lambda: _given(view),
        "thresholds": lambda: _tipping(view),
        "effects": lambda: _effects(view),
        "indices": lambda: _indices(view),
        "the screening": lambda: _screening(view),
        "boxes": lambda: _boxes(view, found),
    }
    return [
        block
        for name, make in makers.items()
        for block in attempt_blocks(f"the table of {name}", make)
    ]


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """A mapping a row."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def _given(view: View) -> Iterator[RenderableType]:
    """Points that were given, in their order, with what came of each."""
    if view.sampler != "given":
        return
    addresses, seen = list(view.varied)[:MOST_COLUMNS], list(view.seen.items())[:MOST_COLUMNS]
    columns = [view.at_points(name)["mean"].map(measure.said) for name, measure in seen]
    settings = [view.points[address].map(setting) for address in addresses]
    headings = ("Point", *addresses, *(measure.label for _, measure in seen))
    rows = zip(view.points["point"].map(str), *settings, *columns, strict=True)
    yield table(headings, list(rows)[:MOST_ROWS], numbers=headings)
    yield from _more(view.points, "summary")


def _tipping(view: View) -> Iterator[RenderableType]:
    frame = view.table("tipping")
    if len(frame):
        headings = ("Outcome", "Crosses", "Where", "At", INTERVAL)
        yield table(headings, [_crossing(one, view) for one in _first(frame)], numbers=("At",))
        yield from _more(frame, "tipping")


def _crossing(one: Row, view: View) -> tuple[str, ...]:
    """Where a threshold is crossed; where it never is, the note says how far the curve stays."""
    measure, varied = view.measures[one["outcome"]], view.varied[one["address"]]
    ids = (measure.label, measure.level(one["threshold"]), one["address"])
    if not math.isfinite(one["value"]):
        return (*ids, "never", one["note"])
    return (*ids, setting(one["value"]), varied.span(one["low"], one["high"]))


def _effects(view: View) -> Iterator[RenderableType]:
    headings = ("Outcome", "Parameter", "From", "To", "Change", INTERVAL)
    frame = _ordered("effects", view)
    if len(frame):
        rows = [_effect(one, view.measures[one["outcome"]]) for one in _first(frame)]
        yield table(headings, rows, numbers=("From", "To"))
        yield from _more(frame, "effects")


def _effect(one: Row, measure: Measure) -> tuple[str, ...]:
    return (
        measure.label,
        one["address"],
        setting(one["value_low"]),
        setting(one["value_high"]),
        _change(one, measure),
        measure.change_span(one["low"], one["high"]),
    )


def _change(one: Row, measure: Measure) -> str:
    """The difference; of weeks with the shares of worlds in which it came at either end."""
    change, low = measure.change(one["difference"]), came_said(one["at_low_came"])
    return f"{change}; {low}, then in {percent(one['at_high_came'])}" if low else change


def _indices(view: View) -> Iterator[RenderableType]:
    frame = view.table("sobol")
    if len(frame):
        headings = ("Outcome", "Parameter", "First-order index", "Total index")
        rows = [
            (
                view.measures[one["outcome"]].label,
                one["address"],
                *(_index(one, name) for name in ("first", "total")),
            )
            for one in _first(frame)
        ]
        yield table(headings, rows)
        yield from _more(frame, "sobol")


def _index(one: Row, name: str) -> str:
    """An index with its interval; where there is none to be estimated, that it may be anything."""
    low, high = setting(one[f"{name}_low"]), setting(one[f"{name}_high"])
    index = setting(one[name])
    return f"{'not told from chance' if index == NONE else index} ({low} to {high})"


def _screening(view: View) -> Iterator[RenderableType]:
    frame = _ordered("morris", view)
    if len(frame):
        headings = ("Outcome", "Parameter", "Mean size of effect", INTERVAL, "Mean effect")
        rows = [_screened(one, view.measures[one["outcome"]]) for one in _first(frame)]
        yield table(headings, rows)
        yield from _more(frame, "morris")


def _screened(one: Row, measure: Measure) -> tuple[str, ...]:
    return (
        measure.label,
        one["address"],
        measure.size(one["mu_star"]),
        measure.change_span(one["mu_star_low"], one["mu_star_high"]),
        measure.change(one["mu"]),
    )


def _boxes(view: View, findings: Findings) -> Iterator[RenderableType]:
    """The chosen box: what it holds, and its ranges; or why there is none."""
    favoured = findings.study["favoured"]
    if not favoured:
        return
    if reason := why_no_boxes(findings):
        yield reason
        return
    peeling = view.table("peeling")
    if peeling.empty:
        return
    (box,) = rows_of(peeling[peeling["chosen"]])
    measure = view.measures[favoured["outcome"]]
    case = measure.beyond(favoured["level"], favoured["side"] == "above")
    yield (
        f"{measure.label} {case}: the box below holds {percent(box['coverage'])} of the "
        f"{box['cases']:,} such points (coverage), and {percent(box['density'])} of its "
        f"{box['n_points']:,} points are such (density)"
    )
    limits = rows_of(view.table("boxes"))
    rows = [
        (one["address"], view.varied[one["address"]].within(one["low"], one["high"]))
        for one in limits
    ]
    yield table(("Parameter", "In the box"), rows or [("any", "anywhere")])


# ── Long tables ──────────────────────────────────────────────────────────────────────


def _ordered(name: str, view: View) -> pd.DataFrame:
    """A table of effects, outcome by outcome, the greatest first; of each outcome so many.

    No outcome takes the place of another.
    """
    frame = view.table(name)
    if frame.empty:
        return frame
    each = max(1, MOST_ROWS // len(view.measures))
    size = frame[ON_TERMINAL[name]].abs()
    ordered = frame.assign(size=size).sort_values("size", ascending=False, kind="stable")
    parts = [ordered[ordered["outcome"] == outcome] for outcome in view.measures]
    return pd.concat([*(part.head(each) for part in parts), *(part.iloc[each:] for part in parts)])


def _first(frame: pd.DataFrame) -> list[Row]:
    return rows_of(frame.head(MOST_ROWS))


def _more(frame: pd.DataFrame, name: str) -> Iterator[str]:
    if len(frame) > MOST_ROWS:
        yield f"{len(frame) - MOST_ROWS:,} more in {ANALYSIS}/{name}.csv"

"""The charts of a run with their numbers; none where its tables have nothing to draw."""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import pandas as pd

from realpolitik.sim import charts
from realpolitik.sim.documents.document import (
    IN_FULL,
    Block,
    Chart,
    Column,
    Folded,
    Row,
    Show,
    Table,
    text,
)
from realpolitik.sim.documents.run_view import RunView, is_seen
from realpolitik.sim.engine.actions import HOLD
from realpolitik.sim.formatting.numbers import number, percent
from realpolitik.sim.formatting.scales import INTERVAL, span
from realpolitik.sim.stats.intervals import wilson

OVER_NUMBERS = Column(
    "Over what is assumed",
    lambda row: span(row["assumed_low"], row["assumed_high"], row.get("scale", "share")),
    right=True,
)
"""Where the expectation of an outcome lies over settings of the numbers."""


# ── Shares of worlds ─────────────────────────────────────────────────────────────────


def share_charts(view: RunView) -> Iterator[Chart]:
    """All shares, with the record; then the worlds by classes of other outcomes."""
    if view.shares:
        yield _shares(view)
    classed = (row for row in view.seen if row["shares"] and row["scale"] != "grade")
    for place, outcome in enumerate(classed, start=1):
        deaths = outcome["measure"] == "civilian_deaths"
        labels = {name: f"{name} deaths" for name in outcome["shares"]} if deaths else {}
        yield _bar(f"classes-{place}", view, outcome, labels)


def _shares(view: RunView) -> Chart:
    assumed = ("assumed_low", "assumed_high") if view.assumed else ()
    frame = pd.DataFrame([_beside_record(row, assumed) for row in view.shares])
    columns = [
        Column("Outcome", text("label")),
        Column("Share of worlds", _percent("share"), right=True),
        Column(INTERVAL, _reach, right=True),
        *([OVER_NUMBERS] if view.assumed else []),
        Column("Record", _percent("record"), right=True),
        Column("Source of the record", text("source")),
    ]
    draw = partial(charts.outcome_shares, frame, view.worlds)
    return Chart("shares", draw, Table.whole(frame, columns, IN_FULL))


def _beside_record(row: Row, assumed: Sequence[str]) -> Row:
    """A share with what the record says of it, and the columns `assumed`."""
    rate = row["base_rate"] or {"unit": "", "source": ""}
    value, n = (rate["value"], rate["n"] or 0) if rate["unit"] == "share" else (math.nan, 0)
    low, high = wilson(value, n)
    return {
        **{key: row[key] for key in ("label", "low", "high", *assumed)},
        "share": row["mean"],
        "record": value,
        "record_low": float(low),
        "record_high": float(high),
        "source": rate["source"],
    }


def _bar(name: str, view: RunView, outcome: Row, labels: Mapping[str, str]) -> Chart:
    """The worlds by categories of an outcome."""
    frame = view.categories(outcome, labels)
    columns = [
        Column(outcome["label"], text("label")),
        Column("Share of worlds", _percent("share"), right=True),
        Column(INTERVAL, _reach, right=True),
    ]
    draw = partial(charts.share_bar, frame, outcome["label"], outcome["n"])
    return Chart(name, draw, Table.whole(frame, columns, IN_FULL))


# ── The course of things ─────────────────────────────────────────────────────────────
QUANTILES = {"q05": "5 %", "q25": "25 %", "q50": "median", "q75": "75 %", "q95": "95 %"}
ONCE = (
    *("direct_strike", "major_strike", "act"),
    *("full_scale_war", "regional_war", "great_power_clash"),
)
"""Measures of what happens once."""


def ladder_charts(view: RunView) -> Iterator[Block]:
    """The ladder over the weeks, and the shocks that are drawn in it."""
    weeks = view.weekly("rung")
    shocks = pd.DataFrame(view.shocks, columns=["week", "label", *SHOCK])
    if len(weeks):
        yield (
            "Each week is measured by the highest rung at which any two actors stand. Wars that "
            "were under way at the start are left out."
        )
        columns = [Column(head, _number(key, 1), right=True) for key, head in QUANTILES.items()]
        dated = shocks[["week", "label"]].fillna({"week": 0}).astype({"week": int})
        draw = partial(charts.ladder, weeks, dated, view.worlds)
        yield Chart(
            "rungs", draw, Table.whole(weeks, [Column("Week", text("week")), *columns], IN_FULL)
        )
    if len(shocks):
        yield Folded("The shocks of the scenario", [shock_table(shocks)])


SHOCK = ("felt_week", "when", "kind", "probability", "note", "source")


def shock_table(shocks: pd.DataFrame) -> Table:
    """A row a shock."""
    return Table(
        shocks,
        [
            Column("Shock", text("label")),
            Column("Week", _seen_and_felt),
            Column("Kind", lambda row: row["kind"].replace("_", " ")),
            Column("Probability", lambda row: f"{row['probability']:.0%}", right=True),
            Column("What happens", text("note")),
            Column("Source", text("source")),
        ],
    )


def _seen_and_felt(row: Row) -> str:
    """The week of a shock, or the condition it hangs on."""
    if row["when"]:
        return str(row["when"])
    seen, felt = int(row["week"]), int(row["felt_week"])
    return f"{seen}" if seen == felt else f"{seen}, felt in {felt}"


def arrival_charts(view: RunView) -> Iterator[Block]:
    """Cumulative shares of what happens once."""
    tables = [
        view.weekly(outcome["name"])[["week", "mean"]].assign(event=outcome["label"])
        for outcome in view.having(*ONCE)
    ]
    weeks = pd.concat(tables) if tables else pd.DataFrame()
    if weeks.empty:
        return
    weeks = weeks.rename(columns={"mean": "share"})
    wide = weeks.pivot_table(index="week", columns="event", values="share", sort=False).sort_index()
    places = [str(place) for place in range(wide.shape[1])]  # an event may be called as the index
    columns = [
        Column(str(event), _percent(place), right=True)
        for place, event in zip(places, wide.columns, strict=True)
    ]
    frame = wide.set_axis(places, axis=1).reset_index()
    draw = partial(charts.arrivals, weeks, view.worlds)
    yield Chart(
        "arrivals", draw, Table.whole(frame, [Column("Week", text("week")), *columns], IN_FULL)
    )


def alignment_charts(view: RunView) -> Iterator[Block]:
    """Words against deeds, one chart a pair."""
    drawn = 0
    for public, material in view.alignment_pairs():
        sides = {"words": public, "deeds": material}
        weeks = pd.concat([view.weekly(row["name"]).assign(side=one) for one, row in sides.items()])
        if weeks.empty:
            continue
        drawn += 1
        by, toward = view.names.the(public["by"]), view.names.the(public["on"])
        pair = charts.Pair(by, toward, view.words_ahead(public, material), view.worlds)
        numbers = {"Mean": "mean", "25 %": "q25", "75 %": "q75"}
        columns = [
            Column("Week", text("week")),
            Column("Side", text("side")),
            *(Column(head, _number(key, 2), right=True) for head, key in numbers.items()),
        ]
        draw = partial(charts.words_and_deeds, weeks, pair)
        yield Chart(f"alignment-{drawn}", draw, Table.whole(weeks, columns, IN_FULL))


def help_charts(view: RunView) -> Iterator[Block]:
    """The worlds by the highest grade of help."""
    graded = (row for row in view.having("help_grade") if row["shares"] and is_seen(row))
    for place, outcome in enumerate(graded, start=1):
        yield _bar(f"help-{place}", view, outcome, view.grades)


def deed_charts(view: RunView) -> Iterator[Block]:
    """Who did what to whom."""
    acts = view.run.acts
    if acts.empty or not (acts["per_world"] > 0).any():
        yield "Nobody did anything."
        return
    order = {code: place for place, code in enumerate(view.names.titles)}
    acts = acts.assign(place=acts["actor"].map(order).fillna(len(order)))
    acts = acts[acts["action"] != HOLD].sort_values("place", kind="stable")
    rows = named(view, acts)
    columns = [
        Column("Actor", text("actor")),
        Column("Action", text("label")),
        Column("Toward", text("on")),
        Column("Times a world", _number("per_world", 3), right=True),
    ]
    draw = partial(charts.deeds_map, rows, view.worlds)
    yield Chart("deeds", draw, Table.whole(rows, columns, IN_FULL))


def named(view: RunView, deeds: pd.DataFrame) -> pd.DataFrame:
    """Deeds with the names of their actors for codes."""
    both = {side: deeds[side].astype(str).map(view.names.title) for side in ("actor", "on")}
    return deeds.assign(**both)


# ── Columns ──────────────────────────────────────────────────────────────────────────


def _percent(key: str) -> Show:
    return lambda row: percent(row[key])


def _number(key: str, digits: int) -> Show:
    return lambda row: number(row[key], digits)


def _reach(row: Row) -> str:
    return span(row["low"], row["high"], "share")

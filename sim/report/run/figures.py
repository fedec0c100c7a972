"""The charts of the report, each with the table beneath it."""

from collections.abc import Mapping

import pandas as pd

from realpolitik.sim import charts
from realpolitik.sim.documents.exhibits import Exhibit, TextTable
from realpolitik.sim.formatting.numbers import percent
from realpolitik.sim.report.run.answer import alignment_pairs, words_ahead
from realpolitik.sim.report.run.records import Outcome, Run
from realpolitik.sim.report.run.tables import frame_table, shares_table, span

QUANTILES = ["q05", "q25", "q50", "q75", "q95"]
ONCE_HAPPENED = (
    "direct_strike",
    "major_strike",
    "act",
    "full_scale_war",
    "regional_war",
    "great_power_clash",
)


def shares_exhibit(run: Run) -> list[Exhibit]:
    """All shares, with the record."""
    shares = [outcome for outcome in run.outcomes if outcome.scale == "share" and outcome.seen]
    if not shares:
        return []
    figure = charts.outcome_shares(pd.DataFrame([_share_row(each) for each in shares]), run.worlds)
    rows = [
        (
            each.label,
            percent(each.average.mean),
            span(each.average.low, each.average.high, "share"),
            percent(_record_of(each)),
            each.base_rate.source if each.base_rate else "–",
        )
        for each in shares
    ]
    header = ("Outcome", "Share of worlds", "95 % interval", "Record", "Source of the record")
    return [Exhibit("shares", figure, TextTable(header, rows))]


def _share_row(outcome: Outcome) -> dict[str, object]:
    rate = outcome.base_rate
    low, high = rate.interval if rate else (float("nan"), float("nan"))
    return {
        "label": outcome.label,
        "share": outcome.average.mean,
        "low": outcome.average.low,
        "high": outcome.average.high,
        "record": _record_of(outcome),
        "record_low": low,
        "record_high": high,
    }


def _record_of(outcome: Outcome) -> float:
    rate = outcome.base_rate
    return rate.value if rate and rate.unit == "share" else float("nan")


def classes_exhibits(run: Run) -> list[Exhibit]:
    """Outcomes cut into classes of numbers, such as civilian deaths."""
    found = [each for each in run.outcomes if each.shares and each.scale != "grade" and each.seen]
    return [
        _bar(
            f"classes-{place}",
            outcome,
            {name: _class_label(outcome, name) for name in outcome.shares},
        )
        for place, outcome in enumerate(found, start=1)
    ]


def _class_label(outcome: Outcome, name: str) -> str:
    return f"{name} deaths" if outcome.measure == "civilian_deaths" else name


def help_exhibits(run: Run) -> list[Exhibit]:
    """Grades of help."""
    labels = {str(each["grade"]): str(each["label"]) for each in run.manifest["help_grades"]}
    found = [each for each in run.having("help_grade") if each.shares and each.seen]
    return [_bar(f"help-{place}", each, labels) for place, each in enumerate(found, start=1)]


def _bar(name: str, outcome: Outcome, labels: Mapping[str, str]) -> Exhibit:
    shares = pd.DataFrame(
        {"category": category, "label": labels.get(category, category), "share": share.mean}
        for category, share in outcome.shares.items()
    )
    figure = charts.share_bar(shares, outcome.label, outcome.n)
    return Exhibit(name, figure, shares_table(outcome.shares, labels, outcome.label))


def ladder_exhibit(run: Run) -> list[Exhibit]:
    """The ladder over the weeks."""
    weeks = run.weekly("rung")
    if weeks.empty:
        return []
    shocks = pd.DataFrame(
        [(shock.week, shock.label) for shock in run.shocks], columns=["week", "label"]
    )
    header = ("Week", "5 %", "25 %", "median", "75 %", "95 %")
    table = frame_table(weeks[["week", *QUANTILES]], header, digits=1)
    return [Exhibit("rungs", charts.ladder(weeks, shocks, run.worlds), table)]


def arrivals_exhibit(run: Run) -> list[Exhibit]:
    """Cumulative shares of what happens once."""
    tables = [
        run.weekly(outcome.name)[["week", "mean"]].assign(event=outcome.label)
        for outcome in run.having(*ONCE_HAPPENED)
    ]
    weeks = pd.concat(tables) if tables else pd.DataFrame()
    if weeks.empty:
        return []
    weeks = weeks.rename(columns={"mean": "share"})
    wide = weeks.pivot_table(index="week", columns="event", values="share", sort=False).sort_index()
    rows = [
        (str(week), *map(percent, row))
        for week, row in zip(wide.index, wide.to_numpy(), strict=True)
    ]
    return [
        Exhibit(
            "arrivals", charts.arrivals(weeks, run.worlds), TextTable(("Week", *wide.columns), rows)
        )
    ]


def alignment_exhibits(run: Run) -> list[Exhibit]:
    """Words against deeds, one chart a pair."""
    exhibits = list[Exhibit]()
    for public, material in alignment_pairs(run):
        sides = {"words": public, "deeds": material}
        tables = [run.weekly(outcome.name).assign(side=side) for side, outcome in sides.items()]
        weeks = pd.concat(tables)
        if weeks.empty:
            continue
        by, toward = run.names.the(public.by), run.names.the(public.on)
        pair = charts.Pair(by, toward, words_ahead(run, public, material), run.worlds)
        header = ("Week", "Side", "Mean", "25 %", "75 %")
        table = frame_table(weeks[["week", "side", "mean", "q25", "q75"]], header, digits=2)
        figure = charts.words_and_deeds(weeks, pair)
        exhibits.append(Exhibit(f"alignment-{len(exhibits) + 1}", figure, table))
    return exhibits


def deeds_exhibit(run: Run) -> list[Exhibit]:
    """Who did what to whom."""
    acts = run.acts
    if acts.empty or not (acts["per_world"] > 0).any():
        return []
    order = {code: place for place, code in enumerate(run.names.titles)}
    acts = acts.assign(place=acts["actor"].map(order).fillna(len(order)))
    acts = acts.sort_values("place", kind="stable")
    named = acts.assign(
        actor=acts["actor"].astype(str).map(run.names.title),
        on=acts["on"].astype(str).map(run.names.title),
    )
    named = named[named["action"] != "hold"]
    header = ("Actor", "Action", "Toward", "Times a world")
    table = frame_table(named[["actor", "label", "on", "per_world"]], header, digits=3)
    return [Exhibit("deeds", charts.deeds_map(named, run.worlds), table)]

"""What is said of a study of several scenarios: what differs between them, and their curves."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import pandas as pd

from realpolitik.sim import charts
from realpolitik.sim.analysis.scenarios import EACH, ScenarioStudy
from realpolitik.sim.analysis.view import StudyView
from realpolitik.sim.charts.differences import format_difference, strongest
from realpolitik.sim.charts.sides import MOST as DRAWN
from realpolitik.sim.documents.document import (
    IN_FULL,
    PAGE,
    Block,
    Chart,
    Column,
    Document,
    Folded,
    Link,
    Points,
    Row,
    Section,
    Table,
    text,
)
from realpolitik.sim.documents.html_page import attempt_page, render
from realpolitik.sim.documents.study import MOST, beside, study_data
from realpolitik.sim.documents.study_answer import by_interest
from realpolitik.sim.documents.study_tables import (
    change,
    change_span,
    counted,
    crossings_table,
    curve_table,
    level,
    within,
)
from realpolitik.sim.experiments.study_folder import PAGE as STUDY_PAGE
from realpolitik.sim.formatting.missing import attempt_texts
from realpolitik.sim.formatting.numbers import listing, sentence
from realpolitik.sim.formatting.scales import MeasuredOutcome, Varied

ON_PAGE = frozenset({PAGE})

TOLD = 3
"""Differences of one scenario in the answer, at most."""

NOTE = (
    "World number k has the same luck in every scenario and at every point, so differences are "
    "those of the scenarios. Intervals are 95\u00a0% and say nothing of how far the model may be "
    "wrong."
)

Views = Mapping[str, StudyView]


def scenarios_page(found: ScenarioStudy) -> str:
    """The page that puts the scenarios side by side; the same study gives the same text."""
    return attempt_page(found.about["title"], lambda: render(scenarios_document(found)))


def scenarios_document(found: ScenarioStudy) -> Document:
    """All that is said of a study of several scenarios."""
    about, sides = found.about, _sides(found)
    weeks = next(iter(found.studies.values())).findings.study["scenario"]["weeks"]
    return Document(
        kind="Study of several scenarios",
        title=about["title"],
        question=about["question"],
        answer=[
            *attempt_texts("the answer", lambda: answer(found, sides)),
            *found.missing,
            *_failed(found),
        ],
        facts={
            "Study": about["name"],
            "Scenarios": f"{len(sides.titles)}, the first being the baseline",
            "Worlds": sides.source,
            "Horizon": f"{weeks} weeks",
        },
        note=NOTE,
        sections=_sections(found, sides),
        command=about["command"],
        version=about["version"],
        data=partial(_data, found),
    )


def _sections(found: ScenarioStudy, sides: charts.Sides) -> list[Section]:
    differences, curves = partial(_differences, found, sides), partial(_curves, found, sides)
    return [
        Section("scenarios", "The scenarios", partial(_scenarios, sides), ON_PAGE),
        Section("differences", "How scenarios differ from the baseline", differences),
        Section("curves", "How each changes with what is varied", curves, IN_FULL),
        Section("intervals", "How the intervals are made", lambda: [INTERVALS], IN_FULL),
    ]


def _sides(found: ScenarioStudy) -> charts.Sides:
    """The scenarios, and of how many worlds and points all of it is."""
    first = next(iter(found.studies.values())).findings
    points = f"{len(first.points):,} points of {int(first.study['worlds']):,} worlds or more"
    titles = {one["key"]: one["title"] for one in found.about["scenarios"]}
    return charts.Sides(titles, f"{points} each, seed {first.study['seed']}")


def answer(found: ScenarioStudy, sides: charts.Sides) -> Iterator[str]:
    """A paragraph a scenario: what differs from the baseline beyond chance, the surest first."""
    if "differences" not in found.tables:
        return
    table, baseline = found.tables["differences"], sides.titles[sides.baseline]
    for key, title in list(sides.titles.items())[1:]:
        ranked = strongest(table[table["scenario"] == key].dropna(subset=["difference"]))
        told = [f"{row['label']} {format_difference(row)}" for _, row in ranked[:TOLD].iterrows()]
        more = f"; {len(ranked) - TOLD} more differ" if len(ranked) > TOLD else ""
        if told:
            yield sentence(f"“{title}” against “{baseline}”: {listing(told)}{more}")
        else:
            why = "by more than chance explains"
            yield sentence(f"“{title}” does not differ from “{baseline}” {why}")


def _failed(found: ScenarioStudy) -> Iterator[str]:
    failed = sum(len(study.failures) for study in found.studies.values())
    if failed:
        yield (
            f"{failed:,} block{'' if failed == 1 else 's'} of worlds could not be computed; the "
            "page of each scenario lists its own."
        )


def _data(found: ScenarioStudy) -> Mapping[str, Any]:
    """Everything that was found, for a program."""
    return {
        "study": found.about["name"],
        "folder": str(found.folder),
        "scenarios": {key: study_data(study) for key, study in found.studies.items()},
        "tables": found.tables,
        "missing": found.missing,
    }


def _scenarios(sides: charts.Sides) -> Iterator[Block]:
    def led(row: Row) -> Link:
        return Link(sides.named(row["key"]), f"{EACH}/{row['key']}/{STUDY_PAGE}", ON_PAGE)

    yield "Each has a study and a page of its own."
    yield Table(pd.DataFrame({"key": [*sides.titles]}), [Column("Scenario", led)])


# ── Differences ──────────────────────────────────────────────────────────────────────


def _differences(found: ScenarioStudy, sides: charts.Sides) -> Iterator[Block]:
    """Shares of worlds, and whatever is measured otherwise."""
    table = found.tables.get("differences", pd.DataFrame({"scale": []}))
    if len(table):
        yield "Each is averaged over the points that both have, and taken world by world."
    is_share = table["scale"] == "share"
    for name, rows in {"shares": table[is_share], "others": table[~is_share]}.items():
        known = rows[rows["difference"].notna()] if len(rows) else rows
        shown = difference_table(rows, sides) if len(rows) else None
        if shown and len(known):
            draw = partial(charts.difference_dots, known, sides)
            yield Chart(f"differences-{name}", draw, shown)
        elif shown:
            yield shown


def difference_table(rows: pd.DataFrame, sides: charts.Sides) -> Table:
    """A row an outcome and scenario, beside the baseline."""
    measures = {
        one["outcome"]: MeasuredOutcome(one["label"], one["scale"]) for _, one in rows.iterrows()
    }
    return Table(
        rows,
        [
            Column("Outcome", text("label")),
            Column("Scenario", lambda row: sides.titles[row["scenario"]]),
            *within("Difference", change(measures), change_span(measures)),
            Column("Baseline", level(measures, "baseline", "baseline_came"), right=True),
            Column("Here", level(measures, "other", "other_came"), right=True),
            counted("Points", "points"),
            counted("Worlds a point", "pairs"),
        ],
    )


# ── Curves ───────────────────────────────────────────────────────────────────────────


def _curves(found: ScenarioStudy, sides: charts.Sides) -> Iterator[Block]:
    """Each outcome against each address, a line a scenario; those that matter most first."""
    views = {key: StudyView(study) for key, study in found.studies.items()}
    first, drawn = views[sides.baseline], dict(list(views.items())[:DRAWN])
    shared = [name for name in by_interest(first) if all(name in v.seen for v in views.values())]
    lines = [
        (name, varied, rows)
        for name in shared
        for varied in first.ranking(name)
        if len(rows := _joined(drawn, lambda view: view.curves, name, varied))
    ]
    if lines:
        yield (
            "All scenarios are run at the same points in the same worlds, so the distance between "
            "two curves is surer than the shading suggests."
        )
    for place, line in enumerate(lines[:MOST], start=1):
        yield _curve(drawn, sides, *line, place)
    tipping = pd.concat([_tipping(view).assign(scenario=key) for key, view in drawn.items()])
    if len(tipping):
        table = crossings_table(tipping, first.measures, first.varied)
        scenario = Column("Scenario", lambda row: sides.titles[row["scenario"]])
        told = Table(tipping, [scenario, *table.columns])
        yield Folded("Where thresholds are crossed", [told])


def _curve(
    views: Views, sides: charts.Sides, name: str, varied: Varied, rows: pd.DataFrame, place: int
) -> Chart:
    first = views[sides.baseline]
    measure = first.measures[name]
    measures = {key: MeasuredOutcome(sides.titles[key], measure.scale) for key in views}
    tipping, effects = (
        _joined(views, table, name, varied)
        for table in (_tipping, lambda view: view.table("effects"))
    )
    aside = beside(first, 1)
    draw = partial(charts.curves, rows, tipping, effects, varied, measures, aside, measure.label)
    return Chart(f"curves-{place}", draw, curve_table(rows, varied, measures))


def _tipping(view: StudyView) -> pd.DataFrame:
    """Crossings are drawn on the line that they are of, and not on averages."""
    table = view.table("tipping")
    return table.iloc[:0] if view.sampler == "grid" and len(view.varied) > 1 else table


def _joined(
    views: Views, table: Callable[[StudyView], pd.DataFrame], outcome: str, varied: Varied
) -> pd.DataFrame:
    """Rows about an outcome and address, of each scenario under its key in place of the outcome."""
    parts = []
    for key, view in views.items():
        rows = table(view)
        kept = rows[(rows["outcome"] == outcome) & (rows["address"] == varied.address)]
        parts.append(kept.assign(outcome=key))
    return pd.concat(parts, ignore_index=True)


# ── Intervals ────────────────────────────────────────────────────────────────────────

INTERVALS = Points(
    [
        "Differences are taken world by world at each point that both scenarios have, and averaged "
        "over these points. Worlds are cut into 20 batches, the figure is found again without "
        "each, and the scatter gives the interval (jack-knife).",
        "The thin bars are as wide as the interval would be had the worlds of the two not been "
        "paired.",
        "Points and curves: as on the page of each scenario.",
        "Every number of this page is in the folder of the study: what differs in analysis/*.csv, "
        "the study of each scenario in scenarios/.",
    ]
)

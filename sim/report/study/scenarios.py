"""The page of a study of several scenarios: what differs between them, and their curves."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from realpolitik.sim import charts
from realpolitik.sim.charts.compare.difference_words import difference_said, strongest
from realpolitik.sim.charts.compare.sides import MOST as DRAWN
from realpolitik.sim.documents.exhibits import Exhibit, TextTable
from realpolitik.sim.documents.missing import attempt_exhibits, attempt_page, attempt_texts
from realpolitik.sim.documents.page import render_page
from realpolitik.sim.documents.panels import panel
from realpolitik.sim.report.run.records import Json
from realpolitik.sim.report.study.curve_figures import curves_of
from realpolitik.sim.report.study.figures import MOST, beside
from realpolitik.sim.report.study.findings import by_interest
from realpolitik.sim.report.study.page import Section
from realpolitik.sim.report.study.records import Study, read_study
from realpolitik.sim.report.study.tables import INTERVAL, count, curves_table
from realpolitik.sim.words.numbers import listing, sentence
from realpolitik.sim.words.scales import Measure, Varied, said, with_came

TOLD = 3
"""Differences of one scenario in the answer, at most."""

Parts = Mapping[str, tuple[Any, ...]]
Views = Mapping[str, Study]


def render_scenarios(
    about: Json, parts: Parts, tables: Mapping[str, pd.DataFrame], notes: Sequence[str] = ()
) -> str:
    """One HTML file that needs no network. The same input gives the same text.

    Args:
        about: What the study says of itself, as in `scenarios.json`.
        parts: Key of a scenario → what `study.json` holds, points, tables and failures.
        tables: `differences` and `curves`, of all scenarios.
        notes: Sentences for the reader, shown below the answer.
    """
    return attempt_page(
        str(about["title"]),
        lambda: render_page("scenarios.html.j2", _context(about, parts, tables, notes)),
    )


def _context(
    about: Json, parts: Parts, tables: Mapping[str, pd.DataFrame], notes: Sequence[str]
) -> dict[str, Any]:
    """All that the template names."""
    views = {key: read_study(*part) for key, part in parts.items()}
    sides, exhibits = sides_of(about, views), scenario_exhibits(about, parts, tables)
    return {
        "about": about,
        "answer": attempt_texts("the answer", lambda: answer(tables["differences"], sides)),
        "notes": notes,
        "titles": {one["key"]: one["title"] for one in about["scenarios"]},
        "source": sides.source,
        "weeks": next(iter(views.values())).about["scenario"]["weeks"],
        "sections": [
            Section(anchor, *TOLD_OF[anchor], [panel(one) for one in each])
            for anchor, each in exhibits.items()
            if each
        ],
        "failed": sum(len(view.failures) for view in views.values()),
    }


TOLD_OF = {
    "differences": (
        "Differences",
        "How scenarios differ from the baseline",
        "Each is averaged over the points that both have, and taken world by world.",
    ),
    "curves": (
        "Curves",
        "How each changes with what is varied",
        "All scenarios are run at the same points in the same worlds, so the distance between two "
        "curves is surer than the shading suggests.",
    ),
}
"""Anchor of a section → its name, heading and introduction."""


def sides_of(about: Json, views: Views) -> charts.Sides:
    """The scenarios, and of how many worlds and points all of it is."""
    first = next(iter(views.values()))
    points = f"{len(first.points):,} points of {int(first.about['worlds']):,} worlds or more"
    titles = {one["key"]: one["title"] for one in about["scenarios"]}
    return charts.Sides(titles, f"{points} each, seed {first.about['seed']}")


def scenario_exhibits(
    about: Json, parts: Parts, tables: Mapping[str, pd.DataFrame]
) -> dict[str, list[Exhibit]]:
    """The charts of each section; an empty list where there is nothing to draw."""
    views = {key: read_study(*part) for key, part in parts.items()}
    sides = sides_of(about, views)
    makers: dict[str, Callable[[], Iterator[Exhibit]]] = {
        "differences": lambda: _differences(tables["differences"], sides),
        "curves": lambda: _curves(views, sides),
    }
    return {name: attempt_exhibits(f"the charts of {name}", make) for name, make in makers.items()}


def answer(found: pd.DataFrame, sides: charts.Sides) -> Iterator[str]:
    """A paragraph a scenario: what differs from the baseline beyond chance, the surest first."""
    baseline = sides.titles[sides.baseline]
    for key, title in list(sides.titles.items())[1:]:
        ranked = strongest(found[found["scenario"] == key].dropna(subset=["difference"]))
        told = [f"{row['label']} {difference_said(row)}" for _, row in ranked[:TOLD].iterrows()]
        more = f"; {len(ranked) - TOLD} more differ" if len(ranked) > TOLD else ""
        if told:
            yield sentence(f"“{title}” against “{baseline}”: {listing(told)}{more}")
        else:
            why = "by more than chance explains"
            yield sentence(f"“{title}” does not differ from “{baseline}” {why}")


def _differences(found: pd.DataFrame, sides: charts.Sides) -> Iterator[Exhibit]:
    """Shares of worlds, and whatever is measured otherwise."""
    known = found.dropna(subset=["difference"])
    groups = {"shares": known["scale"] == "share", "others": known["scale"] != "share"}
    for name, which in groups.items():
        if which.any():
            rows = known[which]
            figure = charts.difference_dots(rows, sides)
            yield Exhibit(f"differences-{name}", figure, _differences_table(rows, sides))


def _differences_table(rows: pd.DataFrame, sides: charts.Sides) -> TextTable:
    header = ("Outcome", "Scenario", "Baseline", "Here", "Difference", INTERVAL)
    lines = []
    for _, each in rows.iterrows():
        measure = Measure(str(each["label"]), str(each["scale"]))
        lines.append(
            (
                measure.label,
                sides.titles[each["scenario"]],
                *(_level(each, name, measure.scale) for name in ("baseline", "other")),
                measure.change(float(each["difference"])),
                measure.change_span(float(each["low"]), float(each["high"])),
                count(each["points"]),
                count(each["pairs"]),
            )
        )
    return TextTable((*header, "Points", "Worlds a point"), lines)


def _level(row: pd.Series, name: str, scale: str) -> str:
    return with_came(said(float(row[name]), scale), float(row[f"{name}_came"]))


def _curves(views: Views, sides: charts.Sides) -> Iterator[Exhibit]:
    """Each outcome against each address, a line a scenario; those that matter most first."""
    drawn = {key: view for key, view in views.items() if key in sides.titles}
    first = views[sides.baseline]
    shared = [name for name in by_interest(first) if all(name in v.seen for v in views.values())]
    wanted = [(name, varied) for name in shared for varied in first.ranking(name)]
    kept = list(drawn.items())[:DRAWN]
    made = (_curve(dict(kept), sides, name, varied) for name, varied in wanted)
    for place, one in zip(range(1, MOST + 1), filter(None, made), strict=False):
        yield Exhibit(f"curves-{place}", *one)


def _curve(
    views: Views, sides: charts.Sides, name: str, varied: Varied
) -> tuple[Any, TextTable] | None:
    """The chart and its table; None where points do not lie in lines."""
    measure = views[sides.baseline].measures[name]
    measures = {key: Measure(sides.titles[key], measure.scale) for key in views}
    rows, tipping, effects = (
        _joined({key: _about(table(view), name, varied) for key, view in views.items()})
        for table in (curves_of, _tipping, _effects)
    )
    if rows.empty:
        return None
    aside = beside(next(iter(views.values())), 1)
    figure = charts.curves(rows, tipping, effects, varied, measures, aside, measure.label)
    return figure, curves_table(rows, tipping, varied, measures)


def _tipping(view: Study) -> pd.DataFrame:
    """Crossings are drawn on the line that they are of, and not on averages."""
    table = view.table("tipping")
    return table.iloc[:0] if view.sampler == "grid" and len(view.varied) > 1 else table


def _effects(view: Study) -> pd.DataFrame:
    return view.table("effects")


def _about(table: pd.DataFrame, outcome: str, varied: Varied) -> pd.DataFrame:
    return table[(table["outcome"] == outcome) & (table["address"] == varied.address)]


def _joined(rows: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows of all scenarios, each under the key of its own in place of the outcome."""
    return pd.concat([each.assign(outcome=key) for key, each in rows.items()], ignore_index=True)

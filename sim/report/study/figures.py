"""The charts of a study, each with the table beneath it; none where a table is absent."""

import math
from collections.abc import Iterator, Mapping
from itertools import islice

import pandas as pd

from realpolitik.sim import charts
from realpolitik.sim.charts.study.curves import MOST as CURVES
from realpolitik.sim.charts.study.parallel import MOST as AXES
from realpolitik.sim.report.exhibits import Exhibit
from realpolitik.sim.report.study.records import Study, line_nearest
from realpolitik.sim.report.study.tables import (
    boxes_table,
    cells_table,
    curves_table,
    effects_table,
    indices_table,
    lines_table,
    peeling_table,
    screening_table,
)

MOST = 6
"""Charts of one kind, at most."""

LEAST_POINTS = 8
"""Fewer points than this are not drawn as lines over the addresses."""


def curve_exhibits(study: Study) -> list[Exhibit]:
    """Outcomes of one scale against one address; the addresses that matter most first."""
    table, seen = _curves(study), study.seen
    if table.empty or not seen:
        return []
    ranking = [each for each in study.ranking(next(iter(seen))) if each.address in _has(table)]
    pairs = ((group, varied) for group in groups(seen) for varied in ranking)
    return [
        _curve(study, table, varied, group, place)
        for place, (group, varied) in enumerate(islice(pairs, MOST), start=1)
    ]


def _has(table: pd.DataFrame) -> set[str]:
    return set(table["address"])


def _curves(study: Study) -> pd.DataFrame:
    """The table `curves`; with one address, any design gives one."""
    table = study.table("curves")
    if table.empty and len(study.varied) == 1 and not study.table("summary").empty:
        address = next(iter(study.varied))
        rows = study.table("summary").merge(study.points, on="point")
        return rows.rename(columns={address: "value"}).assign(address=address)
    return table


def groups(
    seen: Mapping[str, charts.Measure],
) -> Iterator[dict[str, charts.Measure]]:
    """Outcomes that share a scale, in groups that fit one chart."""
    for scale in dict.fromkeys(measure.scale for measure in seen.values()):
        names = [name for name, measure in seen.items() if measure.scale == scale]
        for first in range(0, len(names), CURVES):
            yield {name: seen[name] for name in names[first : first + CURVES]}


def _curve(
    study: Study,
    table: pd.DataFrame,
    varied: charts.Varied,
    group: Mapping[str, charts.Measure],
    place: int,
) -> Exhibit:
    rows, aside = table[table["address"] == varied.address], beside(study, 1)
    tipping = study.table("tipping")
    tipping = tipping[(tipping["address"] == varied.address) & tipping["outcome"].isin(list(group))]
    if len(tipping) and study.sampler == "grid" and len(study.varied) > 1:
        # Crossings are those of this line: drawn on an average they would lie beside the curve.
        rows, aside = (
            line_nearest(study, varied),
            "The other addresses stay closest to the scenario.",
        )
    rows = rows[rows["outcome"].isin(list(group))]
    figure = charts.curves(rows, tipping, varied, group, aside)
    return Exhibit(f"curves-{place}", figure, curves_table(rows, tipping, varied, group))


def beside(study: Study, drawn: int) -> str:
    """What the addresses that are not drawn do meanwhile, as a sentence."""
    others = len(study.varied) - drawn
    if not others:
        return ""
    if study.sampler == "one_at_a_time":
        return "All else as in the scenario."
    return f"Averaged over the other {'address' if others == 1 else f'{others} addresses'}."


def heat_exhibits(study: Study) -> list[Exhibit]:
    """Each outcome over two addresses of a grid: those that matter most."""
    if study.sampler != "grid" or len(study.varied) < 2:
        return []
    return [
        _heat(study, name, place) for place, name in enumerate(islice(study.seen, MOST), start=1)
    ]


def _heat(study: Study, name: str, place: int) -> Exhibit:
    measure, points = study.measures[name], study.at_points(name)
    first, second = study.ranking(name)[:2]
    order = list(study.varied)
    across, up = sorted((first, second), key=lambda varied: order.index(varied.address))
    cells = points.groupby([across.address, up.address], as_index=False).agg(
        {"mean": "mean", "low": "mean", "high": "mean", "n": "sum"}
    )
    cells = cells.set_axis(["across", "up", "mean", "low", "high", "n"], axis=1)
    level = study.about.get("thresholds", {}).get(name, 0.5 if measure.scale == "share" else None)
    level = math.nan if level is None else float(level)
    figure = charts.heat_map(cells, across, up, measure, level, beside(study, 2))
    return Exhibit(f"heat-{place}", figure, cells_table(cells, across, up, measure))


def effect_exhibits(study: Study) -> list[Exhibit]:
    """What moves each outcome most: tornado, Sobol' indices or Morris screening."""
    if len(study.varied) < 2:
        return []
    makers = {"effects": _tornado, "sobol": _sobol, "morris": _morris}
    found = [
        (name, outcome)
        for name in makers
        for outcome in study.seen
        if study.has_numbers(name, outcome)
    ]
    return [
        makers[name](study, outcome, f"{name}-{place}")
        for place, (name, outcome) in enumerate(found[:MOST], start=1)
    ]


def _tornado(study: Study, outcome: str, name: str) -> Exhibit:
    rows, measure = study.about_outcome("effects", outcome), study.measures[outcome]
    # Elsewhere an end is an average over the others: the scenario is no place between the two.
    baseline = study.own_mean(outcome) if study.sampler == "one_at_a_time" else math.nan
    figure = charts.tornado(rows, measure, baseline, beside(study, 1))
    return Exhibit(name, figure, effects_table(rows, measure))


def _sobol(study: Study, outcome: str, name: str) -> Exhibit:
    rows, measure = study.about_outcome("sobol", outcome), study.measures[outcome]
    return Exhibit(name, charts.sobol_dots(rows, measure), indices_table(rows))


def _morris(study: Study, outcome: str, name: str) -> Exhibit:
    rows, measure = study.about_outcome("morris", outcome), study.measures[outcome]
    return Exhibit(name, charts.morris_dots(rows, measure), screening_table(rows, measure))


def case_exhibits(study: Study) -> list[Exhibit]:
    """Where the case of interest lies: lines over the addresses, and the box that holds it."""
    found = study.case()
    if found is None:
        return []
    return [*_parallel(study, *found), *_boxes(study, found[1])]


def _parallel(study: Study, outcome: str, case: charts.Case) -> Iterator[Exhibit]:
    points = study.at_points(outcome).assign(inside=study.inside(outcome))
    one_by_one = study.sampler in ("one_at_a_time", "morris")
    if len(study.varied) < 2 or len(points.dropna(subset=["mean"])) < LEAST_POINTS or one_by_one:
        return
    ranking = study.ranking(outcome)
    further = max(0, len(ranking) - AXES)
    figure = charts.parallel(points, ranking[:AXES], case, further)
    yield Exhibit("parallel", figure, lines_table(points, ranking, case.measure))


def _boxes(study: Study, case: charts.Case) -> Iterator[Exhibit]:
    boxes, steps = study.table("boxes"), study.table("peeling")
    if steps.empty:
        return
    if not boxes.empty:
        figure = charts.box_limits(boxes, steps, study.varied, case)
        yield Exhibit("box", figure, boxes_table(boxes, study.varied))
    if len(steps) > 1:
        yield Exhibit("peeling", charts.peeling(steps, case), peeling_table(steps))

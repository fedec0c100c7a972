"""Charts of a study but its curves, each with the table beneath it; none where one is absent."""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from realpolitik.sim import charts
from realpolitik.sim.charts.study.parallel import MOST as AXES
from realpolitik.sim.documents.exhibits import Exhibit
from realpolitik.sim.report.study.findings import by_interest
from realpolitik.sim.report.study.records import Study
from realpolitik.sim.report.study.tables import (
    boxes_table,
    cells_table,
    effects_table,
    indices_table,
    lines_table,
    peeling_table,
    screening_table,
)

MOST = 6
"""Charts of one kind, at most."""

NAMED = 4
"""Names of what there was no room for, at most."""

LEAST_POINTS = 8
"""Fewer points than this are not drawn as lines over the addresses."""


def beside(study: Study, drawn: int) -> str:
    """What the addresses that are not drawn do meanwhile, as a sentence."""
    others = len(study.varied) - drawn
    if not others:
        return ""
    if study.sampler == "one_at_a_time":
        return "All else as in the scenario."
    return f"Averaged over the other {'address' if others == 1 else f'{others} addresses'}."


def few(names: Sequence[str]) -> list[str]:
    """The first of some names, and how many more there are."""
    more = [f"{len(names) - NAMED} more"] if len(names) > NAMED else []
    return [*names[:NAMED], *more]


def not_drawn(names: Sequence[str]) -> str:
    """What there was no room to draw, as a sentence; empty where all is drawn."""
    return f"Not drawn, but in the folder: {'; '.join(few(names))}." if names else ""


def heat_exhibits(study: Study) -> list[Exhibit]:
    """Each outcome over two addresses of a grid: those that matter most."""
    return [
        _heat(study, name, place)
        for place, name in enumerate(islice(_mapped(study), MOST), start=1)
    ]


def undrawn_maps(study: Study) -> str:
    """Outcomes without a map for want of room."""
    return not_drawn([measure.label for measure in _mapped(study).values()][MOST:])


def _mapped(study: Study) -> Mapping[str, charts.Measure]:
    """The outcomes of which a map can be drawn."""
    return by_interest(study) if study.sampler == "grid" and len(study.varied) > 1 else {}


def _heat(study: Study, name: str, place: int) -> Exhibit:
    measure, points = study.measures[name], study.at_points(name)
    first, second = study.ranking(name)[:2]
    order = list(study.varied)
    across, up = sorted((first, second), key=lambda varied: order.index(varied.address))
    how = dict.fromkeys(("mean", "low", "high", "came"), "mean") | {"n": "min", "point": "count"}
    cells = points.groupby([across.address, up.address], as_index=False).agg(how)
    cells = cells.rename(columns={across.address: "across", up.address: "up", "point": "points"})
    level = study.about.get("thresholds", {}).get(name, 0.5 if measure.scale == "share" else None)
    level = math.nan if level is None else float(level)
    effects = study.about_outcome("effects", name)
    figure = charts.heat_map(cells, effects, across, up, measure, level, beside(study, 2))
    return Exhibit(f"heat-{place}", figure, cells_table(cells, across, up, measure))


def effect_exhibits(study: Study) -> list[Exhibit]:
    """What moves each outcome most: tornado, Sobol' indices or Morris screening."""
    return [
        MAKERS[name](study, outcome, f"{name}-{place}")
        for place, (name, outcome) in enumerate(_weighed(study)[:MOST], start=1)
    ]


def undrawn_effects(study: Study) -> str:
    """Outcomes whose effects are not drawn for want of room."""
    return not_drawn([study.measures[outcome].label for _, outcome in _weighed(study)[MOST:]])


def _weighed(study: Study) -> list[tuple[str, str]]:
    """Table and outcome of each chart of effects that there is to draw."""
    if len(study.varied) < 2:
        return []
    return [
        (name, outcome)
        for name in MAKERS
        for outcome in by_interest(study)
        if study.has_numbers(name, outcome)
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


MAKERS = {"effects": _tornado, "sobol": _sobol, "morris": _morris}
"""Table → what draws it."""


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

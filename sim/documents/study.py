"""What is said of a study: what was varied, what that changes, and how sure all of it is."""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

import pandas as pd

from realpolitik.sim import charts
from realpolitik.sim.analysis.boxes import why_no_boxes
from realpolitik.sim.analysis.study import Study
from realpolitik.sim.analysis.view import StudyView
from realpolitik.sim.charts.curves import MOST as CURVES
from realpolitik.sim.charts.parallel import MOST as AXES
from realpolitik.sim.documents.document import (
    IN_FULL,
    Block,
    Chart,
    Document,
    Folded,
    Points,
    Section,
    Text,
)
from realpolitik.sim.documents.html_page import attempt_page, render
from realpolitik.sim.documents.study_answer import answer, by_interest
from realpolitik.sim.documents.study_tables import (
    MATTERING,
    box_table,
    cells_table,
    crossings_table,
    curve_table,
    failures_table,
    given_table,
    lines_table,
    mattering_on_screen,
    mattering_table,
    on_screen,
    peeling_table,
    points_table,
    spread_table,
    varied_table,
)
from realpolitik.sim.experiments.samplers import SAMPLERS
from realpolitik.sim.formatting.missing import attempt_texts
from realpolitik.sim.formatting.names import named
from realpolitik.sim.formatting.numbers import listing, percent
from realpolitik.sim.formatting.scales import MeasuredOutcome, Varied, how_many, setting
from realpolitik.sim.scenario.errors import ROUNDING

MOST = 6
"""Charts of one kind, at most."""

NAMED = 4
"""Names of what there was no room for, at most."""

LEAST_POINTS = 8
"""Fewer points than this are not drawn as lines over the addresses."""

OPEN = 6
"""More addresses than this are shown only when a page is asked to."""

APART = "number"
"""Scale whose outcomes count different things: they share no axis."""

NOTE = (
    "A point is one setting of what is varied; a world is one simulated history. Intervals are "
    "95\u00a0% and say nothing of how far the model may be wrong."
)


def study_page(study: Study) -> str:
    """The page of a study; the same one gives the same text."""
    return attempt_page(study.findings.study["title"], lambda: render(study_document(study)))


def study_document(study: Study) -> Document:
    """All that is said of a study."""
    view = StudyView(study)
    about = view.about
    sections = [
        Section("varied", "What was varied", partial(_varied, view), IN_FULL),
        Section("curves", "How it changes with each address", partial(_curves, view)),
        Section("maps", "Two addresses at once", partial(_maps, view), IN_FULL),
        Section("effects", "What matters most", partial(_effects, view)),
        Section("case", "Under what conditions", partial(_case, view)),
        Section("spread", "How much is parameters, how much is chance", partial(_spread, view)),
        Section("points", "All points", partial(_points, view)),
        Section("failures", "What failed", partial(_failures, view), IN_FULL),
        Section(
            "intervals",
            "How the intervals are made",
            lambda: [Points([*_intervals(view)])],
            IN_FULL,
        ),
    ]
    return Document(
        kind="Study",
        title=about["title"],
        question=about["question"],
        answer=[
            *attempt_texts("the answer", lambda: answer(view)),
            *study.missing,
            *attempt_texts("the note on boxes", lambda: _no_boxes(view)),
            *attempt_texts("the note on worlds", lambda: _missed(view)),
        ],
        facts=_facts(view),
        note=NOTE,
        sections=sections,
        command=about["command"] or f"realpolitik sweep {about['name']}",
        version=about["version"],
        data=partial(study_data, study),
    )


def _facts(view: StudyView) -> dict[str, str]:
    about, failed = view.about, len(view.study.failures)
    scenario = about["scenario"]
    facts = {
        "Study": about["name"],
        "Scenario": named(scenario["title"], scenario["called"]),
        "Points": f"{len(view.points):,}, {SAMPLERS[view.sampler].meaning}",
        "Worlds": f"{worlds_of(view)} a point, {scenario['weeks']} weeks each",
        "Seed": str(about["seed"]),
    }
    return facts | ({"Failed": _blocks(failed)} if failed else {})


def worlds_of(view: StudyView) -> str:
    """Worlds at a point, such as "400" or "400 to 1,000"."""
    return how_many([float(n) for n in view.study.findings.worlds], "").strip()


def _blocks(failed: int) -> str:
    return f"{failed:,} block{'' if failed == 1 else 's'} of worlds"


def _no_boxes(view: StudyView) -> Iterator[str]:
    """Why there are no boxes, where they were looked for."""
    if view.about["favoured"] and "peeling" not in view.study.tables:
        yield from filter(None, [why_no_boxes(view.study.findings)])


def _missed(view: StudyView) -> Iterator[str]:
    """How many points had not worlds enough when they might have no more."""
    until = view.about["until"]
    if not until or until["outcome"] not in view.seen:
        return
    measure = view.measures[until["outcome"]]
    rows = view.about_outcome("summary", until["outcome"])
    wide = (rows["high"] - rows["low"]).where(rows["worlds"] >= until["most"])
    missed = wide[wide > until["width"] * (1 + ROUNDING)]
    if len(missed):
        yield (
            f"{len(missed):,} of {len(rows):,} points stopped at {until['most']:,} worlds before "
            f"the interval of “{measure.label}” was as narrow as was asked: it is up to "
            f"{measure.size(missed.max())} wide, and {measure.size(until['width'])} were asked "
            "for; --extend --at-most adds worlds."
        )


def study_data(study: Study) -> Mapping[str, Any]:
    """Everything that a study found, for a program."""
    return {
        "study": study.findings.study["name"],
        "folder": str(study.folder),
        "points": len(study.findings.points),
        "worlds": dict.fromkeys(study.findings.tallies, int(study.findings.worlds.sum())),
        "failures": study.failures,
        "tables": study.tables,
        "missing": study.missing,
    }


# ── What was varied ──────────────────────────────────────────────────────────────────


def _varied(view: StudyView) -> Iterator[Block]:
    table, addresses = varied_table(view), len(view.varied)
    what = f"{addresses} addresses, with their ranges and what the scenario has"
    yield Folded(what, [table]) if addresses > OPEN else table


# ── Curves ───────────────────────────────────────────────────────────────────────────


def _curves(view: StudyView) -> Iterator[Block]:
    """Outcomes of one scale against one address; the addresses that matter most first."""
    there = _drawable(view)
    if there:
        yield Text(
            "The same worlds are run at every value, so neighbouring points share their luck: "
            "differences along a curve are surer than the shading suggests.",
            IN_FULL,
        )
    if left := undrawn_curves(view):
        yield Text(left, IN_FULL)
    for place, (group, varied) in enumerate(there[:MOST], start=1):
        yield _curve(view, varied, group, place)
    tipping = view.table("tipping")
    if len(tipping):
        table = crossings_table(tipping, view.measures, view.varied)
        yield on_screen(table, "tipping")
        yield Folded("Where thresholds are crossed", [table])


def _drawable(view: StudyView) -> list[tuple[dict[str, MeasuredOutcome], Varied]]:
    """The curves that there are to draw: outcomes and an address each."""
    seen, has = by_interest(view), set(view.curves["address"])
    if not has or not seen:
        return []
    ranking = [each for each in view.ranking(next(iter(seen))) if each.address in has]
    return [(group, varied) for group in groups(seen) for varied in ranking]


def groups(seen: Mapping[str, MeasuredOutcome]) -> Iterator[dict[str, MeasuredOutcome]]:
    """Outcomes that share a scale, in groups that fit one chart; counts of things alone."""
    for scale in dict.fromkeys(measure.scale for measure in seen.values()):
        names = [name for name, measure in seen.items() if measure.scale == scale]
        together = 1 if scale == APART else CURVES
        for first in range(0, len(names), together):
            yield {name: seen[name] for name in names[first : first + together]}


def undrawn_curves(view: StudyView) -> str:
    """Outcomes and addresses without a curve for want of room."""
    left: dict[str, list[str]] = {}
    for group, varied in _drawable(view)[MOST:]:
        labels = listing([measure.label for measure in group.values()])
        left.setdefault(labels, []).append(varied.address)
    return _not_drawn([f"{labels} against {listing(few(names))}" for labels, names in left.items()])


def few(names: Sequence[str]) -> list[str]:
    """The first of some names, and how many more there are."""
    more = [f"{len(names) - NAMED} more"] if len(names) > NAMED else []
    return [*names[:NAMED], *more]


def _not_drawn(names: Sequence[str]) -> str:
    """What there was no room to draw, as a sentence; empty where all is drawn."""
    return f"Not drawn, but in the folder: {'; '.join(few(names))}." if names else ""


def beside(view: StudyView, drawn: int) -> str:
    """What the addresses that are not drawn do meanwhile, as a sentence."""
    others = len(view.varied) - drawn
    if not others:
        return ""
    if view.sampler == "one_at_a_time":
        return "All else as in the scenario."
    return f"Averaged over the other {'address' if others == 1 else f'{others} addresses'}."


def _curve(
    view: StudyView, varied: Varied, group: Mapping[str, MeasuredOutcome], place: int
) -> Chart:
    rows, tipping, effects = (
        table[(table["address"] == varied.address) & table["outcome"].isin(list(group))]
        for table in (view.curves, view.table("tipping"), view.table("effects"))
    )
    aside = beside(view, 1)
    if len(tipping) and view.sampler == "grid" and len(view.varied) > 1:
        # Crossings are those of this line: drawn on an average they would lie beside the curve.
        # Effects are those of the averages.
        line = view.line_nearest(varied)
        rows, effects = line[line["outcome"].isin(list(group))], effects.iloc[:0]
        aside = "The other addresses stay closest to the scenario."
    draw = partial(charts.curves, rows, tipping, effects, varied, group, aside)
    return Chart(f"curves-{place}", draw, curve_table(rows, varied, group))


# ── Maps ─────────────────────────────────────────────────────────────────────────────


def _maps(view: StudyView) -> Iterator[Block]:
    """Each outcome over two addresses of a grid: those that matter most."""
    is_mapped = view.sampler == "grid" and len(view.varied) > 1 and len(view.table("summary"))
    mapped = by_interest(view) if is_mapped else {}
    if left := _not_drawn([measure.label for measure in mapped.values()][MOST:]):
        yield left
    for place, name in enumerate(islice(mapped, MOST), start=1):
        yield _map(view, name, place)


def _map(view: StudyView, name: str, place: int) -> Chart:
    measure, points = view.measures[name], view.at_points(name)
    first, second = view.ranking(name)[:2]
    order = list(view.varied)
    across, up = sorted((first, second), key=lambda varied: order.index(varied.address))
    how = dict.fromkeys(("mean", "low", "high", "came"), "mean") | {"n": "min", "point": "count"}
    cells = points.groupby([across.address, up.address], as_index=False).agg(how)
    cells = cells.rename(columns={across.address: "across", up.address: "up", "point": "points"})
    level = view.about["thresholds"].get(name, 0.5 if measure.scale == "share" else math.nan)
    effects = view.about_outcome("effects", name)
    aside = beside(view, 2)
    draw = partial(charts.heat_map, cells, effects, across, up, measure, float(level), aside)
    table = cells_table(cells.assign(outcome=name), across, up, view.measures)
    return Chart(f"heat-{place}", draw, table)


# ── What matters ─────────────────────────────────────────────────────────────────────

INTROS = {
    "effects": "Each address is set to the low and to the high end of its range. Both ends are "
    "run in the same worlds, so the difference is surer than either end.",
    "sobol": "An index says what share of the variance between points an address accounts for: "
    "alone (first index), or together with all that it does in interplay with others (total).",
    "morris": "Each address is moved by itself in many places. The mean size of what that does "
    "says whether it matters; how uneven it is says whether that depends on the others.",
}


def _effects(view: StudyView) -> Iterator[Block]:
    """What moves each outcome most: tornado, Sobol’ indices or Morris screening."""
    weighed = [
        (name, outcome)
        for name in MATTERING
        for outcome in by_interest(view)
        if len(view.varied) > 1 and view.has_numbers(name, outcome)
    ]
    yield from (Text(INTROS[name], IN_FULL) for name in dict.fromkeys(name for name, _ in weighed))
    if left := _not_drawn([view.measures[outcome].label for _, outcome in weighed][MOST:]):
        yield Text(left, IN_FULL)
    for place, (name, outcome) in enumerate(weighed[:MOST], start=1):
        draw = partial(DRAWERS[name], view, outcome)
        yield Chart(f"{name}-{place}", draw, mattering_table(view, name, outcome))
    yield from mattering_on_screen(view)


def _tornado(view: StudyView, outcome: str) -> Any:
    rows, measure = view.about_outcome("effects", outcome), view.measures[outcome]
    # Elsewhere an end is an average over the others: the scenario is no place between the two.
    baseline = view.own_mean(outcome) if view.sampler == "one_at_a_time" else math.nan
    return charts.tornado(rows, measure, baseline, beside(view, 1))


def _sobol(view: StudyView, outcome: str) -> Any:
    return charts.sobol_dots(view.about_outcome("sobol", outcome), view.measures[outcome])


def _morris(view: StudyView, outcome: str) -> Any:
    return charts.morris_dots(view.about_outcome("morris", outcome), view.measures[outcome])


DRAWERS = {"effects": _tornado, "sobol": _sobol, "morris": _morris}
"""Table → what draws it."""


# ── Under what conditions ────────────────────────────────────────────────────────────


def _case(view: StudyView) -> Iterator[Block]:
    """Where the case of interest lies: lines over the addresses, and the box that holds it."""
    found = view.case()
    if found is None:
        return
    outcome, said = found
    case = charts.Case(view.measures[outcome], said)
    made = [*_parallel(view, outcome, case), *_boxes(view, case)]
    if made:
        yield Text(
            "Each point is one setting of all addresses. The case of interest is drawn strongly: "
            "what its points have in common tells under what conditions it comes about.",
            IN_FULL,
        )
    yield from made


def _parallel(view: StudyView, outcome: str, case: charts.Case) -> Iterator[Block]:
    points = view.at_points(outcome).assign(inside=view.inside(outcome))
    few_points = len(points.dropna(subset=["mean"])) < LEAST_POINTS
    if len(view.varied) < 2 or few_points or view.is_one_by_one:
        return
    ranking = view.ranking(outcome)
    further = max(0, len(ranking) - AXES)
    draw = partial(charts.parallel, points, ranking[:AXES], case, further)
    yield Chart("parallel", draw, lines_table(points, ranking, view.measures))


def _boxes(view: StudyView, case: charts.Case) -> Iterator[Block]:
    boxes, steps = view.table("boxes"), view.table("peeling")
    if steps.empty:
        return
    yield _describe_box(steps[steps["chosen"]].iloc[0], case)
    if boxes.empty:
        yield "That box leaves nothing out: each address may lie anywhere in its range."
    else:
        draw = partial(charts.box_limits, boxes, steps, view.varied, case)
        yield Chart("box", draw, box_table(boxes, view.varied))
    if len(steps) > 1:
        yield Chart("peeling", partial(charts.peeling, steps, case), peeling_table(steps))


def _describe_box(box: pd.Series, case: charts.Case) -> str:
    """What the chosen box holds."""
    return (
        f"{case.measure.label} {case.said}: the box below holds {percent(box['coverage'])} of the "
        f"{int(box['cases']):,} such points (coverage), and {percent(box['density'])} of its "
        f"{int(box['n_points']):,} points are such (density)."
    )


# ── Points, chance and failures ──────────────────────────────────────────────────────


def _spread(view: StudyView) -> Iterator[Block]:
    table = spread_table(view)
    if len(table.frame):
        yield Text(
            "“Points differ by” is the standard deviation of an outcome between points, with the "
            "play of chance taken out: what the varied addresses do. “Chance a point” is the mean "
            "standard error of one point (of shares, that which Wilson’s interval has): what other "
            "worlds would have changed. More worlds make the second smaller, never the first.",
            IN_FULL,
        )
        yield table


def _points(view: StudyView) -> Iterator[Block]:
    if not view.table("summary").empty:
        if view.sampler == "given":
            yield given_table(view)
        yield Folded("Every outcome at every point", [points_table(view)])
    yield Text(
        "Every number of this page is in the folder of the study: the points in points.parquet, "
        "their worlds in parts/, the tables in analysis/*.csv.",
        IN_FULL,
    )


def _failures(view: StudyView) -> Iterator[Block]:
    table = failures_table(view)
    if len(table.frame):
        yield (
            f"{_blocks(len(table.frame))} could not be computed. Their points have fewer worlds, "
            "or none; nothing was put in their place."
        )
        yield table


def _intervals(view: StudyView) -> Iterator[str]:
    has = {name for name, table in view.study.tables.items() if not table.empty}
    yield (
        "All intervals are 95\u00a0%. World number k draws the same luck at every point, so "
        "differences between points are surer than the points themselves."
    )
    yield (
        "A point: Wilson’s score interval for shares of worlds, Student’s for means. It tells what "
        "other worlds might have shown, the setting being the same."
    )
    if has & {"curves", "effects", "tipping"}:
        yield (
            "Averages of several points, differences and tipping points: worlds are cut into 20 "
            "batches, the figure is found again without each, and the scatter gives the interval "
            "(jack-knife). Differences are taken world by world, pair by pair."
        )
    if "curves" in has and view.sampler == "grid" and len(view.varied) > 2:
        yield (
            "Averages in maps: the mean of the intervals of the points, which is too wide rather "
            "than too narrow."
        )
    if "sobol" in has:
        yield (
            "Indices: the thick bar tells what other worlds at the same points would change, the "
            "thin bar also what another choice of points would. Estimates may lie a little outside "
            "0 to 100\u00a0%."
        )
    if "morris" in has:
        yield "Screening: the interval joins the choice of paths and the play of chance."
    if "peeling" in has:
        yield (
            "Boxes: Wilson’s interval of a share of points. The box was fitted to these very "
            "points, so it looks a little better here than it would at others."
        )
    yield from _until(view)


def _until(view: StudyView) -> Iterator[str]:
    """When a point had worlds enough, if that was asked."""
    until = view.about["until"]
    if not until:
        return
    measure = view.measures.get(until["outcome"])
    label = measure.label if measure else until["outcome"]
    width = measure.size(until["width"]) if measure else setting(until["width"])
    yield (
        f"Worlds were added at each point until the interval of “{label}” was at most {width} "
        f"wide, or {until['most']:,} worlds were reached."
    )

"""The curves of a study: outcomes against one address, with the table beneath."""

from collections.abc import Iterator, Mapping

import pandas as pd

from realpolitik.sim import charts
from realpolitik.sim.charts.study.curves import MOST as CURVES
from realpolitik.sim.documents.exhibits import Exhibit
from realpolitik.sim.report.study.figures import MOST, beside, few, not_drawn
from realpolitik.sim.report.study.findings import by_interest
from realpolitik.sim.report.study.records import Study, line_nearest
from realpolitik.sim.report.study.tables import curves_table
from realpolitik.sim.words.numbers import listing

APART = "number"
"""Scale whose outcomes count different things: they share no axis."""


def curve_exhibits(study: Study) -> list[Exhibit]:
    """Outcomes of one scale against one address; the addresses that matter most first."""
    table = curves_of(study)
    return [
        _curve(study, table, varied, group, place)
        for place, (group, varied) in enumerate(_drawable(study)[:MOST], start=1)
    ]


def undrawn_curves(study: Study) -> str:
    """Outcomes and addresses without a curve for want of room."""
    left: dict[str, list[str]] = {}
    for group, varied in _drawable(study)[MOST:]:
        labels = listing([measure.label for measure in group.values()])
        left.setdefault(labels, []).append(varied.address)
    return not_drawn([f"{labels} against {listing(few(names))}" for labels, names in left.items()])


def _drawable(study: Study) -> list[tuple[dict[str, charts.Measure], charts.Varied]]:
    """The curves that there are to draw: outcomes and an address each."""
    table, seen = curves_of(study), by_interest(study)
    if table.empty or not seen:
        return []
    ranking = [each for each in study.ranking(next(iter(seen))) if each.address in _has(table)]
    return [(group, varied) for group in groups(seen) for varied in ranking]


def _has(table: pd.DataFrame) -> set[str]:
    return set(table["address"])


def curves_of(study: Study) -> pd.DataFrame:
    """The table `curves`; with one address, any design gives one."""
    table = study.table("curves")
    if table.empty and len(study.varied) == 1 and not study.table("summary").empty:
        address = next(iter(study.varied))
        rows = study.table("summary").merge(study.points, on="point")
        return rows.rename(columns={address: "value"}).assign(address=address, points=1)
    return table


def groups(
    seen: Mapping[str, charts.Measure],
) -> Iterator[dict[str, charts.Measure]]:
    """Outcomes that share a scale, in groups that fit one chart; counts of things alone."""
    for scale in dict.fromkeys(measure.scale for measure in seen.values()):
        names = [name for name, measure in seen.items() if measure.scale == scale]
        together = 1 if scale == APART else CURVES
        for first in range(0, len(names), together):
            yield {name: seen[name] for name in names[first : first + together]}


def _curve(
    study: Study,
    table: pd.DataFrame,
    varied: charts.Varied,
    group: Mapping[str, charts.Measure],
    place: int,
) -> Exhibit:
    rows, aside = table[table["address"] == varied.address], beside(study, 1)
    tipping, effects = study.table("tipping"), study.table("effects")
    effects = effects[(effects["address"] == varied.address) & effects["outcome"].isin(list(group))]
    tipping = tipping[(tipping["address"] == varied.address) & tipping["outcome"].isin(list(group))]
    if len(tipping) and study.sampler == "grid" and len(study.varied) > 1:
        # Crossings are those of this line: drawn on an average they would lie beside the curve.
        # Effects are those of the averages.
        rows, effects = line_nearest(study, varied), effects.iloc[:0]
        aside = "The other addresses stay closest to the scenario."
    rows = rows[rows["outcome"].isin(list(group))]
    figure = charts.curves(rows, tipping, effects, varied, group, aside)
    return Exhibit(f"curves-{place}", figure, curves_table(rows, tipping, varied, group))

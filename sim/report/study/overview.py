"""Tables of a study as a whole: what was varied, parameters against chance, points, failures."""

from collections.abc import Sequence

import pandas as pd

from realpolitik.sim.documents.exhibits import TextTable
from realpolitik.sim.report.run.records import Json, text, value
from realpolitik.sim.report.study.records import Study
from realpolitik.sim.report.study.tables import INTERVAL, count, cut, interval_columns
from realpolitik.sim.words.numbers import NONE
from realpolitik.sim.words.scales import Measure, said, setting, setting_span, span, with_came

FAILED = {
    "point": "Point",
    "block": "Block",
    "first_world": "First world",
    "worlds": "Worlds",
    "error": "Error",
}
"""Column of the failures → its heading."""


def varied_table(study: Study) -> TextTable:
    """What was varied."""
    return TextTable(
        ("Address", "Varied from", "to", "In the scenario", "Declared range", "Unit", "Meaning"),
        [_varied_row(each) for each in study.about["vary"]],
    )


def _varied_row(found: Json) -> Sequence[str]:
    declared = found.get("declared") or []
    return (
        text(found["address"]),
        setting(value(found["low"])),
        setting(value(found["high"])),
        setting(value(found.get("default"))),
        setting_span(*map(value, declared)) if len(declared) == 2 else NONE,
        _unit(text(found.get("unit"))),
        text(found.get("meaning")) or NONE,
    )


def _unit(found: str) -> str:
    """A unit; nothing for a mere number."""
    return NONE if found in ("", "1") else found


def spread_table(study: Study) -> TextTable:
    """How much of the variation is parameters, and how much is chance."""
    header = (
        *("Outcome", "Mean over points", INTERVAL, "Least to greatest point"),
        *("Points differ by", "Chance a point", "Worlds in all", "Points"),
    )
    rows = [
        _spread_row(study.measures[name], each)
        for name, (_, each) in _by_outcome(study, study.needed("spread"))
    ]
    return TextTable(header, rows)


def _by_outcome(study: Study, table: pd.DataFrame) -> list[tuple[str, tuple[object, pd.Series]]]:
    """Rows of outcomes that the study reports, with their names."""
    rows = zip(table["outcome"], table.iterrows(), strict=True)
    return [(str(name), row) for name, row in rows if name in study.measures]


def _spread_row(measure: Measure, each: pd.Series) -> Sequence[str]:
    parameters, chance = (float(each[name]) for name in ("parameter_sd", "noise_sd"))
    return (
        measure.label,
        with_came(said(float(each["mean"]), measure.scale), float(each["came"])),
        span(float(each["low"]), float(each["high"]), measure.scale),
        span(float(each["least"]), float(each["greatest"]), measure.scale),
        measure.size(parameters),
        measure.size(chance),
        count(each["n"]),
        count(each["points"]),
    )


def points_table(study: Study) -> TextTable:
    """Every outcome at every point."""
    study.needed("summary")
    header = ("Point", *study.varied, "Outcome", "Mean", INTERVAL, "Worlds")
    rows = []
    for name, measure in study.seen.items():
        points = study.at_points(name)
        settings = points[list(study.varied)].astype(float).to_numpy().tolist()
        rows += [
            (str(point), *map(setting, values), measure.label, *numbers)
            for point, values, numbers in zip(
                points["point"], settings, interval_columns(points, measure.scale), strict=True
            )
        ]
    return cut(TextTable(header, rows))


def failures_table(study: Study) -> TextTable:
    """What could not be computed: the columns of FAILED that there are."""
    failed = study.failures
    names = [name for name in FAILED if name in failed]
    rows = [
        tuple(found if isinstance(found, str) else count(found) for found in row)
        for row in zip(*(failed[name].tolist() for name in names), strict=True)
    ]
    return cut(TextTable([FAILED[name] for name in names], rows))

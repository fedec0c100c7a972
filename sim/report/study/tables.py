"""Tables of text for the page of a study: every number with its interval and its n."""

from collections.abc import Mapping, Sequence

import pandas as pd

from realpolitik.sim.documents.exhibits import TextTable
from realpolitik.sim.report.run.records import text, value
from realpolitik.sim.words.numbers import NONE, number, percent
from realpolitik.sim.words.scales import (
    Measure,
    Varied,
    said,
    setting,
    setting_span,
    span,
    with_came,
)

INTERVAL = "95\u00a0% interval"
MOST_ROWS = 300
"""Rows of a table on the page; the folder holds them all."""


def cut(table: TextTable) -> TextTable:
    """The first rows of a long table, and a row that says how many are left out."""
    left = len(table.rows) - MOST_ROWS
    if left <= 0:
        return table
    rest = (f"{left:,} more in the folder", *[NONE] * (len(table.header) - 1))
    return TextTable(table.header, [*table.rows[:MOST_ROWS], rest])


def count(found: object) -> str:
    """A whole number."""
    return number(value(found), 0)


def _columns(frame: pd.DataFrame, *names: str) -> list[list[float]]:
    return [frame[name].astype(float).tolist() for name in names]


def interval_columns(frame: pd.DataFrame, scale: str) -> list[tuple[str, str, str]]:
    """Mean, interval and n of each row; beside a mean of weeks in how many worlds it came."""
    columns = _columns(frame, "mean", "low", "high", "n", "came")
    return [
        (with_came(said(mean, scale), came), span(low, high, scale), count(n))
        for mean, low, high, n, came in zip(*columns, strict=True)
    ]


def curves_table(
    rows: pd.DataFrame, tipping: pd.DataFrame, varied: Varied, group: Mapping[str, Measure]
) -> TextTable:
    """Means by value; where thresholds are crossed comes first."""
    header = ("Outcome", varied.address, "Mean", INTERVAL, "Worlds a point", "Note")
    lines = []
    for name, measure in group.items():
        for _, tips in tipping[tipping["outcome"] == name].iterrows():
            crossed = setting(float(tips["value"]))
            lines.append(
                (
                    f"{measure.label}: crosses {measure.level(float(tips['threshold']))}",
                    crossed if crossed != NONE else "never",
                    NONE,
                    _crossing_span(tips),
                    count(tips["n"]),
                    text(tips.get("note")) or NONE,
                )
            )
        of = rows[rows["outcome"] == name].sort_values("value", kind="stable")
        settings = [setting(found) for found in of["value"].astype(float)]
        lines += [
            (measure.label, at, *numbers, NONE)
            for at, numbers in zip(settings, interval_columns(of, measure.scale), strict=True)
        ]
    return cut(TextTable(header, lines))


def _crossing_span(tips: pd.Series) -> str:
    known = pd.notna(tips["value"])
    return setting_span(float(tips["low"]), float(tips["high"])) if known else NONE


def cells_table(cells: pd.DataFrame, across: Varied, up: Varied, measure: Measure) -> TextTable:
    """The cells of a map."""
    header = (across.address, up.address, "Mean", INTERVAL, "Worlds a point")
    places = zip(*_columns(cells, "across", "up"), strict=True)
    rows = [
        (setting(x), setting(y), *numbers)
        for (x, y), numbers in zip(places, interval_columns(cells, measure.scale), strict=True)
    ]
    return cut(TextTable(header, rows))


def effects_table(effects: pd.DataFrame, measure: Measure) -> TextTable:
    """Both ends of each address and the difference."""
    header = ("Address", "Low end", "There", INTERVAL, "High end", "There", INTERVAL)
    rows = [
        (
            str(each["address"]),
            *_end(each, "low", measure),
            *_end(each, "high", measure),
            measure.change(float(each["difference"])),
            measure.change_span(float(each["low"]), float(each["high"])),
            count(each["n"]),
        )
        for _, each in effects.iterrows()
    ]
    return TextTable((*header, "Difference", INTERVAL, "Worlds a point"), rows)


def _end(effect: pd.Series, end: str, measure: Measure) -> tuple[str, str, str]:
    parts = ("", "_low", "_high", "_came")
    mean, low, high, came = (float(effect[f"at_{end}{part}"]) for part in parts)
    return (
        setting(float(effect[f"value_{end}"])),
        with_came(said(mean, measure.scale), came),
        span(low, high, measure.scale),
    )


def indices_table(indices: pd.DataFrame) -> TextTable:
    """First and total indices."""
    header = ["Address"]
    for name in ("Alone (first)", "In all (total)"):
        header += [name, f"{INTERVAL}: worlds and design", "worlds only"]
    rows = []
    for _, each in indices.iterrows():
        row = [str(each["address"])]
        for name in ("first", "total"):
            row.append(percent(float(each[name])))
            for kind in ("", "_noise"):
                low, high = (float(each[f"{name}{kind}_{end}"]) for end in ("low", "high"))
                row.append(span(low, high, "share").replace("-", "−"))
        rows.append((*row, count(each["n"]), count(each["points"])))
    return TextTable((*header, "Worlds a point", "Points"), rows)


def screening_table(effects: pd.DataFrame, measure: Measure) -> TextTable:
    """Mean effects and their spread."""
    header = ("Address", "Mean size (μ*)", INTERVAL, "Mean (μ)", "Unevenness (σ)")
    rows = [
        (
            str(each["address"]),
            measure.size(float(each["mu_star"])),
            measure.change_span(float(each["mu_star_low"]), float(each["mu_star_high"])),
            measure.change(float(each["mu"])),
            measure.size(float(each["sigma"])),
            count(each["n"]),
            count(each["points"]),
        )
        for _, each in effects.iterrows()
    ]
    return TextTable((*header, "Worlds a point", "Points"), rows)


def lines_table(points: pd.DataFrame, varied: Sequence[Varied], measure: Measure) -> TextTable:
    """The points, those in the case of interest first."""
    ordered = points.sort_values("inside", ascending=False, kind="stable")
    header = ("Point", "In the case", "Mean", INTERVAL, "Worlds", *(v.address for v in varied))
    settings = zip(*_columns(ordered, *(each.address for each in varied)), strict=True)
    rows = [
        (str(point), "yes" if inside else "no", *numbers, *map(setting, values))
        for point, inside, numbers, values in zip(
            ordered["point"],
            ordered["inside"],
            interval_columns(ordered, measure.scale),
            settings,
            strict=True,
        )
    ]
    return cut(TextTable(header, rows))


def boxes_table(boxes: pd.DataFrame, varied: Mapping[str, Varied]) -> TextTable:
    """The limits of the chosen box."""
    luck = "Quasi-p (so good a limit by luck)"
    header = ("Address", "From", "to", "Whole range", luck, "Points in the box")
    rows = [
        (
            address := str(each["address"]),
            setting(float(each["low"])),
            setting(float(each["high"])),
            setting_span(varied[address].low, varied[address].high),
            number(float(each["p_value"]), 3),
            count(each["n_points"]),
        )
        for _, each in boxes.iterrows()
    ]
    return TextTable(header, rows)


def peeling_table(steps: pd.DataFrame) -> TextTable:
    """Each step of the peeling."""
    ordered = steps.sort_values("box", kind="stable")
    rows = [
        (
            count(each["box"]),
            percent(each["coverage"]),
            percent(each["density"]),
            percent(each["mass"]),
            count(each["n_points"]),
        )
        for _, each in ordered.iterrows()
    ]
    return TextTable(("Step", "Coverage", "Density", "Share of all points", "Points"), rows)

"""What a conclusion hangs on: the parameters that flip it, as a chart and a table."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from realpolitik.sim.charts.explain.flip_ranges import flip_ranges
from realpolitik.sim.charts.explain.flip_words import (
    Flip,
    flipping,
    interval_said,
    near,
    of_range,
    span_said,
    varied_of,
)
from realpolitik.sim.documents.exhibits import Exhibit, TextTable
from realpolitik.sim.documents.missing import attempt_exhibits, attempt_texts
from realpolitik.sim.report.explain.page import Page, Section, render_explained
from realpolitik.sim.report.explain.records import Asked
from realpolitik.sim.report.run.tables import span
from realpolitik.sim.report.study.tables import INTERVAL, cut
from realpolitik.sim.words.numbers import NONE, capital, listing, sentence
from realpolitik.sim.words.scales import Measure, setting, with_came

NAMED = 3
"""Parameters that the answer names."""


@dataclass(frozen=True)
class Hanging:
    """What hangs on what: the table of flips, its words, where the scenario stands, and facts."""

    asked: Asked
    table: pd.DataFrame
    flip: Flip
    here: str
    facts: Sequence[tuple[str, str]]


def outcome_flip(measure: Measure, level: float, worlds: int, here: float) -> Flip:
    """The words for an outcome that crosses a level; `here` is where it stands in the scenario."""
    of = " of worlds" if measure.scale == "share" else ""
    change = f"{'falls below' if here >= level else 'reaches'} {measure.level(level)}{of}"
    sample = f"{worlds:,} worlds at each value, the same at all; strips: 95 % intervals of chance."
    return Flip(measure.label, change, sample)


def choice_flip(deed: str, week: int, world: int, likeliest: bool) -> Flip:
    """The words for a choice that would have had another likeliest option."""
    subject = f"{capital(deed)}, week {week} of world {world}"
    change = "is no longer the likeliest" if likeliest else "becomes the likeliest"
    sample = "One choice, all that went before held as it was; no chance is left in it."
    return Flip(subject, change, sample)


def flips_exhibits(table: pd.DataFrame, flip: Flip, name: str = "flips") -> list[Exhibit]:
    """The chart of ranges, with all parameters beneath; none where nothing flips.

    Columns: address, default, low, high, flips_at, share_of_range, verdict, source, why, and of
    outcomes flip_low and flip_high.
    """
    if flipping(table).empty:
        return []
    return [Exhibit(name, flip_ranges(table, flip), cut(flips_table(table)))]


def unflipped(table: pd.DataFrame) -> list[tuple[str, TextTable]]:
    """The table of all parameters where nothing flips, and so no chart shows it."""
    return [("What was moved", cut(flips_table(table)))] if flipping(table).empty else []


def ordered(table: pd.DataFrame) -> pd.DataFrame:
    """All rows, the nearest flip first, those that never flip last."""
    return table.sort_values("share_of_range", kind="stable", na_position="last")


def flips_table(table: pd.DataFrame) -> TextTable:
    """Every parameter: where it flips the conclusion, how far that is, and where it is from.

    Of an outcome with the interval of each flip, of a choice with what is then level with it.
    """
    rows = [_row(row) for _, row in ordered(table).iterrows()]
    missing = {"Level with"} if "flip_low" in table else {INTERVAL}
    header = [name for name in COLUMNS if name not in missing]
    return TextTable(header, [[row[name] for name in header] for row in rows])


COLUMNS = (
    *("Parameter", "Flips at", INTERVAL, "In the scenario", "Range", "Share of its range"),
    *("Verdict", "Level with", "Source", "Why"),
)


def _row(row: "pd.Series[Any]") -> dict[str, str]:
    """The cells of a parameter, by heading."""
    varied = varied_of(row)
    flips = math.isfinite(row["flips_at"])
    low, high = (float(row.get(f"flip_{end}", math.nan)) for end in ("low", "high"))
    return {
        "Parameter": varied.address,
        "Flips at": near(varied, row["flips_at"]) if flips else "never",
        INTERVAL: span_said(varied, low, high, of="") if math.isfinite(low) else NONE,
        "In the scenario": setting(row["default"]),
        "Range": f"{setting(row['low'])} to {setting(row['high'])}",
        "Share of its range": of_range(row["share_of_range"]) if flips else NONE,
        "Verdict": str(row["verdict"]),
        "Level with": str(row.get("level_with", "")) or NONE,
        "Source": str(row["source"]),
        "Why": str(row["why"]),
    }


def flips_answer(table: pd.DataFrame, here: str) -> list[str]:
    """How much hangs on how many parameters; `here` says where the scenario stands."""
    flips = flipping(table)
    if flips.empty:
        said = f"none of {len(table):,} parameters, moved alone within its range, flips that"
        return [" ".join([sentence(here), sentence(said)])]
    named = []
    for _, row in flips.head(NAMED).iterrows():
        varied = varied_of(row)
        at = f"{near(varied, row['flips_at'])}{interval_said(row, varied)}"
        named.append(f"{varied.address} at {at} instead of {setting(row['default'])}")
    of = f"{len(flips):,} of {len(table):,} parameters, moved alone within their ranges, flip that"
    if len(flips) == 1:
        of = f"one of {len(table):,} parameters, moved alone within its range, flips that"
    return [
        " ".join([sentence(here), sentence(of)]),
        sentence(f"the nearest {'is' if len(named) == 1 else 'are'} {listing(named)}"),
    ]


def here_said(table: pd.DataFrame, measure: Measure) -> str:
    """The outcome in the scenario as it is, with its interval."""
    if table.empty:
        return f"{measure.label}: no parameter was moved"
    row = table.iloc[0]
    interval = span(row["at_default_low"], row["at_default_high"], measure.scale)
    here = with_came(f"{measure.often(row['at_default'])}", float(row["at_default_came"]))
    return f"{measure.label}: {here} as the scenario is ({interval})"


def flips_page(found: Hanging) -> str:
    """The page of what a conclusion hangs on."""
    page = Page(
        kind="What it hangs on",
        answer=attempt_texts("the answer", lambda: flips_answer(found.table, found.here)),
        facts=[*found.facts, ("Parameters", f"{len(found.table):,}")],
        sections=[
            Section(
                "flips",
                "Flip points",
                "How far each number must move",
                FLIPS,
                attempt_exhibits(
                    "the chart of flips", lambda: flips_exhibits(found.table, found.flip)
                ),
                unflipped(found.table),
            )
        ],
        words=("range",),
    )
    return render_explained(found.asked, page)


FLIPS = (
    "Each parameter is moved by itself, within the range it is declared for, until the conclusion "
    "flips. What flips it close to the scenario is what it hangs on; two numbers moved at once may "
    "flip it sooner."
)

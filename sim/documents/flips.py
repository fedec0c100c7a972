"""What is said of what hangs on what: the numbers that flip a conclusion, or a choice."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from realpolitik.sim.charts.flips import (
    Flip,
    flip_ranges,
    flipping,
    format_interval,
    format_span,
    near,
    of_range,
    varied_of,
)
from realpolitik.sim.documents.document import (
    IN_FULL,
    SCREEN,
    Block,
    Chart,
    Column,
    Document,
    Folded,
    Row,
    Section,
    Table,
    Text,
    text,
)
from realpolitik.sim.documents.reasons import Inquiry
from realpolitik.sim.engine.actions import PUBLIC
from realpolitik.sim.explain.choice import Choice
from realpolitik.sim.explain.probe import Group
from realpolitik.sim.formatting.missing import attempt_texts
from realpolitik.sim.formatting.numbers import NONE, capital, listing, sentence
from realpolitik.sim.formatting.scales import MeasuredOutcome, capped, setting, span, with_came

NAMED = 3
"""Parameters that the answer names."""

ONLY_SCREEN = frozenset({SCREEN})


@dataclass(frozen=True)
class Hanging:
    """What hangs on what.

    Attributes:
        inquiry: What was asked.
        table: The flips, as the study gives them.
        flip: Their words.
        here: Where the scenario stands, as a clause.
        facts: Name → value of what was asked about.
    """

    inquiry: Inquiry
    table: pd.DataFrame
    flip: Flip
    here: str
    facts: Mapping[str, str]


def measure_of(inquiry: Inquiry, outcome: str) -> MeasuredOutcome:
    """An outcome of the scenario, as it is called, with its scale."""
    measured = inquiry.scenario.outcomes[outcome]
    label = measured.label or outcome.replace("_", " ")
    return MeasuredOutcome(capped(label, measured.scale, inquiry.scenario.weeks), measured.scale)


def of_outcome(
    inquiry: Inquiry, outcome: str, level: float, worlds: int, table: pd.DataFrame
) -> Hanging:
    """What an outcome that crosses a level hangs on; `table` as `flip_outcome` gives it."""
    measure = measure_of(inquiry, outcome)
    return Hanging(
        inquiry,
        table,
        _outcome_flip(measure, level, worlds, table),
        _here(table, measure),
        {
            "Outcome": measure.label,
            "Level": measure.level(level),
            "Worlds": f"{worlds:,} at each value, seed {inquiry.seed}",
        },
    )


def _outcome_flip(measure: MeasuredOutcome, level: float, worlds: int, table: pd.DataFrame) -> Flip:
    of = " of worlds" if measure.scale == "share" else ""
    falls = len(table) > 0 and table["at_default"].iloc[0] >= level
    change = f"{'falls below' if falls else 'reaches'} {measure.level(level)}{of}"
    sample = f"{worlds:,} worlds at each value, the same at all; strips: 95 % intervals of chance."
    return Flip(measure.label, change, sample)


def _here(table: pd.DataFrame, measure: MeasuredOutcome) -> str:
    """The outcome in the scenario as it is, with its interval."""
    if table.empty:
        return f"{measure.label}: no parameter was moved"
    row = table.iloc[0]
    interval = span(row["at_default_low"], row["at_default_high"], measure.scale)
    here = with_came(measure.often(row["at_default"]), float(row["at_default_came"]))
    return f"{measure.label}: {here} as the scenario is ({interval})"


def of_choice(inquiry: Inquiry, choice: Choice, group: Group, table: pd.DataFrame) -> Hanging:
    """What the choice of one world hangs on; `table` as `flip_choice` gives it."""
    row = choice.margin(group)
    deed = inquiry.deed(choice.actor, row["action"], group.target, group.track)
    asked = group.track
    if group.track == PUBLIC:
        asked = inquiry.whether(choice.actor, group.choice, group.target)
    subject = f"{capital(deed)}, week {choice.week} of world {choice.world}"
    change = "is no longer the likeliest" if row["likeliest"] else "becomes the likeliest"
    sample = "One choice, all that went before held as it was; no chance is left in it."
    return Hanging(
        inquiry,
        table.assign(level_with=_rivals(table, inquiry, group)),
        Flip(subject, change, sample),
        _margin(row),
        {
            "Choice": f"{deed} ({asked})",
            "World": f"{choice.world}, seed {inquiry.seed}",
            "Week": f"{choice.week}, from {choice.date}: {choice.rule}",
        },
    )


def _rivals(table: pd.DataFrame, inquiry: Inquiry, group: Group) -> list[str]:
    """What draws level where a row flips; empty where none does."""
    return [
        f"“{inquiry.phrase(action, group.target, group.track)}”" if flips else ""
        for action, flips in zip(table["instead"], table["flips_at"].notna(), strict=True)
    ]


def _margin(row: Row) -> str:
    """How what was taken stood to the best of all others."""
    if row["runner_up"] < 0:
        return "no other option was open"
    ahead = "led the next" if row["likeliest"] else "trailed the likeliest"
    return f"what was done {ahead} by {abs(row['margin_log_odds']):.2f} log odds"


def flips_document(found: Hanging) -> Document:
    """All that is said of flips."""
    return found.inquiry.document(
        kind="What it hangs on",
        answer=lambda: flips_answer(found.table, found.here),
        facts={**found.facts, "Parameters": f"{len(found.table):,}"},
        sections=[Section("flips", "How far each number must move", partial(_points, found))],
        words=("range",),
        data={"here": found.here, "rows": ordered(found.table).to_dict("records")},
    )


def hanging_section(found: Hanging, note: str) -> Section:
    """What the conclusion of a run hangs on; `note` says which parameters were moved."""

    def make() -> Iterator[Block]:
        answer = attempt_texts("the answer", lambda: flips_answer(found.table, found.here))
        yield " ".join([*answer, note])
        yield _ranges(found, "hangs")

    return Section("hangs", "What the conclusion hangs on", make, IN_FULL)


def flips_answer(table: pd.DataFrame, here: str) -> list[str]:
    """How much hangs on how many parameters; `here` says where the scenario stands."""
    flips = flipping(table)
    if flips.empty:
        told = f"none of {len(table):,} parameters, moved alone within its range, flips that"
        return [" ".join([sentence(here), sentence(told)])]
    named = []
    for _, row in flips.head(NAMED).iterrows():
        varied = varied_of(row)
        at = f"{near(varied, row['flips_at'])}{format_interval(row, varied)}"
        named.append(f"{varied.address} at {at} instead of {setting(row['default'])}")
    of = f"{len(flips):,} of {len(table):,} parameters, moved alone within their ranges, flip that"
    if len(flips) == 1:
        of = f"one of {len(table):,} parameters, moved alone within its range, flips that"
    return [
        " ".join([sentence(here), sentence(of)]),
        sentence(f"the nearest {'is' if len(named) == 1 else 'are'} {listing(named)}"),
    ]


# ── Where it flips ───────────────────────────────────────────────────────────────────


def _points(found: Hanging) -> Iterator[Block]:
    yield Text(
        "Each parameter is moved by itself, within the range it is declared for, until the "
        "conclusion flips. What flips it close to the scenario is what it hangs on; two numbers "
        "moved at once may flip it sooner.",
        IN_FULL,
    )
    yield _ranges(found, "flips")
    flips = found.table["flips_at"].notna()
    if flips.any():
        yield flips_table(found.table[flips], ONLY_SCREEN)
    for verdict, group in found.table[~flips].groupby("verdict", sort=False):
        many = f"{len(group):,} parameter{'' if len(group) == 1 else 's'}"
        yield Text(f"{capital(str(verdict))}: {many}; a page (--out) lists them.", ONLY_SCREEN)


def _ranges(found: Hanging, name: str) -> Block:
    """The chart of ranges with all parameters; these alone where nothing flips."""
    table = flips_table(found.table, IN_FULL)
    if flipping(found.table).empty:
        return Folded(f"What was moved: {len(found.table):,} rows", [table])
    return Chart(name, partial(flip_ranges, found.table, found.flip), table)


def ordered(table: pd.DataFrame) -> pd.DataFrame:
    """All rows, the nearest flip first, those that never flip last."""
    return table.sort_values("share_of_range", kind="stable", na_position="last")


def flips_table(table: pd.DataFrame, on: frozenset[str]) -> Table:
    """Every parameter: where it flips the conclusion, how far that is, and where it is from.

    Of an outcome with the interval of each flip, of a choice with what is then level with it.
    """
    missing = LEVEL_WITH if "flip_low" in table else INTERVAL
    return Table(ordered(table), [one for one in COLUMNS if one is not missing], on=on)


def _flips_at(row: Row) -> str:
    return near(varied_of(row), row["flips_at"]) if math.isfinite(row["flips_at"]) else "never"


def _interval(row: Row) -> str:
    if not math.isfinite(row["flip_low"]):
        return NONE
    return format_span(varied_of(row), row["flip_low"], row["flip_high"], of="")


def _share(row: Row) -> str:
    return of_range(row["share_of_range"]) if math.isfinite(row["flips_at"]) else NONE


INTERVAL = Column("95\u00a0% interval", _interval, short="Interval")
LEVEL_WITH = Column("Level with", text("level_with"))
COLUMNS = (
    Column("Parameter", text("address")),
    Column("Flips at", _flips_at, right=True),
    INTERVAL,
    Column("In the scenario", lambda row: setting(row["default"]), right=True, short="Now"),
    Column("Range", lambda row: f"{setting(row['low'])} to {setting(row['high'])}"),
    Column("Share of its range", _share, right=True, short="Share"),
    Column("Verdict", text("verdict"), on=IN_FULL),
    LEVEL_WITH,
    Column("Source", text("source"), on=IN_FULL),
    Column("Why", text("why"), on=IN_FULL),
)
"""Of a parameter."""

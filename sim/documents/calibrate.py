"""What is said of a calibration: patterns before and after, waves, finalists, ranges, findings."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from importlib.metadata import version

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.calibrate.calibration import Calibration
from realpolitik.sim.calibrate.findings import AFTER, BEFORE
from realpolitik.sim.calibrate.plan import CalibrationPlan
from realpolitik.sim.charts.history_matching import implausibility_dots, kept_ranges
from realpolitik.sim.documents.document import (
    Block,
    Chart,
    Column,
    Document,
    Row,
    Section,
    Table,
    figures_in,
    text,
)
from realpolitik.sim.formatting.missing import attempt
from realpolitik.sim.formatting.numbers import NONE, rounded_percent
from realpolitik.sim.formatting.scales import Varied, setting, setting_span
from realpolitik.sim.scenario.vocabulary import vocabulary_of

Tables = Mapping[str, pd.DataFrame]


def calibration_document(found: Calibration, command: str) -> Document:
    """All that is said of a calibration; `command` makes it again."""
    plan = found.plan
    return Document(
        kind="Calibration",
        title=plan.title,
        question="With which values of the parameters does the model fit the record?",
        answer=[attempt("the words on the best set", lambda: chosen(found.tables["final"]), str)],
        facts={
            "Waves": str(plan.waves),
            "Points": f"{plan.points:,} a wave",
            "Worlds": f"{plan.worlds:,} a point",
            "Seed": str(plan.seed),
        },
        note="No default of the model is changed by a calibration.",
        sections=_sections(found),
        command=command,
        version=version("realpolitik"),
        data=lambda: {
            "calibration": plan.name,
            "folder": str(found.folder),
            "best": dict(found.best),
            "tables": dict(found.tables),
            "missing": [*found.missing],
        },
    )


def _sections(found: Calibration) -> list[Section]:
    """What is missing, and a section a table that is there."""
    plan, tables = found.plan, found.tables
    makers: Mapping[str, tuple[str, Callable[[], Iterable[Block]]]] = {
        "patterns": ("Patterns", partial(_patterns, plan, tables)),
        "waves": ("Waves", lambda: [wave_table(tables["waves"])]),
        "final": ("Finalists", lambda: [finalist_table(tables["final"])]),
        "ranges": ("Ranges", partial(_ranges, plan, tables)),
        "conclusions": ("Findings", partial(_findings, found)),
    }
    missing = [Section("missing", "What is missing", lambda: found.missing)] * bool(found.missing)
    told = [
        Section(name, heading, make) for name, (heading, make) in makers.items() if name in tables
    ]
    return [*missing, *told]


def figures_of(plan: CalibrationPlan, tables: Tables) -> dict[str, go.Figure]:
    """Name → chart: the patterns before and after, and what remains of the ranges.

    One that cannot be made is left out with a warning that says why.
    """
    return figures_in(
        [
            Section("patterns", "Patterns", partial(_patterns, plan, tables)),
            Section("ranges", "Ranges", partial(_ranges, plan, tables)),
        ]
    )


def chosen(final: pd.DataFrame) -> str:
    """A sentence about the set that was chosen among the finalists."""
    rows = final.to_dict("records")
    best = next(one for one in rows if one["chosen"])
    most = f"greatest implausibility {best['implausibility']:.2f}"
    if not best["remains"]:
        return f"No set remains; the least implausible has the {most} ({best['worst']})."
    if best["point"] == 0:
        return f"Best are the defaults ({most}): no finalist is surely less implausible."
    return f"The best set has the {most}, the defaults have {rows[0]['implausibility']:.2f}."


# ── Patterns ─────────────────────────────────────────────────────────────────────────


def _patterns(plan: CalibrationPlan, tables: Tables) -> Iterator[Block]:
    both = tables["patterns"]
    yield Chart(
        "implausibility", lambda: implausibility_dots(both, plan.cutoff), pattern_table(both)
    )


def pattern_table(both: pd.DataFrame) -> Table:
    """A row a pattern: its target, and what was measured at the defaults and at the best set."""
    before, after = (both[both["at"] == at].set_index("pattern") for at in (BEFORE, AFTER))
    return Table(
        before.join(after.add_suffix("_after")).reset_index(),
        [
            Column("Pattern", text("pattern")),
            Column("Target", lambda row: setting_span(row["target_low"], row["target_high"])),
            Column("At the defaults", partial(_measured, "")),
            Column("Verdict", text("verdict")),
            Column("At the best set", partial(_measured, "_after")),
            Column("Verdict there", text("verdict_after")),
        ],
    )


def _measured(which: str, row: Row) -> str:
    """Value with interval and number of worlds."""
    interval = setting_span(row[f"low{which}"], row[f"high{which}"])
    return f"{setting(row[f'value{which}'])} ({interval}; n {row[f'n{which}']:,})"


# ── Waves, finalists, ranges ─────────────────────────────────────────────────────────


def wave_table(waves: pd.DataFrame) -> Table:
    """How much of what was tried remains after each wave."""
    return Table(
        waves,
        [
            Column("Wave", lambda row: f"{row['wave']:.0f}", right=True),
            Column("Points", lambda row: f"{row['points']:,.0f}", right=True),
            Column("Remain", lambda row: f"{row['remaining']:,.0f}", right=True),
            Column("Share", lambda row: f"{100 * row['share']:.3g} %", right=True),
            Column("Least implausibility", lambda row: f"{row['least']:.2f}", right=True),
        ],
    )


def finalist_table(final: pd.DataFrame) -> Table:
    """The defaults and the best of the sets that remained, in more worlds."""
    return Table(
        final,
        [
            Column("Set", lambda row: "defaults" if row["point"] == 0 else f"{row['point']}"),
            Column("Implausibility", lambda row: f"{row['implausibility']:.2f}", right=True),
            Column("Of", lambda row: row["worst"] if row["implausibility"] > 0 else NONE),
            Column("Beyond chance", lambda row: f"{row['surely']:.2f}", right=True),
            Column("Distance", lambda row: f"{row['distance']:.2f}", right=True),
            Column("Chosen", lambda row: "best" if row["chosen"] else ""),
        ],
    )


def _ranges(plan: CalibrationPlan, tables: Tables) -> Iterator[Block]:
    ranges = tables["ranges"]
    yield Chart("kept_ranges", lambda: kept_ranges(ranges, _varied(plan)), range_table(ranges))


def _varied(plan: CalibrationPlan) -> dict[str, Varied]:
    known = vocabulary_of(plan.scenario).parameters
    return {
        one.address: Varied(
            *(one.address, one.low, one.high, plan.start[one.address], known[one.address].unit)
        )
        for one in plan.vary
    }


def range_table(ranges: pd.DataFrame) -> Table:
    """Of each parameter: default, best, declared range, and where the points that remain lie."""

    def span(low: str, high: str) -> Column:
        heading = SPANS[low, high]
        return Column(heading, lambda row: setting_span(row[low], row[high]))

    return Table(
        ranges,
        [
            Column("Parameter", text("address")),
            Column("Default", lambda row: setting(row["start"]), right=True),
            Column("Best", lambda row: setting(row["best"]), right=True),
            *(span(low, high) for low, high in SPANS),
        ],
    )


SPANS = {
    ("low", "high"): "Declared",
    ("kept_low", "kept_high"): "Not implausible",
    ("kept_q25", "kept_q75"): "Middle half of it",
}


# ── Findings ─────────────────────────────────────────────────────────────────────────


def _findings(found: Calibration) -> Iterator[Block]:
    yield describe_sets(found.tables["sets"], found.plan.worlds, found.plan.final_worlds)
    yield finding_table(found.tables["conclusions"])


def describe_sets(sets: pd.DataFrame, worlds: int, final_worlds: int) -> str:
    """How many sets fell away as they were measured once more, as a sentence.

    Args:
        sets: The table `sets` of a calibration.
        worlds: Worlds of each setting in which they were judged first.
        final_worlds: Worlds in which they were measured again.
    """
    gone = int((~sets["remains"].astype(bool)).sum())
    return (
        f"Of the points that remain {len(sets)} were drawn and measured once more, in "
        f"{final_worlds:,} worlds for {worlds:,}: {gone or 'none'} of them proved implausible "
        "after all and fell away."
    )


def finding_table(kept: pd.DataFrame) -> Table:
    """In what share of the sets each headline finding keeps its sign."""
    return Table(
        kept,
        [
            Column("Finding", text("says")),
            Column("Sets", lambda row: f"{row['sets']:,}", right=True),
            Column("Keeps its sign (95 % for the number of sets)", _keeps),
            Column("Surely", lambda row: rounded_percent(row["surely"]), right=True),
            Column("Surely not", lambda row: rounded_percent(row["against"]), right=True),
            Column("Median (range)", _median),
        ],
    )


def _keeps(row: Row) -> str:
    span = f"{rounded_percent(row['keeps_low'])} to {rounded_percent(row['keeps_high'])}"
    return f"{rounded_percent(row['keeps'])} ({span})"


def _median(row: Row) -> str:
    return f"{setting(row['median'])} ({setting_span(row['least'], row['greatest'])})"

"""What is said of incentives taken away, on the terminal."""

from collections.abc import Iterator

import pandas as pd
from rich.console import RenderableType
from rich.text import Text

from realpolitik.sim.charts.explain.ablation import HEARD
from realpolitik.sim.cli.console import show, table
from realpolitik.sim.report.explain.ablation import (
    effects_table,
    interplay_table,
    measures_of,
    named_rows,
    outcomes_in_order,
    quiet_outcomes,
    singles,
    unheard,
)
from realpolitik.sim.report.explain.ablation_page import Ablated

MOST = 8  # rows an outcome, unless it is asked for by name
NUMBERS = ("Before", "After", "Change")
DROPPED = ("Pairs", "Source", "Why")  # columns that stand on the page and in the JSON


def print_ablation(found: Ablated) -> None:
    """For each outcome what decides it and what moves it, largest first; what does neither."""
    asked, actor = found.asked, found.asked.names.title(found.actor)
    count = f"{found.worlds:,} pairs of worlds, seed {asked.seed}"
    show(Text(f"{asked.title}: without each incentive of {actor}", style="bold"), count)
    rows, measures = named_rows(singles(found.table)), measures_of(found.table)
    for outcome, measure in measures.items():
        own = rows[rows["outcome"] == outcome]
        heard = own if found.outcomes else own[own["reading"].isin(HEARD)]
        if len(heard):
            show("", Text(measure.label, style="bold"), *_effects(heard, found, outcome))
    for block in _pairs(found):
        show("", block)
    show("", *_rest(found))


def _effects(rows: pd.DataFrame, found: Ablated, outcome: str) -> Iterator[RenderableType]:
    """The table of one outcome, cut where nobody asked for all of it."""
    made = effects_table(rows, measures_of(found.table)[outcome], found.reasons)
    shown = made.rows if found.outcomes else made.rows[:MOST]
    kept = [n for n, name in enumerate(made.header) if name not in DROPPED]
    header = [made.header[n].removeprefix("95\u00a0% ").capitalize() for n in kept]
    yield table(header, [[row[n] for n in kept] for row in shown], NUMBERS)
    if left := len(made.rows) - len(shown):
        yield f"{left} more move it; --outcome {outcome} lists all."


def _pairs(found: Ablated) -> Iterator[RenderableType]:
    """Pairs of which the two do more or less together, if pairs were taken away."""
    if not (found.table["kind"] == "pair").any():
        return
    made = interplay_table(found.table, [*found.outcomes] or outcomes_in_order(found.table))
    yield Text("Pairs that do more, or less, together than one by one", style="bold")
    rows = made.rows if found.outcomes else made.rows[:MOST]
    yield table(made.header, rows, made.header[2:4]) if rows else "None is seen to."
    if left := len(made.rows) - len(rows):
        yield f"{left} more; --outcome NAME lists all of one outcome."


def _rest(found: Ablated) -> Iterator[str]:
    """What nothing hangs on, and how much of this chance alone would give."""
    idle, open_ = unheard(found.table)
    if idle:
        yield f"Redundant for every outcome asked about: {', '.join(idle)}."
    if open_:
        yield f"Undecided, with so many worlds: {', '.join(open_)}."
    if calm := quiet_outcomes(found.table):
        yield f"No incentive is seen to move: {'; '.join(calm)}."
    rows = int((found.table["reading"] != "").sum())
    yield (
        "Intervals are those of each row alone: one in twenty is read as moving where nothing "
        f"does, which of these {rows:,} rows would be {rows / 20:,.0f}."
    )

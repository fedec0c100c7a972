"""What is said of a choice, and of the mean reasons for an action, on the terminal."""

from collections.abc import Sequence

import pandas as pd
from rich.console import RenderableType
from rich.text import Text

from realpolitik.sim.charts.explain.waterfall import NOTHING, signed
from realpolitik.sim.cli.console import show, table
from realpolitik.sim.cli.explain.text_bars import step_bars
from realpolitik.sim.documents.exhibits import TextTable
from realpolitik.sim.report.explain.choice import (
    Explained,
    choice_answer,
    options_of,
    options_table,
    reasons_table,
)
from realpolitik.sim.report.explain.mean import mean_answer, mean_reasons_table, mean_terms
from realpolitik.sim.report.explain.records import Asked, MeanLaidOpen, named_terms
from realpolitik.sim.words.numbers import capital, how_many_worlds

UNITS = "log odds: 0 is as likely, +0.69 twice, −0.69 half; █ for, ░ against"


def print_choice(found: Explained) -> None:
    """The answer, the options of the main track, the waterfall, and its reasons."""
    asked, choice, track = found.asked, found.choice, found.track
    actor = asked.names.title(choice.actor)
    head = f"{actor}, week {choice.week} of world {choice.world} ({choice.date}): {choice.rule}"
    show(Text(head, style="bold"), f"{asked.title} (seed {asked.seed})", "")
    show(*choice_answer(found), "")
    show(*_options(found, track), "")
    if not found.against(track):
        show("Nothing else was open on this track: there was no choice.")
        return
    show(_heading(f"{found.weighed(track)}, against “{found.against(track)}”"), UNITS, "")
    show(_steps(choice.weighed[track].steps), "")
    show(*_reasons(reasons_table(found, track, NOTHING), len(found.reasons)))


def print_mean(
    asked: Asked,
    mean: MeanLaidOpen,
    reasons: pd.DataFrame,
    targets: Sequence[str],
    week: int,
    picked: str,
) -> None:
    """The answer, and for each target the waterfall of the means and the reasons."""
    actor, label = asked.names.title(mean.actor), asked.labels[mean.action]
    when = f"week {week}" if week else f"all {asked.weeks} weeks"
    head = f"{actor} {label}: means over {how_many_worlds(mean.worlds)}, {when}"
    show(Text(head, style="bold"), f"{asked.title} (seed {asked.seed})")
    if picked:
        show(f"Picked, as no action was named: {mean.action}, {picked}.")
    show("", *mean_answer(asked, mean, targets, week))
    other = asked.phrase("hold", "", mean.track)
    for target in targets:
        deed = asked.deed(mean.actor, mean.action, target)
        terms = mean_terms(mean, target, week)
        if not terms["log_odds"].notna().all():
            continue
        show("", _heading(f"{deed}, against “{other}”"), UNITS, "", _steps(terms), "")
        show(*_reasons(mean_reasons_table(mean, reasons, target, week, NOTHING), len(reasons)))


def _heading(text: str) -> Text:
    return Text(capital(text), style="bold")


def _options(found: Explained, track: str) -> list[RenderableType]:
    """The options that were open; how many were not."""
    options, made = options_of(found, track), options_table(found, track)
    header = ("Option", "Probability", "Log odds", "Base rate a week")
    lines = [
        (f"{row[0]}{' (taken)' * taken}", row[2], row[4], row[5])
        for row, taken, is_open in zip(made.rows, options["chosen"], options["open"], strict=True)
        if is_open
    ]
    shown = table(header, lines, numbers=header[1:])
    closed = len(made.rows) - len(lines)
    return [shown, *([f"{closed} more were closed."] if closed else [])]


def _steps(terms: pd.DataFrame) -> RenderableType:
    """The waterfall: every step that is not 0, with its bar."""
    named = named_terms(terms)
    ends = [0, len(named) - 1]
    loud = [n in ends or abs(step) >= NOTHING for n, step in enumerate(named["log_odds"])]
    rows = named[loud]
    bars = step_bars([float(step) for step in rows["log_odds"]])
    lines = [
        (str(term), signed(step), bar)
        for term, step, bar in zip(rows["term"], rows["log_odds"], bars, strict=True)
    ]
    return table(("Reason", "Adds", ""), lines, numbers=("Adds",))


def _reasons(made: TextTable, count: int) -> list[RenderableType]:
    """Source and sentence of every reason that adds something; how many of all do not."""
    header = [made.header[0], "Adds", "Weight", "Source", "Why"]
    lines = [(row[0], row[1], row[3], row[4], row[5]) for row in made.rows]
    shown = table(header, lines, numbers=("Adds", "Weight"))
    quiet = count - len(lines)
    return [shown, *([f"{quiet} more add nothing here."] if quiet else [])]

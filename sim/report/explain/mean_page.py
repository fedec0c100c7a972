"""The page of the mean reasons for an action."""

from collections.abc import Sequence

import pandas as pd

from realpolitik.sim.documents.missing import attempt_exhibits, attempt_texts
from realpolitik.sim.report.explain.mean import mean_answer, mean_exhibits
from realpolitik.sim.report.explain.page import Page, Section, render_explained
from realpolitik.sim.report.explain.records import Asked, MeanLaidOpen
from realpolitik.sim.words.numbers import how_many_worlds


def mean_page(
    asked: Asked,
    mean: MeanLaidOpen,
    reasons: pd.DataFrame,
    targets: Sequence[str],
    week: int,
    picked: str,
) -> str:
    """The page of the mean reasons for an action."""
    page = Page(
        kind="What speaks for an action",
        answer=attempt_texts("the answer", lambda: mean_answer(asked, mean, targets, week)),
        facts=[
            ("Actor", asked.names.title(mean.actor)),
            ("Action", asked.labels.get(mean.action, mean.action)),
            *([("Picked", picked)] if picked else []),
            ("Worlds", f"{how_many_worlds(mean.worlds)}, seed {asked.seed}"),
            ("Weeks", str(week) if week else f"all {asked.weeks}"),
        ],
        sections=[
            Section(
                "reasons",
                "Reasons",
                "What speaks for it and against it",
                MEAN,
                attempt_exhibits(
                    "the charts of reasons",
                    lambda: mean_exhibits(asked, mean, reasons, targets, week),
                ),
            )
        ],
    )
    return render_explained(asked, page)


MEAN = (
    "Each world counts with its mean over the weeks in which the action was open to it; a reason "
    "that sways from week to week shows so in the chart over the weeks."
)

"""Parts of the report of a run: the reasons for the headline choice, and what hangs on what."""

from collections.abc import Sequence

import pandas as pd

from realpolitik.sim.charts.explain.flip_words import Flip
from realpolitik.sim.documents.missing import attempt_exhibits, attempt_texts
from realpolitik.sim.report.explain.flips import flips_answer, flips_exhibits, unflipped
from realpolitik.sim.report.explain.mean import mean_answer, mean_exhibits, targets_of
from realpolitik.sim.report.explain.page import Section
from realpolitik.sim.report.explain.records import Asked, MeanLaidOpen


def reasons_section(
    asked: Asked, mean: MeanLaidOpen, reasons: pd.DataFrame, picked: str = ""
) -> Section:
    """The reasons for the headline choice, toward the target for which it is the likeliest.

    Args:
        asked: What the run is about.
        mean: The mean reasons of the ensemble.
        reasons: A row a weight: incentive, part, address, is_sum, weight, source, why.
        picked: Why this action was picked.
    """
    targets = targets_of(mean)[:1]
    said = [f"Picked: {picked}."] if picked else []
    return Section(
        "reasons",
        "Reasons",
        "The reasons for the headline choice",
        " ".join([*attempt_texts("the answer", lambda: mean_answer(asked, mean, targets)), *said]),
        attempt_exhibits(
            "the charts of reasons", lambda: mean_exhibits(asked, mean, reasons, targets)
        ),
    )


def hanging_section(
    table: pd.DataFrame, flip: Flip, here: str, notes: Sequence[str] = ()
) -> Section:
    """What the conclusion hangs on: the chart of ranges with its table.

    Args:
        table: The flips of an outcome, as the study gives them.
        flip: Their words.
        here: Where the scenario stands, as `here_said` gives it.
        notes: Further sentences, such as which parameters were moved.
    """
    return Section(
        "hangs",
        "What it hangs on",
        "What the conclusion hangs on",
        " ".join([*attempt_texts("the answer", lambda: flips_answer(table, here)), *notes]),
        attempt_exhibits("the chart of flips", lambda: flips_exhibits(table, flip, "hangs")),
        unflipped(table),
    )

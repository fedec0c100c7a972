"""The page of what the incentives of an actor do."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from realpolitik.sim.documents.exhibits import Exhibit
from realpolitik.sim.documents.missing import attempt_exhibits, attempt_table, attempt_texts
from realpolitik.sim.report.explain.ablation import (
    MOST,
    ablation_answer,
    ablation_exhibits,
    interplay_table,
    outcomes_in_order,
    readings_table,
)
from realpolitik.sim.report.explain.page import Page, Section, render_explained
from realpolitik.sim.report.explain.records import Asked
from realpolitik.sim.report.study.tables import cut


@dataclass(frozen=True)
class Ablated:
    """What became of an actor without each incentive; `outcomes` are those asked for by name."""

    asked: Asked
    actor: str
    worlds: int
    table: pd.DataFrame
    reasons: pd.DataFrame
    outcomes: Sequence[str]


def ablation_page(found: Ablated) -> str:
    """The page of what incentives do."""
    actor = found.asked.names.title(found.actor)
    page = Page(
        kind=f"What the incentives of {actor} do",
        answer=attempt_texts(
            "the answer", lambda: ablation_answer(found.table, actor, found.outcomes)
        ),
        facts=[
            ("Actor", actor),
            ("Worlds", f"{found.worlds:,} with and without each, seed {found.asked.seed}"),
        ],
        sections=[
            Section(
                "effects",
                "By outcome",
                "What changes without each incentive",
                ABLATION,
                exhibits_of(found),
            ),
            Section(
                "readings",
                "By incentive",
                "What each incentive decides and moves, and what is undecided",
                "",
                [],
                [("", attempt_table("the readings", lambda: readings_table(found.table)))],
            ),
            *_pairs(found),
        ],
        words=("reason", "range"),
    )
    return render_explained(found.asked, page)


def exhibits_of(found: Ablated) -> list[Exhibit]:
    """Its charts."""
    actor = found.asked.names.title(found.actor)
    return attempt_exhibits(
        "the charts of effects",
        lambda: ablation_exhibits(found.table, actor, found.reasons, found.outcomes),
    )


def _pairs(found: Ablated) -> list[Section]:
    """What pairs of incentives do beyond the two; nothing where no pairs were taken away."""
    if not (found.table["kind"] == "pair").any():
        return []
    outcomes = [*found.outcomes] or outcomes_in_order(found.table)[:MOST]
    made = attempt_table("the pairs", lambda: cut(interplay_table(found.table, outcomes)))
    heading = "Pairs that do more, or less, together"
    return [Section("pairs", "Pairs", heading, PAIRS, [], [("", made)])]


PAIRS = (
    "Two incentives that stand in for each other do little one by one and much together. These are "
    "the pairs whose change differs from the sum of the two beyond its 95 % interval."
)
ABLATION = (
    "The weight of one incentive at a time is set to 0, and the same worlds are run again. Of "
    "twenty incentives without an effect, one is read as moving an outcome by chance alone."
)

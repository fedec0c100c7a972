"""What speaks for an action against doing nothing, as a mean over the worlds of an ensemble."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.scenario.arguments import function_given, whole_number
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.study.explain.choice import PRIOR, TOTAL, plain
from realpolitik.sim.study.explain.teller import Teller
from realpolitik.sim.study.explain.witness import Witness, options_of, watching

Progress = Callable[[int, int], None]

ALL_WEEKS = 0
"""The week that stands for all."""


@dataclass(frozen=True)
class MeanChoice:
    """What spoke for an action against hold, over the worlds and weeks in which it was open.

    Week 0 stands for all weeks: each world enters with its mean over the weeks in which the action
    was open to it, so that `n` counts worlds and the intervals (Student's, 95 %) are those of
    independent values. Worlds that have ended are left out.

    Attributes:
        scenario, seed, worlds, actor, action: What was asked.
        precision: λ [1/utility].
        contributions: target, week, incentive, part, address, mean, low, high, n: what each
            reason adds to the utility of the action less what it adds to that of hold; the
            incentive `total` (without an address) is the sum of all, utility itself.
        openness: target, week, open, open_low, open_high (share of the worlds that ran in which
            it was open; for week 0 the mean share of a world's weeks), running (those worlds),
            probability, probability_low, probability_high (where it was open), log_odds (mean,
            against hold, where it was open), base_rate [1/week], hold_rate, n (worlds in which it
            was open).
    """

    scenario: str
    seed: int
    worlds: int
    actor: str
    action: str
    precision: float
    contributions: pd.DataFrame
    openness: pd.DataFrame

    @property
    def targets(self) -> list[str]:
        """The targets that the action was open toward in some week, the likeliest first."""
        rows = self.openness[(self.openness["week"] == ALL_WEEKS) & (self.openness["n"] > 0)]
        return rows.sort_values("probability", ascending=False, kind="stable")["target"].tolist()

    def open_to(self, target: str, week: int = ALL_WEEKS) -> "pd.Series[float]":
        """The row of `openness` of a target and week."""
        rows = self.openness
        return rows[(rows["target"] == target) & (rows["week"] == week)].iloc[0]

    def added(self, target: str, week: int = ALL_WEEKS) -> pd.DataFrame:
        """The rows of `contributions` of a target and week, without their total."""
        rows = self.contributions
        wanted = (rows["target"] == target) & (rows["week"] == week)
        return rows[wanted & (rows["incentive"] != TOTAL)]

    def waterfall(self, target: str, week: int = ALL_WEEKS) -> pd.DataFrame:
        """The steps from the base rate to the mean log odds, as of `Choice.waterfall`.

        Columns: term (`base_rate`, the incentives from the strongest to the weakest, `total`),
        log_odds.
        """
        row = self.open_to(target, week)
        gains = self.added(target, week).groupby("incentive", sort=False)["mean"].sum()
        gains = self.precision * gains
        gains = gains.iloc[np.argsort(-gains.abs().to_numpy(), kind="stable")]
        prior = float(np.log(row["base_rate"] / row["hold_rate"]))
        return pd.DataFrame(
            {
                "term": [PRIOR, *gains.index, TOTAL],
                "log_odds": [prior, *gains, prior + float(gains.sum())],
            }
        )

    def weekly(self, target: str) -> pd.DataFrame:
        """What each incentive adds to the log odds by week: week, incentive, mean, low, high, n.

        The parts of an incentive are put together. Their intervals are added up end by end, which
        is at least as wide as that of the sum.
        """
        rows = self.contributions
        rows = rows[(rows["target"] == target) & (rows["week"] > 0) & (rows["incentive"] != TOTAL)]
        ends = ["mean", "low", "high"]
        groups = rows.groupby(["week", "incentive"], as_index=False, sort=False)
        sums = groups.agg(**{one: (one, _sum) for one in ends}, n=("n", "min"))
        return sums.assign(**{one: self.precision * sums[one] for one in ends})

    def as_json(self) -> dict[str, Any]:
        """The same as plain values, with None for what is no number."""
        tables = {
            name: getattr(self, name).to_dict("records") for name in ("contributions", "openness")
        }
        head = ("scenario", "seed", "worlds", "actor", "action", "precision")
        return plain({**{name: getattr(self, name) for name in head}, **tables})  # type: ignore[no-any-return]


def _sum(values: "pd.Series[float]") -> float:
    return float(values.sum(skipna=False))


def explain_ensemble(
    scenario: Scenario,
    seed: int,
    worlds: int,
    actor: str,
    action: str,
    target: str | None = None,
    progress: Progress | None = None,
) -> MeanChoice:
    """Re-simulates an ensemble, and gives the mean reasons of an actor for an action.

    Args:
        scenario: What was set going; with the parameters of the ensemble.
        seed: Its seed.
        worlds: How many worlds, from the first, at least 1.
        actor: Code of the actor.
        action: Name of the action.
        target: Code of its target; None gives every target it can have.
        progress: Called after every week of a block with world-weeks done and in all.

    Raises:
        ScenarioError: the actor takes no part, or has no such option.
        ValueError: no world, or a negative seed.
    """
    worlds = whole_number(worlds, "worlds", 1)
    function_given(progress, "progress")
    tellers: list[Teller] = []
    with threadpool_limits(limits=1):  # products this small only wait for further threads
        for first in range(0, worlds, BLOCK):
            size = min(BLOCK, worlds - first)
            with watching(scenario, seed, first, size, actor) as witness:
                wanted = options_of(witness, action, target)
                tellers = tellers or [Teller(witness, option) for option in wanted]
                for done in _run(witness, tellers):
                    if progress:
                        progress(first * scenario.weeks + size * done, worlds * scenario.weeks)
    return MeanChoice(
        scenario=scenario.name,
        seed=seed,
        worlds=worlds,
        actor=actor,
        action=action,
        precision=tellers[0].precision,
        contributions=pd.DataFrame([row for teller in tellers for row in teller.reasons()]),
        openness=pd.DataFrame([row for teller in tellers for row in teller.openness()]),
    )


def _run(witness: Witness, tellers: list[Teller]) -> Iterator[int]:
    """Runs a block to its end, adds what is seen of each option, and tells the weeks done."""
    options = [option for teller in tellers for option in (teller.hold, teller.option)]
    while witness.model.running:
        witness.begin()
        look = witness.look(options)
        for place, teller in enumerate(tellers):
            teller.add(look, 2 * place)
        witness.finish()
        yield look.week
    for teller in tellers:
        teller.end_block()

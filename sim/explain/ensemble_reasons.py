"""What speaks for an action against doing nothing, as a mean over the worlds of an ensemble."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats
from threadpoolctl import threadpool_limits

from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.engine.world import Array, Mask
from realpolitik.sim.explain.choice import OFFSET, PRIOR, TOTAL, plain
from realpolitik.sim.explain.probe import (
    ActorProbe,
    Snapshot,
    group_of,
    options_of,
    watching,
)
from realpolitik.sim.scenario.arguments import function_given, whole_number
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.stats.intervals import CONFIDENCE, Interval, share

# ── Sums over worlds ─────────────────────────────────────────────────────────────────


class Sums:
    """Number, sum, and sum of squares about the mean of several quantities at once.

    Blocks are merged as by Chan, Golub & LeVeque (1983, doi:10.1080/00031305.1983.10483115): a
    quantity that is the same in every world has a variance of 0, not of the rounding of its
    square.
    """

    def __init__(self, width: int) -> None:
        """Begins with no world and `width` quantities."""
        self.n = 0
        self.total = np.zeros(width)
        self._spread = np.zeros(width)

    def add(self, values: Array) -> None:
        """Adds worlds, (worlds, width)."""
        n = len(values)
        if n == 0:
            return
        total = values.sum(axis=0)
        self._spread += ((values - total / n) ** 2).sum(axis=0)
        if self.n:
            gap = self.total / self.n - total / n
            self._spread += gap**2 * self.n * n / (self.n + n)
        self.n += n
        self.total += total

    def interval(self, place: int) -> Interval:
        """Mean of the quantity in that place, with Student's interval; NaN of none."""
        if self.n == 0:
            return Interval(math.nan, math.nan, math.nan)
        middle = float(self.total[place] / self.n)
        if self.n == 1:
            return Interval(middle, math.nan, math.nan)
        error = math.sqrt(float(self._spread[place]) / (self.n - 1) / self.n)
        reach = float(stats.t.ppf((1 + CONFIDENCE) / 2, self.n - 1)) * error
        return Interval(middle, middle - reach, middle + reach)


# ── What is said of one option against hold ──────────────────────────────────────────


FURTHER = (TOTAL, "probability", "log_odds")  # what is summed beside the reasons, in this order


class OptionAccumulator:
    """Sums over worlds of all there is to say of one option against hold, week by week."""

    def __init__(self, probe: ActorProbe, option: int) -> None:
        """Begins with no world."""
        options = probe.options
        group = group_of(options, option)
        self.option, self.hold = option, int(options.holds[group])
        self.group = options.groups[group]
        self.target = probe.model.codes[options.target[option]]
        self.precision = probe.model.world.constants.precision
        self.rate, self.hold_rate = options.base_rate[option], options.base_rate[self.hold]
        self.offset = options.offset[option]
        self.names = [(one.incentive, one.part, one.address) for one in probe.reasons]
        width = len(self.names) + len(FURTHER)
        weeks = range(probe.model.spec.weeks + 1)
        self.sums = {week: Sums(width) for week in weeks}
        self.is_open = {week: Sums(1) for week in weeks}
        self._worlds: list[tuple[Array, Mask, Mask]] = []

    def add(self, snapshot: Snapshot, place: int) -> None:
        """Adds a week of a block; hold and the option are `place` and the next of those seen."""
        weights = snapshot.weights
        is_open: Mask = (weights[:, self.option] > 0) & snapshot.running
        gains = snapshot.contributions[:, :, place + 1] - snapshot.contributions[:, :, place]
        total = snapshot.utility[:, place + 1] - snapshot.utility[:, place]
        chance = weights[:, self.option] / weights[:, self.group].sum(axis=1)
        odds = self.precision * (total - self.offset) + np.log(self.rate / self.hold_rate)
        values = np.column_stack([gains.T, total, chance, odds])
        self.sums[snapshot.week].add(values[is_open])
        self.is_open[snapshot.week].add(is_open[snapshot.running, None].astype(np.float64))
        self._worlds.append((np.where(is_open[:, None], values, 0.0), is_open, snapshot.running))

    def end_block(self) -> None:
        """Adds the mean over its weeks of each world of the block."""
        total, is_open, running = (
            np.sum([week[kind] for week in self._worlds], axis=0) for kind in range(3)
        )
        ever = is_open > 0
        self.sums[ALL_WEEKS].add(total[ever] / is_open[ever, None])
        self.is_open[ALL_WEEKS].add((is_open / running)[:, None])
        self._worlds.clear()

    def reasons(self) -> Iterator[dict[str, object]]:
        """The rows of `MeanChoice.contributions`."""
        for week, sums in self.sums.items():
            for place, (incentive, part, address) in enumerate([*self.names, (TOTAL, "", "")]):
                own = {"incentive": incentive, "part": part, "address": address}
                ends = vars(sums.interval(place))
                yield {"target": self.target, "week": week, **own, **ends, "n": sums.n}

    def openness(self) -> Iterator[dict[str, object]]:
        """The rows of `MeanChoice.openness`."""
        for week, sums in self.sums.items():
            ran = self.is_open[week]
            chance, odds = (sums.interval(len(self.names) + k) for k in (1, 2))
            yield {
                "target": self.target,
                "week": week,
                **_named("open", _share(ran, week).within(0, 1)),
                "running": ran.n,
                **_named("probability", chance.within(0, 1)),
                "log_odds": odds.mean,
                "base_rate": self.rate,
                "hold_rate": self.hold_rate,
                "offset": self.offset,
                "n": sums.n,
            }


def _share(ran: Sums, week: int) -> Interval:
    """The share of worlds, or for all weeks the mean share of weeks."""
    return ran.interval(0) if week == ALL_WEEKS else share(round(ran.total[0]), ran.n)


def _named(name: str, interval: Interval) -> dict[str, float]:
    return {name: interval.mean, f"{name}_low": interval.low, f"{name}_high": interval.high}


# ── The mean reasons ─────────────────────────────────────────────────────────────────


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
            against hold, where it was open), base_rate [1/week], hold_rate, offset [utility], n
            (worlds in which it was open).
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

        Columns: term (`base_rate`, `ordinary_weeks`, the incentives from the strongest to the
        weakest, `total`), log_odds.
        """
        row = self.open_to(target, week)
        gains = self.added(target, week).groupby("incentive", sort=False)["mean"].sum()
        gains = self.precision * gains
        gains = gains.iloc[np.argsort(-gains.abs().to_numpy(), kind="stable")]
        prior = float(np.log(row["base_rate"] / row["hold_rate"]))
        steps = [prior, -self.precision * float(row["offset"]), *gains]
        return pd.DataFrame(
            {"term": [PRIOR, OFFSET, *gains.index, TOTAL], "log_odds": [*steps, sum(steps)]}
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
    tellers: list[OptionAccumulator] = []
    with threadpool_limits(limits=1):  # products this small only wait for further threads
        for first in range(0, worlds, BLOCK):
            size = min(BLOCK, worlds - first)
            with watching(scenario, seed, first, size, actor) as probe:
                wanted = options_of(probe, action, target)
                tellers = tellers or [OptionAccumulator(probe, option) for option in wanted]
                for done in _run(probe, tellers):
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


def _run(probe: ActorProbe, tellers: list[OptionAccumulator]) -> Iterator[int]:
    """Runs a block to its end, adds what is seen of each option, and tells the weeks done."""
    options = [option for teller in tellers for option in (teller.hold, teller.option)]
    while probe.model.running:
        probe.begin()
        snapshot = probe.snapshot(options)
        for place, teller in enumerate(tellers):
            teller.add(snapshot, 2 * place)
        probe.finish()
        yield snapshot.week
    for teller in tellers:
        teller.end_block()

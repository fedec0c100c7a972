"""Sums over worlds of all there is to say of one option against doing nothing."""

from collections.abc import Iterator

import numpy as np

from realpolitik.sim.engine.world import Array, Mask
from realpolitik.sim.study.explain.choice import TOTAL
from realpolitik.sim.study.explain.sums import Sums
from realpolitik.sim.study.explain.witness import Look, Witness, holds, track_of
from realpolitik.sim.study.summary import Interval, share

ALL_WEEKS = 0
FURTHER = (TOTAL, "probability", "log_odds")  # what is summed beside the reasons, in this order


class Teller:
    """Sums over worlds of all there is to say of one option against hold, week by week."""

    def __init__(self, witness: Witness, option: int) -> None:
        """Begins with no world."""
        options = witness.options
        track = track_of(options, option)
        self.option, self.hold = option, int(holds(options)[track])
        self.track = options.tracks[track]
        self.target = witness.model.codes[options.target[option]]
        self.precision = witness.model.world.constants.precision
        self.rate, self.hold_rate = options.base_rate[option], options.base_rate[self.hold]
        self.names = [(one.incentive, one.part, one.address) for one in witness.reasons]
        width = len(self.names) + len(FURTHER)
        weeks = range(witness.model.spec.weeks + 1)
        self.sums = {week: Sums(width) for week in weeks}
        self.is_open = {week: Sums(1) for week in weeks}
        self._worlds: list[tuple[Array, Mask, Mask]] = []

    def add(self, look: Look, place: int) -> None:
        """Adds a week of a block; hold and the option are `place` and the next of those seen."""
        weights = look.weights
        is_open: Mask = (weights[:, self.option] > 0) & look.running
        gains = look.contributions[:, :, place + 1] - look.contributions[:, :, place]
        total = look.utility[:, place + 1] - look.utility[:, place]
        chance = weights[:, self.option] / weights[:, self.track].sum(axis=1)
        odds = self.precision * total + np.log(self.rate / self.hold_rate)
        values = np.column_stack([gains.T, total, chance, odds])
        self.sums[look.week].add(values[is_open])
        self.is_open[look.week].add(is_open[look.running, None].astype(np.float64))
        self._worlds.append((np.where(is_open[:, None], values, 0.0), is_open, look.running))

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
                "n": sums.n,
            }


def _share(ran: Sums, week: int) -> Interval:
    """The share of worlds, or for all weeks the mean share of weeks."""
    return ran.interval(0) if week == ALL_WEEKS else share(round(ran.total[0]), ran.n)


def _named(name: str, interval: Interval) -> dict[str, float]:
    return {name: interval.mean, f"{name}_low": interval.low, f"{name}_high": interval.high}

"""What the worlds say of one trial, gathered block by block."""

from collections.abc import Mapping

import numpy as np

from realpolitik.sim.engine.world import Array
from realpolitik.sim.study.claims.claim import CaseKey, Side, Trial
from realpolitik.sim.study.compare import paired
from realpolitik.sim.study.summary import Interval, Scale

Values = Mapping[str, Array]
"""Column of an outcome → its values (W,)."""


class Tally:
    """The values of the two sides of a trial; of each world only their difference is kept.

    A week that never came counts as the horizon, the shorter where the two differ. Worlds in which
    that is absent which the trial takes as given are left out.

    Attributes:
        trial: The trial.
        without: What the worlds say where the actor has no motives; None if that is not asked.
    """

    def __init__(self, trial: Trial) -> None:
        """Begins with no world."""
        self.trial = trial
        self.without = Tally(trial.without) if trial.without else None
        compared = (trial.base, trial.changed or trial.base)
        horizon = min(side.case.scenario.weeks for side in compared)
        self._scale = Scale.of(trial.base.measure.scale, horizon)
        self._differences: list[Array] = []
        self._totals = np.zeros(2)

    def add(self, block: Mapping[CaseKey, Values]) -> None:
        """Takes the outcomes of each case in the same worlds."""
        trial = self.trial
        first = self._scale.counted(_values(block, trial.base))
        changed = self._scale.counted(_values(block, trial.changed)) if trial.changed else first
        seen = np.ones(len(first), dtype=bool)
        if trial.given:
            seen = _values(block, trial.given) == 1
        self._totals += first[seen].sum(), changed[seen].sum()
        difference = changed - first if trial.changed else first
        self._differences.append(difference[seen])
        if self.without:
            self.without.add(block)

    @property
    def n(self) -> int:
        """Worlds, or pairs of worlds, that are looked at."""
        return sum(len(one) for one in self._differences)

    @property
    def level(self) -> float:
        """Mean of the outcome, with the change if there is one; NaN if no world is looked at."""
        return float(self._totals[1]) / self.n if self.n else np.nan

    @property
    def base(self) -> float:
        """Mean without the change; without a change the level that it is held against."""
        if self.trial.level:
            return sum(self.trial.level) / 2
        return float(self._totals[0]) / self.n if self.n else np.nan

    @property
    def by(self) -> float:
        """The smallest effect that matters; half the width of the range for `within`."""
        if self.trial.expect == "within" and self.trial.level:
            return (self.trial.level[1] - self.trial.level[0]) / 2
        return self.trial.by

    def effect(self) -> Interval:
        """Level less base, with its 95 % interval: paired, where something is changed.

        Shares have the intervals of Tango and Wilson, means those of Student.
        """
        values = np.concatenate([np.zeros(0), *self._differences])
        if self.trial.changed is not None:
            return paired.of_changes(self._scale, values)
        found = self._scale.level(values)
        return Interval(*(end - self.base for end in (found.mean, found.low, found.high)))


def _values(block: Mapping[CaseKey, Values], side: Side) -> Array:
    return block[side.case.key][side.column]

"""What a forecast of weekly acts has to beat: plain rates, and what was done of late.

A case is a week, an ordered pair of actors and a class of act: whether the first did such an act
toward the second. Rates are those of weeks that were learnt on, all earlier than the case.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from realpolitik.sim.record.classes import CLASSES, Acts, acts_of
from realpolitik.sim.record.logit import Beforehand, Choices, most_probable
from realpolitik.sim.record.rates import SHRINKAGE
from realpolitik.sim.record.replay import LEAD
from realpolitik.sim.record.weekly import Record

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

LEAST = 0.001
"""Probabilities are kept between this and 1 − this when they are scored."""

RIVALS = ("one_rate", "dyad_rate", "persistence", "last_weeks")
"""One rate a class; the pair's own; what was done in the last week; and a logistic model of the own
rate, the last week and the share of the last four."""


@dataclass(frozen=True)
class Learnt:
    """What earlier weeks say.

    Attributes:
        one_rate: Share of weeks of pairs with such an act, (classes,); what none or all did counts
            as half a week less sure.
        dyad_rate: That of each pair, shrunk toward it by four weeks, (classes, pairs).
        weights: Of `looked_back`, (classes, 4).
        weeks: Number of weeks.
    """

    one_rate: Array
    dyad_rate: Array
    weights: Array
    weeks: int

    @classmethod
    def of(cls, spells: Sequence[Record]) -> "Learnt":
        """What these spells say."""
        each = [acts_of(spell) for spell in spells]
        acts = np.concatenate(each, axis=1)
        weeks, cases = acts.shape[1], acts[0].size
        one = np.clip(acts.sum(axis=(1, 2)), 0.5, cases - 0.5) / cases
        seen = acts.sum(axis=1, dtype=np.float64)
        own = (seen + SHRINKAGE * one[:, None]) / (weeks + SHRINKAGE)
        weights = [_weights([of[n] for of in each], own[n]) for n in range(len(CLASSES))]
        return cls(one, own, np.array(weights), weeks)

    def forecasts(self, acts: Acts) -> dict[str, Array]:
        """Rival → its probability in each week from the lead on, (classes, weeks, pairs)."""
        shape = acts[:, LEAD:].shape
        rates = (self.one_rate[:, None, None], self.dyad_rate[:, None, :])
        chances = (np.broadcast_to(rate, shape) for rate in rates)
        last = acts[:, LEAD - 1 : -1].astype(np.float64)
        pairs = zip(acts, self.dyad_rate, self.weights, strict=True)
        logistic = np.stack([expit(looked_back(of, own) @ w) for of, own, w in pairs])
        return dict(zip(RIVALS, (*chances, last, logistic), strict=True))


def looked_back(acts: Mask, own: Array) -> Array:
    """Of each case of a class from the lead on: 1, log odds of the own rate, last week, last four.

    Args:
        acts: (weeks, pairs).
        own: Rates of the pairs, (pairs,).

    Returns:
        (weeks − 4, pairs, 4), the last being the share of the last four weeks.
    """
    past = np.stack([acts[lag : len(acts) - LEAD + lag] for lag in range(LEAD)]).astype(np.float64)
    odds = np.broadcast_to(logit(own), past[0].shape)
    return np.stack([np.ones_like(odds), odds, past[-1], past.mean(axis=0)], axis=-1)


def _weights(spells: Sequence[Mask], own: Array) -> Array:
    """Weights of `looked_back` by maximum likelihood."""
    long = [acts for acts in spells if len(acts) > LEAD]
    if not long:
        return VAGUE.mean
    rows = np.concatenate([looked_back(acts, own).reshape(-1, 4) for acts in long])
    happened = np.concatenate([acts[LEAD:].reshape(-1) for acts in long]).astype(np.float64)
    choices = Choices(
        design=np.stack([np.zeros_like(rows), rows], axis=1).reshape(-1, 4),
        offset=np.zeros(2 * len(rows)),
        taken=np.stack([1 - happened, happened], axis=1).reshape(-1),
        starts=np.arange(0, 2 * len(rows), 2),
        weight=np.ones(len(rows)),
        week=np.arange(len(rows)),
    )
    return most_probable(choices, VAGUE)[0]


VAGUE = Beforehand(
    np.array([0.0, 1.0, 0.0, 0.0]), np.full(4, 0.01), np.full(4, -np.inf), np.full(4, np.inf)
)
"""Hardly any prior, so that a class that never happened can be fitted."""

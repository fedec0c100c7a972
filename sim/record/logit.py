"""Conditional logit with a prior: weights and constants from choices that were made.

P(alternative) = exp(x·b), over the sum of it for all alternatives of a choice (McFadden 1974). The
estimate is that of the greatest posterior density; its covariance allows for choices of one block
hanging together (Liang & Zeger 1986).
"""

from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import OptimizeResult, minimize
from scipy.sparse import csr_array

from realpolitik.sim.stats.blocks import BLOCK

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]

TINY = 1e-300
MOST_CONDITION = 1e12  # of the curvature, beyond which its inverse says nothing
LAGS = 20  # weeks in which what was chosen may still be felt
LEAST_SHARE = 0.25  # of what is felt, which must be seen to make up for the rest
PRIOR = -1
"""The week of choices that were not made: they say what is expected beforehand."""


@dataclass(frozen=True)
class Choices:
    """Choices, each between alternatives, N in all.

    Attributes:
        design: What each alternative has of each of q numbers, (N, q).
        offset: What it has anyway, (N,).
        taken: Share of the choice that went to it; those of a choice add up to 1, (N,).
        starts: The first alternative of each of C choices.
        weight: How often a choice counts, (C,).
        week: Number of the week of each choice, (C,); `PRIOR` for what is no choice.
    """

    design: Array
    offset: Array
    taken: Array
    starts: Numbers
    weight: Array
    week: Numbers

    @property
    def made(self) -> NDArray[np.bool_]:
        """Which are choices that were made, (C,)."""
        return np.asarray(self.week != PRIOR)

    @cached_property
    def ends(self) -> Numbers:
        """Behind the last alternative of each choice, with the first start before it, (C + 1,)."""
        return np.append(self.starts, len(self.taken))

    def spread(self, of_choices: Array) -> Array:
        """What each choice has, (C, …), for each of its alternatives, (N, …)."""
        return np.repeat(of_choices, np.diff(self.ends), axis=0)

    def summed(self, of_alternatives: Array) -> Array:
        """Sum over each choice of the designs of its alternatives, so weighted: (C, q)."""
        numbers = np.arange(len(of_alternatives))
        sums: Array = csr_array((of_alternatives, numbers, self.ends)) @ self.design
        return sums


@dataclass(frozen=True)
class Beforehand:
    """Normal priors of q numbers, of precision 0 where nothing is known, and their ranges."""

    mean: Array
    precision: Array
    low: Array
    high: Array

    def among(self, chosen: NDArray[np.bool_]) -> "Beforehand":
        """What is known of some of the numbers."""
        return Beforehand(*(values[chosen] for values in vars(self).values()))


@dataclass(frozen=True)
class Fit:
    """The estimate (q,), its covariance (q, q), and whether the search came to its end."""

    estimate: Array
    covariance: Array
    converged: bool

    @property
    def errors(self) -> Array:
        """Standard errors, (q,)."""
        return np.sqrt(np.diag(self.covariance))


def probabilities(choices: Choices, beta: Array) -> Array:
    """Of every alternative within its choice, (N,)."""
    score = choices.design @ beta + choices.offset
    odds = np.exp(score - choices.spread(np.maximum.reduceat(score, choices.starts)))
    shares: Array = odds / choices.spread(np.add.reduceat(odds, choices.starts))
    return shares


def fit(choices: Choices, beforehand: Beforehand, start: Array | None = None) -> Fit:
    """The most probable numbers, and how far they could be off.

    Args:
        choices: What was chosen between.
        beforehand: What is known of the numbers.
        start: Where the search begins, (q,); None for the middle of what is known.

    Raises:
        ValueError: the choices and the prior leave some number open.
    """
    estimate, converged = most_probable(choices, beforehand, start)
    inside = (beforehand.low < estimate) & (estimate < beforehand.high)
    spread = covariance(choices, beforehand, estimate)
    free, known = without(choices, ~inside, estimate), beforehand.among(inside)
    estimate[inside] += correction(free, known, estimate[inside])
    return Fit(np.clip(estimate, beforehand.low, beforehand.high), spread, converged)


def most_probable(
    choices: Choices, beforehand: Beforehand, start: Array | None = None
) -> tuple[Array, bool]:
    """The most probable numbers (q,), and whether the search came to its end; see `fit`.

    What would leave its range is held at the end of it, and the others are found anew.
    """
    first = beforehand.mean if start is None else start
    estimate = np.clip(first, beforehand.low, beforehand.high)
    free = np.ones(len(estimate), dtype=np.bool_)
    converged = True
    while free.any():
        found = _search(without(choices, ~free, estimate), beforehand.among(free), estimate[free])
        converged, estimate[free] = bool(found.success), found.x
        beyond = free & ((estimate < beforehand.low) | (estimate > beforehand.high))
        estimate = np.clip(estimate, beforehand.low, beforehand.high)
        if not beyond.any():
            break
        free &= ~beyond
    return estimate, converged


def _search(choices: Choices, beforehand: Beforehand, start: Array) -> OptimizeResult:
    """Newton steps within a region of trust, as the loss is convex."""
    every = np.ones(len(choices.starts), dtype=np.bool_)

    def curvature(beta: Array) -> Array:
        return information(choices, beta, every) + np.diag(beforehand.precision)

    lost = partial(loss, choices, beforehand)
    return minimize(lost, start, jac=True, hess=curvature, method="trust-exact")


def loss(choices: Choices, beforehand: Beforehand, beta: Array) -> tuple[float, Array]:
    """Negative log posterior density, but for a constant, and its slope (q,)."""
    chance, away = probabilities(choices, beta), beta - beforehand.mean
    weight, penalty = choices.spread(choices.weight), beforehand.precision * away
    value = -np.sum(weight * choices.taken * np.log(np.maximum(chance, TINY)))
    slope = choices.design.T @ (weight * (chance - choices.taken))
    return float(value + penalty @ away / 2), slope + penalty


def covariance(choices: Choices, beforehand: Beforehand, beta: Array) -> Array:
    """Of the estimate, with choices of one block hanging together, (q, q).

    Raises:
        ValueError: the choices and the prior leave some number open.
    """
    expected = information(choices, beta, ~choices.made) + np.diag(beforehand.precision)
    whole = expected + information(choices, beta, choices.made)
    if not len(whole) or np.linalg.cond(whole) < MOST_CONDITION:
        inverse = np.linalg.inv(whole)
        spread: Array = inverse @ (_scatter(choices, beta) + expected) @ inverse
        return spread
    raise ValueError("the choices and the prior leave some number open")


def correction(choices: Choices, beforehand: Beforehand, beta: Array) -> Array:
    """What the estimate falls short of the truth, in so few weeks, by first order: (q,).

    What is at stake follows from what was chosen in the weeks before, of which the constants are
    means too, so that habits look weaker than they are (Nickell 1981; Hahn & Kuersteiner 2011).
    And logits are too far from 0 (Firth 1993).
    """
    every = np.ones(len(choices.starts), dtype=np.bool_)
    inverse = np.linalg.inv(information(choices, beta, every) + np.diag(beforehand.precision))
    chance = probabilities(choices, beta)
    beside = choices.design - choices.spread(choices.summed(chance))
    felt = np.sum(beside * choices.spread(_past(choices, chance) @ inverse), axis=1)
    far = np.einsum("nq,qr,nr->n", beside, inverse, beside, optimize=True) / 2
    short = beside.T @ (choices.spread(choices.weight * choices.made) * chance * (felt + far))
    return np.asarray(inverse @ short)


def _past(choices: Choices, chance: Array) -> Array:
    """Slopes of the choices made in the `LAGS` weeks before each, added up: (C, q).

    They are made up for what lies before the first week, and for the mean of all being 0; where
    there are too few weeks for that, there are none.
    """
    slopes = choices.summed(choices.taken - chance) * choices.weight[:, None]
    week = choices.week[choices.made]
    sums = np.zeros((week.max() + 2, slopes.shape[1] + 1))
    np.add.at(sums[:, 1:], week + 1, slopes[choices.made])
    sums[week + 1, 0] = 1
    total = np.cumsum(sums, axis=0)
    past = total[week] - total[np.maximum(week - LAGS, 0)]
    share = past[:, 0].mean() / LAGS * (1 - LAGS / total[-1, 0])
    before = np.zeros(slopes.shape)
    before[choices.made] = past[:, 1:] / share if share > LEAST_SHARE else 0
    return before


def information(choices: Choices, beta: Array, which: NDArray[np.bool_]) -> Array:
    """Curvature of the log likelihood of some choices, (q, q)."""
    chance = probabilities(choices, beta)
    weight = choices.weight * which
    rows = np.sqrt(choices.spread(weight) * chance)[:, None] * choices.design
    mean = np.sqrt(weight)[:, None] * choices.summed(chance)
    curvature: Array = rows.T @ rows - mean.T @ mean
    return curvature


def _scatter(choices: Choices, beta: Array) -> Array:
    """Squares of the slopes of the blocks, added up: (q, q)."""
    missed = choices.taken - probabilities(choices, beta)
    slopes = choices.summed(missed) * choices.weight[:, None]
    blocks, numbers = np.unique(choices.week[choices.made] // BLOCK, return_inverse=True)
    by_block = np.zeros((len(blocks), slopes.shape[1]))
    np.add.at(by_block, numbers, slopes[choices.made])
    count = len(blocks)
    scatter: Array = by_block.T @ by_block * count / max(count - 1, 1)
    return scatter


def without(choices: Choices, fixed: NDArray[np.bool_], values: Array) -> Choices:
    """The same choices with some numbers fixed, and no longer among those to be found."""
    offset = choices.offset + choices.design[:, fixed] @ values[fixed]
    return replace(choices, design=choices.design[:, ~fixed], offset=offset)

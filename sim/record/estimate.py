"""Estimation: rates, constants and weights of every actor from the acts of a record.

With the acts of a record in place of drawn ones, the model's own equations give the state of every
week, and the choices of that week are those of a conditional logit whose utility is linear in the
weights. The estimate is that of the greatest posterior density: the declared range of a weight is
the middle 95 % of its prior, and each act of a pair has a constant that four further weeks at the
rate of all pairs hold back. Its interval allows for weeks of a block hanging together.

A weight that every actor has, such as momentum, is drawn toward the mean over the actors, by how
much they differ (Gelman 2006). What the record cannot tell stays as it was declared.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import softmax

from realpolitik.sim.engine.incentives import COMMON
from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.record.cases import REACH, Cases, cases_in, declared_variance, incentive_of
from realpolitik.sim.record.logit import Beforehand, Fit, fit, most_probable, without
from realpolitik.sim.record.rates import Counted, Rate, pair_rates
from realpolitik.sim.record.weekly import Record
from realpolitik.sim.scenario.schema import Scenario

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

NARROWED = 0.75
"""Share of its declared range that the interval of a weight may keep, if the record is to have told
it."""

FARTHEST = 0.5  # an offset beyond it would outweigh every incentive

WEIGHTS = ("address", "estimate", "low", "high", "error", "declared", "declared_low")
WEIGHT_COLUMNS = (*WEIGHTS, "declared_high", "told")


@dataclass(frozen=True)
class Estimate:
    """What a record says of rates and weights.

    Attributes:
        record: Its weeks and acts.
        rates: Rates of pairs, with their intervals.
        offsets: What is at stake anyway in the weeks of the record [utility], by pair and action.
        weights: One row a weight, the columns being `WEIGHT_COLUMNS`: estimate, 95 % interval and
            standard error, the default and the range that were declared, and whether the record
            told it; if not, the estimate is what it would have said.
        covariance: Of the weights that it told, both ways by address.
        choices: Number of choices that were used.
    """

    record: Record
    rates: Sequence[Rate]
    offsets: Mapping[tuple[str, str, str], float]
    weights: pd.DataFrame
    covariance: pd.DataFrame
    choices: int

    @property
    def told(self) -> pd.DataFrame:
        """The rows of the weights that the record told."""
        return self.weights[self.weights["told"]]

    @property
    def parameters(self) -> dict[str, float]:
        """Address → estimate, of the weights that the record told."""
        return {str(one["address"]): float(one["estimate"]) for _, one in self.told.iterrows()}


def estimate(record: Record, scenario: Scenario) -> Estimate:
    """Estimates the numbers of a scenario's actors from a record.

    Args:
        record: Weeks and acts.
        scenario: What the weeks are seen with; its values stand for all that is not estimated.

    Raises:
        ValueError: the record holds no choice of these actors, or cannot be fitted.
    """
    counted = Counted.of(record, scenario)
    found = fitted([*cases_in(record, scenario, counted)])
    if not found:
        raise ValueError("the record holds no choice of the actors of the scenario")
    return _estimate(record, pair_rates(counted), found)


# ── All actors ───────────────────────────────────────────────────────────────────────

Fitted = Sequence[tuple[Cases, Fit]]


def fitted(cases: Sequence[Cases]) -> Fitted:
    """Fits every actor: by itself, then drawn toward what the others have in common."""
    alone = [(one, fit(one.choices, one.beforehand({}))) for one in cases]
    return [
        (one, fit(one.choices, one.beforehand(in_common([*alone[:n], *alone[n + 1 :]])), start))
        for n, (one, start) in enumerate((one, by_itself.estimate) for one, by_itself in alone)
    ]


def in_common(alone: Fitted) -> dict[str, tuple[float, float]]:
    """Mean and variance over the actors of each weight that all have, of which enough is known.

    The mean is of what the record alone says of each; the variance is that between actors, who are
    taken to differ by no more than the declared range does.
    """
    found: dict[str, list[tuple[float, float]]] = {}
    declared: dict[str, float] = {}
    for cases, result in alone:
        for weight, value, error in zip(cases.weights, *_of_weights(cases, result), strict=True):
            name = incentive_of(weight)
            if name in SHARED and told_by(weight, error):
                found.setdefault(name, []).append(_from_record(weight, value, error))
                declared[name] = declared_variance(weight) ** 0.5
    return {
        name: _between(np.array(of), declared[name])
        for name, of in found.items()
        if len(of) >= FEWEST
    }


SHARED = frozenset(one.name for one in COMMON)
GRID = 50  # standard deviations that are tried
FEWEST = 3
"""Actors whose weight the record must have told before others' are drawn toward their mean."""


def _from_record(weight: Parameter, value: float, error: float) -> tuple[float, float]:
    """What the record alone says of a weight, its prior taken off: mean and variance."""
    precision, before = error**-2, 1 / declared_variance(weight)
    alone = precision - before
    return (precision * value - before * weight.default) / alone, 1 / alone


def _between(found: Array, most: float) -> tuple[float, float]:
    """Mean over actors, and the variance between them with that of the mean.

    `found` holds a mean and a variance an actor. How much they differ is a standard deviation of
    which it is known beforehand that it is no more than `most` (Gelman 2006): so few of them may
    look alike by chance.
    """
    values, variances = found.T
    between = np.linspace(0, most, GRID)[:, None] ** 2
    weights = 1 / (variances + between)
    total = weights.sum(axis=1)
    means = weights @ values / total
    misfit = np.sum(weights * (values - means[:, None]) ** 2 - np.log(weights), axis=1)
    chance = softmax(-(misfit + np.log(total)) / 2)
    mean = chance @ means
    return float(mean), float(chance @ (between[:, 0] + 1 / total + (means - mean) ** 2))


def _of_weights(cases: Cases, result: Fit) -> tuple[Array, Array]:
    """Estimates and standard errors of the weights."""
    first = len(cases.constants)
    return result.estimate[first:], result.errors[first:]


def told_by(weight: Parameter, error: float) -> bool:
    """Whether the record narrows a weight enough."""
    return 2 * REACH * error <= NARROWED * (weight.high - weight.low)


# ── The estimate ─────────────────────────────────────────────────────────────────────


def _estimate(record: Record, rates: Sequence[Rate], found: Fitted) -> Estimate:
    """The estimate from the fits of all actors."""
    rows = [row for cases, result in found for row in _weight_rows(cases, result)]
    weights = pd.DataFrame(rows, columns=[*WEIGHT_COLUMNS])
    told = weights["address"][weights["told"]]
    covariance = pd.concat([_covariance(cases, result) for cases, result in found]).fillna(0.0)
    return Estimate(
        record,
        rates,
        {key: value for one in found for key, value in _offsets(*one, rates).items()},
        weights,
        covariance.loc[told, told],
        sum(int(np.sum(cases.choices.made)) for cases, _ in found),
    )


def _weight_rows(cases: Cases, result: Fit) -> Iterator[tuple[object, ...]]:
    for weight, value, error in zip(cases.weights, *_of_weights(cases, result), strict=True):
        low, high = max(value - REACH * error, weight.low), min(value + REACH * error, weight.high)
        declared = (weight.default, weight.low, weight.high)
        yield (weight.address, value, low, high, error, *declared, told_by(weight, error))


def _covariance(cases: Cases, result: Fit) -> pd.DataFrame:
    """Of the weights of an actor, both ways by address."""
    addresses = [weight.address for weight in cases.weights]
    first = len(cases.constants)
    return pd.DataFrame(result.covariance[first:, first:], index=addresses, columns=addresses)


def _offsets(cases: Cases, result: Fit, rates: Sequence[Rate]) -> dict[tuple[str, str, str], float]:
    """What is at stake anyway, so that the acts have their constants at the weights that stand.

    These are the estimates that the record told, and the declared values of the others.
    """
    first, numbers = len(cases.constants), np.arange(len(result.estimate))
    values = result.estimate.copy()
    for place, (weight, error) in enumerate(zip(cases.weights, result.errors[first:], strict=True)):
        if not told_by(weight, error):
            values[first + place] = weight.default
    choices = without(cases.choices, numbers >= first, values)
    constants, _ = most_probable(choices, no_prior(first), values[:first])
    return dict(_offsets_of(cases, constants, {(*one.pair, one.action): one.rate for one in rates}))


def no_prior(count: int) -> Beforehand:
    """No prior, and no bounds."""
    ends = np.full(count, np.inf)
    return Beforehand(np.zeros(count), np.zeros(count), -ends, ends)


def _offsets_of(
    cases: Cases, constants: Array, rates: Mapping[tuple[str, str, str], float]
) -> Iterator[tuple[tuple[str, str, str], float]]:
    """By pair and action: how far log odds at the rates are above the constants, over λ.

    What no record tells is held against an act as hold is: in the record it is no act.
    """
    actor = cases.actor
    options, codes = actor.options, actor.seat.codes
    keys = [
        (actor.code, codes[target], action.action)
        for target, action in zip(options.target, options.actions(), strict=True)
    ]
    shares = np.array([rates.get(key, 0.0) for key in keys])
    least = actor.model.world.constants.least_hold
    for place in options.groups:
        held = max(1 - float(shares[place].sum()), least)
        for option in range(place.start, place.stop):
            if option in cases.constants and shares[option]:
                constant = constants[cases.constants.index(option)]
                beyond = np.log(shares[option] / held) - constant
                value = beyond / actor.model.world.constants.precision
                yield keys[option], float(np.clip(value, -FARTHEST, FARTHEST))

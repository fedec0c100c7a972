"""A logistic model of three covariates, against which a simulator has to justify itself.

Log odds of reaching at least category k are those of the base rate, plus an intercept, plus a sum
over covariates: the proportional-odds model (McCullagh 1980,
doi:10.1111/j.2517-6161.1980.tb01109.x) with the base rate as offset, so that a yes or no and a
grade share their coefficients. With so few cases each coefficient has a normal prior around 0 with
a standard deviation of 1 (assumed; weakly informative in the sense of Gelman et al. 2008,
doi:10.1214/08-AOAS191).
"""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logit

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.world import Array
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.study.hindcast.cases import Case
from realpolitik.sim.study.hindcast.record import base_rate_forecast
from realpolitik.sim.study.hindcast.scoring import tempered

PRIOR_SD = 1.0
COVARIATES = ("arms", "embargo", "dependence")


def covariates(case: Case) -> Array:
    """What the situation was, (3,), each 0 to 1.

    Whether the choice is about arms; whether who would get them is under embargo; how much who
    chooses gets in arms from that side.
    """
    chooser = str(getattr(case.measure, "by", ""))
    other = str(getattr(case.measure, "target", "") or getattr(case.measure, "to", ""))
    action = NAMED.get(str(getattr(case.measure, "action", "")))
    start = vocabulary().start(case.scenario)
    return np.array(
        [
            float(action is not None and action.track == "material"),
            start.get("embargo", {}).get((other,), 0.0),
            start.get("flow", {}).get((other, chooser), 0.0),
        ]
    )


def logistic_forecast(case: Case, known: Sequence[Case]) -> Array:
    """The forecast for a case, (categories,), fitted to the known cases of other crises."""
    return _forecast(case, fit([one for one in known if not _told_by(one, case)]))


def _told_by(one: Case, case: Case) -> bool:
    """Whether a case is of the same crisis, or the same choice under another name."""
    return one.crisis == case.crisis or _act(one) == _act(case)


def _act(case: Case) -> object:
    """The day and the choice, whatever either is called."""
    return case.episode.date, case.measure.model_dump(exclude={"label", "base_rate"})


def fit(cases: Sequence[Case]) -> Array:
    """Intercept and coefficients of highest posterior density, (4,); zeros of no cases."""
    start = np.zeros(1 + len(COVARIATES))
    prepared = [(_offsets(case), _terms(case), case.observed, case.certainty) for case in cases]

    def loss(coefficients: Array) -> float:
        total = 0.5 * float(np.sum((coefficients / PRIOR_SD) ** 2))
        for offsets, terms, observed, weight in prepared:
            chance = _categories(offsets + terms @ coefficients)[observed]
            total -= weight * float(np.log(chance))
        return total

    return np.asarray(minimize(loss, start, method="BFGS", options={"gtol": 1e-4}).x)


def _forecast(case: Case, coefficients: Array) -> Array:
    return _categories(_offsets(case) + _terms(case) @ coefficients)


def _terms(case: Case) -> Array:
    return np.concatenate(([1.0], covariates(case)))


def _offsets(case: Case) -> Array:
    """Log odds of at least category 1, at least 2 and so on, by the base rate."""
    reached = np.cumsum(tempered(base_rate_forecast(case))[::-1])[::-1]
    return np.asarray(logit(reached[1:]))


def _categories(log_odds: Array) -> Array:
    """Probability of each category from the log odds of at least 1, at least 2 and so on."""
    reached = np.concatenate(([1.0], expit(log_odds), [0.0]))
    return np.asarray(reached[:-1] - reached[1:])

"""Scores: worked by hand, proper, and the same for a yes or no and for grades."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import approx_fprime

from realpolitik.sim.engine.world import Array
from realpolitik.sim.hindcast.base_rates import base_rate_forecast
from realpolitik.sim.hindcast.forecasts import (
    ARTICLE,
    COVARIATES,
    DOUBT,
    PRIOR_SD,
    Regressors,
    covariates,
    fit,
    load_rivals,
    log_score,
    logistic_forecast,
    ranked_probability_score,
    simulated_forecasts,
    tempered,
)

WEIGHTS = arrays(np.float64, st.integers(2, 7), elements=st.floats(0.01, 1))


def distribution(weights: Array) -> Array:
    return np.asarray(weights / weights.sum())


def test_ranked_probability_scores_worked_by_hand() -> None:
    # Cumulative .2, .5, 1 against 1, 1, 1: (.64 + .25) / 2; against 0, 1, 1: (.04 + .25) / 2.
    forecast = np.array([0.2, 0.3, 0.5])
    assert ranked_probability_score(forecast, 0) == pytest.approx(0.445)
    assert ranked_probability_score(forecast, 1) == pytest.approx(0.145)
    assert ranked_probability_score(forecast, 2) == pytest.approx((0.04 + 0.25) / 2)


def test_ranked_probability_score_of_a_uniform_forecast_of_seven_grades() -> None:
    # Grade 0: distances 6/7 … 1/7, whose squares sum to 91/49; grade 3: 2 · (1 + 4 + 9)/49.
    uniform = np.full(7, 1 / 7)
    assert ranked_probability_score(uniform, 0) == pytest.approx(91 / 49 / 6)
    assert ranked_probability_score(uniform, 3) == pytest.approx(28 / 49 / 6)


@pytest.mark.parametrize("chance", [0.0, 0.3, 0.5, 1.0])
def test_of_a_yes_or_no_it_is_the_score_of_brier(chance: float) -> None:
    forecast = np.array([1 - chance, chance])
    assert ranked_probability_score(forecast, 1) == pytest.approx((1 - chance) ** 2)
    assert ranked_probability_score(forecast, 0) == pytest.approx(chance**2)


def test_a_near_miss_costs_less_than_a_far_one() -> None:
    forecast = np.array([1.0, 0, 0, 0])
    scores = [ranked_probability_score(forecast, grade) for grade in range(4)]
    assert scores == pytest.approx([0, 1 / 3, 2 / 3, 1])


def test_log_scores_worked_by_hand() -> None:
    forecast = np.array([0.25, 0.5, 0.25])
    assert log_score(forecast, 1) == pytest.approx(math.log(2))
    assert log_score(forecast, 0) == pytest.approx(2 * math.log(2))
    assert log_score(np.array([0.0, 1.0]), 1) == 0


@given(WEIGHTS, st.data())
def test_both_scores_are_least_for_who_says_what_is_so(weights: Array, data: st.DataObject) -> None:
    truth = distribution(weights)
    other = distribution(data.draw(arrays(np.float64, len(truth), elements=st.floats(0.01, 1))))
    for score in (ranked_probability_score, log_score):
        honest, otherwise = (
            sum(chance * score(forecast, place) for place, chance in enumerate(truth))
            for forecast in (truth, other)
        )
        assert honest <= otherwise + 1e-12


@given(WEIGHTS)
def test_doubt_keeps_a_forecast_a_forecast_and_bounds_its_score(weights: Array) -> None:
    sure = np.zeros(len(weights))
    sure[0] = 1
    for forecast in (tempered(sure), tempered(distribution(weights))):
        assert forecast.sum() == pytest.approx(1)
        worst = math.log(len(weights) / DOUBT)
        assert all(log_score(forecast, place) <= worst + 1e-9 for place in range(len(weights)))


def test_doubt_leaves_a_uniform_forecast_as_it_is() -> None:
    assert tempered([0.25] * 4) == pytest.approx([0.25] * 4)


@given(WEIGHTS, st.data())
def test_the_library_scores_as_the_published_formula_does(
    weights: Array, data: st.DataObject
) -> None:
    forecast = distribution(weights)
    observed = data.draw(st.integers(0, len(forecast) - 1))
    came = np.arange(len(forecast)) >= observed
    formula = np.sum((np.cumsum(forecast) - came) ** 2) / (len(forecast) - 1)
    assert ranked_probability_score(forecast, observed) == pytest.approx(formula)


# ── The logistic model ───────────────────────────────────────────────────────────────


def test_it_has_three_covariates_read_off_the_situation(small: Any) -> None:
    more = "initial: {embargo: {IRN: 1}, flow: {IRN-RUS: 0.4}}\n"
    arms = small.case(outcome="arms", observed=True, more=more)
    assert len(COVARIATES) == 3
    assert covariates(arms) == pytest.approx([1, 1, 0.4])
    assert covariates(small.case(more=more)) == pytest.approx([0, 1, 0.4])
    assert covariates(small.case(outcome="deaths", observed=False)) == pytest.approx([0, 0, 0])


def told_of(case: Any) -> Regressors:
    """What the logistic model knows of a case."""
    return Regressors.of(case, base_rate_forecast(case))


def test_without_cases_to_learn_from_it_is_the_base_rate(small: Any) -> None:
    case = small.case()
    assert fit([]) == pytest.approx(np.zeros(4))
    expected = tempered(base_rate_forecast(case))
    assert logistic_forecast(told_of(case), fit([])) == pytest.approx(expected)


def test_it_learns_what_the_cases_have_in_common(small: Any) -> None:
    known = [told_of(small.case(f"o{n}", outcome="arms", observed=True)) for n in range(8)]
    fresh = small.case("fresh", outcome="strike", observed=True)
    found = logistic_forecast(told_of(fresh), fit(known))
    assert found[1] > base_rate_forecast(fresh)[1] + 0.1


def test_forecasts_of_grades_are_distributions(small: Any) -> None:
    found = logistic_forecast(told_of(small.case()), np.array([0.5, -1, 2, 0.3]))
    assert found.sum() == pytest.approx(1)
    assert (found > 0).all()


def test_coefficients_are_those_of_highest_posterior_density(small: Any) -> None:
    """At them the slope of the density vanishes, computed from forecasts alone."""
    known = [
        told_of(case)
        for case in (
            small.case("a", outcome="strike", observed=True, certainty=0.9),
            small.case("b", outcome="strike", observed=True),
            small.case("c", observed=2, certainty=0.5),
            small.case("d", observed=0),
        )
    ]

    def density(coefficients: Any) -> float:
        shifted = -0.5 * float(np.sum((coefficients / PRIOR_SD) ** 2))
        for one in known:
            chances = logistic_forecast(one, coefficients)
            shifted -= one.case.certainty * float(log_score(chances, one.case.observed))
        return shifted

    assert approx_fprime(fit(known), density, 1e-6) == pytest.approx(np.zeros(4), abs=1e-3)


def test_a_forecast_moves_the_log_odds_of_the_base_rate(small: Any) -> None:
    case, coefficients = small.case(), np.array([0.4, 1, -0.2, 0.3])
    reached = 1 - np.cumsum(tempered(base_rate_forecast(case)))[:-1]
    odds = reached / (1 - reached) * np.exp(0.4 + covariates(case) @ coefficients[1:])
    found = 1 - np.cumsum(logistic_forecast(told_of(case), coefficients))[:-1]
    assert found == pytest.approx(odds / (1 + odds))


# ── Simulation ───────────────────────────────────────────────────────────────────────


def test_all_questions_to_a_trigger_are_read_off_the_same_worlds(small: Any) -> None:
    cases, rivals, steps = small.trigger(weeks=26), load_rivals()[:1], []
    found = simulated_forecasts(cases, rivals, 20, 0, lambda *step: steps.append(step))
    chances = [found[case.name, ARTICLE][1] for case in cases]
    assert steps == [(1, 1)]
    assert chances == sorted(chances)
    alone = simulated_forecasts(cases[:1], rivals, 20, 0)
    assert alone[cases[0].name, ARTICLE] == pytest.approx(found[cases[0].name, ARTICLE])

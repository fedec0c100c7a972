"""Scores: worked by hand, proper, and the same for a yes or no and for grades."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from realpolitik.sim.engine.world import Array
from realpolitik.sim.hindcast.forecasts import (
    DOUBT,
    log_score,
    ranked_probability_score,
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

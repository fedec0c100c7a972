"""Weights and constants from choices: against other ways to the same numbers."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import check_grad
from statsmodels.discrete.conditional_models import ConditionalLogit

from realpolitik.sim.record.logit import (
    PRIOR,
    Beforehand,
    Choices,
    correction,
    covariance,
    fit,
    information,
    loss,
    most_probable,
    probabilities,
    without,
)

Array = NDArray[np.float64]

TRUE = np.array([0.8, -0.5, 0.3])


def made(count: int = 400, alternatives: int = 3, seed: int = 1) -> Choices:
    """Choices between so many alternatives, one a week, by weights that are known."""
    draw = np.random.default_rng(seed)
    design = draw.normal(size=(count, alternatives, len(TRUE)))
    odds = np.exp(design @ TRUE)
    ends = np.cumsum(odds / odds.sum(axis=1, keepdims=True), axis=1)
    chosen = np.sum(draw.random((count, 1)) > ends, axis=1)
    return Choices(
        design=design.reshape(-1, len(TRUE)),
        offset=np.zeros(count * alternatives),
        taken=np.eye(alternatives)[chosen].ravel(),
        starts=np.arange(count) * alternatives,
        weight=np.ones(count),
        week=np.arange(count),
    )


def known(precision: float = 0.0, mean: float = 0.0, end: float = np.inf) -> Beforehand:
    """The same of every weight."""
    ones = np.ones(len(TRUE))
    return Beforehand(mean * ones, precision * ones, -end * ones, end * ones)


def test_chances_of_a_choice_add_up_to_one() -> None:
    choices = made(20)
    chance = probabilities(choices, TRUE)
    assert np.add.reduceat(chance, choices.starts) == pytest.approx(np.ones(20))


def test_chances_are_the_same_wherever_utility_begins() -> None:
    choices = made(20)
    moved = replace(choices, offset=choices.offset + 700)
    assert probabilities(moved, TRUE) == pytest.approx(probabilities(choices, TRUE))


def test_the_slope_is_that_of_the_loss() -> None:
    of = (made(50), known(2.0, 0.3))
    for point in (np.zeros(3), TRUE, -TRUE):
        missed = check_grad(lambda beta: loss(*of, beta)[0], lambda beta: loss(*of, beta)[1], point)
        assert missed < 1e-4


def test_the_curvature_is_that_of_the_slope() -> None:
    choices, every, step = made(50), np.ones(50, dtype=np.bool_), 1e-5 * np.eye(3)
    slopes = [
        (loss(choices, known(), TRUE + one)[1] - loss(choices, known(), TRUE - one)[1]) / 2e-5
        for one in step
    ]
    assert information(choices, TRUE, every) == pytest.approx(np.array(slopes), abs=1e-4)


def test_weights_are_those_of_statsmodels() -> None:
    choices = made()
    groups = choices.spread(np.arange(len(choices.starts), dtype=np.float64))
    other = ConditionalLogit(choices.taken, choices.design, groups=groups).fit(disp=False)
    found, converged = most_probable(choices, known())
    assert converged
    assert found == pytest.approx(np.asarray(other.params), abs=1e-4)
    every = np.ones(len(choices.starts), dtype=np.bool_)
    errors = np.sqrt(np.diag(np.linalg.inv(information(choices, found, every))))
    assert errors == pytest.approx(np.asarray(other.bse), abs=1e-4)


def test_errors_are_those_of_the_sandwich_of_blocks() -> None:
    choices = made(80)
    found, _ = most_probable(choices, known())
    bread = np.linalg.inv(information(choices, found, np.ones(80, dtype=np.bool_)))
    slopes = choices.summed(choices.taken - probabilities(choices, found))
    blocks = slopes.reshape(20, 4, 3).sum(axis=1)
    filling = blocks.T @ blocks * 20 / 19
    assert covariance(choices, known(), found) == pytest.approx(bread @ filling @ bread)


def test_a_prior_pulls_toward_its_mean_and_narrows() -> None:
    choices = made(60)
    free, pulled = fit(choices, known()), fit(choices, known(50.0, 2.0))
    assert np.all(np.abs(pulled.estimate - 2) < np.abs(free.estimate - 2))
    assert np.all(pulled.errors < free.errors)


def test_a_sure_prior_is_what_comes_out() -> None:
    assert fit(made(60), known(1e9, 0.7)).estimate == pytest.approx(0.7, abs=1e-5)


def test_what_would_leave_its_range_is_held_at_the_end_of_it() -> None:
    choices = made()
    held = fit(choices, known(end=0.4)).estimate
    assert held[:2] == pytest.approx([0.4, -0.4])
    rest = without(choices, np.array([True, True, False]), held)
    among = known(end=0.4).among(np.array([False, False, True]))
    assert held[2] == pytest.approx(fit(rest, among).estimate[0], abs=1e-6)


def test_a_number_that_nothing_depends_on_is_refused() -> None:
    choices = made(30)
    choices.design[:, 1] = 0
    with pytest.raises(ValueError, match=r"^the choices and the prior leave some number open$"):
        fit(choices, known())


def test_a_number_that_nothing_depends_on_is_as_its_prior_has_it() -> None:
    choices = made(30)
    choices.design[:, 1] = 0
    found = fit(choices, known(4.0, 0.2))
    assert found.estimate[1] == pytest.approx(0.2)
    assert found.errors[1] == pytest.approx(0.5)


def test_choices_that_were_not_made_are_a_prior() -> None:
    """Shares taken, weighted as so many choices, pull the estimate as those choices would."""
    choices = made(40)
    twice = replace(choices, weight=choices.weight * 2)
    assert fit(twice, known()).estimate == pytest.approx(fit(choices, known()).estimate, abs=0.1)
    expected = replace(choices, week=np.append(np.arange(39), PRIOR))
    assert np.all(np.diag(covariance(expected, known(), TRUE)) > 0)


def test_the_search_ends_at_the_same_place_from_elsewhere() -> None:
    choices = made()
    ends = [most_probable(choices, known(), start)[0] for start in (None, -TRUE, 3 * TRUE)]
    assert ends[0] == pytest.approx(ends[1], abs=1e-5)
    assert ends[0] == pytest.approx(ends[2], abs=1e-5)


# ── Few weeks ────────────────────────────────────────────────────────────────────────


def habitual(weeks: int, habit: float, seed: int) -> Choices:
    """Acting or not, in weeks one after the other, by a constant and a habit of acting."""
    draw, memory = np.random.default_rng(seed), 0.0
    design, taken = np.zeros((weeks, 2, 2)), np.zeros((weeks, 2))
    for week in range(weeks):
        design[week, 1] = 1, memory
        acts = draw.random() < 1 / (1 + np.exp(0.3 - habit * memory))
        taken[week] = [1 - acts, acts]
        memory = 0.75 * memory + 0.25 * (acts - 0.45)
    return Choices(
        design.reshape(-1, 2),
        np.zeros(2 * weeks),
        taken.ravel(),
        np.arange(weeks) * 2,
        np.ones(weeks),
        np.arange(weeks),
    )


def test_habits_are_not_taken_for_weaker_than_they_are() -> None:
    """Without the correction they are, by a good part (Nickell 1981)."""
    free = Beforehand(np.zeros(2), np.full(2, 0.01), np.full(2, -np.inf), np.full(2, np.inf))
    raw, mended = [], []
    for seed in range(200):
        choices = habitual(120, 2.0, seed)
        found, _ = most_probable(choices, free)
        raw.append(found[1])
        mended.append((found + correction(choices, free, found))[1])
    assert np.mean(raw) < 1.7
    assert np.mean(mended) == pytest.approx(2.0, abs=0.15)

"""Logit choice: the analytic cases, computed apart from this project."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from realpolitik.sim.engine.choice import Draw, choice_probabilities
from realpolitik.sim.engine.world import Array

UTILITY = (0.0, 0.1, 0.3)


@pytest.mark.parametrize(
    ("base_rate", "expected"),
    [
        ((1 / 3, 1 / 3, 1 / 3), (0.140244, 0.231224, 0.628532)),
        ((0.9, 0.08, 0.02), (0.802474, 0.117605, 0.079921)),
    ],
)
def test_logit_choice_has_the_published_values(
    base_rate: tuple[float, ...], expected: tuple[float, ...]
) -> None:
    assert choice_probabilities(UTILITY, base_rate, 5.0) == pytest.approx(expected, abs=5e-7)


def test_without_precision_the_base_rates_come_back() -> None:
    base_rate = (0.9, 0.08, 0.02)
    assert choice_probabilities(UTILITY, base_rate, 0.0) == pytest.approx(base_rate)


def test_with_great_precision_the_best_option_is_certain() -> None:
    assert choice_probabilities(UTILITY, (1 / 3,) * 3, 1000.0) == pytest.approx((0, 0, 1))


@pytest.mark.parametrize("targets", [1, 2, 5, 10])
def test_splitting_a_base_rate_over_targets_leaves_hold_alone(targets: int) -> None:
    split = [0.9] + [0.1 / targets] * targets
    assert choice_probabilities([0.2] * (targets + 1), split, 10.0)[0] == pytest.approx(0.9)


def test_without_the_split_ten_targets_take_the_probability_from_hold() -> None:
    assert choice_probabilities([0.0] * 11, [1.0] * 11, 10.0)[0] == pytest.approx(0.091, abs=5e-4)


def _crisis_game(precision: float, back_down: float = -0.3) -> tuple[float, ...]:
    """Agent quantal response of the crisis game by backward recursion; (demand, resist, war)."""
    even = (0.5, 0.5)
    war_last = choice_probabilities((back_down, -0.1), even, precision)[1]
    value_a = war_last * -0.1 + (1 - war_last) * back_down
    value_b = war_last * -1.0 + (1 - war_last) * 0.1
    resist = choice_probabilities((-1.0, value_b), even, precision)[1]
    demand_value = resist * value_a + (1 - resist) * 1.0
    demand = choice_probabilities((0.0, demand_value), even, precision)[1]
    return demand, resist, war_last, demand * resist * war_last


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        (0.5, (0.540522, 0.564946, 0.524979, 0.160311)),
        (1, (0.564784, 0.621327, 0.549834, 0.192945)),
        (2, (0.581788, 0.707420, 0.598688, 0.246401)),
        (5, (0.574808, 0.814448, 0.731059, 0.342246)),
        (10, (0.759016, 0.787719, 0.880797, 0.526621)),
        (20, (0.998897, 0.597653, 0.982014, 0.586256)),
    ],
)
def test_crisis_game_has_the_published_equilibrium(
    precision: float, expected: tuple[float, ...]
) -> None:
    assert _crisis_game(precision) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("cost", "war"), [(0, 0.181), (0.1, 0.215), (0.3, 0.342), (0.5, 0.448), (0.8, 0.460)]
)
def test_higher_audience_costs_make_war_likelier(cost: float, war: float) -> None:
    assert _crisis_game(5, back_down=-cost)[3] == pytest.approx(war, abs=1e-3)


@pytest.mark.parametrize(
    ("precision", "row", "column"),
    [(1, 0.586784, 0.451807), (2, 0.617522, 0.371982), (3, 0.616897, 0.314016)],
)
def test_matching_pennies_has_the_published_equilibrium(
    precision: float, row: float, column: float
) -> None:
    p = q = 0.5
    even = (0.5, 0.5)
    for _ in range(5000):
        best_p = choice_probabilities((q * 1.1141, (1 - q) * 0.2785), even, precision)[0]
        best_q = choice_probabilities(((1 - p) * 1.1141, p * 1.1141), even, precision)[0]
        p, q = p + 0.05 * (best_p - p), q + 0.05 * (best_q - q)
    assert (p, q) == pytest.approx((row, column), abs=1e-6)


@given(
    utility=arrays.arrays(float, 5, elements=st.floats(-3, 3)),
    scale=st.floats(0.1, 10),
    precision=st.floats(0, 15),
)
def test_only_the_product_of_weights_and_precision_matters(
    utility: Array, scale: float, precision: float
) -> None:
    base_rate = np.array([0.5, 0.2, 0.1, 0.1, 0.1])
    plain = choice_probabilities(utility, base_rate, precision)
    scaled = choice_probabilities(utility * scale, base_rate, precision / scale)
    assert scaled == pytest.approx(plain, abs=1e-9)


@given(
    weights=arrays.arrays(float, (7, 6), elements=st.floats(0.01, 10)),
    draws=arrays.arrays(float, (2, 7), elements=st.floats(0, 0.999999)),
)
def test_the_drawn_option_is_the_one_whose_share_holds_the_draw(
    weights: Array, draws: Array
) -> None:
    groups = (slice(0, 2), slice(2, 6))
    chosen = Draw(groups)(np.asfortranarray(weights), draws)
    for world in range(7):
        for number, group in enumerate(groups):
            edges = np.cumsum(weights[world, group])
            below = np.concatenate([[0], edges]) / edges[-1]
            option = chosen[world, number] - group.start
            assert below[option] - 1e-9 <= draws[number, world] <= below[option + 1] + 1e-9


def test_a_closed_option_is_never_drawn() -> None:
    weights = np.asfortranarray(np.tile([1.0, 0.0, 1.0], (1000, 1)))
    draws = np.linspace(0, 1, 1000, endpoint=False)
    assert 1 not in Draw((slice(0, 3),))(weights, draws[None])


def test_of_three_hundred_options_each_is_drawn_as_often_as_it_weighs() -> None:
    sizes = (300, 3, 127, 128, 129)
    ends = np.cumsum(sizes)
    groups = [slice(int(end) - size, int(end)) for end, size in zip(ends, sizes, strict=True)]
    weights = np.random.default_rng(3).random(int(ends[-1]))
    draws = (np.arange(50_000) + 0.5) / 50_000
    chosen = Draw(groups)(
        np.asfortranarray(np.tile(weights, (len(draws), 1))),
        np.tile(draws, (len(groups), 1)),
    )
    for number, group in enumerate(groups):
        drawn = np.bincount(chosen[:, number] - group.start, minlength=group.stop - group.start)
        expected = weights[group] / weights[group].sum()
        assert drawn / len(draws) == pytest.approx(expected, abs=1.5 / len(draws))

"""Quantiles of numbers of which an interval or a range is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from realpolitik.sim.engine.world import Array
from realpolitik.sim.stats.quantiles import Known, cases, of_probability, of_range, of_weight

DRAWS = ((np.arange(20_000) + 0.5) / 20_000)[None, :]


def known(value: float, low: float, high: float, level: float = 0.95) -> Known:
    """What is known of one number."""
    return Known(*(np.array([[one]]) for one in (value, low, high, level, low, high)))


def share_within(found: Array, low: float, high: float) -> float:
    """Share of the values from low to high."""
    return float(((found >= low) & (found <= high)).mean())


def test_a_triangular_distribution_has_the_quantiles_of_the_textbook() -> None:
    """F(x) = x² / c up to the mode c, of the range 0 to 1."""
    found = of_range(known(0.5, 0.0, 1.0), np.array([[0.0, 0.125, 0.5, 0.875]]))
    assert found[0] == pytest.approx([0.0, 0.25, 0.5, 0.75])


@pytest.mark.parametrize("likeliest", [-1.0, 0.5, 2.0])
def test_a_range_has_its_mean_and_is_never_left(likeliest: float) -> None:
    """The mean is that of the two ends and the mode, which may be one of the ends."""
    found = of_range(known(likeliest, -1.0, 2.0), DRAWS)
    assert found.mean() == pytest.approx((-1 + likeliest + 2) / 3, abs=1e-4)
    assert share_within(found, -1.0, 2.0) == 1


@given(st.floats(0.01, 0.99), st.floats(2, 2000))
def test_a_probability_is_drawn_from_the_beta_that_its_interval_is_of(
    mean: float, rests_on: float
) -> None:
    low, high = stats.beta.ppf([0.025, 0.975], mean * rests_on, (1 - mean) * rests_on)
    if low > 1e-9 and high < 1 - 1e-9:
        assert cases(known(mean, low, high))[0, 0] == pytest.approx(rests_on, rel=0.04)


@pytest.mark.parametrize(
    ("mean", "low", "high", "level", "within"),
    [
        (0.28, 0.09, 0.53, 0.95, 0.95),
        (0.57, 0.37, 0.77, 0.8, 0.8),
        (0.022, 0.0, 0.07, 0.8, 0.9),  # a tenth beyond .07, nothing below 0
        (0.95, 0.8, 1.0, 0.95, 0.975),
    ],
)
def test_a_probability_has_the_mean_and_the_interval_of_its_estimate(
    mean: float, low: float, high: float, level: float, within: float
) -> None:
    found = of_probability(known(mean, low, high, level), DRAWS)
    assert found.mean() == pytest.approx(mean, abs=1e-3)
    assert share_within(found, low, high) == pytest.approx(within, abs=0.01)
    assert share_within(found, 0.0, 1.0) == 1


def test_a_probability_of_hardly_anything_keeps_its_mean() -> None:
    """No beta of that mean has 5 % beyond .032: the interval is an upper bound alone."""
    found = of_probability(known(0.0002, 0.0, 0.032), DRAWS)
    assert found.mean() == pytest.approx(0.0002, abs=5e-5)
    assert share_within(found, 0.0, 0.032) > 0.99


def test_a_weight_is_normal_within_its_range() -> None:
    draws, spread = np.array([[0.0, 0.5, 0.75, 1.0]]), 0.1 / stats.norm.ppf(0.975)
    found = of_weight(known(0.2, 0.1, 0.3), draws)
    cut = stats.norm.ppf(0.025 + 0.95 * 0.75)
    assert found[0] == pytest.approx([0.1, 0.2, 0.2 + spread * cut, 0.3])


def test_an_interval_cut_off_at_one_end_is_as_wide_as_the_other_says() -> None:
    cut, whole = (known(0.0, low, 0.2)._replace(most=np.array([[1.0]])) for low in (0.0, -0.2))
    draws = DRAWS[:, DRAWS[0] > 0.5]
    found = of_weight(cut, 2 * draws - 1)
    assert found == pytest.approx(of_weight(whole._replace(least=np.array([[-1.0]])), draws))


def test_each_number_has_its_own_row() -> None:
    both = Known(
        *(
            np.array([[one], [other]])
            for one, other in ((0.3, 0.6), (0, 0), (1, 1), (1, 1), (0, 0), (1, 1))
        )
    )
    found = of_range(both, np.repeat(DRAWS, 2, axis=0))
    assert found[0] == pytest.approx(of_range(known(0.3, 0, 1), DRAWS)[0])
    assert found[1] == pytest.approx(of_range(known(0.6, 0, 1), DRAWS)[0])

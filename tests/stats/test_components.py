"""How far expectations vary over settings, chance taken off."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from realpolitik.sim.stats.components import between_settings, over_settings
from realpolitik.sim.stats.intervals import Scale

SHARE, WEEKS, NUMBER = (Scale.of(name, 26) for name in ("share", "weeks", "number"))


def test_components_of_variance_of_a_worked_case() -> None:
    """Means 2 and 6, variances 2 and 2: MSB 16, MSW 2, σ² = (16 − 2) / 2."""
    assert between_settings(np.array([[1.0, 3.0], [5.0, 7.0]])) == pytest.approx(7)


def test_means_that_differ_no_more_than_chance_gives_have_no_variance() -> None:
    values = np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]])
    assert between_settings(values) == 0
    found = over_settings(SHARE, values)
    assert (found.mean, found.low, found.high) == (0.5, 0.5, 0.5)


def test_without_chance_the_variance_is_that_of_the_settings() -> None:
    of_settings = np.array([1.0, 4.0, 7.0, 2.0])
    values = np.repeat(of_settings[:, None], 5, axis=1)
    assert between_settings(values) == pytest.approx(of_settings.var(ddof=1))


@given(st.integers(0, 2**32 - 1))
def test_ends_lie_within_the_scale_about_the_mean(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = (rng.random((20, 4)) < rng.beta(0.3, 0.6, (20, 1))).astype(float)
    found = over_settings(SHARE, values)
    assert found.mean == pytest.approx(values.mean())
    assert 0 <= found.low <= found.mean <= found.high <= 1


def test_the_ends_are_those_of_what_the_settings_were_drawn_from() -> None:
    """Over 200 replications of 62 settings of 16 worlds, as a run of 1,000 worlds has them."""
    rng = np.random.default_rng(0)
    true = stats.beta(2, 3)
    found = [
        over_settings(SHARE, (rng.random((62, 16)) < true.rvs((62, 1), rng)).astype(float))
        for _ in range(200)
    ]
    for end, level in (("low", 0.025), ("high", 0.975)):
        assert np.mean([getattr(one, end) for one in found]) == pytest.approx(
            true.ppf(level), abs=0.02
        )


def test_settings_that_are_all_one_or_the_other_reach_from_end_to_end() -> None:
    values = np.repeat([[0.0], [1.0], [0.0], [1.0]], 6, axis=1)
    found = over_settings(SHARE, values)
    assert (found.low, found.high) == pytest.approx((0, 1), abs=1e-6)


def test_a_week_that_never_came_is_the_horizon() -> None:
    found = over_settings(WEEKS, np.array([[np.nan, np.nan], [2.0, 2.0], [4.0, 4.0]]))
    assert found.mean == pytest.approx((26 + 2 + 4) / 3)
    assert 1 <= found.low < 2
    assert 20 < found.high <= 26


def test_a_number_without_end_has_the_quantiles_of_a_gamma_distribution() -> None:
    """Mean 4, variance 8: shape 2, scale 2."""
    values = np.repeat([[2.0], [6.0]], 3, axis=1)
    found = over_settings(NUMBER, values)
    assert (found.low, found.high) == pytest.approx(stats.gamma(2, scale=2).ppf([0.025, 0.975]))


@pytest.mark.parametrize("scale", [SHARE, NUMBER])
def test_what_never_happens_has_no_spread(scale: Scale) -> None:
    found = over_settings(scale, np.zeros((20, 4)))
    assert (found.mean, found.low, found.high) == (0, 0, 0)

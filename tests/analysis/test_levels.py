"""Summaries of points and of all points."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.sim.analysis.levels import spread, summary
from realpolitik.sim.experiments.tallies import Findings
from realpolitik.sim.stats.intervals import Scale, mean

Make = Callable[..., Findings]


def test_a_mean_has_the_interval_that_an_ensemble_gives_it(make: Make) -> None:
    values = np.random.default_rng(1).exponential(size=(2, 130))
    table = summary(make({"a": [0, 1]}, worlds={"o": values}))
    ones = [mean(value) for value in values]
    for end in ("mean", "low", "high"):
        np.testing.assert_allclose(table[end], [getattr(one, end) for one in ones])
    assert list(table.n) == [130, 130]


def test_a_week_that_never_came_counts_as_the_horizon(make: Make) -> None:
    weeks = np.full((2, 40), 3.0)
    weeks[0, :30] = np.nan
    found = make({"a": [0, 1]}, scale="weeks", worlds={"o": weeks})
    table, row = summary(found), spread(found).iloc[0]
    assert list(table["mean"]) == [(10 * 3 + 30 * 26) / 40, 3]
    assert list(table.n) == list(table.worlds) == [40, 40]
    assert list(table.came) == [0.25, 1]
    assert row.came == 0.625


def test_a_point_whose_worlds_are_all_equal_has_the_interval_of_an_ensemble(make: Make) -> None:
    weeks = np.vstack([np.full(40, np.nan), np.full(40, 3.0)])
    table = summary(make({"a": [0, 1]}, scale="weeks", worlds={"o": weeks}))
    ones = [Scale.of("weeks", 26).level(values) for values in weeks]
    for end in ("mean", "low", "high"):
        np.testing.assert_allclose(table[end], [getattr(one, end) for one in ones])
    assert (table.low < table.high).all()


def test_a_point_without_worlds_has_no_value(make: Make) -> None:
    values = np.ones((3, 40))
    values[1] = np.nan
    found = make({"a": [0, 1, 2]}, worlds={"o": values})
    assert list(np.isnan(summary(found)["mean"])) == [False, True, False]
    assert list(summary(found).worlds) == [40, 0, 40]
    assert spread(found).points[0] == 2


@pytest.mark.parametrize("common", [0.0, 1.0])
def test_the_spread_of_parameters_is_free_of_noise(make: Make, common: float) -> None:
    rng = np.random.default_rng(4)
    truth = np.linspace(0, 0.3, 12)
    found, raw = [], []
    for _ in range(60):
        noise = common * rng.normal(size=(1, 60)) + rng.normal(size=(12, 60))
        values = truth[:, None] + noise + 9
        found.append(spread(make({"a": truth}, worlds={"o": values})).parameter_sd[0] ** 2)
        raw.append(values.mean(axis=1).var(ddof=1))
    error = np.std(raw) / np.sqrt(60)
    assert abs(np.mean(found) - truth.var(ddof=1)) < 4 * error
    assert np.mean(raw) - truth.var(ddof=1) > 4 * error


def test_the_noise_is_the_standard_error_of_a_point(make: Make) -> None:
    values = np.random.default_rng(1).normal(size=(2, 500))
    expected = (values.std(axis=1, ddof=1) / np.sqrt(500)).mean()
    assert spread(make({"a": [0, 1]}, worlds={"o": values + 50})).noise_sd[0] == pytest.approx(
        expected
    )


def test_the_noise_of_what_never_happened_is_not_none(make: Make) -> None:
    never = make({"a": [0, 1]}, scale="share", worlds={"o": np.zeros((2, 400))})
    assert 2 * 1.96 * spread(never).noise_sd[0] == pytest.approx(0.0095, abs=0.0001)


def test_the_mean_over_points_has_an_interval_that_knows_of_common_worlds(make: Make) -> None:
    one = np.random.default_rng(1).normal(size=(1, 400)) + 30
    table = spread(make({"a": range(50)}, worlds={"o": np.repeat(one, 50, axis=0)}))
    width = table.high[0] - table.low[0]
    assert width == pytest.approx(2 * 2.093 / np.sqrt(400), rel=0.5)
    assert table.parameter_sd[0] == pytest.approx(0, abs=1e-6)
    assert table.n[0] == 50 * 400


@pytest.mark.parametrize("worlds", [1, 2, 7, 20, 33])
def test_few_worlds_make_few_batches(make: Make, worlds: int) -> None:
    values = np.random.default_rng(worlds).normal(size=(3, worlds)) + 30
    table = spread(make({"a": [0, 1, 2]}, worlds={"o": values})).iloc[0]
    assert table["mean"] == pytest.approx(values.mean())
    assert np.isnan(table.low) == (worlds == 1)
    assert np.isnan(table.parameter_sd) == (worlds == 1)


@settings(max_examples=20)
@given(order=st.permutations(range(20)))
def test_the_order_of_batches_changes_nothing(make: Make, order: list[int]) -> None:
    values = np.random.default_rng(2).normal(size=(3, 100)) + 20
    mixed = values.reshape(3, 5, 20)[:, :, order].reshape(3, 100)
    one, other = (spread(make({"a": [0, 1, 2]}, worlds={"o": v})) for v in (values, mixed))
    np.testing.assert_allclose(one.iloc[:, 1:].astype(float), other.iloc[:, 1:].astype(float))

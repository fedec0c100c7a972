"""Morris screening of models whose effects are known."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from SALib.analyze import morris as salib
from SALib.sample import morris as sample

from realpolitik.sim.analysis.morris import elementary_effects, morris
from realpolitik.sim.experiments.tallies import Findings
from realpolitik.sim.stats.intervals import Scale, share

Make = Callable[..., Findings]
NAMES = list("abcd")
SLOPES = np.array([3.0, -2.0, 1.0, 0.0])
PROBLEM = {"num_vars": 4, "names": NAMES, "bounds": [[-1, 3]] * 4}


def design(paths: int = 20, seed: int = 2, levels: int = 4) -> np.ndarray:
    """Trajectories between -1 and 3."""
    return np.asarray(sample.sample(dict(PROBLEM), paths, num_levels=levels, seed=seed))


def table(make: Make, x: np.ndarray, values: np.ndarray) -> pd.DataFrame:
    """The screening of values (points, worlds)."""
    points = {name: x[:, k] for k, name in enumerate(NAMES)}
    return morris(make(points, sampler="morris", bounds=(-1.0, 3.0), worlds={"o": values}))


def curved(x: np.ndarray) -> np.ndarray:
    """Bent in a, with an interaction of b and c, straight in d."""
    unit = (x + 1) / 4
    return np.asarray(3 * unit[:, 0] ** 2 + 2 * unit[:, 1] * unit[:, 2] + 0.5 * unit[:, 3])


@pytest.mark.parametrize("levels", [4, 6])
def test_effects_of_a_straight_model_are_its_slopes_over_the_range(make: Make, levels: int) -> None:
    x = design(levels=levels)
    found = table(make, x, np.repeat((x @ SLOPES)[:, None], 40, axis=1))
    np.testing.assert_allclose(found.mu, 4 * SLOPES, atol=1e-9)
    np.testing.assert_allclose(found.mu_star, 4 * np.abs(SLOPES), atol=1e-9)
    np.testing.assert_allclose(found.sigma, 0, atol=1e-6)
    assert list(found.points) == [100] * 4


def test_without_noise_the_figures_are_those_of_salib(make: Make) -> None:
    x = design()
    known = salib.analyze(dict(PROBLEM), x, curved(x), num_resamples=1000, seed=1)
    found = table(make, x, np.repeat(curved(x)[:, None], 40, axis=1))
    for name in ("mu", "mu_star", "sigma"):
        np.testing.assert_allclose(found[name], np.asarray(known[name], dtype=float), atol=1e-9)
    conf = np.asarray(known["mu_star_conf"], dtype=float)
    assert found.mu_star_high.isna().all(), "what worlds not seen do to a number nobody knows"
    noise = 1e-6 * np.random.default_rng(1).normal(size=(len(x), 40))
    found = table(make, x, curved(x)[:, None] + noise)
    np.testing.assert_allclose(found.mu_star_high - found.mu_star, conf, atol=1e-5)
    np.testing.assert_allclose(found.mu_star - found.mu_star_low, conf, rtol=0.15, atol=1e-5)


def test_elementary_effects_are_those_of_salib() -> None:
    x = design()
    paths = x.reshape(20, 5, 4)
    bounds = np.array(PROBLEM["bounds"], dtype=float)
    effects = elementary_effects(paths, curved(x).reshape(20, 5, 1), bounds)[..., 0]
    known = salib.analyze(dict(PROBLEM), x, curved(x), seed=1)
    np.testing.assert_allclose(np.abs(effects).mean(axis=0), np.asarray(known["mu_star"], float))


def test_noise_does_not_make_a_dead_address_seem_to_matter(make: Make) -> None:
    rng, x = np.random.default_rng(1), design()
    sizes, sigmas, lows, raw = [], [], [], []
    for _ in range(20):
        values = (x @ SLOPES)[:, None] + 10 * rng.normal(size=(len(x), 100))
        found = table(make, x, values).set_index("address")
        sizes.append(found.mu_star["d"])
        raw.append(salib.analyze(dict(PROBLEM), x, values.mean(axis=1), seed=1)["mu_star"][3])
        lows.append(found.mu_star_low)
        sigmas.append(found.sigma)
    assert np.mean(sizes) < 0.4 * np.mean(raw)
    assert np.mean([low["d"] > 0 for low in lows]) <= 0.05
    assert all(low["a"] > 0 for low in lows)
    assert np.mean(sigmas) < 0.4 * np.sqrt(2) / (2 / 3), "the noise of an effect by itself"


def test_the_interval_holds_at_least_its_coverage(make: Make) -> None:
    many = design(2000, seed=5)
    truth = salib.analyze(dict(PROBLEM), many, curved(many), num_resamples=2)["mu_star"]
    rng, held = np.random.default_rng(1), []
    for seed in range(50):
        x = design(15, seed)
        own, common = rng.normal(size=(len(x), 100)), rng.normal(size=(1, 100))
        found = table(make, x, curved(x)[:, None] + own + 2 * common)
        held.append((found.mu_star_low <= truth) & (truth <= found.mu_star_high))
    assert np.mean(held) > 0.9


def test_a_trajectory_that_lacks_a_point_is_left_out(make: Make) -> None:
    x = design()
    values = np.repeat(curved(x)[:, None], 40, axis=1)
    values[[6, 8]] = np.nan
    found, rest = (
        table(make, x, values),
        table(make, *(np.delete(v, range(5, 10), 0) for v in (x, values))),
    )
    assert list(found.points) == [95] * 4
    pd.testing.assert_frame_equal(found, rest)


@pytest.mark.parametrize("worlds", [1, 2, 30])
def test_few_worlds_and_constant_outcomes_are_told_as_they_are(make: Make, worlds: int) -> None:
    x = design(6)
    found = table(make, x, np.full((len(x), worlds), 0.1))
    np.testing.assert_allclose(found[["mu", "mu_star", "sigma"]], 0, atol=1e-12)
    assert found.mu_star_high.isna().all()


@pytest.mark.parametrize("scale", ["share", "weeks", "grade", "rung", "alignment"])
@pytest.mark.parametrize("worlds", [20, 300])
def test_what_never_occurred_may_still_be_moved(make: Make, scale: str, worlds: int) -> None:
    x = design(6)
    never = np.full((len(x), worlds), np.nan if scale == "weeks" else 0.0)
    points = {name: x[:, k] for k, name in enumerate(NAMES)}
    study = {"sampler": "morris", "bounds": (-1.0, 3.0), "scale": scale, "worlds": {"o": never}}
    found = morris(make(points, **study))
    width = Scale.of(scale, 26).width
    np.testing.assert_allclose(found.mu_star_high, width * share(0, worlds).high)
    assert (found[["mu", "mu_star", "mu_star_low"]] == 0).all(axis=None)


def test_a_single_trajectory_tells_nothing(make: Make) -> None:
    x = design()[:5]
    assert table(make, x, np.ones((5, 40))).mu_star.isna().all()


@settings(max_examples=10, deadline=None)
@given(shift=st.floats(-1e4, 1e4), order=st.permutations(range(20)))
def test_shifting_an_outcome_and_mixing_batches_changes_nothing(
    make: Make, shift: float, order: list[int]
) -> None:
    x = design(5)
    values = curved(x)[:, None] + np.random.default_rng(2).normal(size=(len(x), 20))
    one, other = (table(make, x, v).iloc[:, 2:] for v in (values, values[:, order] + shift))
    np.testing.assert_allclose(one, other, atol=1e-6)


@settings(max_examples=6, deadline=None)
@given(order=st.permutations(range(4)))
def test_relabelling_addresses_permutes_the_rows(make: Make, order: list[int]) -> None:
    x = design(8)
    values = curved(x)[:, None] + np.random.default_rng(2).normal(size=(len(x), 40))
    one, other = table(make, x, values), table(make, x[:, order], values)
    columns = ["mu", "mu_star", "sigma"]  # the bootstrap goes through the addresses in their order
    np.testing.assert_allclose(one[columns].iloc[order], other[columns], atol=1e-9)

"""Sobol indices of functions whose indices are known, with noise and without."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from SALib.analyze import sobol as salib
from SALib.sample import sobol as sample

from realpolitik.sim.analysis.sobol import sobol
from realpolitik.sim.experiments.tallies import Findings

Make = Callable[..., Findings]
NAMES = ["a", "b", "c"]

# Ishigami and Homma 1990, a = 7, b = .1; the g function of Sobol with a = 0, 1, 9.
ISHIGAMI = {"first": [0.3139, 0.4424, 0.0], "total": [0.5576, 0.4424, 0.2437]}
G_PARTS = 1 / 3 / (1 + np.array([0.0, 1.0, 9.0])) ** 2
G_VARIANCE = np.prod(1 + G_PARTS) - 1
G_FUNCTION = {
    "first": G_PARTS / G_VARIANCE,
    "total": G_PARTS / (1 + G_PARTS) * np.prod(1 + G_PARTS) / G_VARIANCE,
}


def ishigami(x: np.ndarray) -> np.ndarray:
    """Of values (points, 3) between 0 and 1."""
    a, b, c = (np.pi * (2 * x - 1)).T
    return np.asarray(np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a))


def g_function(x: np.ndarray) -> np.ndarray:
    """Of values (points, 3) between 0 and 1; its variance that of Ishigami's, nearly."""
    weights = np.array([0.0, 1.0, 9.0])
    return np.asarray(5 * np.prod((np.abs(4 * x - 2) + weights) / (1 + weights), axis=1))


def design(rows: int = 256, seed: int = 1) -> np.ndarray:
    """Saltelli's design, as a study has it."""
    problem = {"num_vars": 3, "names": NAMES, "bounds": [[0, 1]] * 3}
    return np.asarray(sample.sample(problem, rows, calc_second_order=False, seed=seed))


def table(make: Make, x: np.ndarray, values: np.ndarray) -> pd.DataFrame:
    """Indices of values (points, worlds)."""
    points = {name: x[:, k] for k, name in enumerate(NAMES)}
    return sobol(make(points, sampler="sobol", bounds=(0.0, 1.0), worlds={"o": values}))


def noise(kind: str, x: np.ndarray, worlds: int, rng: np.random.Generator) -> np.ndarray:
    """Noise of own worlds at each point, of common ones, or of common ones that slope with c."""
    common = rng.normal(size=(1, worlds))
    if kind == "own":
        return 20 * rng.normal(size=(len(x), worlds))
    if kind == "common":
        return 20 * common + 5 * rng.normal(size=(len(x), worlds))
    return np.asarray(20 * common * (2 * x[:, 2:] - 1))


def test_without_noise_the_indices_are_those_of_salib(make: Make) -> None:
    x = design()
    y = ishigami(x)
    found = table(make, x, np.repeat(y[:, None], 40, axis=1))
    problem = {"num_vars": 3, "names": NAMES, "bounds": [[0, 1]] * 3}
    known = salib.analyze(problem, y, calc_second_order=False, seed=1)
    for ours, theirs in (("first", "S1"), ("total", "ST")):
        np.testing.assert_allclose(found[ours], known[theirs], atol=1e-9)
        np.testing.assert_allclose(found[f"{ours}_noise_low"], known[theirs], atol=1e-9)
        half = found[f"{ours}_high"] - found[ours]
        np.testing.assert_allclose(half, known[f"{theirs}_conf"], rtol=0.5)


@pytest.mark.parametrize("kind", ["own", "common", "sloping"])
@pytest.mark.parametrize(
    ("function", "truth"), [(ishigami, ISHIGAMI), (g_function, G_FUNCTION)], ids=["ishigami", "g"]
)
def test_known_indices_are_recovered_from_noise(
    make: Make,
    kind: str,
    function: Callable[[np.ndarray], np.ndarray],
    truth: dict[str, list[float]],
) -> None:
    rng, x = np.random.default_rng(7), design(512, seed=3)
    found = table(make, x, function(x)[:, None] + noise(kind, x, 100, rng))
    for name, known in truth.items():
        assert (found[f"{name}_low"] <= known).all()
        assert (found[f"{name}_high"] >= known).all()
        assert (found[f"{name}_high"] - found[f"{name}_low"] < 0.9).all()


@pytest.mark.parametrize("kind", ["own", "sloping"])
def test_noise_neither_raises_nor_lowers_an_index(make: Make, kind: str) -> None:
    """Over many sets of worlds at one design; means of points by themselves are off by a tenth."""
    rng, x = np.random.default_rng(5), design(64)
    y = ishigami(x)
    columns = ["first", "total"]
    exact = table(make, x, np.repeat(y[:, None], 20, axis=1))[columns].to_numpy()
    found, raw, held = [], [], []
    for _ in range(25):
        values = y[:, None] + noise(kind, x, 100, rng)
        one = table(make, x, values)
        found.append(one[columns].to_numpy())
        raw.append(table(make, x, values.mean(axis=1, keepdims=True))[columns].to_numpy())
        held.append((one.total_noise_low <= exact[:, 1]) & (exact[:, 1] <= one.total_noise_high))
    error = np.std(found, axis=0) / np.sqrt(len(found))
    assert (np.abs(np.mean(found, axis=0) - exact) < 4 * error + 0.02).all()
    assert np.abs(np.mean(raw, axis=0) - exact).max() > 0.08
    assert np.mean(held) > 0.82


def test_more_worlds_narrow_the_noise_and_leave_the_design(make: Make) -> None:
    rng, x = np.random.default_rng(1), design(64)
    widths = []
    for worlds in (100, 6400):
        found = table(make, x, ishigami(x)[:, None] + noise("own", x, worlds, rng))
        widths += [
            (found[f"{name}_high"] - found[f"{name}_low"]).mean()
            for name in ("total_noise", "total")
        ]
    assert widths[2] == pytest.approx(widths[0] / 8, rel=0.5)
    assert widths[3] > 3 * widths[2]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", [0.0, 0.1, 1.0])
def test_an_outcome_that_never_varies_has_no_indices(make: Make, value: float) -> None:
    x = design(16)
    assert table(make, x, np.full((len(x), 40), value))[["first", "total"]].isna().all(axis=None)


def test_nothing_but_noise_has_no_indices(make: Make) -> None:
    x = design(64)
    found = table(make, x, np.random.default_rng(3).normal(size=(len(x), 60)))
    assert found[["first", "total"]].isna().all(axis=None)
    ends = found[["first_low", "first_high", "total_noise_low", "total_noise_high"]].to_numpy()
    assert (ends == [0, 1, 0, 1]).all(), "it may be anything"


def test_a_row_of_the_design_that_lacks_a_point_is_left_out(make: Make) -> None:
    x = design(64)
    values = np.repeat(ishigami(x)[:, None], 40, axis=1)
    values[[7, 23]] = np.nan
    whole = np.setdiff1d(np.arange(len(x)), [*range(5, 10), *range(20, 25)])
    found, rest = table(make, x, values), table(make, x[whole], values[whole])
    assert list(found.points) == [310] * 3
    np.testing.assert_allclose(found[["first", "total"]], rest[["first", "total"]])


def test_points_that_are_no_whole_rows_are_refused(make: Make) -> None:
    with pytest.raises(ValueError, match="no multiple of 5"):
        table(make, design(4)[:-1], np.ones((19, 20)))


def test_no_point_at_all_has_no_indices(make: Make) -> None:
    x = design(4)
    found = table(make, x, np.full((len(x), 20), np.nan))
    assert found["first"].isna().all()
    assert list(found.points) == list(found.n) == [0, 0, 0]


@pytest.mark.parametrize("worlds", [1, 2, 5, 30])
def test_few_worlds_make_no_lie(make: Make, worlds: int) -> None:
    x = design(64)
    values = ishigami(x)[:, None] + 0.1 * noise("own", x, worlds, np.random.default_rng(2)) / 20
    found = table(make, x, values)
    assert found.equals(table(make, x, values)), "not the same again"
    np.testing.assert_allclose(found.total, ISHIGAMI["total"], atol=0.35)
    assert found.total_low.isna().all() == (worlds == 1)


@settings(max_examples=8, deadline=None)
@given(shift=st.floats(-1e4, 1e4), factor=st.floats(0.01, 100))
def test_shifting_and_scaling_an_outcome_changes_no_index(
    make: Make, shift: float, factor: float
) -> None:
    x = design(16)
    values = ishigami(x)[:, None] + np.random.default_rng(2).normal(size=(len(x), 40))
    one, other = (table(make, x, v).iloc[:, 2:] for v in (values, shift + factor * values))
    np.testing.assert_allclose(one, other, atol=1e-5)


@settings(max_examples=8, deadline=None)
@given(order=st.permutations(range(20)))
def test_the_order_of_batches_changes_no_index(make: Make, order: list[int]) -> None:
    x = design(16)
    values = ishigami(x)[:, None] + np.random.default_rng(2).normal(size=(len(x), 20))
    one, other = (table(make, x, v).iloc[:, 2:] for v in (values, values[:, order]))
    np.testing.assert_allclose(one, other, atol=1e-9)


@settings(max_examples=6, deadline=None)
@given(order=st.permutations(range(3)))
def test_relabelling_addresses_permutes_the_rows(make: Make, order: list[int]) -> None:
    x = design(16)
    values = ishigami(x)[:, None] + np.random.default_rng(2).normal(size=(len(x), 40))
    row = [0, *(1 + k for k in order), 4]
    mixed = values.reshape(-1, 5, 40)[:, row].reshape(values.shape)
    one = table(make, x, values).iloc[order, 2:].reset_index(drop=True)
    pd.testing.assert_frame_equal(one, table(make, x, mixed).iloc[:, 2:])

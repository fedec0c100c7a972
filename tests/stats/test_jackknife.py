"""The jack-knife over batches."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim.stats import jackknife


@given(st.lists(st.floats(-100, 100), min_size=40, max_size=40))
def test_of_a_mean_over_equal_batches_the_jackknife_is_the_method_of_batch_means(
    values: list[float],
) -> None:
    batches = np.array(values).reshape(2, 20)
    without = (batches.sum(axis=1, keepdims=True) - batches) / 19
    direct = batches.std(axis=1, ddof=1) / np.sqrt(20)
    np.testing.assert_allclose(jackknife.error(without), direct, atol=1e-9)


def test_pseudo_values_of_a_square_average_to_products_of_different_batches() -> None:
    batches = np.random.default_rng(1).normal(size=20)
    without = (batches.sum() - batches) / 19
    pseudo = jackknife.pseudo_values(np.array(batches.mean() ** 2), without**2)
    products = np.outer(batches, batches)
    off = (products.sum() - np.trace(products)) / (20 * 19)
    assert pseudo.mean() == pytest.approx(off)

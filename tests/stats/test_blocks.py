"""Intervals of means over blocks of weeks."""

import numpy as np
import pytest
from scipy import stats

from realpolitik.sim.stats.blocks import block_interval


def test_blocks_that_are_alike_leave_nothing_open() -> None:
    assert block_interval(np.array([2.0, 4.0, 6.0]), np.array([1, 2, 3])) == (2.0, 2.0)


def test_many_independent_blocks_have_the_interval_of_the_normal_distribution() -> None:
    sums = np.random.default_rng(1).normal(3.0, 2.0, 400)
    low, high = block_interval(sums, np.ones(400))
    reach = stats.norm.ppf(0.975) * sums.std() / np.sqrt(400)
    assert (low, high) == pytest.approx((sums.mean() - reach, sums.mean() + reach), abs=0.02)


def test_what_hangs_together_in_a_block_widens_the_interval() -> None:
    weeks = np.repeat(np.random.default_rng(2).normal(size=60), 4)
    alone = np.ptp(block_interval(weeks, np.ones(240)))
    together = np.ptp(block_interval(weeks.reshape(60, 4).sum(axis=1), np.full(60, 4)))
    assert together == pytest.approx(2 * alone, rel=0.15)

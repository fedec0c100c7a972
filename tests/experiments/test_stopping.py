"""When a point has worlds enough."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.experiments.stopping import narrow_enough, next_worlds
from realpolitik.sim.stats.intervals import Scale, mean, share

WIDTHS = st.floats(1e-3, 100)


def enough(values: np.ndarray, width: float) -> bool:
    """Whether these values are enough."""
    return narrow_enough(
        len(values), float(values.sum()), float((values**2).sum()), width, math.inf
    )


@given(n=st.integers(0, 5000), hits=st.integers(0, 5000), width=WIDTHS)
def test_wilsons_interval_is_no_wider_than_was_asked_for(n: int, hits: int, width: float) -> None:
    hits = min(hits, n)
    if narrow_enough(n, hits, hits, width):
        interval = share(hits, n)
        assert interval.high - interval.low <= width * (1 + 1e-9)


@given(
    values=arrays(np.float64, st.integers(0, 60), elements=st.integers(-50, 50).map(float)),
    width=WIDTHS,
)
def test_students_interval_is_no_wider_than_was_asked_for(values: np.ndarray, width: float) -> None:
    if enough(values, width):
        interval = mean(values)
        assert interval.high - interval.low <= width * (1 + 1e-9)


@pytest.mark.parametrize("n", [2, 5, 30, 1024, 4096])
@pytest.mark.parametrize("spread", [0.1, 3.0, 500.0])
def test_the_rule_stops_once_the_interval_is_a_little_narrower(n: int, spread: float) -> None:
    """It is not so careful that it never stops: 1/n is all that it adds to the variance."""
    values = np.where(np.arange(n) % 2 == 0, spread, -spread)
    interval = mean(values)
    slack = np.sqrt(1 + 1 / (n * values.var(ddof=1)))
    assert enough(values, (interval.high - interval.low) * slack * (1 + 1e-9))
    assert not enough(values, (interval.high - interval.low) * (1 - 1e-9))


@pytest.mark.parametrize("n", [0, 1])
def test_one_value_is_never_enough(n: int) -> None:
    assert not narrow_enough(n, 1.0 * n, 1.0 * n, 1e9)


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_values_that_are_all_equal_are_not_enough_by_luck(value: float) -> None:
    assert not enough(np.full(100, value), 0.01)
    assert enough(np.full(500, value), 0.01)


@given(n=st.integers(2, 3000), width=st.floats(0.1, 5))
def test_worlds_that_are_all_equal_are_enough_only_by_the_interval_they_have(
    n: int, width: float
) -> None:
    scale = Scale.of("weeks", 26)
    if narrow_enough(n, 26.0 * n, 26.0**2 * n, width, scale.width):
        interval = scale.level(np.full(n, np.nan))
        assert interval.high - interval.low <= width


@given(n=st.integers(2, 500), hits=st.integers(0, 500), width=WIDTHS)
def test_what_is_narrow_enough_is_so_for_any_greater_width(n: int, hits: int, width: float) -> None:
    hits = min(hits, n)
    if narrow_enough(n, hits, hits, width):
        assert narrow_enough(n, hits, hits, 1.1 * width)


@given(worlds=st.integers(0, 30_000), most=st.integers(1, 40_000))
def test_a_point_grows_to_the_end_of_a_block_or_to_the_most(worlds: int, most: int) -> None:
    following = next_worlds(worlds, most)
    assert following <= most
    assert following == most or (following % BLOCK == 0 and worlds < following <= worlds + BLOCK)


@pytest.mark.parametrize("p", [0.02, 0.3, 0.5])
@pytest.mark.parametrize("width", [0.05, 0.03])
def test_the_interval_covers_as_often_as_it_says_though_the_end_was_not_fixed(
    p: float, width: float
) -> None:
    """Worlds are added as a study adds them: 100 to begin with, then to the end of each block."""
    draws, most = np.random.default_rng(20), 8 * BLOCK
    studies, covered = 2000, 0
    for _ in range(studies):
        hits, n = draws.binomial(100, p), 100
        while n < most and not narrow_enough(n, hits, hits, width):
            following = next_worlds(n, most)
            hits, n = hits + draws.binomial(following - n, p), following
        assert n < most
        interval = share(int(hits), n)
        assert interval.high - interval.low <= width
        covered += interval.low <= p <= interval.high
    noise = 3 * np.sqrt(0.95 * 0.05 / studies)
    assert abs(covered / studies - 0.95) < noise + 0.01


@pytest.mark.parametrize(("width", "enough"), [(5e-324, False), (1e-300, False), (1e300, True)])
def test_any_width_above_0_is_decided(width: float, enough: bool) -> None:
    assert narrow_enough(2000, 700.0, 700.0, width) == enough

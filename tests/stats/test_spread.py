"""Spreads: as good as the values themselves, and the same however they are put together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from realpolitik.sim.engine.world import Array
from realpolitik.sim.stats.spread import QUANTILES, Spread

NUMBERS = st.one_of(
    st.integers(0, 2048).map(float),
    st.integers(0, 10**6).map(float),
    st.floats(-2, 2, allow_subnormal=False, width=32).filter(lambda x: x == 0 or abs(x) > 1e-6),
)


def values(weeks: int = 3) -> st.SearchStrategy[Array]:
    """Values (weeks, W)."""
    shapes = st.tuples(st.just(weeks), st.integers(1, 40))
    return arrays.arrays(np.float64, shapes, elements=NUMBERS)


@given(values())
def test_means_are_exact_and_quantiles_within_half_a_percent(drawn: Array) -> None:
    table = Spread.of(drawn).table()
    assert table["week"].tolist() == [1, 2, 3]
    assert set(table["n"]) == {drawn.shape[1]}
    assert table["mean"].to_numpy() == pytest.approx(drawn.mean(axis=1), rel=1e-13, abs=1e-13)
    for name, level in QUANTILES.items():
        direct = np.quantile(drawn, level, axis=1)
        reach = 0.005 * np.abs(drawn).max(axis=1)
        assert (np.abs(table[name].to_numpy() - direct) <= reach).all()


@pytest.mark.parametrize("worlds", [1, 2, 7, 1000])
def test_quantiles_of_positive_numbers_are_within_half_a_percent_of_themselves(
    worlds: int,
) -> None:
    drawn = np.random.default_rng(worlds).lognormal(3, 2, (4, worlds))
    table = Spread.of(drawn).table()
    for name, level in QUANTILES.items():
        assert table[name].to_numpy() == pytest.approx(np.quantile(drawn, level, axis=1), rel=5e-3)


@given(arrays.arrays(np.int64, (2, 30), elements=st.integers(-2048, 2048)))
def test_quantiles_of_whole_numbers_are_exact(drawn: Array) -> None:
    table = Spread.of(drawn.astype(np.float64)).table()
    for name, level in QUANTILES.items():
        assert table[name].to_numpy() == pytest.approx(np.quantile(drawn, level, axis=1))


@given(st.lists(values(), min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_parts_add_up_to_the_whole_in_any_order_and_grouping(
    parts: list[Array], shuffled: object
) -> None:
    whole = Spread.of(np.concatenate(parts, axis=1))
    spreads = [Spread.of(part) for part in parts]
    shuffled.shuffle(spreads)  # type: ignore[attr-defined]
    left, right = spreads[0], spreads[-1]
    for spread in spreads[1:]:
        left += spread
    for spread in reversed(spreads[:-1]):
        right = spread + right
    for one in (left, right):
        assert one.totals == whole.totals
        assert one.table().equals(whole.table())


def test_its_size_does_not_grow_with_the_worlds() -> None:
    deaths = np.floor(np.random.default_rng(0).lognormal(3, 2, (2, 200_000)).clip(max=1e6))
    assert len(Spread.of(deaths).keys) < 2 * 12_000

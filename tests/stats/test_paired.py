"""Paired intervals: published values, coverage of known models, and laws."""

import functools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from realpolitik.sim.stats.intervals import (
    Interval,
    Scale,
    paired_difference,
    paired_means,
    paired_shares,
    share,
    unpaired_means,
    unpaired_shares,
)
from tests.stats.models import (
    Array,
    Model,
    coverage,
    grades,
    normals,
    pairs_of_normals,
    rare,
    shares,
    weeks,
)

CORRELATIONS = (-0.4, 0.0, 0.6, 0.95)

counts = st.integers(1, 400).flatmap(
    lambda n: st.tuples(st.integers(0, n), st.integers(0, n), st.just(n)).filter(
        lambda drawn: drawn[0] + drawn[1] <= drawn[2]
    )
)
once_of_shares = functools.cache(paired_shares)  # the same counts come up again and again
MOST = 2e6
values = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=60).map(np.array)


def of_shares(one: Array, other: Array) -> Interval:
    """The paired interval of zeros and ones."""
    return once_of_shares(int((other > one).sum()), int((other < one).sum()), len(one))


def of_means(one: Array, other: Array) -> Interval:
    """The paired interval of means."""
    return paired_means(other - one)


# ── Worked values ────────────────────────────────────────────────────────────────────


def test_of_shares_has_the_published_value() -> None:
    """Fagerland, Lydersen & Laake 2014: 1 and 7 discordant of 21."""
    found = paired_shares(1, 7, 21)
    assert found.mean == pytest.approx(-6 / 21)
    assert (found.low, found.high) == pytest.approx((-0.517, -0.026), abs=5e-4)


def test_where_no_pair_differs_the_ends_are_those_of_wilsons_interval_of_none() -> None:
    found = paired_shares(0, 0, 1000)
    assert found.mean == 0
    assert found.high == -found.low == pytest.approx(share(0, 1000).high, rel=1e-9)


def test_the_ends_are_where_the_score_test_turns() -> None:
    """By another way: the restricted likelihood of the two discordant shares, maximised."""
    up, down, n = 9, 3, 60
    end = paired_shares(up, down, n).high
    grid = np.linspace(1e-9, 1 - end - 1e-9, 400_001) / 2
    rest = 1 - 2 * grid - end
    likelihood = up * np.log(grid + end) + down * np.log(grid)
    with np.errstate(invalid="ignore"):
        likelihood = likelihood + (n - up - down) * np.log(np.maximum(rest, 1e-300))
    falls = grid[np.argmax(likelihood)]
    score = (up - down - n * end) / math.sqrt(n * (2 * falls + end * (1 - end)))
    assert score == pytest.approx(-stats.norm.ppf(0.975), abs=1e-4)


def test_means_are_students_of_the_changes() -> None:
    changes = np.array([1.0, 2.0, 3.0, 4.0])
    found = paired_means(changes)
    reach = 3.182446 * math.sqrt(5 / 3) / 2
    assert (found.mean, found.low) == pytest.approx((2.5, 2.5 - reach), abs=1e-5)


def test_pairs_that_do_not_differ_add_no_freedom() -> None:
    changes = np.array([1.0, 3.0, *np.zeros(8)])
    found = paired_means(changes)
    error = math.sqrt(((changes - 0.4) ** 2).sum() / 9 / 10)
    assert found.high - 0.4 == pytest.approx(12.7062 * error, rel=1e-5)


def test_a_single_pair_has_a_difference_and_no_interval() -> None:
    found = paired_means(np.array([3.0]))
    assert found.mean == 3
    assert math.isnan(found.low)
    assert math.isnan(found.high)


def test_no_pairs_have_no_difference() -> None:
    for found in (paired_means(np.empty(0)), paired_shares(0, 0, 0)):
        assert all(math.isnan(number) for number in (found.mean, found.low, found.high))


# ── Coverage ─────────────────────────────────────────────────────────────────────────


def exact_coverage(rise: float, fall: float, n: int) -> float:
    """Probability that the interval holds the difference, summed over all that can come out."""
    cells = [(up, down, n - up - down) for up in range(n + 1) for down in range(n + 1 - up)]
    found = [paired_shares(up, down, n) for up, down, _ in cells]
    held = [one.low <= rise - fall <= one.high for one in found]
    odds = stats.multinomial.pmf(cells, n, [rise, fall, 1 - rise - fall])
    return float(odds[held].sum())


@pytest.mark.parametrize(
    ("rise", "fall", "n"),
    [
        (0.3, 0.3, 10),
        (0.2, 0.2, 10),
        (0.3, 0.3, 20),
        (0.3, 0.1, 20),
        (0.1, 0.1, 20),
        (0.4, 0.05, 20),
        (0.1, 0.1, 50),
        (0.1, 0.02, 50),
        (0.05, 0.05, 50),
        (0.3, 0.0, 50),
    ],
)
def test_exact_coverage_of_shares_where_four_pairs_or_more_should_differ(
    rise: float, fall: float, n: int
) -> None:
    assert 0.93 <= exact_coverage(rise, fall, n) <= 0.97


@pytest.mark.parametrize(("rise", "fall", "n"), [(0.1, 0.0, 10), (0.02, 0.02, 20), (0.01, 0.0, 50)])
def test_of_rarer_changes_it_covers_more_and_not_less(rise: float, fall: float, n: int) -> None:
    assert exact_coverage(rise, fall, n) >= 0.97


@pytest.mark.parametrize("n", [40, 1000])
@pytest.mark.parametrize("correlation", CORRELATIONS)
@pytest.mark.parametrize(("first", "second"), [(0.5, 0.5), (0.3, 0.4), (0.75, 0.6)])
def test_coverage_of_shares(first: float, second: float, correlation: float, n: int) -> None:
    assert 0.93 <= coverage(shares(first, second, correlation), n, of_shares) <= 0.97


@pytest.mark.parametrize(("first", "second"), [(0.02, 0.03), (0.97, 0.95)])
@pytest.mark.parametrize("correlation", [0.0, 0.9])
def test_coverage_of_shares_near_the_ends(first: float, second: float, correlation: float) -> None:
    assert 0.93 <= coverage(shares(first, second, correlation), 1000, of_shares) <= 0.97


@pytest.mark.parametrize("n", [5, 300])
@pytest.mark.parametrize("correlation", CORRELATIONS)
def test_coverage_of_means_of_normals(correlation: float, n: int) -> None:
    assert 0.93 <= coverage(normals(0.3, 1.5, correlation), n, of_means) <= 0.97


@pytest.mark.parametrize("n", [20, 500])
@pytest.mark.parametrize("correlation", CORRELATIONS)
def test_coverage_of_means_of_grades(correlation: float, n: int) -> None:
    assert 0.93 <= coverage(grades(0.4, correlation), n, of_means) <= 0.97


@pytest.mark.parametrize("n", [30, 500])
@pytest.mark.parametrize("correlation", CORRELATIONS)
def test_coverage_of_restricted_means(correlation: float, n: int) -> None:
    assert 0.93 <= coverage(weeks(0.05, 0.08, 26, correlation), n, of_means) <= 0.97


RARE = pytest.mark.parametrize(
    "changes", [(-1.0, 1.0), (1.0, 2.0, 3.0, -1.0), (0.5, 1.0, 4.0)], ids=str
)


@RARE
@pytest.mark.parametrize("n", [200, 1000])
def test_coverage_of_means_that_forty_worlds_change(changes: tuple[float, ...], n: int) -> None:
    assert 0.93 <= coverage(rare(40 / n, changes), n, of_means) <= 0.97


@RARE
@pytest.mark.parametrize("differing", [8, 15])
def test_of_means_that_few_worlds_change_the_interval_is_rough_but_not_far_too_narrow(
    changes: tuple[float, ...], differing: int
) -> None:
    assert 0.91 <= coverage(rare(differing / 500, changes), 500, of_means) <= 0.99


# ── Laws ─────────────────────────────────────────────────────────────────────────────


def turned(found: Interval) -> tuple[float, float, float]:
    """The interval with all signs turned, ends in order."""
    return -found.mean, -found.high, -found.low


@given(counts)
def test_swapping_turns_the_signs_of_shares_to_the_last_bit(drawn: tuple[int, int, int]) -> None:
    up, down, n = drawn
    other = paired_shares(down, up, n)
    assert (other.mean, other.low, other.high) == turned(paired_shares(up, down, n))


@given(values)
def test_swapping_turns_the_signs_of_means_to_the_last_bit(changes: Array) -> None:
    other = paired_means(-changes, MOST)
    assert (other.mean, other.low, other.high) == turned(paired_means(changes, MOST))


@given(values, st.randoms(use_true_random=False))
def test_the_order_of_the_worlds_does_not_matter(changes: Array, random: object) -> None:
    order = list(changes)
    random.shuffle(order)  # type: ignore[attr-defined]
    assert paired_means(np.array(order), MOST) == paired_means(changes, MOST)


@given(counts)
def test_the_interval_of_shares_holds_the_difference_and_keeps_to_what_can_be(
    drawn: tuple[int, int, int],
) -> None:
    found = paired_shares(*drawn)
    assert -1 <= found.low <= found.mean <= found.high <= 1
    assert found.low < found.high


@given(counts)
def test_more_of_the_same_worlds_narrow_the_interval(drawn: tuple[int, int, int]) -> None:
    up, down, n = drawn
    few, many = paired_shares(up, down, n), paired_shares(4 * up, 4 * down, 4 * n)
    assert many.high - many.low < few.high - few.low


@given(st.integers(2, 60), st.floats(-10, 10))
def test_pairs_that_were_not_seen_may_change_otherwise_than_all_that_were(
    n: int, change: float
) -> None:
    found = paired_means(np.full(n, change), 10)
    unseen = stats.norm.ppf(0.975) ** 2 / (n + stats.norm.ppf(0.975) ** 2)
    assert found.low == pytest.approx((1 - unseen) * change - unseen * 10)
    assert found.high == pytest.approx((1 - unseen) * change + unseen * 10)
    assert math.isnan(paired_means(np.full(n, change)).low), "nobody knows how far they may go"


@pytest.mark.parametrize("n", [2, 20, 1000])
@pytest.mark.parametrize("name", ["weeks", "grade", "rung", "alignment"])
def test_where_no_pair_differs_all_bounded_scales_have_the_interval_of_shares(
    name: str, n: int
) -> None:
    none, scale = paired_shares(0, 0, n), Scale.of(name, 26)
    values = np.full(n, 3.0 if name != "alignment" else 0.5)
    found = paired_difference(scale, values, values)
    width = {"weeks": 25, "grade": 6, "rung": 10, "alignment": 4}[name]
    assert (found.low, found.high) == pytest.approx((width * none.low, width * none.high))


# ── The gain ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("correlation", [0.3, 0.7, 0.95])
@pytest.mark.parametrize(
    "model", [shares(0.3, 0.35, 0.0), grades(0.3, 0.0), weeks(0.05, 0.08, 26, 0.0)], ids=str
)
def test_pairs_that_go_together_are_in_the_median_never_wider(
    model: Model, correlation: float
) -> None:
    kind = model.name.split()[0]
    made = {"shares": shares(0.3, 0.35, correlation), "grades": grades(0.3, correlation)}
    together = made.get(kind, weeks(0.05, 0.08, 26, correlation))
    rng = np.random.default_rng(5)
    ratios = []
    for _ in range(200):
        one, other = together.draw(rng, 200)
        if kind == "shares":
            within = of_shares(one, other)
            apart = unpaired_shares(*(share(int(of.sum()), 200) for of in (one, other)))
        else:
            within, apart = of_means(one, other), unpaired_means(one, other)
        ratios.append((within.high - within.low) / (apart.high - apart.low))
    assert np.median(ratios) <= 1


def test_the_width_of_means_falls_with_the_root_of_one_less_the_correlation() -> None:
    one, other = pairs_of_normals(np.random.default_rng(1), 50_000, 0.91)
    within, apart = of_means(one, other), unpaired_means(one, other)
    ratio = (within.high - within.low) / (apart.high - apart.low)
    assert ratio == pytest.approx(math.sqrt(1 - 0.91), rel=0.02)

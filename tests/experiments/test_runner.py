"""What a point lacks, whatever is there and in whatever order it came."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.experiments.chunks import Chunk
from realpolitik.sim.experiments.plan import Plan, Until
from realpolitik.sim.experiments.runner import WorkList, narrow_enough, next_worlds
from realpolitik.sim.stats.intervals import Scale, mean, share
from tests.experiments.small import small_plan

MOST = 3 * BLOCK + 100


def strikes(chunk: Chunk, one_in: int) -> pd.DataFrame:
    """Worlds of which every so manyth has a strike, and some have no value."""
    worlds = pd.Series(range(chunk.first, chunk.first + chunk.worlds))
    values = (worlds % one_in == 0).astype(float).where(worlds % 7 != 3)
    return pd.DataFrame({"point": chunk.point, "world": worlds, "strike": values})


def plan_until(width: float, worlds: int = 50, most: int = MOST) -> Plan:
    """A plan that adds worlds until the share of strikes is known so well."""
    return small_plan(worlds=worlds, until=Until("strike", width, most))


def carried_out(agenda: WorkList, point: int, one_in: int) -> list[Chunk]:
    """Runs what a point lacks until it lacks nothing."""
    ran: list[Chunk] = []
    while chunks := agenda.lacks(point):
        for chunk in chunks:
            agenda.note(chunk, strikes(chunk, one_in))
        ran += chunks
    return ran


def test_without_until_a_point_wants_the_worlds_of_the_plan() -> None:
    agenda = WorkList(small_plan(worlds=BLOCK + 5), [0, 1])
    assert agenda.lacks(1) == [Chunk(1, 0, BLOCK), Chunk(1, BLOCK, 5)]
    carried_out(agenda, 1, 2)
    assert (agenda.worlds(0), agenda.worlds(1)) == (0, BLOCK + 5)
    assert agenda.lacks(1) == []


@given(
    width=st.floats(0.01, 0.5),
    worlds=st.integers(1, 2 * BLOCK),
    most=st.integers(1, MOST),
    one_in=st.integers(1, 40),
)
@settings(max_examples=60, deadline=None)
def test_a_point_ends_with_an_interval_that_is_narrow_or_with_the_most_worlds(
    width: float, worlds: int, most: int, one_in: int
) -> None:
    agenda = WorkList(plan_until(width, worlds, most), [0])
    ran = carried_out(agenda, 0, one_in)
    total = agenda.worlds(0)
    seen = strikes(Chunk(0, 0, total), one_in)["strike"].dropna()
    enough = narrow_enough(len(seen), seen.sum(), seen.sum(), width)
    assert worlds <= total <= max(worlds, most)
    assert enough or total == max(worlds, most)
    assert sum(chunk.worlds for chunk in ran) == total
    assert all(chunk.first // BLOCK == (chunk.first + chunk.worlds - 1) // BLOCK for chunk in ran)


@given(width=st.floats(0.02, 0.3), data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_chunks_come_changes_nothing(width: float, data: st.DataObject) -> None:
    """Chunks of a point that is gone on with come in the order of the folder, or any other."""
    orderly = WorkList(plan_until(width), [0])
    ran = carried_out(orderly, 0, 3)
    there = data.draw(st.permutations(ran))
    agenda = WorkList(plan_until(width), [0])
    for chunk in there:
        agenda.note(chunk, strikes(chunk, 3))
    assert agenda.lacks(0) == []
    lost = data.draw(st.sampled_from(ran))
    agenda = WorkList(plan_until(width), [0])
    for chunk in there:
        if chunk != lost:
            agenda.note(chunk, strikes(chunk, 3))
    assert carried_out(agenda, 0, 3) == [lost]


def test_an_outcome_that_never_comes_is_waited_for_to_the_most_and_no_further() -> None:
    agenda = WorkList(plan_until(0.01, most=BLOCK + 7), [0])
    while chunks := agenda.lacks(0):
        for chunk in chunks:
            agenda.note(chunk, strikes(chunk, 3).assign(strike=float("nan")))
    assert agenda.worlds(0) == BLOCK + 7


@pytest.mark.parametrize("until", [None, Until("strike", 0.001, MOST)])
def test_a_point_that_failed_is_left_as_it_is(until: Until | None) -> None:
    agenda = WorkList(small_plan(worlds=50, until=until), [0, 1])
    agenda.note_failure(Chunk(0, 0, 50))
    assert agenda.has_failed(0)
    assert agenda.lacks(0) == []
    assert agenda.lacks(1) == [Chunk(1, 0, 50)]


def test_parts_of_points_that_are_not_asked_for_are_no_matter() -> None:
    agenda = WorkList(small_plan(worlds=50), [0])
    agenda.note(Chunk(9, 0, 50), strikes(Chunk(9, 0, 50), 2))
    assert agenda.lacks(0) == [Chunk(0, 0, 50)]


# ── When a point has worlds enough ───────────────────────────────────────────────────


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

"""What a point lacks, whatever is there and in whatever order it came."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.experiments.chunks import Chunk
from realpolitik.sim.experiments.plan import Plan, Until
from realpolitik.sim.experiments.stopping import narrow_enough
from realpolitik.sim.experiments.work_list import Agenda
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


def carried_out(agenda: Agenda, point: int, one_in: int) -> list[Chunk]:
    """Runs what a point lacks until it lacks nothing."""
    ran: list[Chunk] = []
    while chunks := agenda.lacks(point):
        for chunk in chunks:
            agenda.note(chunk, strikes(chunk, one_in))
        ran += chunks
    return ran


def test_without_until_a_point_wants_the_worlds_of_the_plan() -> None:
    agenda = Agenda(small_plan(worlds=BLOCK + 5), [0, 1])
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
    agenda = Agenda(plan_until(width, worlds, most), [0])
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
    orderly = Agenda(plan_until(width), [0])
    ran = carried_out(orderly, 0, 3)
    there = data.draw(st.permutations(ran))
    agenda = Agenda(plan_until(width), [0])
    for chunk in there:
        agenda.note(chunk, strikes(chunk, 3))
    assert agenda.lacks(0) == []
    lost = data.draw(st.sampled_from(ran))
    agenda = Agenda(plan_until(width), [0])
    for chunk in there:
        if chunk != lost:
            agenda.note(chunk, strikes(chunk, 3))
    assert carried_out(agenda, 0, 3) == [lost]


def test_an_outcome_that_never_comes_is_waited_for_to_the_most_and_no_further() -> None:
    agenda = Agenda(plan_until(0.01, most=BLOCK + 7), [0])
    while chunks := agenda.lacks(0):
        for chunk in chunks:
            agenda.note(chunk, strikes(chunk, 3).assign(strike=float("nan")))
    assert agenda.worlds(0) == BLOCK + 7


@pytest.mark.parametrize("until", [None, Until("strike", 0.001, MOST)])
def test_a_point_that_failed_is_left_as_it_is(until: Until | None) -> None:
    agenda = Agenda(small_plan(worlds=50, until=until), [0, 1])
    agenda.note_failure(Chunk(0, 0, 50))
    assert agenda.has_failed(0)
    assert agenda.lacks(0) == []
    assert agenda.lacks(1) == [Chunk(1, 0, 50)]


def test_parts_of_points_that_are_not_asked_for_are_no_matter() -> None:
    agenda = Agenda(small_plan(worlds=50), [0])
    agenda.note(Chunk(9, 0, 50), strikes(Chunk(9, 0, 50), 2))
    assert agenda.lacks(0) == [Chunk(0, 0, 50)]

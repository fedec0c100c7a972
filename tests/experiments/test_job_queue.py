"""Chunks on executors that break, fail, and are given up."""

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.sim.experiments import runner
from realpolitik.sim.experiments.chunks import Chunk, Ended, Pack
from realpolitik.sim.experiments.runner import JobQueue
from realpolitik.sim.experiments.workers import Serial, Workers

Pending = dict["Future[Any]", Pack]


class Shop:
    """Hires executors that end a chunk only when told to, and keeps count of everything."""

    def __init__(self, poison: Collection[Chunk] = (), faulty: Collection[Chunk] = ()) -> None:
        self.poison, self.faulty = set(poison), set(faulty)
        self.hired: list[Hand] = []
        self.most_in_flight = 0
        self.breaks_at_submit = False

    def hire(self) -> "Hand":
        """A new executor."""
        self.hired.append(Hand(self))
        return self.hired[-1]

    def wait(self, futures: Collection["Future[Any]"], pick: Callable[[int], int]) -> None:
        """Lets one of those in flight end."""
        self.most_in_flight = max(self.most_in_flight, len(futures))
        pending = [future for future in futures if not future.done()]
        if pending and not any(future.done() for future in futures):
            self.hired[-1].end(pending[pick(len(pending))])


class Hand(Executor):
    """As a pool of processes breaks: what is poison takes all that is in flight with it."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.pending = shop, Pending()
        self.broken, self.shut, self.waited = False, False, True

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Takes a pack in hand."""
        (pack,) = args
        if self.shop.breaks_at_submit and self.shop.poison & {*pack} and not self.broken:
            self._break()
        if self.broken:
            raise BrokenExecutor("broken before")
        future: Future[Any] = Future()
        self.pending[future] = pack
        return future

    def end(self, future: "Future[Any]") -> None:
        """Ends a pack: with all others, or each chunk well or badly."""
        pack = self.pending.pop(future)
        if self.shop.poison & {*pack}:
            self.pending[future] = pack
            self._break()
        else:
            future.set_result([self._ended(chunk) for chunk in pack])

    def _ended(self, chunk: Chunk) -> Ended:
        return ArithmeticError(chunk.name) if chunk in self.shop.faulty else table_of(chunk)

    def _break(self) -> None:
        self.broken = True
        for future in self.pending:
            future.set_exception(BrokenExecutor("broken"))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Remembers how it was sent home."""
        self.shut, self.waited = True, wait


def table_of(chunk: Chunk) -> pd.DataFrame:
    """What a chunk gives."""
    return pd.DataFrame({"point": [chunk.point]})


def tables_of(pack: Pack) -> list[Ended]:
    """What a pack gives."""
    return [table_of(chunk) for chunk in pack]


def submit(executor: Executor, pack: Pack) -> "Future[list[Ended]]":
    """Gives a pack to an executor."""
    return executor.submit(tables_of, pack)


def chunks(count: int) -> list[Chunk]:
    """So many chunks."""
    return [Chunk(point, 0, 10) for point in range(count)]


@pytest.fixture(autouse=True)
def in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits for real: the first in flight ends, unless a test takes another."""
    monkeypatch.setattr(runner, "wait", lambda futures, **how: (set(futures), set()))


def waiting_for(shop: Shop, pick: Callable[[int], int]) -> Any:
    """A `wait` that lets the picked future end."""

    def wait(futures: Collection["Future[Any]"], **how: object) -> Any:
        shop.wait(futures, pick)
        return {future for future in futures if future.done()}, set()

    return wait


@st.composite
def shops(draw: st.DrawFn) -> tuple[list[Chunk], Shop, int]:
    """Some chunks, of which some are poison and some fail; and a window."""
    todo = chunks(draw(st.integers(0, 12)))
    kinds = [draw(st.sampled_from("nnnpf")) for _ in todo]
    shop = Shop(
        [chunk for chunk, kind in zip(todo, kinds, strict=True) if kind == "p"],
        [chunk for chunk, kind in zip(todo, kinds, strict=True) if kind == "f"],
    )
    shop.breaks_at_submit = draw(st.booleans())
    return todo, shop, draw(st.integers(1, 5))


@given(case=shops(), data=st.data())
@settings(max_examples=300, deadline=None)
def test_every_chunk_ends_once_and_only_poison_and_faults_fail(
    case: tuple[list[Chunk], Shop, int], data: st.DataObject
) -> None:
    todo, shop, window = case
    labour = JobQueue(Workers(shop.hire, window), submit)
    labour.add(todo)
    with pytest.MonkeyPatch.context() as patch:
        pick = lambda count: data.draw(st.integers(0, count - 1))  # noqa: E731
        patch.setattr(runner, "wait", waiting_for(shop, pick))
        ended = list(labour.results())
    assert sorted(chunk for chunk, _ in ended) == todo
    for chunk, result in ended:
        if chunk in shop.poison:
            assert isinstance(result, BrokenExecutor)
        elif chunk in shop.faulty:
            assert isinstance(result, ArithmeticError)
        else:
            assert isinstance(result, pd.DataFrame)
            assert result["point"].tolist() == [chunk.point]
    assert shop.most_in_flight <= window
    assert all(hand.shut for hand in shop.hired)


def test_an_executor_that_broke_is_asked_for_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    shop = Shop(poison=chunks(1))
    monkeypatch.setattr(runner, "wait", waiting_for(shop, lambda count: 0))
    labour = JobQueue(Workers(shop.hire, 3), submit)
    labour.add(chunks(6))
    assert len(list(labour.results())) == 6
    assert [hand.broken for hand in shop.hired] == [True, True, False]


@given(window=st.integers(1, 4), data=st.data())
@settings(max_examples=50, deadline=None)
def test_what_is_added_while_others_run_is_run_too(window: int, data: st.DataObject) -> None:
    shop = Shop()
    labour = JobQueue(Workers(shop.hire, window), submit)
    labour.add(chunks(3))
    with pytest.MonkeyPatch.context() as patch:
        pick = lambda count: data.draw(st.integers(0, count - 1))  # noqa: E731
        patch.setattr(runner, "wait", waiting_for(shop, pick))
        seen = []
        for chunk, _ in labour.results():
            seen.append(chunk)
            if chunk.first < 30:
                labour.add([Chunk(chunk.point, chunk.first + 10, 10)])
    assert sorted(seen) == [Chunk(p, first, 10) for p in range(3) for first in (0, 10, 20, 30)]


def test_closing_early_cancels_what_is_in_flight_and_waits_for_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shop = Shop()
    monkeypatch.setattr(runner, "wait", waiting_for(shop, lambda count: 0))
    labour = JobQueue(Workers(shop.hire, 4), submit)
    labour.add(chunks(10))
    results = labour.results()
    next(results)
    assert isinstance(results, Iterator)
    results.close()  # type: ignore[attr-defined]
    (hand,) = shop.hired
    assert len(hand.pending) == 3
    assert all(future.cancelled() for future in hand.pending)
    assert hand.shut
    assert not hand.waited


def test_chunks_go_out_in_the_order_in_which_they_were_added() -> None:
    labour = JobQueue(Workers(Serial, 1), submit)
    labour.add(chunks(5))
    assert [chunk for chunk, _ in labour.results()] == chunks(5)


def test_an_exception_is_given_and_not_raised() -> None:
    def fail(executor: Executor, pack: Pack) -> "Future[list[Ended]]":
        return executor.submit(divmod, 1, 0)  # type: ignore[arg-type]

    labour = JobQueue(Workers(Serial, 1), fail)
    labour.add(chunks(2))
    assert [type(ended) for _, ended in labour.results()] == [ZeroDivisionError] * 2


def test_a_chunk_that_was_cancelled_by_others_has_failed() -> None:
    """As those of a cluster whose scheduler is gone."""

    def cancelled(executor: Executor, pack: Pack) -> "Future[list[Ended]]":
        future: Future[list[Ended]] = Future()
        future.cancel()
        future.set_running_or_notify_cancel()
        return future

    labour = JobQueue(Workers(Serial, 2), cancelled)
    labour.add(chunks(3))
    assert [type(ended).__name__ for _, ended in labour.results()] == ["CancelledError"] * 3


def test_workers_that_are_gone_are_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "wait", lambda futures, **how: (set(), set(futures)))
    shop, pulses = Shop(), iter([1, 2])

    def check() -> None:
        if next(pulses, 0) == 0:
            raise ConnectionError

    labour = JobQueue(Workers(shop.hire, 2, check), submit)
    labour.add(chunks(3))
    with pytest.raises(ConnectionError):
        list(labour.results())
    assert all(future.cancelled() for future in shop.hired[0].pending)


def test_nothing_to_do_ends_at_once() -> None:
    assert list(JobQueue(Workers(Serial, 1), submit).results()) == []


def test_chunks_with_the_same_worlds_fly_together_up_to_a_block_and_a_fair_share() -> None:
    packs: list[Pack] = []

    def noted(executor: Executor, pack: Pack) -> "Future[list[Ended]]":
        packs.append(pack)
        return submit(executor, pack)

    todo = [Chunk(point, 0, 300) for point in range(8)] + [Chunk(1, 1024, 50), Chunk(2, 1024, 50)]
    queue = JobQueue(Workers(Serial, 2), noted)
    queue.add(todo)
    assert sorted(chunk for chunk, _ in queue.results()) == sorted(todo)
    assert [len(pack) for pack in packs] == [3, 3, 2, 1, 1]
    assert all(len({(one.first, one.worlds) for one in pack}) == 1 for pack in packs)

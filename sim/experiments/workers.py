"""Who runs the chunks: this process, or processes of this machine; `cluster.py` has others.

All of them stand behind the standard `concurrent.futures.Executor`.
"""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from realpolitik.sim.scenario.vocabulary import vocabulary

QUICK = 20_000  # worlds below which starting processes takes longer than they save
AHEAD = 2  # chunks given out for each that is run
SAFE_PATH = "PYTHONSAFEPATH"  # set, it keeps the current folder out of where Python imports from


@dataclass(frozen=True)
class Workers:
    """A source of executors.

    Attributes:
        hire: Makes an executor; called again when one has broken.
        window: How many chunks may be in its hands: more than it runs at once, so that no worker
            waits for the next, and no more, so that results do not pile up.
        check: Raises an error if nobody is left; a cluster may leave its futures open for ever.
        remarks: What is unusual about them, a line each.
    """

    hire: Callable[[], Executor]
    window: int
    check: Callable[[], None] = lambda: None
    remarks: tuple[str, ...] = ()


class Serial(Executor):
    """Runs what is submitted at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """A future that is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - what a future is for: whoever asks gets it
            future.set_exception(error)
        return future


def available_cores() -> int:
    """The cores that this process may use, which may be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def jobs_for(worlds: int) -> int:
    """As many processes as save time for so many worlds."""
    return 1 if worlds < QUICK else available_cores()


@contextmanager
def executor_for(jobs: int | None, worlds: int) -> Iterator[Executor | None]:
    """So many processes, or as many as save time for so many worlds; None stands for this one.

    What is still to be done is dropped if there is an interruption.
    """
    wanted = jobs or jobs_for(worlds)
    if wanted == 1:
        yield None
        return
    executor = local(wanted).hire()
    try:
        yield executor
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def local(jobs: int) -> Workers:
    """This process for one job, else so many processes of this machine.

    Under `python -E` it is this process: others could not be kept from code of the current folder.
    """
    is_deaf = sys.flags.ignore_environment and not sys.flags.safe_path
    if jobs == 1 or is_deaf:
        return Workers(Serial, 1)
    return Workers(lambda: _pool(jobs), AHEAD * jobs)


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Processes that are started afresh: forking one that has threads is not safe."""
    context = multiprocessing.get_context("spawn")
    with _safe_path():  # the pool's locks start a process that keeps an eye on them
        return _Pool(jobs, mp_context=context, initializer=_begin_work)


class _Pool(ProcessPoolExecutor):
    """Processes that Ctrl-C does not reach, not even while they start up."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """A future, as ever. Processes are started here, and inherit which signals are held."""
        with _ctrl_c_held(), _safe_path():
            return super().submit(fn, *args, **kwargs)


@contextmanager
def _safe_path() -> Iterator[None]:
    """Keeps processes that are started meanwhile from running code of the current folder.

    They begin with `python -c`, which looks there first: a folder that came from a stranger may
    hold a `struct.py`. What they import later, they look for where this process does.
    """
    before = os.environ.get(SAFE_PATH)
    os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[SAFE_PATH]
        else:
            os.environ[SAFE_PATH] = before


@contextmanager
def _ctrl_c_held() -> Iterator[None]:
    """Holds Ctrl-C back until the end; it then comes as if it had been typed there.

    What processes inherit is the mask of this thread. It does not hold the signal from this
    process, since another thread may take it; so the main thread takes note of it, and no more.
    """
    typed: list[int] = []
    is_main = threading.current_thread() is threading.main_thread()
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    usual = (
        signal.signal(signal.SIGINT, lambda number, _: typed.append(number)) if is_main else None
    )
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if is_main:
            signal.signal(signal.SIGINT, usual)
    if typed:
        signal.raise_signal(signal.SIGINT)


def _begin_work() -> None:
    """Leaves Ctrl-C to the parent, and makes the worker end when its parent does.

    What is loaded once stays for good, and is taken out of what is searched for garbage.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _ = vocabulary().parameters
    gc.collect()
    gc.freeze()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


# ── Workers that are hired once and stay ─────────────────────────────────────────────


class LentExecutor(Executor):
    """An executor that is given back rather than shut down, unless it has broken."""

    def __init__(self, owned: Executor) -> None:
        """Lends what its owner will shut down."""
        self.owned, self.is_gone = owned, False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """What the owned executor does with it."""
        return self.owned.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Given back; who does not wait has seen it break, or leaves something in flight."""
        if not wait:
            self.is_gone = True
            self.owned.shutdown(wait=False, cancel_futures=cancel_futures)


@contextmanager
def reusable_executor(workers: Workers) -> Iterator[Workers]:
    """The same workers, hired when they are first needed and let go at the end."""
    hired: list[LentExecutor] = []

    def hire() -> Executor:
        if not hired or hired[-1].is_gone:
            hired.append(LentExecutor(workers.hire()))
        return hired[-1]

    try:
        yield replace(workers, hire=hire)
    finally:
        for one in hired:
            one.owned.shutdown(wait=not one.is_gone)

"""Runs chunks on an executor, whatever happens to it."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)

import pandas as pd

from realpolitik.sim.experiments.chunks import Chunk
from realpolitik.sim.experiments.workers import Workers

PULSE = 1  # how often it is asked whether the workers are still there [s]

Submit = Callable[[Executor, Chunk], "Future[pd.DataFrame]"]
Ended = tuple[Chunk, pd.DataFrame | BaseException]


class Labour:
    """Chunks that wait, and those in flight.

    When an executor breaks (a process was killed, for want of memory perhaps), nobody knows which
    chunk broke it. All that were in flight become suspects: each is run again with nothing beside
    it, and one that breaks its executor then has failed.
    """

    def __init__(self, workers: Workers, submit: Submit) -> None:
        """Begins with nothing to do; `submit` gives a chunk to an executor."""
        self._workers, self._submit = workers, submit
        self._waiting: deque[Chunk] = deque()
        self._suspects: deque[Chunk] = deque()
        self._flying: dict[Future[pd.DataFrame], Chunk] = {}
        self._on_trial = False

    def add(self, chunks: Iterable[Chunk]) -> None:
        """Puts chunks at the end of the queue."""
        self._waiting.extend(chunks)

    def results(self) -> Iterator[Ended]:
        """Each chunk with its table, or with what it failed of; more may be added meanwhile.

        Whatever the workers' own check raises if none is left is raised here.
        """
        executor = self._workers.hire()
        try:
            while self._waiting or self._suspects or self._flying:
                self._launch(executor)
                done = self._next_done()
                if any(map(_broke, done)):
                    yield from self._after_break()
                    executor.shutdown(wait=False)
                    executor = self._workers.hire()
                else:
                    yield from ((self._flying.pop(future), _outcome(future)) for future in done)
        finally:
            for future in self._flying:
                future.cancel()
            executor.shutdown(wait=not self._flying)

    def _launch(self, executor: Executor) -> None:
        """Fills up what is in flight; a suspect flies alone."""
        if self._suspects:
            self._on_trial = not self._flying
            if self._on_trial:
                self._fly(executor, self._suspects.popleft())
            return
        self._on_trial = False
        while self._waiting and len(self._flying) < self._workers.window:
            self._fly(executor, self._waiting.popleft())

    def _next_done(self) -> set["Future[pd.DataFrame]"]:
        """Waits until something in flight has ended, as long as there is somebody to end it."""
        done: set[Future[pd.DataFrame]] = set()
        while not done:
            self._workers.check()
            done, _ = wait(self._flying, timeout=PULSE, return_when=FIRST_COMPLETED)
        return done

    def _fly(self, executor: Executor, chunk: Chunk) -> None:
        try:
            future = self._submit(executor, chunk)
        except BrokenExecutor as error:
            future = Future()
            future.set_exception(error)
        self._flying[future] = chunk

    def _after_break(self) -> Iterator[Ended]:
        """What was done before the executor broke; the others are put on trial, or have failed."""
        for future, chunk in self._flying.items():
            if self._on_trial or (future.done() and not _broke(future)):
                yield chunk, _outcome(future)
            else:
                self._suspects.append(chunk)
        self._flying = {}


def _broke(future: "Future[pd.DataFrame]") -> bool:
    return isinstance(_outcome(future), BrokenExecutor)


def _outcome(future: "Future[pd.DataFrame]") -> pd.DataFrame | BaseException:
    """What a chunk gave, or what it failed of; a cluster that goes down cancels what it has."""
    try:
        return future.exception() or future.result()
    except CancelledError as error:
        return error

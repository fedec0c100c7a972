"""Carries a study out: runs what is missing, keeps what comes, and says how it stands.

A work list knows which chunks a point still lacks, a queue gives them to an executor, whatever
happens to it, and what comes back is put into the folder at once.
"""

import math
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
from dataclasses import dataclass, field
from math import isfinite

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.experiments.chunks import (
    Chunk,
    Ended,
    Pack,
    missing,
    origin_here,
    run_alike,
    run_pack,
)
from realpolitik.sim.experiments.plan import Plan
from realpolitik.sim.experiments.study_folder import StudyFolder
from realpolitik.sim.experiments.study_settings import marks_of, settings_of, sound_parts
from realpolitik.sim.experiments.workers import Workers
from realpolitik.sim.scenario.serialise import pack
from realpolitik.sim.stats.intervals import Scale

# ── Chunks on an executor ────────────────────────────────────────────────────────────


PULSE = 1  # how often it is asked whether the workers are still there [s]

Results = list[Ended]
Submit = Callable[[Executor, Pack], "Future[Results]"]


class JobQueue:
    """Chunks that wait, and those in flight, which are packed where their worlds are the same.

    When an executor breaks (a process was killed, for want of memory perhaps), nobody knows which
    chunk broke it. All that were in flight become suspects: each is run again with nothing beside
    it, and one that breaks its executor then has failed.
    """

    def __init__(self, workers: Workers, submit: Submit) -> None:
        """Begins with nothing to do; `submit` gives a pack of chunks to an executor."""
        self._workers, self._submit = workers, submit
        self._waiting: deque[Chunk] = deque()
        self._suspects: deque[Chunk] = deque()
        self._flying: dict[Future[Results], Pack] = {}
        self._on_trial = False

    def add(self, chunks: Iterable[Chunk]) -> None:
        """Puts chunks at the end of the queue."""
        self._waiting.extend(chunks)

    def results(self) -> Iterator[tuple[Chunk, pd.DataFrame | BaseException]]:
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
                    for future in done:
                        yield from _outcomes(future, self._flying.pop(future))
        finally:
            for future in self._flying:
                future.cancel()
            executor.shutdown(wait=not self._flying)

    def _launch(self, executor: Executor) -> None:
        """Fills up what is in flight; a suspect flies alone."""
        if self._suspects:
            self._on_trial = not self._flying
            if self._on_trial:
                self._fly(executor, (self._suspects.popleft(),))
            return
        self._on_trial = False
        while self._waiting and len(self._flying) < self._workers.window:
            self._fly(executor, self._next_pack())

    def _next_pack(self) -> Pack:
        """The next chunks with the same worlds: no more than a block, nor than a fair share."""
        share = math.ceil(len(self._waiting) / self._workers.window)
        chunks = [self._waiting.popleft()]
        most = min(BLOCK // chunks[0].worlds, share)
        while self._waiting and len(chunks) < most and self._waiting[0].is_beside(chunks[0]):
            chunks.append(self._waiting.popleft())
        return tuple(chunks)

    def _next_done(self) -> set["Future[Results]"]:
        """Waits until something in flight has ended, as long as there is somebody to end it."""
        done: set[Future[Results]] = set()
        while not done:
            self._workers.check()
            done, _ = wait(self._flying, timeout=PULSE, return_when=FIRST_COMPLETED)
        return done

    def _fly(self, executor: Executor, chunks: Pack) -> None:
        try:
            future = self._submit(executor, chunks)
        except BrokenExecutor as error:
            future = Future()
            future.set_exception(error)
        self._flying[future] = chunks

    def _after_break(self) -> Iterator[tuple[Chunk, pd.DataFrame | BaseException]]:
        """What was done before the executor broke; the others are put on trial, or have failed."""
        for future, chunks in self._flying.items():
            if self._on_trial or (future.done() and not _broke(future)):
                yield from _outcomes(future, chunks)
            else:
                self._suspects.extend(chunks)
        self._flying = {}


def _broke(future: "Future[Results]") -> bool:
    return isinstance(_error(future), BrokenExecutor)


def _error(future: "Future[Results]") -> BaseException | None:
    """What a pack failed of as a whole; a cluster that goes down cancels what it has."""
    try:
        return future.exception()
    except CancelledError as error:
        return error


def _outcomes(
    future: "Future[Results]", chunks: Pack
) -> Iterator[tuple[Chunk, pd.DataFrame | BaseException]]:
    """Each chunk of a pack with its table, or with what it failed of."""
    error = _error(future)
    yield from zip(chunks, [error] * len(chunks) if error else future.result(), strict=True)


# ── What is still to be done ─────────────────────────────────────────────────────────


Sums = tuple[int, float, float]


class WorkList:
    """Knows the chunks that are there and says which ones a point still lacks.

    With `until` a point is looked at again whenever it has what it lacked. What it then wants
    depends on its own worlds alone, never on the order in which chunks end.
    """

    def __init__(self, plan: Plan, points: Iterable[int]) -> None:
        """Begins with nothing there."""
        self._plan = plan
        self._scale = _scale_of(plan)
        self._there: dict[int, dict[Chunk, Sums]] = {point: {} for point in points}
        self._failed: set[int] = set()

    def note(self, chunk: Chunk, part: pd.DataFrame) -> None:
        """A chunk is there."""
        if chunk.point in self._there:
            self._there[chunk.point][chunk] = self._sums(part)

    def note_failure(self, chunk: Chunk) -> None:
        """A chunk could not be run: its point is left as it is."""
        self._failed.add(chunk.point)

    def has_failed(self, point: int) -> bool:
        """Whether a chunk of the point could not be run."""
        return point in self._failed

    def worlds(self, point: int) -> int:
        """How many worlds the point has."""
        return sum(chunk.worlds for chunk in self._there[point])

    def lacks(self, point: int) -> list[Chunk]:
        """What the point is to have next; nothing if it has enough, or failed."""
        if self.has_failed(point):
            return []
        there = self._there[point]
        return list(missing(point, self._plan.worlds, there)) or list(
            missing(point, self._wanted(point), there)
        )

    def _wanted(self, point: int) -> int:
        """Worlds that the point should have, once it has those of the plan."""
        until, worlds, scale = self._plan.until, self.worlds(point), self._scale
        if until is None or scale is None or worlds >= until.most:
            return worlds
        columns = zip(*self._there[point].values(), strict=True)
        n, total, squares = (math.fsum(column) for column in columns)
        enough = narrow_enough(int(n), total, squares, until.width, scale.width)
        return worlds if enough else next_worlds(worlds, until.most)

    def _sums(self, part: pd.DataFrame) -> Sums:
        """Number, sum and sum of squares of the outcome that decides; nothing if none does."""
        if self._plan.until is None or self._scale is None:
            return (0, 0.0, 0.0)
        values = self._scale.counted(part[self._plan.until.outcome].to_numpy(dtype=np.float64))
        values = values[np.isfinite(values)]
        return (len(values), float(values.sum()), float((values**2).sum()))


def _scale_of(plan: Plan) -> Scale | None:
    """The scale of the outcome that decides; None if none does."""
    if plan.until is None:
        return None
    return Scale.of(plan.scenario.outcomes[plan.until.outcome].scale, plan.scenario.weeks)


# ── When a point has worlds enough ───────────────────────────────────────────────────


UPPER = 0.975  # where the upper end of a 95 % interval lies


def narrow_enough(n: int, total: float, squares: float, width: float, wide: float = 1.0) -> bool:
    """Whether n values with that sum and sum of squares have a 95 % interval of at most that width.

    The rule for an interval of fixed width of Chow and Robbins (1965, doi:10.1214/aoms/1177700156):
    stop at the first n with n ≥ (a / d)² (s² + 1/n), where d is half the width, s² the variance of
    the values so far, and a any sequence that tends to the normal distribution's z: here Student's
    t, so that his interval is no wider than was asked for. The 1/n keeps the rule from stopping at
    a variance of 0 by luck; it also does for Wilson's interval of a share what t does for
    Student's. On other scales it is multiplied by the square of their range, so that it does the
    same for the interval of worlds that are all equal. Coverage tends to the nominal as the width
    tends to 0.

    Args:
        n: Number of values.
        total: Their sum.
        squares: Sum of their squares.
        width: Width of the 95 % interval from end to end, above 0.
        wide: How far two values can be apart; without limit the 1/n stays as it is, as of shares.
    """
    if n < 2:
        return False
    variance = max(squares - total**2 / n, 0.0) / (n - 1)
    unit = wide**2 if isfinite(wide) else 1.0
    quantile = float(stdtrit(n - 1, UPPER))
    # squares as products: those of floats that go beyond all bounds end at 0 or infinity
    return n * (width * width) >= (2 * quantile) ** 2 * (variance + unit / n)


def next_worlds(worlds: int, most: int) -> int:
    """How many worlds a point is to have next: up to the end of a block, but never above most."""
    return min((worlds // BLOCK + 1) * BLOCK, most)


# ── Carrying a study out ─────────────────────────────────────────────────────────────


@dataclass
class Standing:
    """How far a study has come.

    Attributes:
        points: Points in all.
        points_done: Points with worlds enough.
        worlds: Worlds that are there.
        worlds_wanted: Worlds that are there or known to be wanted.
        run: Worlds run this time.
        failures: Chunks that failed this time.
        remarks: What was found wrong in the folder and is made again.
    """

    points: int
    points_done: int = 0
    worlds: int = 0
    worlds_wanted: int = 0
    run: int = 0
    failures: int = 0
    remarks: list[str] = field(default_factory=list)


Tell = Callable[[Standing], None]


def carry_out(
    plan: Plan, points: pd.DataFrame, folder: StudyFolder, workers: Workers, tell: Tell
) -> Standing:
    """Runs every chunk that the folder lacks, and keeps each as soon as it is there.

    Raises:
        OSError: a part cannot be written; all that were written before are kept.
    """
    run = _StudyRun(plan, points, folder, tell)
    run.look_around()
    folder.reopen()
    queue = JobQueue(workers, run.submit)
    for point in points["point"]:
        queue.add(run.next_of(point))
    for chunk, ended in queue.results():
        queue.add(run.take(chunk, ended))
    return run.standing


class _StudyRun:
    """One carrying out: the folder, what is still to be done, and how it stands."""

    def __init__(self, plan: Plan, points: pd.DataFrame, folder: StudyFolder, tell: Tell) -> None:
        self._plan, self._folder, self._tell = plan, folder, tell
        self._packed = pack(plan.scenario)
        self._origin = origin_here(self._packed)
        self._settings = settings_of(points)
        self._marks = marks_of(folder.settings(), self._settings)
        self._work_list = WorkList(plan, self._settings)
        self._open: dict[int, int] = {}  # point → its chunks that are given out
        self.standing = Standing(len(points))

    def look_around(self) -> None:
        """Takes note of what the folder holds already."""
        spec = self._plan.scenario
        scales = {name: Scale.of(one.scale, spec.weeks) for name, one in spec.outcomes.items()}
        for chunk, part in sound_parts(self._folder, scales, self._marks):
            if isinstance(part, str):
                self.standing.remarks.append(part)
            else:
                self._note(chunk, part)

    def submit(self, executor: Executor, chunks: Pack) -> "Future[Results]":
        """Gives a pack of chunks to an executor."""
        settings = [self._settings[chunk.point] for chunk in chunks]
        given = (self._packed, self._plan.seed, settings, chunks)
        return executor.submit(run_alike, self._origin, run_pack, given)

    def next_of(self, point: int) -> list[Chunk]:
        """What a point lacks that has nothing given out."""
        chunks = self._work_list.lacks(point)
        self._open[point] = len(chunks)
        self.standing.worlds_wanted += sum(chunk.worlds for chunk in chunks)
        self.standing.points_done += not (chunks or self._work_list.has_failed(point))
        self._tell(self.standing)
        return chunks

    def take(self, chunk: Chunk, ended: pd.DataFrame | BaseException) -> list[Chunk]:
        """Keeps what a chunk gave, and says what its point wants next."""
        if isinstance(ended, pd.DataFrame):
            self._folder.put_part(chunk, ended, self._marks[chunk.point])
            self.standing.run += chunk.worlds
            self._note(chunk, ended)
            self.standing.worlds_wanted -= chunk.worlds
        else:
            self._folder.put_failure(chunk, f"{type(ended).__name__}: {ended}")
            self._work_list.note_failure(chunk)
            self.standing.failures += 1
        self._open[chunk.point] -= 1
        if not self._open[chunk.point]:
            return self.next_of(chunk.point)
        self._tell(self.standing)
        return []

    def _note(self, chunk: Chunk, part: pd.DataFrame) -> None:
        self._work_list.note(chunk, part)
        self.standing.worlds += chunk.worlds
        self.standing.worlds_wanted += chunk.worlds

"""Carries a study out: runs what is missing, keeps what comes, and says how it stands."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field

import pandas as pd

from realpolitik.sim.experiments.chunks import Chunk, origin_here, run_alike, run_chunk
from realpolitik.sim.experiments.folder_checks import sound_parts
from realpolitik.sim.experiments.job_queue import Labour
from realpolitik.sim.experiments.plan import Plan
from realpolitik.sim.experiments.study_folder import StudyFolder
from realpolitik.sim.experiments.study_settings import marks_of, settings_of
from realpolitik.sim.experiments.work_list import Agenda
from realpolitik.sim.experiments.workers import Workers
from realpolitik.sim.scenario.serialise import pack
from realpolitik.sim.stats.intervals import Scale


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
    conduct = _Conduct(plan, points, folder, tell)
    conduct.look_around()
    folder.reopen()
    labour = Labour(workers, conduct.submit)
    for point in points["point"]:
        labour.add(conduct.next_of(point))
    for chunk, ended in labour.results():
        labour.add(conduct.take(chunk, ended))
    return conduct.standing


class _Conduct:
    """One carrying out: the folder, what is still to be done, and how it stands."""

    def __init__(self, plan: Plan, points: pd.DataFrame, folder: StudyFolder, tell: Tell) -> None:
        self._plan, self._folder, self._tell = plan, folder, tell
        self._packed = pack(plan.scenario)
        self._origin = origin_here(self._packed)
        self._settings = settings_of(points)
        self._marks = marks_of(folder.settings(), self._settings)
        self._agenda = Agenda(plan, self._settings)
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

    def submit(self, executor: Executor, chunk: Chunk) -> "Future[pd.DataFrame]":
        """Gives a chunk to an executor."""
        settings = self._settings[chunk.point]
        given = (self._packed, self._plan.seed, settings, chunk)
        return executor.submit(run_alike, self._origin, run_chunk, given)

    def next_of(self, point: int) -> list[Chunk]:
        """What a point lacks that has nothing given out."""
        chunks = self._agenda.lacks(point)
        self._open[point] = len(chunks)
        self.standing.worlds_wanted += sum(chunk.worlds for chunk in chunks)
        self.standing.points_done += not (chunks or self._agenda.has_failed(point))
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
            self._agenda.note_failure(chunk)
            self.standing.failures += 1
        self._open[chunk.point] -= 1
        if not self._open[chunk.point]:
            return self.next_of(chunk.point)
        self._tell(self.standing)
        return []

    def _note(self, chunk: Chunk, part: pd.DataFrame) -> None:
        self._agenda.note(chunk, part)
        self.standing.worlds += chunk.worlds
        self.standing.worlds_wanted += chunk.worlds

"""Runs the points of one stage: a study folder for each setting, resumable as any study is."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from realpolitik.sim.files.json_text import indented
from realpolitik.sim.scenario.serialise import dump_scenario
from realpolitik.sim.study.calibrate.pattern import Case
from realpolitik.sim.study.calibrate.settings import free, narrowed
from realpolitik.sim.study.plans.plan import Plan, Vary
from realpolitik.sim.study.sweep.conduct import Tell, carry_out
from realpolitik.sim.study.sweep.folder import DamagedPartError, StudyFolder, StudyFolderError
from realpolitik.sim.study.sweep.settings import changes, describe
from realpolitik.sim.study.sweep.workers import Workers


@dataclass(frozen=True)
class Stage:
    """Points that are run in some settings, a study folder for each.

    Attributes:
        folder: The folder above those of the settings.
        points: `point`, then a column an address.
        vary: The ranges of the addresses.
        worlds: Worlds of each setting at each point.
        seed: Seed of the worlds, the same at every point and in every setting.
        workers: Who runs them.
        tell: Called with how it stands, after every chunk.
    """

    folder: Path
    points: pd.DataFrame
    vary: tuple[Vary, ...]
    worlds: int
    seed: int
    workers: Workers
    tell: Tell

    def runs(self, case: Case, outcomes: tuple[str, ...]) -> Iterator[pd.DataFrame]:
        """The worlds of each point in a setting, run if they are not there; in order of points.

        Raises:
            StudyFolderError: the folder holds something else, or some worlds could not be run.
            OSError: it cannot be written.
        """
        plan = self._plan(case, outcomes)
        store = StudyFolder(self.folder / case.name, self.folder.parent)
        points = self.points[["point", *(one.address for one in plan.vary)]]
        self._open(store, plan, points)
        if not store.is_finished or store.changed_files():  # what is damaged is made again
            standing = carry_out(plan, points, store, self.workers, self.tell)
            if standing.failures:
                first = store.failures()["error"].iloc[0]
                problem = f"{standing.failures:,} parts failed, the first of {first}"
                raise StudyFolderError(f"{store.path}: {problem}; --resume tries them again")
            store.finish()
        return self._by_point(store)

    def _plan(self, case: Case, outcomes: tuple[str, ...]) -> Plan:
        """The setting as a study, of which only the points are chosen elsewhere."""
        scenario = narrowed(case, outcomes)
        kept = set(free((one.address for one in self.vary), case.scenario))
        return Plan(
            name=case.name,
            title=case.scenario.title,
            question=case.scenario.question,
            scenario=scenario,
            called=case.called,
            vary=tuple(one for one in self.vary if one.address in kept),
            sampler="latin_hypercube",
            points=len(self.points),
            worlds=self.worlds,
            seed=self.seed,
            outcomes=outcomes,
        )

    def _open(self, store: StudyFolder, plan: Plan, points: pd.DataFrame) -> None:
        """Makes the folder ready; one that holds the same study is gone on with."""
        asked = describe(plan)
        if store.is_begun and not store.is_bare:
            other = list(changes(store.settings(), asked))
            if other or not self._are_there(store, plan, points):
                reasons = other or ["its points are others"]
                raise StudyFolderError(f"{store.path}: holds something else", *indented(reasons))
        else:
            store.begin(asked, dump_scenario(plan.scenario), points)
        store.sweep_out()

    def _are_there(self, store: StudyFolder, plan: Plan, points: pd.DataFrame) -> bool:
        """Whether the folder holds these points; damaged ones are put there anew."""
        try:
            return bool(store.points().equals(points))
        except DamagedPartError:
            store.put_subject(dump_scenario(plan.scenario), points)
            return True

    def _by_point(self, store: StudyFolder) -> Iterator[pd.DataFrame]:
        chunks = sorted(store.chunks())
        for point in self.points["point"]:
            parts = [store.part(chunk) for chunk in chunks if chunk.point == point]
            yield pd.concat(parts, ignore_index=True)

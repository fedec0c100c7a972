"""A study that takes a moment, and what studies are compared by."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import pandas as pd
import pytest

from realpolitik.sim.analysis.study import Study
from realpolitik.sim.experiments import runner as conduct
from realpolitik.sim.experiments.chunks import Chunk, Ended, Pack, run_chunk
from realpolitik.sim.experiments.plan import Plan, Vary
from realpolitik.sim.experiments.runner import Standing
from realpolitik.sim.experiments.study_folder import StudyFolder
from realpolitik.sim.files.folder import Folder
from realpolitik.sim.scenario.loading import read_scenario
from realpolitik.sim.scenario.schema import Scenario
from tests.quarrel import TEXT

ADDRESS = "RUS.israel_ties"
WIDE = Vary(ADDRESS, 0.0, 0.6)

FURTHER = """
  gap: {measure: say_do_gap, by: RUS, toward: IRN}
"""


def small_scenario(further: str = "") -> Scenario:
    """Four states in three weeks; `further` outcomes are measured beside."""
    return read_scenario(TEXT + further, "small.yaml")


def small_plan(**changes: Any) -> Plan:
    """Four points of 1,100 worlds, which are two chunks each."""
    plan = Plan(
        name="small",
        title="A small study",
        question="Do ties keep the peace?",
        scenario=small_scenario(),
        called="small",
        vary=(WIDE,),
        sampler="grid",
        points=4,
        worlds=1100,
        seed=11,
        outcomes=("strike", "weeks_to_strike", "alignment"),
        thresholds={"strike": 0.5},
    )
    return replace(plan, **changes)


def files_in(folder: Path) -> dict[str, bytes]:
    """Name → content of every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def part_paths(folder: Path) -> list[Path]:
    """The parts, in their order."""
    return sorted((folder / "parts").iterdir())


def worlds_in(folder: Path) -> pd.DataFrame:
    """All worlds of a study, whatever parts they lie in."""
    store = StudyFolder(folder)
    parts = [store.part(chunk) for chunk in store.chunks()]
    table = pd.concat(parts).sort_values(["point", "world"], ignore_index=True)
    return table[sorted(table.columns)]


def page(study: Study) -> str:
    """A page that says what it was given."""
    found = study.findings
    tables, failed = sorted(study.tables), len(study.failures)
    return f"{found.study['name']} {len(found.points)} {tables} {failed}\n"


TIES, DRONES = "RUS.israel_ties", "RUS.iran_dependence"


def points_of(table: pd.DataFrame) -> list[tuple[float, ...]]:
    """The points without their numbers."""
    return list(table.drop(columns="point").itertuples(index=False, name=None))


class Bench:
    """Runs chunks in this process, and remembers which; what is poison fails."""

    def __init__(self, patch: pytest.MonkeyPatch, *poison: Chunk) -> None:
        self.ran: list[Chunk] = []
        self.poison = set(poison)
        patch.setattr(conduct, "run_pack", self.run)

    def run(self, packed: str, seed: int, settings: Any, chunks: Pack) -> list[Ended]:
        """What `run_pack` gives, but for what is poison."""
        self.ran += chunks
        return [
            ArithmeticError(f"poison in {chunk.name}")
            if chunk in self.poison
            else run_chunk(packed, seed, one, chunk)
            for one, chunk in zip(settings, chunks, strict=True)
        ]


PLAN = small_plan()
CUTS = ((0, 1024), (1024, 76))  # the chunks of a point
PARTS = 4 * len(CUTS)


class Stop(Exception):  # noqa: N818 - it is no error
    """What a test stops a study with."""


def stop_after(parts: int) -> Callable[[Standing], None]:
    """Stops once so many chunks have been run."""
    asked: list[int] = []

    def tell(standing: Standing) -> None:
        asked.append(standing.run)
        if len([run for run in dict.fromkeys(asked) if run]) >= parts:
            raise Stop

    return tell


def works(times: int) -> Callable[[Folder, str], AbstractContextManager[IO[bytes]]]:
    """A `Folder.writing` that works so many times."""
    calls: list[str] = []
    writing = Folder.writing

    def some(folder: Folder, name: str) -> AbstractContextManager[IO[bytes]]:
        calls.append(name)
        if len(calls) > times:
            raise Stop
        return writing(folder, name)

    return some

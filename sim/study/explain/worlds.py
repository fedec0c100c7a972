"""The same worlds at other values of the parameters, here or on an executor."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from realpolitik.sim.engine.world import Array
from realpolitik.sim.scenario.arguments import executor_given, function_given, whole_number
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import pack
from realpolitik.sim.scenario.values import refuse_beyond
from realpolitik.sim.study.sweep.chunks import missing, run_chunk

Task = TypeVar("Task")
Done = TypeVar("Done")
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Worlds:
    """Worlds 0 to n − 1 of a scenario under one seed: the same draws at every setting.

    Attributes:
        packed: The scenario, as `pack` gives it, so that other processes can have it.
        seed: Seed of the draws.
        worlds: How many.
    """

    packed: str
    seed: int
    worlds: int

    @classmethod
    def of(cls, scenario: Scenario, seed: int, worlds: int) -> "Worlds":
        """The worlds of a scenario.

        Raises:
            ScenarioError: a value lies outside the declared range of its parameter.
            ValueError: fewer than two worlds, or a negative seed.
        """
        refuse_beyond(scenario)
        seed, worlds = whole_number(seed, "seed"), whole_number(worlds, "worlds", 2)
        return cls(pack(scenario), seed, worlds)

    def run(self, settings: Mapping[str, float]) -> Mapping[str, Array]:
        """Outcome → its value in each world (NaN for none), (W,), with these values on top."""
        chunks = missing(0, self.worlds, ())
        parts = [run_chunk(self.packed, self.seed, settings, chunk) for chunk in chunks]
        table = pd.concat(parts, ignore_index=True).drop(columns=["point", "world"])
        return {str(name): table[name].to_numpy(dtype=float) for name in table.columns}


def spread(
    work: Callable[[Task], Done], tasks: Iterable[Task], executor: Executor | None
) -> Iterator[Done]:
    """What comes of each task, in the order of the tasks, whoever does the work.

    Raises:
        TypeError: the executor is none.
    """
    executor_given(executor)
    return executor.map(work, tasks) if executor else map(work, tasks)


class Count:
    """Tells how many of so many steps are done."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        """Begins with none.

        Raises:
            TypeError: the progress cannot be called.
        """
        function_given(progress, "progress")
        self._progress, self._done, self.total = progress, 0, total

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        if self._progress:
            self._progress(self._done, self.total)

"""Many worlds of one scenario, as tidy tables."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.experiments.block import Block, join_blocks, run_block, run_packed
from realpolitik.sim.experiments.origin import Origin, origin_of
from realpolitik.sim.experiments.summary import Summary, summarise
from realpolitik.sim.experiments.tables import acts_table, events_table, spread_table
from realpolitik.sim.scenario.arguments import (
    executor_given,
    function_given,
    parameters_given,
    whole_number,
)
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import pack
from realpolitik.sim.scenario.values import refuse_beyond
from realpolitik.sim.scenario.vocabulary import vocabulary

Progress = Callable[[int, int], None]

AHEAD = 32  # blocks in the hands of an executor: enough for as many workers, and no more in memory


@dataclass(frozen=True)
class Result:
    """An ensemble. Its tables are made when they are first asked for.

    Attributes:
        seconds: Time the simulation took [s].
        whole: What all blocks of worlds left behind.
        origin: What the numbers come from; see `origin_of`.
    """

    scenario: Scenario
    seed: int
    worlds: int
    seconds: float
    whole: Block
    origin: Origin

    @property
    def worlds_per_second(self) -> float:
        """Worlds simulated in a second."""
        return self.worlds / self.seconds

    @property
    def runs(self) -> pd.DataFrame:
        """One row a world: `world`, then a column for each outcome under its name."""
        return self.whole.runs

    @cached_property
    def weeks(self) -> pd.DataFrame:
        """`week`, `measure`, `mean`, `n`, `q05` … `q95`.

        The outcomes as they stood in each week, and `rung`, the highest of that week.
        """
        return spread_table(self.whole.weekly)

    @cached_property
    def events(self) -> pd.DataFrame:
        """Every deed of the first worlds, dated, with CAMEO codes."""
        return events_table(self.whole.told, self.scenario, self.whole.codes)

    @cached_property
    def acts(self) -> pd.DataFrame:
        """How often each actor did what to whom, a world."""
        per_world = self.whole.deeds / self.worlds
        return acts_table(per_world, self.whole.codes, self.whole.background)

    @cached_property
    def outcomes(self) -> Mapping[str, Summary]:
        """Name → mean, low, high, and what else there is to say of an outcome."""
        rates = vocabulary().base_rates
        return {
            name: summarise(
                measure,
                self.runs[name].to_numpy(dtype=np.float64),
                rates[measure.base_rate] if measure.base_rate else None,
                self.scenario.weeks,
            )
            for name, measure in self.scenario.outcomes.items()
        }


def simulate(
    scenario: Scenario | str | Path,
    worlds: int = 1000,
    seed: int = 0,
    parameters: Mapping[str, float] | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> Result:
    """Runs an ensemble; of its memory only the rows of `runs` grow with the number of worlds.

    World k is the same for any number of worlds, on whatever machine: it depends on the seed, on k
    and on the scenario.

    Args:
        scenario: What to set going, or its name or file.
        worlds: Number of worlds, at least 1.
        seed: Seed of all draws, at least 0.
        parameters: Address → value, on top of the scenario's own; a row of pandas will do.
        progress: Called with world-weeks done and in all: after every week of a block, or with an
            executor after every block.
        executor: Runs the blocks; None runs them here, one after the other.

    Raises:
        ScenarioError: the scenario sets what does not exist, or goes beyond a range.
        TypeError: something is given that is of another kind altogether.
        ValueError: a number of worlds below 1, or a negative seed.

    >>> from realpolitik.sim import load_scenario
    >>> result = simulate(load_scenario("haniyeh_2024"), worlds=8, seed=1)
    >>> len(result.runs)
    8
    """
    worlds, seed = whole_number(worlds, "worlds", 1), whole_number(seed, "seed")
    spec = load_scenario(scenario).with_parameters(parameters_given(parameters))
    refuse_beyond(spec)
    function_given(progress, "progress")
    executor_given(executor)
    origin = origin_of(spec)  # before the run, in which somebody may edit a file
    began = time.perf_counter()
    tell = progress or _say_nothing
    if executor:
        whole = join_blocks(_run_by(executor, spec, seed, worlds, tell))
    else:
        whole = join_blocks(_run_here(spec, seed, worlds, tell))
    return Result(spec, seed, worlds, time.perf_counter() - began, whole, origin)


def _say_nothing(done: int, of: int) -> None:
    """Ignores how far the work is: the default of `tell`."""


def _run_here(spec: Scenario, seed: int, worlds: int, tell: Progress) -> Iterator[Block]:
    """The blocks, run one after the other."""
    with threadpool_limits(limits=1):  # products this small only wait for further threads
        for block, (done, size) in enumerate(_sizes(worlds)):
            yield run_block(spec, seed, block, size, _offset(tell, done, worlds, spec.weeks))


def _run_by(
    executor: Executor, spec: Scenario, seed: int, worlds: int, tell: Progress
) -> Iterator[Block]:
    """The blocks in their order, run by an executor; those not begun are called off on an error."""
    packed, running = pack(spec), deque[Future[Block]]()
    waiting = enumerate(_sizes(worlds))
    try:
        for done, size in _sizes(worlds):
            for block, (_, worlds_of_it) in islice(waiting, AHEAD - len(running)):
                future = executor.submit(run_packed, packed, seed, block, worlds_of_it)
                running.append(future)
            yield running.popleft().result()
            tell((done + size) * spec.weeks, worlds * spec.weeks)
    finally:
        for future in running:
            future.cancel()


def _sizes(worlds: int) -> Iterator[tuple[int, int]]:
    """Worlds done before each block, and in it."""
    return ((done, min(BLOCK, worlds - done)) for done in range(0, worlds, BLOCK))


def _offset(tell: Progress, done: int, worlds: int, weeks: int) -> Callable[[int], None]:
    """A progress of one block, told as that of the whole ensemble."""
    size = min(BLOCK, worlds - done)
    return lambda week: tell(done * weeks + size * week, worlds * weeks)

"""Many worlds of one scenario, as tidy tables."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.values import check_parameters
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.study.block import Block, run_block
from realpolitik.sim.study.summary import Summary, summarise
from realpolitik.sim.study.tables import acts_table, events_table, weeks_table

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Result:
    """An ensemble. Its tables are made when they are first asked for.

    Attributes:
        blocks: What each block of worlds left behind.
        seconds: Time the simulation took [s].
    """

    scenario: Scenario
    seed: int
    worlds: int
    seconds: float
    blocks: tuple[Block, ...]

    @property
    def worlds_per_second(self) -> float:
        """Worlds simulated in a second."""
        return self.worlds / self.seconds

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a world: `world`, then a column for each outcome under its name."""
        return pd.concat([block.runs for block in self.blocks], ignore_index=True)

    @cached_property
    def weeks(self) -> pd.DataFrame:
        """`week`, `measure`, `mean`, `n`, `q05` … `q95`.

        The outcomes as they stood in each week, and `rung`, the highest of that week.
        """
        return weeks_table([block.weekly for block in self.blocks], self.scenario)

    @cached_property
    def events(self) -> pd.DataFrame:
        """Every deed of the first worlds, dated, with CAMEO codes."""
        return events_table(self.blocks[0].told, self.scenario, self.blocks[0].codes)

    @cached_property
    def acts(self) -> pd.DataFrame:
        """How often each actor did what to whom, a world."""
        deeds = np.sum([block.deeds for block in self.blocks], axis=0)
        return acts_table(deeds / self.worlds, self.blocks[0].codes, self.blocks[0].background)

    @cached_property
    def outcomes(self) -> Mapping[str, Summary]:
        """Name → mean, low, high, and what else there is to say of an outcome."""
        rates = vocabulary().base_rates
        return {
            name: summarise(
                measure,
                self.runs[name].to_numpy(dtype=np.float64),
                rates[measure.base_rate] if measure.base_rate else None,
            )
            for name, measure in self.scenario.outcomes.items()
        }


def simulate(
    scenario: Scenario,
    worlds: int = 1000,
    seed: int = 0,
    parameters: Mapping[str, float] | None = None,
    progress: Progress | None = None,
) -> Result:
    """Runs an ensemble.

    World k is the same for any number of worlds: it depends on the seed, on k and on the scenario.

    Args:
        scenario: What to set going.
        worlds: Number of worlds, at least 1.
        seed: Seed of all draws, at least 0.
        parameters: Address → value, on top of the scenario's own.
        progress: Called after every week of a block with world-weeks done and in all.

    Raises:
        ScenarioError: a parameter that does not exist or is out of its range.
        ValueError: a number of worlds below 1, or a negative seed.

    >>> from realpolitik.sim import load_scenario
    >>> result = simulate(load_scenario("haniyeh_2024"), worlds=8, seed=1)
    >>> len(result.runs)
    8
    """
    if worlds < 1 or seed < 0:
        raise ValueError(f"worlds must be at least 1 and seed at least 0, not {worlds} and {seed}")
    if faults := check_parameters(parameters or {}, "parameters"):
        raise ScenarioError(faults)
    spec = scenario.with_parameters(parameters or {})
    began = time.perf_counter()
    with threadpool_limits(limits=1):  # products this small only wait for further threads
        blocks = tuple(
            run_block(spec, seed, block, size, _offset(progress, done, worlds, spec.weeks))
            for block, (done, size) in enumerate(_sizes(worlds))
        )
    seconds = time.perf_counter() - began
    return Result(spec, seed, worlds, seconds, blocks)


def _sizes(worlds: int) -> Iterator[tuple[int, int]]:
    """Worlds done before each block, and in it."""
    return ((done, min(BLOCK, worlds - done)) for done in range(0, worlds, BLOCK))


def _offset(progress: Progress | None, done: int, worlds: int, weeks: int) -> Callable[[int], None]:
    """A progress of one block, told as that of the whole ensemble."""
    size = min(BLOCK, worlds - done)

    def tell(week: int) -> None:
        if progress:
            progress(done * weeks + size * week, worlds * weeks)

    return tell

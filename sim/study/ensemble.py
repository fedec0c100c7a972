"""Many worlds of one scenario, as tidy tables."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import mesa
import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from realpolitik.sim.engine.deeds import Numbers
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.values import check_parameters
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.study.summary import Summary, summarise
from realpolitik.sim.study.tables import Weekly, acts_table, events_table, weeks_table

Progress = Callable[[int, int], None]

TOLD_WORLDS = 100  # worlds whose every deed is kept


@dataclass(frozen=True)
class Result:
    """An ensemble.

    Attributes:
        runs: One row a world: `world`, then a column for each outcome under its name.
        weeks: `week`, `measure`, `mean`, `n`, `q05` … `q95`: outcomes as they stood in each week,
            and `rung`, the highest of that week.
        events: Every deed of the first worlds, dated, with CAMEO codes.
        acts: How often each actor did what to whom, a world.
        seconds: Time the simulation took [s].
    """

    scenario: Scenario
    seed: int
    worlds: int
    seconds: float
    runs: pd.DataFrame
    weeks: pd.DataFrame
    events: pd.DataFrame
    acts: pd.DataFrame

    @property
    def worlds_per_second(self) -> float:
        """Worlds simulated in a second."""
        return self.worlds / self.seconds

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
        blocks = [
            run_block(spec, seed, block, size, _offset(progress, done, worlds, spec.weeks))
            for block, (done, size) in enumerate(_sizes(worlds))
        ]
    seconds = time.perf_counter() - began
    return Result(
        scenario=spec,
        seed=seed,
        worlds=worlds,
        seconds=seconds,
        runs=pd.concat([block.runs for block in blocks], ignore_index=True),
        weeks=weeks_table([block.weekly for block in blocks], spec),
        events=blocks[0].events,
        acts=acts_table(
            np.sum([block.deeds for block in blocks], axis=0) / worlds, blocks[0].codes
        ),
    )


@dataclass(frozen=True)
class Block:
    """What one block of worlds leaves behind; `weekly` holds (weeks, W) for each measure."""

    codes: tuple[str, ...]
    runs: pd.DataFrame
    weekly: Weekly
    events: pd.DataFrame
    deeds: Numbers


def run_block(
    spec: Scenario, seed: int, block: int, worlds: int, tell: Callable[[int], None]
) -> Block:
    """Runs the first worlds of one block; `tell` is called with the weeks done."""
    model = EscalationModel(spec, worlds, rng=seed, block=block)
    told = TOLD_WORLDS if block == 0 else 0
    followed = [name for name, measure in spec.outcomes.items() if measure.scale != "weeks"]
    weekly = {name: np.zeros((spec.weeks, worlds), np.float32) for name in (*followed, "rung")}
    events = []
    for week in range(spec.weeks):
        model.step()
        for name in followed:
            weekly[name][week] = model.outcome(name)
        weekly["rung"][week] = model.history.rung
        events.append(model.happened.deeds.in_first(told))
        tell(week + 1)
    numbers = block * BLOCK + np.arange(worlds)
    outcomes = {name: model.outcome(name) for name in spec.outcomes}
    runs = pd.DataFrame({"world": numbers, **outcomes})
    forget(model)
    return Block(
        model.codes, runs, weekly, events_table(events, spec, model.codes), model.history.deeds
    )


def forget(model: mesa.Model) -> None:
    """Lets go of a model: Mesa 3.3 keeps a count of agents for every model there ever was."""
    getattr(mesa.Agent, "_ids", {}).pop(model, None)


def sum_of(counts: Iterable[Numbers]) -> Numbers:
    """Counts of all blocks together."""
    return np.asarray(sum(counts, start=np.int64(0)))


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

"""Many worlds of one scenario: run block by block, and kept as tidy tables.

A block of worlds is the unit that is run, on whatever machine. Tables hold one observation a row,
id columns first.
"""

import datetime
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from threadpoolctl import threadpool_limits

from realpolitik.sim.engine.actions import ACTIONS
from realpolitik.sim.engine.deeds import Deeds, Numbers, join, none
from realpolitik.sim.engine.parameters import merge
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.engine.world import Array, Mask
from realpolitik.sim.experiments.drawing import Drawing, knowledge_of
from realpolitik.sim.experiments.origin import Origin, origin_of
from realpolitik.sim.experiments.summary import Summary, summarise
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.record.starting import load_scenario
from realpolitik.sim.scenario.arguments import (
    executor_given,
    function_given,
    parameters_given,
    told,
    whole_number,
)
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import pack, unpack
from realpolitik.sim.scenario.values import one_each, refuse_arrays_beyond, refuse_beyond
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.stats.spread import Spread

# ── Tidy tables out of arrays ────────────────────────────────────────────────────────


def spread_table(weekly: Mapping[str, Spread]) -> pd.DataFrame:
    """Mean and quantiles over worlds of each measure in each week, out of their spreads."""
    tables = [spread.table() for spread in weekly.values()]
    for table, measure in zip(tables, weekly, strict=True):
        table.insert(1, "measure", measure)
    return pd.concat(tables, ignore_index=True)


def events_table(weeks: Sequence[Deeds], spec: Scenario, codes: Sequence[str]) -> pd.DataFrame:
    """Every deed as a dated event; `source` and `target` are CAMEO actor codes."""
    deeds = join([none(), *weeks])
    week = np.repeat(np.arange(1, len(weeks) + 1), [len(one) for one in weeks])
    dates = [(spec.start + datetime.timedelta(weeks=k)).isoformat() for k in range(spec.weeks)]
    cameo = np.array([vocabulary().actors[code].cameo for code in codes])
    names = np.array(codes)
    events = pd.DataFrame(
        {
            "world": deeds.world,
            "week": week,
            "date": np.array(dates, dtype=object)[week - 1],
            "source": cameo[deeds.actor],
            "target": cameo[deeds.target],
            "actor": names[deeds.actor],
            "on": names[deeds.target],
            **_of_actions(deeds.action),
        }
    )
    return events.sort_values(["world", "week"], kind="stable", ignore_index=True)


def _of_actions(numbers: Numbers) -> dict[str, list[str] | list[float]]:
    """Track, action, label, CAMEO code, Goldstein score and quad class of actions by number."""
    actions = [ACTIONS[number] for number in numbers]
    return {
        name: [getattr(action, name) for action in actions]
        for name in ("track", "action", "label", "cameo", "goldstein", "quad")
    }


def acts_table(per_world: Array, codes: Sequence[str], background: Mask) -> pd.DataFrame:
    """How often each actor did what to whom, a world; `per_world` is (n, n, actions).

    `background` (n, n) marks the dyads that were at war from the start.
    """
    actor, on, action = np.nonzero(per_world)
    names = np.array(codes)
    of = _of_actions(action)
    return pd.DataFrame(
        {
            "actor": names[actor],
            "on": names[on],
            **{name: of[name] for name in ("track", "action", "label")},
            "per_world": per_world[actor, on, action],
            "background": background[actor, on],
        }
    )


# ── One block of worlds ──────────────────────────────────────────────────────────────


TOLD_WORLDS = 100  # worlds of the first block whose every deed is kept

Watch = Callable[[int, EscalationModel], None]


@dataclass(frozen=True)
class Block:
    """What one block of worlds, or several of them, leave behind.

    Beside the rows of `runs` its size does not grow with the number of worlds.

    Attributes:
        codes: The actors, in the order of the axes of `deeds`.
        runs: One row a world: `world`, then a column for each outcome.
        weekly: How each measure was spread over the worlds as it stood in each week.
        told: The deeds of the first worlds, week by week.
        deeds: Number of deeds in all worlds, (n, n, actions).
        background: Dyads at war from the start, (n, n).
    """

    codes: tuple[str, ...]
    runs: pd.DataFrame
    weekly: Mapping[str, Spread]
    told: tuple[Deeds, ...]
    deeds: Numbers
    background: Mask


def run_block(
    spec: Scenario,
    seed: int,
    block: int,
    worlds: int,
    tell: Callable[[int], None],
    watch: Watch | None = None,
    arrays: Mapping[str, Array] | None = None,
    drawing: Drawing | None = None,
) -> Block:
    """Runs the first worlds of one block; `tell` is called with the weeks done.

    `arrays` holds parameters that are one a world of the block, (W,), by address; the others are
    drawn from `drawing`, if there is one, whose estimates may go beyond their intervals.
    `watch` is shown the model at the start (week 0) and after each week, for what a block keeps
    not; it must not hold on to it.
    """
    drawn = drawing.values(seed, block, worlds) if drawing else {}
    own = merge(drawn, arrays or {})
    model = EscalationModel(
        *(spec, worlds), rng=seed, block=block, bounded=drawing is None, parameters=own
    )
    if watch:
        watch(0, model)
    followed = [name for name, measure in spec.outcomes.items() if measure.scale != "weeks"]
    weekly = {name: np.zeros((spec.weeks, worlds)) for name in (*followed, "rung")}
    told = []
    for week in range(spec.weeks):
        model.step()
        for name in followed:
            weekly[name][week] = model.outcome(name)
        weekly["rung"][week] = model.history.rung
        if not block:
            told.append(model.happened.deeds.in_first(TOLD_WORLDS))
        if watch:
            watch(week + 1, model)
        tell(week + 1)
    left = Block(
        codes=model.codes,
        runs=_runs(model, block),
        weekly={name: Spread.of(values) for name, values in weekly.items()},
        told=tuple(told),
        deeds=model.history.deeds,
        background=model.world.background,
    )
    dissolve(model)
    return left


def run_packed(
    packed: str,
    seed: int,
    block: int,
    worlds: int,
    arrays: Mapping[str, Array],
    drawing: Drawing | None,
) -> Block:
    """The same in another process: the scenario as `pack` gives it, one thread, nobody to tell."""
    with threadpool_limits(limits=1):
        return run_block(
            *(unpack(packed), seed, block, worlds, lambda _: None),
            arrays=arrays,
            drawing=drawing,
        )


def join_blocks(blocks: Iterable[Block]) -> Block:
    """All worlds as one block. What is added is let go, so that blocks may come one by one."""
    runs: list[pd.DataFrame] = []
    whole: Block | None = None
    for block in blocks:
        runs.append(block.runs)
        whole = block if whole is None else _add(whole, block)
    if whole is None:
        raise ValueError("there is no block to join")
    return replace(whole, runs=pd.concat(runs, ignore_index=True))


def _add(one: Block, other: Block) -> Block:
    """What is counted, over the worlds of both; the rest is that of the first."""
    weekly = {name: spread + other.weekly[name] for name, spread in one.weekly.items()}
    return replace(one, weekly=weekly, deeds=one.deeds + other.deeds)


def _runs(model: EscalationModel, block: int) -> pd.DataFrame:
    """The outcomes of each world, under the number it has among all."""
    numbers = block * BLOCK + np.arange(model.world.worlds)
    return pd.DataFrame(
        {"world": numbers, **{name: model.outcome(name) for name in model.spec.outcomes}}
    )


def dissolve(model: mesa.Model) -> None:
    """Frees the arrays of a model at once, and makes it useless.

    A Mesa model refers to itself, so that the garbage collector would come for it only some blocks
    later, with some 30 MB a block in the meantime.
    """
    vars(model).clear()


# ── Many blocks ──────────────────────────────────────────────────────────────────────


Progress = Callable[[int, int], None]

AHEAD = 32  # blocks in the hands of an executor: enough for as many workers, and no more in memory


@dataclass(frozen=True)
class Result:
    """An ensemble. Its tables are made when they are first asked for.

    Attributes:
        seconds: Time the simulation took [s].
        whole: What all blocks of worlds left behind.
        origin: What the numbers come from; see `origin_of`.
        arrays: Address → its value in each world, (worlds,), of what was given for each.
        drawing: Where the numbers of each world were drawn from; None if they are as they stand.
    """

    scenario: Scenario
    seed: int
    worlds: int
    seconds: float
    whole: Block
    origin: Origin
    arrays: Mapping[str, Array] = field(default_factory=dict)
    drawing: Drawing | None = None

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
    parameters: Mapping[str, ArrayLike] | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    *,
    uncertain: bool | Drawing = False,
) -> Result:
    """Runs an ensemble; of its memory only the rows of `runs` grow with the number of worlds.

    World k is the same for any number of worlds, on whatever machine: it depends on the seed, on k
    and on the scenario, with the values that are given for it.

    Args:
        scenario: What to set going, or its name or file.
        worlds: Number of worlds, at least 1.
        seed: Seed of all draws, at least 0.
        parameters: Address → a value, or one for each world, on top of the scenario's own; a row of
            pandas will do.
        progress: Called with world-weeks done and in all: after every week of a block, or with an
            executor after every block.
        executor: Runs the blocks; None runs them here, one after the other.
        uncertain: Whether each world has numbers of its own, drawn from what is known of them, or
            what they are drawn from. Those that the scenario sets, or `parameters`, are kept.

    Raises:
        ScenarioError: the scenario sets what does not exist, or goes beyond a range.
        TypeError: something is given that is of another kind altogether.
        ValueError: a number of worlds below 1, a negative seed, or not as many values as worlds.

    >>> from realpolitik.sim import load_scenario
    >>> result = simulate(load_scenario("haniyeh_2024"), worlds=8, seed=1)
    >>> len(result.runs)
    8
    """
    worlds, seed = whole_number(worlds, "worlds", 1), whole_number(seed, "seed")
    numbers, several = _parted(parameters)
    spec = load_scenario(scenario).with_parameters(parameters_given(numbers))
    arrays = one_each(several, worlds)
    refuse_beyond(spec)
    refuse_arrays_beyond(arrays, spec)
    function_given(progress, "progress")
    executor_given(executor)
    drawing = _drawing_given(uncertain, spec)
    origin = origin_of(spec)  # before the run, in which somebody may edit a file
    began = time.perf_counter()
    asked = (spec, seed, worlds, progress or _say_nothing, arrays, drawing)
    whole = join_blocks(_run_by(executor, *asked) if executor else _run_here(*asked))
    return Result(spec, seed, worlds, time.perf_counter() - began, whole, origin, arrays, drawing)


def _drawing_given(uncertain: Any, spec: Scenario) -> Drawing | None:
    """Where the numbers of worlds are drawn from; None if they are not.

    Raises:
        TypeError: it is neither yes or no nor a drawing.
    """
    if not isinstance(uncertain, bool | Drawing):
        raise TypeError(f"uncertain is {told(uncertain)}; expected True, False or a Drawing")
    return knowledge_of(spec) if uncertain is True else uncertain or None


def _parted(parameters: Any) -> tuple[Any, dict[str, ArrayLike]]:
    """What is one number each, as it was given, and what is one a world or part of such a sum."""
    if not isinstance(parameters, Mapping):
        return parameters, {}
    several = {name: value for name, value in parameters.items() if _is_one_each(value)}
    wholes = tuple(f"{name}." for name in several)  # a part stands beside its whole
    several |= {name: parameters[name] for name in parameters if str(name).startswith(wholes)}
    return {name: parameters[name] for name in parameters if name not in several}, several


def _is_one_each(value: Any) -> bool:
    try:
        return np.ndim(value) > 0
    except ValueError:  # rows of different lengths
        return True


def _say_nothing(done: int, of: int) -> None:
    """Ignores how far the work is: the default of `tell`."""


def _run_here(
    spec: Scenario,
    seed: int,
    worlds: int,
    tell: Progress,
    arrays: Mapping[str, Array],
    drawing: Drawing | None,
) -> Iterator[Block]:
    """The blocks, run one after the other."""
    with threadpool_limits(limits=1):  # products this small only wait for further threads
        for block, (done, size) in enumerate(_sizes(worlds)):
            here = _of_worlds(arrays, done, size)
            told = _offset(tell, done, worlds, spec.weeks)
            yield run_block(spec, seed, block, size, told, arrays=here, drawing=drawing)


def _run_by(
    executor: Executor,
    spec: Scenario,
    seed: int,
    worlds: int,
    tell: Progress,
    arrays: Mapping[str, Array],
    drawing: Drawing | None,
) -> Iterator[Block]:
    """The blocks in their order, run by an executor; those not begun are called off on an error."""
    packed, running = pack(spec), deque[Future[Block]]()
    waiting = enumerate(_sizes(worlds))
    try:
        for done, size in _sizes(worlds):
            for block, (first, count) in islice(waiting, AHEAD - len(running)):
                here = _of_worlds(arrays, first, count)
                given = (packed, seed, block, count, here, drawing)
                running.append(executor.submit(run_packed, *given))
            yield running.popleft().result()
            tell((done + size) * spec.weeks, worlds * spec.weeks)
    finally:
        for future in running:
            future.cancel()


def _of_worlds(arrays: Mapping[str, Array], first: int, count: int) -> dict[str, Array]:
    """The values of some worlds."""
    return {address: values[first : first + count] for address, values in arrays.items()}


def _sizes(worlds: int) -> Iterator[tuple[int, int]]:
    """Worlds done before each block, and in it."""
    return ((done, min(BLOCK, worlds - done)) for done in range(0, worlds, BLOCK))


def _offset(tell: Progress, done: int, worlds: int, weeks: int) -> Callable[[int], None]:
    """A progress of one block, told as that of the whole ensemble."""
    size = min(BLOCK, worlds - done)
    return lambda week: tell(done * weeks + size * week, worlds * weeks)

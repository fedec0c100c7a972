"""One block of worlds: the unit that is run, on whatever machine."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import mesa
import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from realpolitik.sim.engine.deeds import Deeds, Numbers
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.engine.world import Mask
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import unpack
from realpolitik.sim.stats.spread import Spread

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
) -> Block:
    """Runs the first worlds of one block; `tell` is called with the weeks done.

    `watch` is shown the model at the start (week 0) and after each week, for what a block keeps
    not; it must not hold on to it.
    """
    model = EscalationModel(spec, worlds, rng=seed, block=block)
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
        told.append(model.happened.deeds.in_first(0 if block else TOLD_WORLDS))
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


def run_packed(packed: str, seed: int, block: int, worlds: int) -> Block:
    """The same in another process: the scenario as `pack` gives it, one thread, nobody to tell."""
    with threadpool_limits(limits=1):
        return run_block(unpack(packed), seed, block, worlds, lambda _: None)


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

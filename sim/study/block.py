"""One block of worlds: the unit that is run, on whatever machine."""

from collections.abc import Callable
from dataclasses import dataclass

import mesa
import numpy as np
import pandas as pd

from realpolitik.sim.engine.deeds import Deeds, Numbers
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.engine.world import Mask
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.study.tables import Weekly

TOLD_WORLDS = 100  # worlds of the first block whose every deed is kept


@dataclass(frozen=True)
class Block:
    """What one block of worlds leaves behind.

    Attributes:
        codes: The actors, in the order of the axes of `deeds`.
        runs: One row a world: `world`, then a column for each outcome.
        weekly: Value of each measure as it stood in each week, (weeks, W).
        told: The deeds of the first worlds, week by week.
        deeds: Number of deeds in all worlds, (n, n, actions).
        background: Dyads at war from the start, (n, n).
    """

    codes: tuple[str, ...]
    runs: pd.DataFrame
    weekly: Weekly
    told: tuple[Deeds, ...]
    deeds: Numbers
    background: Mask


def run_block(
    spec: Scenario, seed: int, block: int, worlds: int, tell: Callable[[int], None]
) -> Block:
    """Runs the first worlds of one block; `tell` is called with the weeks done."""
    model = EscalationModel(spec, worlds, rng=seed, block=block)
    followed = [name for name, measure in spec.outcomes.items() if measure.scale != "weeks"]
    weekly = {name: np.zeros((spec.weeks, worlds), np.float32) for name in (*followed, "rung")}
    told = []
    for week in range(spec.weeks):
        model.step()
        for name in followed:
            weekly[name][week] = model.outcome(name)
        weekly["rung"][week] = model.history.rung
        told.append(model.happened.deeds.in_first(0 if block else TOLD_WORLDS))
        tell(week + 1)
    forget(model)
    return Block(
        codes=model.codes,
        runs=_runs(model, block),
        weekly=weekly,
        told=tuple(told),
        deeds=model.history.deeds,
        background=model.world.background,
    )


def _runs(model: EscalationModel, block: int) -> pd.DataFrame:
    """The outcomes of each world, under the number it has among all."""
    numbers = block * BLOCK + np.arange(model.world.worlds)
    return pd.DataFrame(
        {"world": numbers, **{name: model.outcome(name) for name in model.spec.outcomes}}
    )


def forget(model: mesa.Model) -> None:
    """Lets go of a model: Mesa 3.3 keeps a count of agents for every model there ever was."""
    getattr(mesa.Agent, "_ids", {}).pop(model, None)

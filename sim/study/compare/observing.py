"""Runs one block of worlds of a scenario and keeps what a comparison needs of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import ACTIONS
from realpolitik.sim.engine.deeds import Deeds
from realpolitik.sim.engine.world import Array, Mask
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.study.block import TOLD_WORLDS, forget
from realpolitik.sim.study.compare.ledger import Ledger, blank, enter
from realpolitik.sim.study.spread import Spread


@dataclass(frozen=True)
class Observed:
    """What one block of a scenario leaves for a comparison.

    Attributes:
        outcomes: Value of each outcome in each world, (W,).
        weekly: How each measure was spread over the worlds as it stood in each week.
        told: The deeds of the first worlds of the first block, week by week.
        ledger: The deeds of all worlds.
        deeds: Number of deeds in all worlds, (n, n, actions).
        background: Dyads at war from the start, (n, n).
        hostility: Sum over worlds at the start and after each week, (1 + weeks, n, n).
    """

    outcomes: dict[str, Array]
    weekly: Mapping[str, Spread]
    told: tuple[Deeds, ...]
    ledger: Ledger
    deeds: NDArray[np.int64]
    background: Mask
    hostility: Array


def observe(
    spec: Scenario,
    seed: int,
    block: int,
    worlds: int,
    codes: Sequence[str],
    tell: Callable[[int], None],
) -> Observed:
    """Runs the first worlds of one block.

    Args:
        spec: What to run.
        seed: Seed of all draws.
        block: Which block of worlds.
        worlds: How many of its worlds.
        codes: The actors of the ledger, those of this scenario among them.
        tell: Called with the weeks done.
    """
    model = EscalationModel(spec, worlds, rng=seed, block=block)
    followed = [name for name, measure in spec.outcomes.items() if measure.scale != "weeks"]
    weekly = {name: np.zeros((spec.weeks, worlds)) for name in (*followed, "rung")}
    places = np.array([codes.index(code) for code in model.codes])
    ledger = blank(worlds, spec.weeks, len(codes))
    actors = len(model.codes)
    counts = np.zeros(actors * actors * len(ACTIONS), dtype=np.int64)
    hostility, told = [model.world.hostility.sum(axis=0)], []
    for week in range(1, spec.weeks + 1):
        model.step()
        deeds = model.happened.deeds
        for name in followed:
            weekly[name][week - 1] = model.outcome(name)
        weekly["rung"][week - 1] = model.history.rung
        enter(ledger, week, deeds, places)
        kinds = (deeds.actor * actors + deeds.target) * len(ACTIONS) + deeds.action
        counts += np.bincount(kinds, minlength=len(counts))
        hostility.append(model.world.hostility.sum(axis=0))
        told.append(deeds.in_first(0 if block else TOLD_WORLDS))
        tell(week)
    forget(model)
    return Observed(
        outcomes={name: model.outcome(name) for name in spec.outcomes},
        weekly={name: Spread.of(values) for name, values in weekly.items()},
        told=tuple(told),
        ledger=ledger,
        deeds=counts.reshape(actors, actors, len(ACTIONS)),
        background=model.world.background,
        hostility=np.array(hostility),
    )

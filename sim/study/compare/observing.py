"""Runs one block of worlds of a scenario and keeps what a comparison needs of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from realpolitik.sim.engine.world import Array
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.study.block import Block, run_block
from realpolitik.sim.study.compare.ledger import Ledger, blank, enter


@dataclass(frozen=True)
class Observed:
    """What one block of a scenario leaves for a comparison.

    Attributes:
        block: What it leaves for a run.
        ledger: The deeds of all worlds.
        hostility: Sum over worlds at the start and after each week, (1 + weeks, n, n).
    """

    block: Block
    ledger: Ledger
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
    ledger = blank(worlds, spec.weeks, len(codes))
    hostility: list[Array] = []

    def watch(week: int, model: EscalationModel) -> None:
        if week:
            places = np.array([codes.index(code) for code in model.codes])
            enter(ledger, week, model.happened.deeds, places)
        hostility.append(model.world.hostility.sum(axis=0))

    ran = run_block(spec, seed, block, worlds, tell, watch)
    return Observed(ran, ledger, np.array(hostility))

"""Which options are open in a week, and which are not."""

import numpy as np

from realpolitik.sim.engine.memory import rows
from realpolitik.sim.engine.options import Options
from realpolitik.sim.engine.world import Array, Mask, World


class Openness:
    """Which options of an actor are open this week: crisis, tension, stock and readiness.

    What an option waits for is a level of one row of the state, so a week takes a comparison a
    kind; a level of −∞ stands for what need not be waited for, ∞ for what never opens.
    """

    def __init__(self, actor: int, options: Options, world: World) -> None:
        """Sorts the options by what they wait for, and notes where to look and for which level."""
        kinds = options.aimed_at()
        rung, severity = options.column("rung"), options.column("severity")
        rules, background = world.constants, world.background[actor, options.target]
        self.actor, self.dyads, self.targets = (
            actor,
            actor + world.actors * options.target,
            options.target,
        )
        self.crisis = _run(kinds == "partner_in_crisis")
        self.tense = _run(kinds == "tense")
        self.strikes = _run(severity > 0)
        direct = (rung >= rules.direct_rung) & ~background
        self.rung = np.where(background, np.inf, rules.tense_rung)[self.tense, None]
        self.stock = (rules.stock_use * severity)[self.strikes, None]
        self.readiness = np.where(direct, 1.0, -np.inf)[self.strikes, None]

    def close(self, world: World, weights: Array) -> None:
        """Sets the weights (W, K) of closed options to 0."""
        by_option = weights.T
        for run, is_open in (
            (self.crisis, self._in_crisis),
            (self.tense, self._is_tense),
            (self.strikes, self._can_strike),
        ):
            if run.stop:
                by_option[run] *= is_open(world)

    def _in_crisis(self, world: World) -> Mask:
        """Where the partner of each option is in crisis, (options, W)."""
        crisis: Mask = rows(world.crisis)[self.targets[self.crisis]] >= world.constants.crisis_level
        return crisis

    def _is_tense(self, world: World) -> Mask:
        """Where the dyad of each option is tense, (options, W)."""
        tense: Mask = rows(world.rung)[self.dyads[self.tense]] >= self.rung
        return tense

    def _can_strike(self, world: World) -> Mask:
        """Where each strike has the stock, and needs no preparation or has it, (strikes, W)."""
        dyads = self.dyads[self.strikes]
        can: Mask = rows(world.readiness)[dyads] >= self.readiness
        can |= rows(world.direct_week)[dyads] >= world.week - world.constants.exchange_weeks
        can &= rows(world.stock)[self.actor] >= self.stock
        return can


def _run(mask: Mask) -> slice:
    """The marked options, which the table keeps in an unbroken run."""
    marked = np.flatnonzero(mask)
    if len(marked) == 0:
        return slice(0, 0)
    run = slice(int(marked[0]), int(marked[-1]) + 1)
    if len(marked) != run.stop - run.start:
        raise ValueError("actions that wait for the same thing must follow each other in the table")
    return run

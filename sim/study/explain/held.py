"""A week held still: how every option would have scored there with other parameters."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.incentives import Seat
from realpolitik.sim.engine.parameters import Constants, merge
from realpolitik.sim.engine.world import Array, Mask, World
from realpolitik.sim.model import seats
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.study.explain.witness import watching


@dataclass(frozen=True)
class HeldWeek:
    """One actor in one week of one world, as it was about to choose.

    Attributes:
        scenario: With the values that its parameters had.
        actor: The class of the actor.
        seat: From where it looks at the world.
        world: The state, of one world.
        is_open: Options that were open, (K,).
        chosen: The option taken on each track, (tracks,).
        tracks: Where each track lies among the options.
        names: Action and target of each option.
    """

    scenario: Scenario
    actor: type[StateActor]
    seat: Seat
    world: World
    is_open: Mask
    chosen: NDArray[np.int64]
    tracks: tuple[slice, ...]
    names: tuple[tuple[str, str], ...]

    def scores(self, changes: Mapping[str, float]) -> Array:
        """λ·U + ln q of every option with these values on top of the scenario's own, (K,).

        All that has happened stays as it is, and so does what is open; −∞ is closed. NaN if no
        such actor can be: base rates of a track that add up to more than 1.
        """
        values = vocabulary().values(merge(self.scenario.settings, changes))
        try:
            seat = self._seat(changes, values)
        except ValueError:
            return np.full(len(self.is_open), np.nan)
        world = copy.copy(self.world)  # its arrays are shared, and only read
        world.constants = constants = Constants(values)
        bound = [incentive.bind(seat) for incentive in self.actor.all_incentives()]
        terms = [one.stakes(world) @ one.loadings for one in bound]
        with np.errstate(divide="ignore"):  # an option without a base rate is closed
            prior = np.log(seat.options.base_rate)
        scores = constants.precision * np.sum(terms, axis=0)[0] + prior
        return np.where(self.is_open, scores, -np.inf)

    def _seat(self, changes: Mapping[str, float], values: Mapping[str, float]) -> Seat:
        """The seat with these values; options are listed anew only if a base rate changes."""
        if not any(address.startswith("action.") for address in changes):
            return replace(self.seat, values=values)
        classes = {code: vocabulary().actors[code] for code in self.world.codes}
        return seats(classes, self.scenario, values)[self.seat.actor][1]


def hold_week(scenario: Scenario, seed: int, world: int, actor: str, week: int) -> HeldWeek:
    """Re-simulates one world up to the choices of a week, and holds it there.

    Raises:
        ScenarioError: the actor takes no part.
        ValueError: the week lies beyond the horizon, or the world had ended before it.
    """
    if not 1 <= week <= scenario.weeks:
        raise ValueError(f"there is no week {week} among {scenario.weeks}")
    with watching(scenario, seed, world, 1, actor) as witness:
        for _ in range(week - 1):
            witness.begin()
            witness.finish()
        witness.begin()
        if witness.model.world.ended[0]:
            raise ValueError(f"world {world} ended in a clash before week {week}")
        snapshot = copy.deepcopy(witness.model.world)
        is_open = witness.look().weights[0] > 0
        witness.finish()
        options, codes = witness.options, witness.model.codes
        targets = [codes[target] if target >= 0 else "" for target in options.target]
        return HeldWeek(
            scenario=scenario,
            actor=type(witness.actor),
            seat=witness.actor.seat,
            world=snapshot,
            is_open=is_open,
            chosen=witness.chosen()[0],
            tracks=options.tracks,
            names=tuple(
                (action.action, target)
                for action, target in zip(options.actions(), targets, strict=True)
            ),
        )

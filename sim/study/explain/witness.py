"""Worlds re-simulated from their address, with one actor watched as it chooses."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import ACTIONS, HOLD
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.options import Options
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.engine.world import Array, Mask
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, unknown
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.study.block import dissolve
from realpolitik.sim.study.explain.reasons import bind_reasons


@dataclass(frozen=True)
class Look:
    """What an actor had before it when it chose, in each world.

    Attributes:
        week: The week, from 1.
        running: Worlds in which it chose at all: those that had not ended, (W,).
        weights: q · exp(λU) of every option as it was drawn from, 0 where closed, (W, K).
        utility: Of the options looked at, (W, k).
        contributions: What each reason added to that utility, (reasons, W, k).
    """

    week: int
    running: Mask
    weights: Array
    utility: Array
    contributions: Array


class Witness:
    """A model that stops between the shocks of a week and the choices."""

    def __init__(self, model: EscalationModel, code: str) -> None:
        """Watches the actor of that code."""
        self.model = model
        self.actor: StateActor = next(one for one in model.actors if one.code == code)
        self.options: Options = self.actor.options
        self.reasons = bind_reasons(type(self.actor), self.actor.seat)

    def begin(self) -> None:
        """Begins the next week: from now until `finish` the snapshot of the week stands."""
        self.model.apply_shocks()

    def look(self, options: slice | list[int] = slice(None)) -> Look:
        """What the actor has before it; utility and its reasons for these options alone."""
        world = self.model.world
        return Look(
            week=self.model.week,
            running=~world.ended,
            weights=self.actor.option_weights().copy(),
            utility=self.actor.utility()[:, options],
            contributions=np.stack([r.contributions(world, options) for r in self.reasons]),
        )

    def finish(self) -> None:
        """Everyone chooses, and everything happens."""
        self.model.agents.do("choose").do("act")
        self.model.settle()
        self.model.record()

    def chosen(self) -> NDArray[np.int64]:
        """The option that the actor took on each track in the week just finished, (W, tracks)."""
        options, deeds = self.options, self.model.happened.deeds
        chosen = np.tile(holds(options), (self.model.world.worlds, 1))
        own = deeds.where(deeds.actor == self.actor.seat.actor)
        kinds = list(zip(options.action, options.target, options.deal, strict=True))
        for world, *kind in zip(own.world, own.action, own.target, own.deal, strict=True):
            option = kinds.index(tuple(kind))
            chosen[world, track_of(options, option)] = option
        return chosen


@contextmanager
def watching(
    scenario: Scenario, seed: int, first: int, worlds: int, actor: str
) -> Iterator[Witness]:
    """A witness of neighbouring worlds of one block, `first` being the number of the first.

    Its model is of no use afterwards: it is dissolved, so that its arrays are freed at once.

    Raises:
        ScenarioError: the actor takes no part.
        ValueError: a negative seed or world.
    """
    if actor not in scenario.actors:
        raise ScenarioError([unknown(Place("actor"), "actor", actor, scenario.actors)])
    if seed < 0 or first < 0:
        raise ValueError(f"seed and world must be at least 0, not {seed} and {first}")
    model = EscalationModel(scenario, worlds, rng=seed, block=first // BLOCK, first=first % BLOCK)
    try:
        yield Witness(model, actor)
    finally:
        dissolve(model)


def holds(options: Options) -> NDArray[np.int64]:
    """The option of doing nothing on each track, (tracks,)."""
    return np.flatnonzero([action.action == HOLD for action in options.actions()])


def track_of(options: Options, option: int) -> int:
    """Number of the track that an option belongs to."""
    return next(n for n, track in enumerate(options.tracks) if track.start <= option < track.stop)


def options_of(witness: Witness, action: str, target: str | None = None) -> list[int]:
    """The options of an actor that are that action, toward that target or toward any.

    Raises:
        ScenarioError: the actor has no such option.
    """
    options, codes = witness.options, witness.model.codes
    own = {ACTIONS[number].action for number in options.action} - {HOLD}
    if action not in own:
        raise ScenarioError([unknown(Place("action"), "action", action, own)])
    found = [k for k, number in enumerate(options.action) if ACTIONS[number].action == action]
    toward = {codes[options.target[k]]: k for k in found}
    if target is None:
        return found
    if target not in toward:
        problem = f"{witness.actor.code} cannot aim {action} at {target!r}"
        raise ScenarioError([Fault(Place("target"), problem, f"one of {', '.join(toward)}")])
    return [k for k in found if codes[options.target[k]] == target]

"""Changes of the state, and what an incentive makes of them."""

from collections.abc import Callable, Iterator

import numpy as np

from realpolitik.sim import EscalationModel
from realpolitik.sim.engine.appraisal import appraise
from realpolitik.sim.engine.world import World
from realpolitik.sim.scenario.vocabulary import vocabulary

Change = Callable[[World], None]
Act = tuple[str, str, str]
"""Actor, act (its track and its name), target."""

Contribute = Callable[..., dict[Act, float]]
"""Takes the name of an incentive and changes."""


def contributions_by(model: EscalationModel) -> Contribute:
    """What a change adds to the utility of each act through one incentive, where it adds any."""

    def changed(incentive: str, *changes: Change) -> dict[Act, float]:
        appraise(model.world, model.relations)
        before = dict(_contributions(model, incentive))
        for change in changes:
            change(model.world)
        appraise(model.world, model.relations)
        after = _contributions(model, incentive)
        return {act: value - before[act] for act, value in after if value != before[act]}

    return changed


def _contributions(model: EscalationModel, incentive: str) -> Iterator[tuple[Act, float]]:
    for actor in model.actors:
        options = actor.options
        added = actor.contributions().get(incentive, np.zeros((1, len(options))))[0]
        for action, target, value in zip(options.actions(), options.target, added, strict=True):
            yield (actor.code, f"{action.track} {action.action}", model.codes[target]), value


def put(quantity: str, *place: str | int, value: float) -> Change:
    """Sets a quantity at a place."""

    def change(world: World) -> None:
        where = [world.index[one] if isinstance(one, str) else one for one in place]
        getattr(world, quantity)[(slice(None), *where)] = value

    return change


def weight(address: str) -> float:
    """The default of a weight."""
    return vocabulary().parameters[address].default

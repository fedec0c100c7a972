"""Where deeds bear on a quantity: numbers of places in the flat view of its array."""

import numpy as np

from realpolitik.sim.engine.deeds import Deeds, Numbers
from realpolitik.sim.engine.memory import flat
from realpolitik.sim.engine.world import QUANTITIES, Array, World


def by_actor(world: World, deeds: Deeds) -> Numbers:
    """Place of the actor of each deed, in an array (W, n)."""
    return deeds.world + world.worlds * deeds.actor


def by_target(world: World, deeds: Deeds) -> Numbers:
    """Place of the target of each deed, in an array (W, n)."""
    return deeds.world + world.worlds * deeds.target


def given(world: World, deeds: Deeds) -> Numbers:
    """Place of each deed from actor to target, in an array (W, n, n)."""
    return deeds.world + world.worlds * (deeds.actor + world.actors * deeds.target)


def received(world: World, deeds: Deeds) -> Numbers:
    """Place of each deed from target to actor, in an array (W, n, n)."""
    return deeds.world + world.worlds * (deeds.target + world.actors * deeds.actor)


def shift(world: World, name: str, places: Numbers, change: Array | float) -> None:
    """Adds to a quantity, within its range, at places of which no two are the same."""
    values, quantity = flat(getattr(world, name)), QUANTITIES[name]
    values[places] = np.minimum(np.maximum(values[places] + change, quantity.low), quantity.high)

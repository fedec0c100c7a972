"""Adds up what deeds do to each actor, or in each dyad, in every world."""

import math

import numpy as np

from realpolitik.sim.engine.deeds import Deeds, Numbers
from realpolitik.sim.engine.places import by_target, given, received
from realpolitik.sim.engine.world import Array, World


def sum_by_target(world: World, deeds: Deeds, values: Array) -> Array:
    """Sum of `values` over the deeds toward each actor, (W, n)."""
    return _sums(by_target(world, deeds), values, (world.worlds, world.actors))


def sum_given(world: World, deeds: Deeds, values: Array) -> Array:
    """Sum of `values` over the deeds of each actor toward each other, (W, n, n)."""
    return _sums(given(world, deeds), values, (world.worlds, world.actors, world.actors))


def sum_received(world: World, deeds: Deeds, values: Array) -> Array:
    """Sum of `values` over the deeds that each actor has from each other, (W, n, n)."""
    return _sums(received(world, deeds), values, (world.worlds, world.actors, world.actors))


def _sums(place: Numbers, values: Array, shape: tuple[int, ...]) -> Array:
    """Values added up at places of an array in Fortran order."""
    total = np.bincount(place, values, minlength=math.prod(shape))
    return np.asarray(total, dtype=np.float64).reshape(shape, order="F")

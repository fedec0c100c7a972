"""Where deeds bear on the arrays of all worlds."""

import numpy as np

from realpolitik.sim.engine.deeds import mirrored, shift
from realpolitik.sim.engine.parameters import Constants, constants, resolve
from realpolitik.sim.engine.world import World, flat


def world_of(worlds: int) -> World:
    return World(("A", "B", "C"), worlds, {}, Constants(resolve(constants(), {})))


def test_what_bears_on_one_place_is_added_up_before_it_is_cut_to_the_range() -> None:
    world = world_of(1)
    shift(world, "stock", np.array([1, 1, 2]), np.array([-0.5, -0.25, -2.0]))
    assert world.stock[0].tolist() == [1, 0.25, 0]
    shift(world, "stock", np.array([0, 0]), np.array([0.5, -0.75]))
    assert world.stock[0, 0] == 0.75


def test_the_mirror_of_a_dyad_is_the_same_dyad_seen_from_the_other_side() -> None:
    world = world_of(4)
    flat(world.pressure)[:] = np.arange(world.pressure.size)
    places = np.arange(world.pressure.size)
    other_way_round = flat(world.pressure.transpose(0, 2, 1).copy(order="F"))
    assert (flat(world.pressure)[mirrored(world, places)] == other_way_round).all()

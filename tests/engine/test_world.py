"""The arrays of all worlds."""

from realpolitik.sim.engine.world import QUANTITIES, World


def test_the_table_and_the_class_name_the_same_quantities() -> None:
    assert set(QUANTITIES) == set(World.__annotations__)

"""The arrays of all worlds."""

import pytest

from realpolitik.sim.engine.parameters import Constants, constants, resolve
from realpolitik.sim.engine.world import QUANTITIES, World


def test_the_table_and_the_class_name_the_same_quantities() -> None:
    assert set(QUANTITIES) == set(World.__annotations__)


@pytest.mark.parametrize("quantity", ["isolation", "embargo"])
def test_sanctions_and_an_embargo_are_a_crisis_as_a_war_is(quantity: str) -> None:
    start: dict[str, dict[tuple[str, ...], float]] = {
        quantity: {("A",): 0.75},
        "rung": {("B", "C"): 9.0, ("C", "B"): 9.0},
        "pressure": {("A", "B"): 0.5, ("B", "A"): 0.25},
    }
    world = World(("A", "B", "C", "D"), 1, start, Constants(resolve(constants(), {})))
    assert world.crisis[0].tolist() == [0.75, 1.0, 1.0, 0.0]

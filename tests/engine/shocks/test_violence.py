"""What violence changes, in which worlds."""

import pytest

from realpolitik.sim.engine.shocks import Assassination, Casualties
from tests.engine.shocks.worlds import A, B, changes, new_world


def test_an_assassination_presses_the_victim_and_raises_the_rung() -> None:
    world = new_world(hostility={("A", "B"): 0.3})
    fields = {
        "by": "B",
        "against": "A",
        "pressure": 0.8,
        "rung": 4,
        "hostility": 0.2,
        "affront": 0.7,
    }
    assert changes(world, Assassination, **fields) == pytest.approx(
        {
            ("pressure", A, B): 0.8,
            ("rung", A, B): 4,
            ("rung", B, A): 4,
            ("hostility", A, B): 0.5,
            ("baseline", A, B): 0.5,
            ("affront", A, B): 0.7,
        }
    )


def test_an_assassination_lowers_neither_pressure_nor_rung() -> None:
    world = new_world(pressure={("A", "B"): 0.9}, rung={("A", "B"): 7, ("B", "A"): 7})
    fields = {"by": "B", "against": "A", "pressure": 0.8, "rung": 4, "hostility": 0, "affront": 0}
    assert changes(world, Assassination, **fields) == {}


def test_casualties_are_counted_and_press_and_affront_the_victim_if_it_blames_someone() -> None:
    world = new_world(pressure={("A", "C"): 0.9}, affront={("A", "C"): 1})
    assert changes(world, Casualties, target="A", deaths=12) == {("casualties", A): 12}
    blamed = {"target": "A", "deaths": 3, "pressure": 0.6, "affront": 0.7}
    assert changes(world, Casualties, **blamed, blamed="B") == {
        ("casualties", A): 15,
        ("pressure", A, B): 0.6,
        ("affront", A, B): 0.7,
    }
    assert changes(world, Casualties, **blamed, blamed="C") == {("casualties", A): 18}

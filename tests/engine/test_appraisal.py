"""What actors make of the state before they choose, against values worked out by hand."""

import dataclasses

import numpy as np
import pytest

from realpolitik.sim.engine import appraisal
from realpolitik.sim.engine.parameters import Constants, Value, constants, resolve
from realpolitik.sim.engine.relations import Relations
from realpolitik.sim.engine.world import World

ALONE = Relations(
    partner=np.zeros((4, 4), dtype=bool),
    rival=np.zeros((4, 4), dtype=bool),
    tie=np.zeros((4, 4)),
    great_power=np.zeros(4, dtype=bool),
    usual_impulse=np.zeros((4, 4)),
    usual_affront=np.zeros((4, 4)),
    usual_sanctions=np.zeros(3),
)
A, B, C, D = range(4)

Start = dict[tuple[str, ...], float]


def world_of(start: dict[str, Start], **values: float) -> World:
    """One world of A, B, C and D; constants as in the table but for `values`."""
    settings: dict[str, Value] = {f"world.{name}": value for name, value in values.items()}
    return World(("A", "B", "C", "D"), 1, start, Constants(resolve(constants(), settings)))


def both(one: str, other: str, value: float) -> Start:
    """The same value in both directions."""
    return {(one, other): value, (other, one): value}


@pytest.mark.parametrize("quantity", ["isolation", "embargo"])
def test_sanctions_and_an_embargo_are_a_crisis_as_a_war_is(quantity: str) -> None:
    start: dict[str, Start] = {
        quantity: {("A",): 0.75},
        "rung": both("B", "C", 9.0),
        "pressure": {("A", "B"): 0.5, ("B", "A"): 0.25},
    }
    assert appraisal.crisis(world_of(start))[0].tolist() == [0.75, 1.0, 1.0, 0.0]


def test_affronts_to_partners_are_felt_in_part_and_never_beyond_one() -> None:
    affront: Start = {
        ("A", "D"): 0.25,
        ("B", "D"): 0.5,
        ("C", "D"): -1.0,
        ("B", "C"): 1.0,
        ("C", "B"): 1.0,
        ("A", "C"): 0.75,
    }
    partner = np.zeros((4, 4), dtype=bool)
    partner[A, [B, C]] = True
    felt = appraisal.felt_affronts(
        world_of({"affront": affront}, partner_share=0.5),
        dataclasses.replace(ALONE, partner=partner),
    )
    assert felt[0, A, D] == pytest.approx(0.25 + 0.5 * (0.5 - 1.0))
    assert felt[0, A, B] == 0.5  # what B does to C, but not what B does to itself
    assert felt[0, A, C] == 1
    assert felt[0, B, D] == 0.5


def test_who_suffers_an_affront_suffers_the_worst_and_kindness_is_none() -> None:
    affront: Start = {("A", "B"): 0.25, ("A", "C"): 0.5, ("B", "A"): -0.5}
    suffered = appraisal.suffered_affronts(world_of({"affront": affront}))
    assert suffered[0].tolist() == [0.5, 0, 0, 0]


def test_weariness_is_full_after_long_costly_fighting_with_empty_stocks() -> None:
    world = world_of({"rung": both("A", "B", 6.0), "stock": {("A",): 0.0}}, weary_weeks=10)
    world.weeks_direct[0, A, B] = world.weeks_direct[0, B, A] = 5
    world.weeks_direct[0, A, C] = 20
    world.casualties[0, A] = 5000
    weary = appraisal.weariness(world)[0]
    assert weary[A, B] == pytest.approx((0.5 + 1 + 1) / 3)
    assert weary[B, A] == pytest.approx(0.5 / 3)
    assert weary[A, C] == 0


def test_a_way_out_is_the_overture_of_the_other_side_or_what_a_third_carries() -> None:
    start: dict[str, Start] = {
        "rung": both("A", "B", 4.0) | both("A", "C", 3.0),
        "overture": {("A", "B"): 0.5, ("A", "C"): 0.5},
        "mediation": {("B",): 0.25},
    }
    out = appraisal.way_out(world_of(start))[0]
    assert (out[B, A], out[A, B]) == (0.75, 0.25)
    assert out[C, A] == 0

"""What arms, postures and embargoes change, in which worlds."""

import pytest

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.shocks import AidLevel, ArmsDelivery, Embargo, Posture
from tests.engine.shocks.worlds import A, B, C, changes, new_world


def test_a_posture_guards_the_protected() -> None:
    changed = changes(new_world(), Posture, by="A", protecting="B", guard=0.4)
    assert changed == pytest.approx({("guard", B): 0.4})


def test_a_posture_stands_ready_against_whoever_is_tense_with_the_protected() -> None:
    world = new_world(rung=dict.fromkeys((("A", "B"), ("B", "A"), ("B", "C"), ("C", "B")), 4.0))
    changed = changes(world, Posture, by="A", protecting="B", guard=0.4)
    assert changed == pytest.approx({("guard", B): 0.4, ("readiness", A, C): 0.4})
    below = new_world(rung={("B", "C"): 3.9, ("C", "B"): 3.9})
    assert changes(below, Posture, by="A", protecting="B") == pytest.approx({("guard", B): 0.3})


def test_an_aid_level_moves_the_flow_one_way() -> None:
    changed = changes(new_world(), AidLevel, by="A", to="B", change=0.2)
    assert changed == pytest.approx({("flow", A, B): 0.2})


@pytest.mark.parametrize(("status", "waiting"), [("offered", 0.5), ("pending", 1.0)])
def test_a_delivery_that_is_no_more_than_announced_waits(status: str, waiting: float) -> None:
    changed = changes(new_world(), ArmsDelivery, by="A", to="B", status=status)
    assert changed == {("pending", A, B): waiting}


def test_a_cancelled_delivery_waits_no_longer() -> None:
    world = new_world(pending={("A", "B"): 1})
    assert changes(world, ArmsDelivery, by="A", to="B", status="cancelled") == {
        ("pending", A, B): 0
    }


def test_defensive_arms_wait_apart_from_offensive_ones() -> None:
    changed = changes(new_world(), ArmsDelivery, by="A", to="B", arms="defensive")
    assert changed == {("pending_defensive", A, B): 1}


@pytest.mark.parametrize(
    ("arms", "action", "waits"),
    [
        ("offensive", "offensive_arms", "pending"),
        ("defensive", "defensive_aid", "pending_defensive"),
    ],
)
def test_a_delivery_that_goes_ahead_brings_what_the_act_brings(
    arms: str, action: str, waits: str
) -> None:
    start: dict[str, dict[tuple[str, ...], float]] = {waits: {("A", "B"): 1}}
    world, sent = new_world(air_defence={("B",): 0}, **start), NAMED[action]
    now = {
        (waits, A, B): 0,
        ("flow", A, B): sent.flow,
        ("capability", B): sent.capability,
        ("air_defence", B): sent.air_defence,
    }
    changed = changes(world, ArmsDelivery, by="A", to="B", status="delivered", arms=arms)
    assert changed == pytest.approx(
        {place: value for place, value in now.items() if value or place[0] == waits}
    )


def test_an_embargo_comes_into_force_and_is_lifted() -> None:
    world = new_world()
    assert changes(world, Embargo, target="B") == {("embargo", B): 1}
    assert changes(world, Embargo, target="B", in_force=False) == {("embargo", B): 0}

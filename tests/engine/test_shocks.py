"""What each kind of shock changes, in which worlds."""

import math
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.shocks import (
    AidLevel,
    ArmsDelivery,
    Assassination,
    Casualties,
    DealOffered,
    Election,
    Embargo,
    Insult,
    NewLeader,
    Posture,
    RelationsChanged,
    Sanctions,
    SetQuantity,
    ShiftQuantity,
    Shock,
    When,
)
from realpolitik.sim.engine.world import World
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.engine.shock_worlds import KINDS, new_world, shock, state_of

A, B, C = range(3)
MARKED = np.array([True, False])


def changes(world: World, kind: type[Shock], **fields: Any) -> dict[tuple[Any, ...], float]:
    """What the shock changed in the marked world: (quantity, place …) → how it stands now.

    Nothing may have changed in the other world.
    """
    before = state_of(world)
    shock(kind, **fields).apply(world, MARKED)
    after = state_of(world)
    assert all((before[name][1] == after[name][1]).all() for name in before)
    return {
        (name, *(int(number) for number in place)): float(after[name][0][tuple(place)])
        for name in before
        for place in np.argwhere(before[name][0] != after[name][0])
    }


def test_every_kind_of_ours_is_tested_here() -> None:
    ours = {name for name, kind in vocabulary().shocks.items() if "realpolitik" in kind.__module__}
    assert set(KINDS.values()) == ours


def test_an_assassination_presses_the_victim_and_raises_the_rung() -> None:
    world = new_world(hostility={("A", "B"): 0.3})
    fields = {"by": "B", "against": "A", "pressure": 0.8, "rung": 4, "hostility": 0.2}
    assert changes(world, Assassination, **fields) == pytest.approx(
        {
            ("pressure", A, B): 0.8,
            ("rung", A, B): 4,
            ("rung", B, A): 4,
            ("hostility", A, B): 0.5,
            ("baseline", A, B): 0.5,
        }
    )


def test_an_assassination_lowers_neither_pressure_nor_rung() -> None:
    world = new_world(pressure={("A", "B"): 0.9}, rung={("A", "B"): 7, ("B", "A"): 7})
    fields = {"by": "B", "against": "A", "pressure": 0.8, "rung": 4, "hostility": 0}
    assert changes(world, Assassination, **fields) == {}


def test_a_posture_guards_the_protected() -> None:
    changed = changes(new_world(), Posture, by="A", protecting="B", guard=0.4)
    assert changed == pytest.approx({("guard", B): 0.4})


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


def test_casualties_are_counted_and_press_the_victim_on_whom_it_blames() -> None:
    world = new_world(pressure={("A", "C"): 0.9})
    assert changes(world, Casualties, target="A", deaths=12) == {("casualties", A): 12}
    blamed = {"target": "A", "deaths": 3, "pressure": 0.6}
    assert changes(world, Casualties, **blamed, blamed="B") == {
        ("casualties", A): 15,
        ("pressure", A, B): 0.6,
    }
    assert changes(world, Casualties, **blamed, blamed="C") == {("casualties", A): 18}


def test_a_new_leader_is_as_close_to_everyone_as_is_said() -> None:
    world = new_world(rapport={("A", "B"): 0.9, ("C", "A"): 0.7, ("B", "C"): 0.4})
    assert changes(world, NewLeader, of="A", rapport=0.2) == pytest.approx(
        {("rapport", *dyad): 0.2 for dyad in ((A, B), (B, A), (A, C), (C, A))}
    )


def test_a_new_leader_may_bring_another_administration() -> None:
    changed = changes(new_world(), NewLeader, of="A", administration=1)
    assert changed == {("administration", A): 1}


def test_an_insult_hurts_the_insulted_and_cools_both() -> None:
    world = new_world(rapport={("A", "B"): 0.5, ("B", "A"): 0.05})
    fields = {"by": "A", "at": "B", "hostility": 0.1, "rapport": -0.2, "openness": -0.3}
    assert changes(world, Insult, **fields) == pytest.approx(
        {
            ("hostility", B, A): 0.15,
            ("baseline", B, A): 0.15,
            ("rapport", A, B): 0.3,
            ("rapport", B, A): 0,
            ("openness", 0): 0.2,
        }
    )


def test_sanctions_isolate_and_are_resented() -> None:
    world = new_world()
    assert changes(
        world, Sanctions, by="A", target="B", isolation=0.3, hostility=0.1
    ) == pytest.approx({("isolation", B): 0.3, ("hostility", B, A): 0.15, ("baseline", B, A): 0.15})


def test_relief_takes_isolation_away_but_not_below_nothing() -> None:
    world = new_world(isolation={("B",): 0.3})
    changed = changes(world, Sanctions, by="A", target="B", isolation=-0.5, hostility=0)
    assert changed == {("isolation", B): 0}


def test_an_offer_opens_the_deal_it_names() -> None:
    assert changes(new_world(), DealOffered, deal="bc", openness=0.9) == {("openness", 1): 1}


def test_changed_relations_hold_both_ways_and_only_where_given() -> None:
    world = new_world()
    assert changes(world, RelationsChanged, by="A", toward="B") == {}
    assert changes(world, RelationsChanged, by="A", toward="B", rapport=0.4) == {
        ("rapport", A, B): 0.4,
        ("rapport", B, A): 0.4,
    }
    assert changes(world, RelationsChanged, by="A", toward="B", channel=0.6) == {
        ("deconfliction", A, B): 0.6,
        ("deconfliction", B, A): 0.6,
    }


def test_a_challenger_who_wins_governs() -> None:
    assert changes(new_world(), Election, of="A") == {("administration", A): 1}


def test_set_and_shift_take_the_baseline_of_hostility_with_them() -> None:
    world = new_world()
    dyad = {"quantity": "hostility", "of": "A", "toward": "B"}
    places = ("hostility", "baseline")
    now = {(name, A, B): 0.6 for name in places}
    assert changes(world, SetQuantity, **dyad, value=0.6) == now
    now = {(name, A, B): 0.5 for name in places}
    assert changes(world, ShiftQuantity, **dyad, value=-0.1) == pytest.approx(now)


def test_a_rung_is_set_both_ways_and_kept_within_its_range() -> None:
    dyad = {"quantity": "rung", "of": "A", "toward": "B"}
    now = {("rung", A, B): 10, ("rung", B, A): 10}
    assert changes(new_world(), SetQuantity, **dyad, value=50) == now


@pytest.mark.parametrize(("quantity", "toward"), [("stock", "B"), ("hostility", None)])
def test_a_quantity_of_one_takes_no_other_and_one_of_two_needs_it(
    quantity: str, toward: str | None
) -> None:
    with pytest.raises(ValidationError, match="toward"):
        shock(SetQuantity, quantity=quantity, of="A", toward=toward, value=0)


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_shock_takes_no_number_that_is_none(number: float) -> None:
    with pytest.raises(ValidationError, match="value"):
        SetQuantity(id="x", kind="set", week=1, quantity="rapport", of="RUS", value=number)
    with pytest.raises(ValidationError, match="at_least"):
        When(outcome="height", at_least=number)

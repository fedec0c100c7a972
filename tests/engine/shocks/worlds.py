"""Small worlds for shocks to happen in, and shocks with few words."""

from typing import Any

import numpy as np

from realpolitik.sim.engine.parameters import Constants, constants, resolve
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
)
from realpolitik.sim.engine.world import QUANTITIES, OpenDeal, World

CODES = ("A", "B", "C")
A, B, C = range(3)
MARKED = np.array([True, False])
KINDS = {
    AidLevel: "aid_level",
    ArmsDelivery: "arms_delivery",
    Assassination: "assassination",
    Casualties: "casualties",
    DealOffered: "deal_offered",
    Election: "election",
    Embargo: "embargo",
    Insult: "insult",
    NewLeader: "new_leader",
    Posture: "posture",
    RelationsChanged: "relations_changed",
    Sanctions: "sanctions",
    SetQuantity: "set",
    ShiftQuantity: "shift",
}


def new_world(**start: dict[tuple[str, ...], float]) -> World:
    """Two worlds of three actors, with two deals."""
    deals = [
        OpenDeal("ab", frozenset({"A", "B"}), 0.5),
        OpenDeal("bc", frozenset({"B", "C"}), 0.5),
    ]
    return World(CODES, 2, start, Constants(resolve(constants(), {})), deals)


def shock(kind: type[Shock], **fields: Any) -> Shock:
    """A shock of week 1, unless it is said when."""
    timed = fields if {"date", "when"} & set(fields) else {"week": 1} | fields
    return kind(kind=KINDS[kind], id="it", **timed)


def state_of(world: World) -> dict[str, Any]:
    """A copy of all that a shock may change."""
    names = (*QUANTITIES, "baseline", "openness")
    return {name: getattr(world, name).copy() for name in names}


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

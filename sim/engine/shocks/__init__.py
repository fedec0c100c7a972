"""Shocks: what a scenario does to the worlds. One small class a kind."""

from realpolitik.sim.engine.shocks.arms import AidLevel, ArmsDelivery, Embargo, Posture
from realpolitik.sim.engine.shocks.base import Shock, When
from realpolitik.sim.engine.shocks.generic import SetQuantity, ShiftQuantity
from realpolitik.sim.engine.shocks.politics import (
    DealOffered,
    Election,
    Insult,
    NewLeader,
    RelationsChanged,
    Sanctions,
)
from realpolitik.sim.engine.shocks.violence import Assassination, Casualties

__all__ = [
    "AidLevel",
    "ArmsDelivery",
    "Assassination",
    "Casualties",
    "DealOffered",
    "Election",
    "Embargo",
    "Insult",
    "NewLeader",
    "Posture",
    "RelationsChanged",
    "Sanctions",
    "SetQuantity",
    "ShiftQuantity",
    "Shock",
    "When",
]

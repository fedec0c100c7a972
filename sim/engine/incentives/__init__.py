"""Why an actor would, or would not: one class a formula."""

from realpolitik.sim.engine.incentives.base import BoundIncentive, Incentive, Part, Seat
from realpolitik.sim.engine.incentives.force import (
    AudienceCost,
    DomesticPressure,
    EscalationAversion,
    HeededAdvice,
    Retaliation,
)
from realpolitik.sim.engine.incentives.interests import Dependence, Leverage, Stake
from realpolitik.sim.engine.incentives.ledger import Ledger
from realpolitik.sim.engine.incentives.memory import Momentum, Overture, Reaction, WarWeariness
from realpolitik.sim.engine.incentives.restraint import (
    ArmingAversion,
    Cost,
    Entrapment,
    LegalBar,
    PendingDelivery,
)

COMMON = (PendingDelivery(), Momentum(), Reaction(), WarWeariness(), Overture(), Cost())
"""What every actor has that declares none of its own, in this order, after what it declares."""

__all__ = [
    "COMMON",
    "ArmingAversion",
    "AudienceCost",
    "BoundIncentive",
    "Cost",
    "Dependence",
    "DomesticPressure",
    "Entrapment",
    "EscalationAversion",
    "HeededAdvice",
    "Incentive",
    "Ledger",
    "LegalBar",
    "Leverage",
    "Momentum",
    "Overture",
    "Part",
    "PendingDelivery",
    "Reaction",
    "Retaliation",
    "Seat",
    "Stake",
    "WarWeariness",
]

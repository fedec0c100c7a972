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
from realpolitik.sim.engine.incentives.restraint import (
    ArmingAversion,
    Cost,
    Entrapment,
    LegalBar,
    PendingDelivery,
)

__all__ = [
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
    "Part",
    "PendingDelivery",
    "Retaliation",
    "Seat",
    "Stake",
]

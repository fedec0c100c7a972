"""Ukraine."""

from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.incentives import (
    Dependence,
    DomesticPressure,
    EscalationAversion,
    Retaliation,
    Stake,
)
from realpolitik.sim.engine.parameters import Weight
from realpolitik.sim.engine.roles import Roles


class Ukraine(StateActor):
    """At war with Russia, and here for what that war does to others.

    Its strikes into Russia draw on a stock that foreign arms refill.
    """

    code = "UKR"
    title = "Ukraine"
    cameo = "UKR"
    roles = Roles(partners=("USA", "EUR"), rivals=("RUS", "IRN"), reach=("RUS",))
    actions = (
        "support",
        "appeal_for_calm",
        "denounce",
        "threaten",
        "propose_talks",
        "sanction",
        "de_escalate",
        "show_of_force",
        "limited_strike",
    )
    incentives = (
        Stake(
            name="russia_war",
            partner="RUS",
            weight=Weight(-0.60, -0.90, -0.20, "assumed"),
            why="An invader on its soil.",
        ),
        Stake(
            name="iran_arms",
            partner="IRN",
            weight=Weight(-0.20, -0.50, 0.0, "assumed"),
            why="Iranian drones fall on its cities.",
        ),
        Stake(
            name="us_support",
            partner="USA",
            weight=Weight(0.40, 0.10, 0.70, "assumed (P4)"),
            why="Without American arms it could not hold.",
        ),
        Stake(
            name="europe_support",
            partner="EUR",
            weight=Weight(0.40, 0.10, 0.70, "assumed"),
            why="Money, shells and the hope of membership.",
        ),
        Dependence(
            name="us_supply",
            on="USA",
            weight=Weight(0.15, 0.0, 0.40, "assumed"),
            why="Thanks are owed to who sends the most.",
        ),
        DomesticPressure(
            weight=Weight(0.30, 0.0, 0.60, "assumed"),
            why="A country under fire wants to hit back.",
        ),
        EscalationAversion(
            weight=Weight(0.10, 0.0, 0.50, "assumed"),
            why="The war is as large as it can bear already.",
        ),
        Retaliation(
            weight=Weight(0.50, 0.2, 1.5, "assumed"),
            why="Every strike is answered on its power plants.",
        ),
    )

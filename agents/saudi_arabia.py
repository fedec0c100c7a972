"""Saudi Arabia."""

from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.incentives import (
    AudienceCost,
    DomesticPressure,
    EscalationAversion,
    Retaliation,
    Stake,
)
from realpolitik.sim.engine.parameters import Weight
from realpolitik.sim.engine.roles import Roles


class SaudiArabia(StateActor):
    """Hedges: guarded by Washington, on terms with Moscow, at truce with its neighbours."""

    code = "SAU"
    title = "Saudi Arabia"
    cameo = "SAU"
    roles = Roles(
        partners=("USA", "RUS", "ISR"),
        rivals=("IRN", "HOU"),
        reach=("HOU",),
        mediates=("IRN",),
    )
    incentives = (
        Stake(
            name="us_guarantee",
            partner="USA",
            weight=Weight(0.25, 0.0, 0.50, "assumed"),
            why="The guarantor of last resort.",
        ),
        Stake(
            name="russia_tie",
            partner="RUS",
            weight=Weight(0.15, 0.0, 0.40, "P13"),
            why="The other hand on the price of oil.",
        ),
        Stake(
            name="israel_normalisation",
            partner="ISR",
            weight=Weight(0.05, -0.10, 0.30, "assumed"),
            why="A bargain that waits for quieter times.",
        ),
        Stake(
            name="iran_rivalry",
            partner="IRN",
            weight=Weight(-0.10, -0.40, 0.0, "assumed"),
            why="A rival across the Gulf, met with caution since 2023.",
        ),
        Stake(
            name="houthi_threat",
            partner="HOU",
            weight=Weight(-0.30, -0.60, 0.0, "assumed (P17)"),
            why="Missiles that have reached its refineries.",
        ),
        DomesticPressure(
            weight=Weight(0.20, 0.0, 0.50, "assumed"),
            why="A kingdom that was struck is expected to answer.",
        ),
        AudienceCost(
            weight=Weight(0.10, 0.0, 0.40, "assumed; Fearon 1994"),
            why="It seldom threatens, and is held to it.",
        ),
        EscalationAversion(
            weight=Weight(0.40, 0.0, 1.0, "assumed"),
            why="A war in the Gulf would end its plans for growth.",
        ),
        Retaliation(
            weight=Weight(0.80, 0.2, 1.5, "assumed"),
            why="Its oil fields are an easy target.",
        ),
    )

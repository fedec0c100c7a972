"""Hezbollah."""

from realpolitik.agents.movements import MOVEMENT_ACTIONS
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.incentives import (
    AudienceCost,
    Dependence,
    DomesticPressure,
    EscalationAversion,
    HeededAdvice,
    Retaliation,
    Stake,
)
from realpolitik.sim.engine.parameters import Weight
from realpolitik.sim.engine.roles import Roles


class Hezbollah(StateActor):
    """Iran's deterrent on Israel's border, with a commander of its own to avenge."""

    code = "HEZ"
    title = "Hezbollah"
    cameo = "LBNREB"
    kind = "islamist_nonstate"
    roles = Roles(partners=("IRN",), rivals=("ISR",), reach=("ISR",))
    actions = MOVEMENT_ACTIONS
    incentives = (
        Stake(
            name="iran_tie",
            partner="IRN",
            weight=Weight(0.40, 0.10, 0.60, "assumed (P2)"),
            why="Patron, paymaster and armourer.",
        ),
        Stake(
            name="israel_enmity",
            partner="ISR",
            weight=Weight(-0.45, -0.70, 0.0, "assumed (P2)"),
            why="The enemy it was founded against.",
        ),
        Dependence(
            name="iranian_supply",
            on="IRN",
            weight=Weight(0.15, 0.0, 0.40, "assumed"),
            why="Its rockets come from one place.",
        ),
        DomesticPressure(
            weight=Weight(0.50, 0.0, 0.80, "assumed; set so that the patterns hold"),
            why="A commander killed in Beirut calls for an answer.",
        ),
        AudienceCost(
            weight=Weight(0.25, 0.0, 0.60, "assumed; Fearon 1994"),
            why="Its leader speaks often, and is held to it.",
        ),
        EscalationAversion(
            weight=Weight(0.25, 0.0, 0.80, "assumed"),
            why="A ruined Lebanon would not forgive another war.",
        ),
        Retaliation(
            weight=Weight(0.85, 0.2, 1.5, "assumed; set so that the patterns hold"),
            why="Israel's answer falls on its own towns.",
        ),
        HeededAdvice(
            weight=Weight(1.0, 0.0, 2.0, "assumed"),
            why="Tehran's counsel is heard.",
        ),
    )

"""The Houthis (Ansar Allah)."""

from realpolitik.agents.movements import MOVEMENT_ACTIONS
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.incentives import (
    AudienceCost,
    Dependence,
    DomesticPressure,
    EscalationAversion,
    Retaliation,
    Stake,
)
from realpolitik.sim.engine.parameters import Weight
from realpolitik.sim.engine.roles import Roles


class Houthis(StateActor):
    """Far from Israel, close to the shipping lanes, with little left to lose."""

    code = "HOU"
    title = "Houthis"
    cameo = "YEMREB"
    kind = "islamist_nonstate"
    roles = Roles(partners=("IRN",), rivals=("ISR", "SAU", "USA"), reach=("ISR", "SAU", "USA"))
    actions = MOVEMENT_ACTIONS
    incentives = (
        Stake(
            name="iran_tie",
            partner="IRN",
            weight=Weight(0.50, 0.0, 0.60, "assumed; set so that the patterns hold"),
            why="The source of its missiles.",
        ),
        Stake(
            name="israel_enmity",
            partner="ISR",
            weight=Weight(-0.35, -0.60, 0.0, "assumed"),
            why="Gaza gave it a cause beyond Yemen.",
        ),
        Stake(
            name="saudi_enmity",
            partner="SAU",
            weight=Weight(-0.10, -0.40, 0.0, "assumed (P17)"),
            why="A truce, not a peace.",
        ),
        Stake(
            name="us_enmity",
            partner="USA",
            weight=Weight(-0.20, -0.50, 0.0, "assumed"),
            why="American and British aircraft strike its launchers.",
        ),
        Dependence(
            name="iranian_supply",
            on="IRN",
            weight=Weight(0.15, 0.0, 0.40, "assumed"),
            why="Its missiles come by sea from one place.",
        ),
        DomesticPressure(
            weight=Weight(0.70, 0.0, 0.90, "assumed; set so that the patterns hold"),
            why="War keeps a poor state together.",
        ),
        AudienceCost(
            weight=Weight(0.15, 0.0, 0.50, "assumed; Fearon 1994"),
            why="Its threats to shipping are its fame.",
        ),
        EscalationAversion(
            weight=Weight(0.15, 0.0, 0.60, "assumed"),
            why="It has been bombed for years and still fears losing the coast.",
        ),
        Retaliation(
            weight=Weight(0.40, 0.2, 1.5, "assumed; set so that the patterns hold"),
            why="Its ports are few.",
        ),
    )

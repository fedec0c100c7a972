"""The European Union and its large members."""

from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.incentives import Leverage, Stake
from realpolitik.sim.engine.parameters import Weight
from realpolitik.sim.engine.roles import Roles


class Europe(StateActor):
    """Words, sanctions and offers; no force of its own in this crisis."""

    code = "EUR"
    title = "Europe"
    cameo = "EUR"
    roles = Roles(
        partners=("UKR", "USA", "ISR"),
        rivals=("RUS", "IRN"),
        clients=("UKR",),
        mediates=("IRN", "SAU"),
    )
    actions = (
        "appeal_for_calm",
        "support",
        "denounce",
        "threaten",
        "urge_restraint",
        "mediate",
        "propose_talks",
        "offer_deal",
        "sanction",
        "defensive_aid",
        "offensive_arms",
        "withhold",
        "de_escalate",
    )
    incentives = (
        Stake(
            name="ukraine_commitment",
            partner="UKR",
            weight=Weight(0.40, 0.10, 0.70, "assumed"),
            why="The war is fought on its doorstep.",
        ),
        Stake(
            name="us_alliance",
            partner="USA",
            weight=Weight(
                0.41, 0.0, 0.60, "ATOP51 + BF2018: defence pact, such promises kept in 41% of wars"
            ),
            why="Its security still comes from across the ocean.",
        ),
        Stake(
            name="israel_tie",
            partner="ISR",
            weight=Weight(0.15, 0.0, 0.40, "assumed"),
            why="A partner with whom it often disagrees.",
        ),
        Stake(
            name="russia_rivalry",
            partner="RUS",
            weight=Weight(-0.35, -0.60, 0.0, "assumed (P12)"),
            why="The order of the continent is at stake.",
        ),
        Stake(
            name="iran_rivalry",
            partner="IRN",
            weight=Weight(-0.10, -0.40, 0.0, "assumed"),
            why="Drones for Russia and centrifuges at home.",
        ),
        Leverage(
            name="bargaining",
            over="RUS",
            weight=Weight(0.05, 0.0, 0.30, "P17"),
            why="It took part in the exchange of prisoners and may want another.",
        ),
    )

"""The United States."""

from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.incentives import (
    AudienceCost,
    DomesticPressure,
    Entrapment,
    EscalationAversion,
    Leverage,
    Part,
    Retaliation,
    Stake,
)
from realpolitik.sim.engine.parameters import Weight
from realpolitik.sim.engine.roles import Roles
from realpolitik.sim.engine.scales import GovernedBy


class UnitedStates(StateActor):
    """Guards Israel, arms Ukraine, and wants neither war.

    Which administration governs is a switch of the world and changes only the part of the stake in
    Ukraine that belongs to each. What the article says of American leaders is an opinion that the
    claims audit tests; nothing here takes it over.
    """

    code = "USA"
    title = "United States"
    cameo = "USA"
    great_power = True
    roles = Roles(
        partners=("ISR", "UKR", "SAU", "EUR"),
        rivals=("IRN", "RUS", "HOU", "HEZ"),
        clients=("ISR", "UKR", "SAU"),
        reach=("IRN", "HOU", "RUS"),
    )
    incentives = (
        Stake(
            name="israel_alliance",
            partner="ISR",
            weight=Weight(0.50, 0.10, 0.70, "assumed (P2)"),
            why="A commitment that every administration has kept.",
        ),
        Stake(
            name="ukraine_commitment",
            partner="UKR",
            why="A defeat of Ukraine would be a defeat of the order one stands for (P4).",
            parts=(
                Part(
                    "lasting",
                    Weight(0.20, 0.0, 0.40, "assumed (P4)"),
                    "Interests in Europe that outlast an election.",
                ),
                Part(
                    "incumbent",
                    Weight(0.20, 0.0, 0.40, "assumed (P4, P19)"),
                    "What the administration of 2024 adds to them.",
                    GovernedBy(challenger=False),
                ),
                Part(
                    "challenger",
                    Weight(0.05, -0.20, 0.40, "assumed (P19)"),
                    "What a new administration would add to them.",
                    GovernedBy(challenger=True),
                ),
            ),
        ),
        Stake(
            name="saudi_tie",
            partner="SAU",
            weight=Weight(0.25, 0.0, 0.50, "assumed"),
            why="Oil, bases and a hoped-for treaty.",
        ),
        Stake(
            name="europe_alliance",
            partner="EUR",
            weight=Weight(
                0.41, 0.0, 0.60, "ATOP51 + BF2018: defence pact, such promises kept in 41% of wars"
            ),
            why="The oldest alliance.",
        ),
        Stake(
            name="iran_rivalry",
            partner="IRN",
            weight=Weight(-0.30, -0.60, 0.0, "assumed"),
            why="Proxies, centrifuges and hostages.",
        ),
        Stake(
            name="russia_rivalry",
            partner="RUS",
            weight=Weight(-0.30, -0.60, 0.0, "P3-P4"),
            why="The other great nuclear power wages war in Europe.",
        ),
        Stake(
            name="houthi_threat",
            partner="HOU",
            weight=Weight(-0.25, -0.50, 0.0, "assumed"),
            why="Ships are sunk on a main road of trade.",
        ),
        Leverage(
            name="bargaining",
            over="RUS",
            weight=Weight(0.05, 0.0, 0.30, "P17"),
            why="What can be traded with Moscow is worth keeping tradable.",
        ),
        DomesticPressure(
            weight=Weight(0.32, 0.0, 0.60, "assumed; start of the calibration"),
            why="Own losses must be answered, more so before an election.",
        ),
        AudienceCost(
            weight=Weight(0.15, 0.0, 0.50, "assumed; Fearon 1994"),
            why="Allies elsewhere watch whether warnings are kept.",
        ),
        Entrapment(
            weight=Weight(0.05, 0.0, 0.30, "assumed; Snyder 1984"),
            why="An ally's war is not to become one's own.",
        ),
        EscalationAversion(
            weight=Weight(0.30, 0.0, 1.0, "P3; start of the calibration"),
            why="A wider war is the worst case in Washington.",
        ),
        Retaliation(
            weight=Weight(0.67, 0.2, 1.5, "assumed"),
            why="Bases and ships in the region lie within reach.",
        ),
    )

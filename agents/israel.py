"""Israel."""

from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.incentives import (
    AudienceCost,
    Dependence,
    DomesticPressure,
    EscalationAversion,
    HeededAdvice,
    Part,
    Retaliation,
    Stake,
)
from realpolitik.sim.engine.parameters import Weight
from realpolitik.sim.engine.roles import Roles
from realpolitik.sim.engine.scales import Channel, Emigres


class Israel(StateActor):
    """Strikes early to keep deterrence, and keeps a line open to Moscow.

    The wish not to lose Russia shows in what it withholds from Ukraine. Washington's pressure to
    send arms there is not modelled: what it owes Washington bears on what it does to Washington.
    """

    code = "ISR"
    title = "Israel"
    cameo = "ISR"
    roles = Roles(
        partners=("USA", "RUS", "SAU"),
        rivals=("IRN", "HEZ", "HOU"),
        clients=("UKR",),
        reach=("IRN", "HEZ", "HOU"),
    )
    incentives = (
        Stake(
            name="iran_threat",
            partner="IRN",
            weight=Weight(-0.45, -0.70, 0.0, "assumed (P12)"),
            why="A power that vows its end and nears the bomb.",
        ),
        Stake(
            name="hezbollah_threat",
            partner="HEZ",
            weight=Weight(-0.45, -0.70, 0.0, "assumed (P11)"),
            why="Rockets that emptied the north.",
        ),
        Stake(
            name="houthi_threat",
            partner="HOU",
            weight=Weight(-0.30, -0.60, 0.0, "assumed"),
            why="A blockade by missile.",
        ),
        Stake(
            name="us_alliance",
            partner="USA",
            weight=Weight(0.40, 0.10, 0.60, "assumed"),
            why="Arms, a veto and a shield.",
        ),
        Stake(
            name="russia_ties",
            partner="RUS",
            why="Moscow can make the skies over Syria safe or not (P10-P12).",
            parts=(
                Part(
                    "emigre_vote",
                    Weight(0.03, 0.0, 0.10, "P10"),
                    "Russian-speaking voters decide majorities.",
                    Emigres("RUS", "ISR"),
                ),
                Part(
                    "syria_coordination",
                    Weight(0.04, 0.0, 0.10, "P12"),
                    "Its aircraft fly in Syria because Russia looks away.",
                    Channel("RUS"),
                ),
                Part(
                    "iran_management",
                    Weight(0.03, 0.0, 0.10, "P12"),
                    "Russia can hold Iran back where others cannot.",
                ),
            ),
        ),
        Stake(
            name="saudi_normalisation",
            partner="SAU",
            weight=Weight(0.10, 0.0, 0.30, "assumed"),
            why="The recognition that is still to be won.",
        ),
        Stake(
            name="ukraine_sympathy",
            partner="UKR",
            weight=Weight(0.05, 0.0, 0.30, "P12"),
            why="Humanitarian help was given, arms were asked for.",
        ),
        Dependence(
            name="us_pressure",
            on="USA",
            weight=Weight(0.10, 0.0, 0.30, "P14"),
            why="Who supplies the arms is heard.",
        ),
        DomesticPressure(
            weight=Weight(0.82, 0.0, 1.0, "assumed; set so that the patterns hold"),
            why="A public that was struck wants it ended.",
        ),
        AudienceCost(
            weight=Weight(0.30, 0.0, 0.60, "assumed; Fearon 1994"),
            why="Deterrence lives on threats that are kept.",
        ),
        EscalationAversion(
            weight=Weight(0.10, 0.0, 0.80, "assumed; set so that the patterns hold"),
            why="A war on several fronts would strain it.",
        ),
        Retaliation(
            weight=Weight(0.75, 0.2, 1.5, "assumed; set so that the patterns hold"),
            why="The other side's rockets reach every town.",
        ),
        HeededAdvice(
            weight=Weight(1.0, 0.0, 2.0, "assumed"),
            why="An ally's counsel to hold back is heard.",
        ),
    )

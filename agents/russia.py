"""Russia."""

from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.incentives import (
    ArmingAversion,
    Dependence,
    Entrapment,
    EscalationAversion,
    LegalBar,
    Leverage,
    Part,
    PendingDelivery,
    Retaliation,
    Stake,
)
from realpolitik.sim.engine.parameters import Weight
from realpolitik.sim.engine.roles import Roles
from realpolitik.sim.engine.scales import (
    Aid,
    CasualtySalience,
    Channel,
    Emigres,
    Isolation,
    Rapport,
)


class Russia(StateActor):
    """Loud for Tehran in public, careful of older interests in private.

    The reading of the article: eight ties to Israel built over a quarter of a century, a regard for
    Saudi Arabia and a wish to bargain with Washington weigh more than what Iran's drones buy. Words
    are cheap and keep Iran on side; to be seen enabling a strike is dear. The rival readings
    (automatic ally, linkage retaliator) are these same weights with other values.
    """

    code = "RUS"
    title = "Russia"
    cameo = "RUS"
    great_power = True
    roles = Roles(
        partners=("IRN", "ISR", "SAU"),
        rivals=("USA", "UKR", "EUR"),
        clients=("IRN", "HOU"),
        reach=("USA", "ISR", "UKR"),
    )
    incentives = (
        Stake(
            name="israel_ties",
            partner="ISR",
            why="A quarter of a century of political and personal capital in Israel (P6-P12, P15).",
            parts=(
                Part(
                    "diaspora",
                    Weight(0.07, 0.0, 0.20, "P7-P8; weight assumed"),
                    "Harm to Russian speakers in Israel is felt as harm to one's own.",
                    CasualtySalience("ISR"),
                ),
                Part(
                    "returnees",
                    Weight(0.04, 0.0, 0.10, "P7; weight assumed"),
                    "Skilled émigrés who might come back help a shrinking population.",
                ),
                Part(
                    "capital",
                    Weight(0.035, 0.0, 0.10, "P7; weight assumed"),
                    "Émigré investors count for more the more the West shuts its markets.",
                    Isolation(),
                ),
                Part(
                    "influence",
                    Weight(0.025, 0.0, 0.10, "P9; weight assumed"),
                    "A sixth of Israel's voters can be spoken to in Russian.",
                    Emigres("RUS", "ISR"),
                ),
                Part(
                    "rapport",
                    Weight(0.045, 0.0, 0.10, "P10-P11; weight assumed"),
                    "Two pragmatists at the top used to settle things between themselves.",
                    Rapport("ISR"),
                ),
                Part(
                    "common_enemy",
                    Weight(0.025, 0.0, 0.10, "P11; weight assumed"),
                    "Both governments see Islamist movements as an enemy to be fought.",
                ),
                Part(
                    "deconfliction",
                    Weight(0.045, 0.0, 0.12, "P12; weight assumed"),
                    "Two air forces share the sky over Syria and must not collide.",
                    Channel("ISR"),
                ),
                Part(
                    "goodwill",
                    Weight(0.025, 0.0, 0.10, "P6; weight assumed"),
                    "Years of gestures toward Israel would be written off.",
                ),
            ),
        ),
        Stake(
            name="saudi_ties",
            partner="SAU",
            weight=Weight(0.20, 0.0, 0.40, "P13, P15; weight assumed"),
            why="Riyadh is a working partner that must not be driven away.",
        ),
        Stake(
            name="iran_partner",
            partner="IRN",
            weight=Weight(0.25, 0.0, 0.50, "P16-P17; weight assumed"),
            why="A partner of convenience against the same opponents.",
        ),
        Stake(
            name="us_rivalry",
            partner="USA",
            parts=(
                Part(
                    "ukraine",
                    Weight(-0.30, -0.60, 0.0, "P4; weight assumed"),
                    "What harms Washington is welcome, the more so while it arms Ukraine.",
                    Aid("USA", "UKR"),
                ),
            ),
            why="Rivals over the order in Europe.",
        ),
        Dependence(
            name="iran_dependence",
            on="IRN",
            weight=Weight(0.24, 0.0, 0.50, "P4; weight assumed"),
            why="Drones and missiles for the war in Ukraine come from Iran.",
        ),
        Leverage(
            name="transactional_leverage",
            over="USA",
            weight=Weight(0.30, 0.0, 0.50, "P16-P17; weight assumed"),
            why="Support for Tehran, and holding back, are chips in the bargain with Washington.",
        ),
        Entrapment(
            weight=Weight(0.14, 0.0, 0.30, "P17; weight assumed"),
            why="Someone else's war must not become one's own.",
        ),
        EscalationAversion(
            weight=Weight(0.30, 0.0, 1.0, "P17; weight assumed"),
            why="Moscow does not want a world war.",
        ),
        Retaliation(
            weight=Weight(0.67, 0.2, 1.5, "assumed"),
            why="A strike on a stronger or a guarded opponent is answered.",
        ),
        LegalBar(
            weight=Weight(0.30, 0.0, 0.60, "P13; weight assumed"),
            why="In 2010 a UN embargo was turned into a decree of its own.",
        ),
        ArmingAversion(
            name="islamist_nonstate_actors",
            kind="islamist_nonstate",
            weight=Weight(0.10, 0.0, 0.30, "P11; weight assumed"),
            why="Arms in the hands of Islamist movements have been turned on Russia before.",
        ),
        PendingDelivery(
            weight=Weight(0.25, 0.0, 0.50, "P17; weight assumed"),
            why="A shipment about to leave must be sent or called back.",
        ),
    )

"""Iran."""

from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.incentives import (
    AudienceCost,
    Dependence,
    DomesticPressure,
    Entrapment,
    EscalationAversion,
    HeededAdvice,
    Part,
    Retaliation,
    Stake,
)
from realpolitik.sim.engine.parameters import Weight
from realpolitik.sim.engine.roles import Roles


class Iran(StateActor):
    """Must be seen to answer, and would rather not have the war.

    Two offices decide: the leader, who weighs the street and the threat once made, and the
    president, who weighs the cost. Their shares stand as parts of the incentives they differ in.
    """

    code = "IRN"
    title = "Iran"
    cameo = "IRN"
    roles = Roles(
        partners=("RUS", "HEZ", "HOU"),
        rivals=("ISR", "USA", "SAU"),
        clients=("RUS", "HEZ", "HOU"),
        reach=("ISR", "USA"),
        proxies=("HEZ", "HOU"),
    )
    incentives = (
        Stake(
            name="israel_enmity",
            partner="ISR",
            weight=Weight(-0.45, -0.70, 0.0, "assumed"),
            why="Israel is the enemy on which the state has staked its name.",
        ),
        Stake(
            name="us_enmity",
            partner="USA",
            weight=Weight(-0.30, -0.60, 0.0, "assumed"),
            why="Sanctions and forces on every side.",
        ),
        Stake(
            name="hezbollah_tie",
            partner="HEZ",
            weight=Weight(0.40, 0.0, 0.60, "assumed (P2)"),
            why="The deterrent on Israel's border.",
        ),
        Stake(
            name="houthi_tie",
            partner="HOU",
            weight=Weight(0.25, 0.0, 0.50, "assumed"),
            why="A hand on the Red Sea.",
        ),
        Stake(
            name="russia_tie",
            partner="RUS",
            weight=Weight(0.25, 0.0, 0.50, "P4"),
            why="A buyer of drones, a veto, and a source of arms one hopes for.",
        ),
        Stake(
            name="saudi_rivalry",
            partner="SAU",
            weight=Weight(-0.05, -0.30, 0.10, "assumed"),
            why="Relations were resumed in 2023 but trust was not.",
        ),
        DomesticPressure(
            parts=(
                Part(
                    "leader",
                    Weight(0.27, 0.0, 0.85, "assumed; set so that the patterns hold"),
                    "A guest killed in the capital calls for an answer.",
                ),
                Part(
                    "president",
                    Weight(0.06, 0.0, 0.15, "assumed; .15 of the decision"),
                    "Elected to ease isolation, and still bound by the street.",
                ),
            ),
            why="What is not answered is taken for weakness at home.",
        ),
        AudienceCost(
            weight=Weight(0.25, 0.0, 0.60, "assumed; Fearon 1994"),
            why="Revenge sworn in public cannot be forgotten in public.",
        ),
        EscalationAversion(
            parts=(
                Part(
                    "leader",
                    Weight(0.23, 0.0, 0.85, "assumed; .85 of the decision"),
                    "The survival of the state comes before revenge.",
                ),
                Part(
                    "president",
                    Weight(0.07, 0.0, 0.25, "assumed; .15 of the decision"),
                    "A great war would end the hope of relief from sanctions.",
                ),
            ),
            why="A war with Israel and the United States cannot be won.",
        ),
        Retaliation(
            weight=Weight(0.80, 0.2, 1.5, "assumed; set so that the patterns hold"),
            why="Israel and its guard hit back, and Iran's air defence is thin.",
        ),
        HeededAdvice(
            weight=Weight(1.0, 0.0, 2.0, "P1; weight assumed"),
            why="A patron's counsel to spare civilians is heard.",
        ),
        Dependence(
            name="russian_supply",
            on="RUS",
            weight=Weight(0.10, 0.0, 0.30, "assumed"),
            why="Spare parts, trainers and perhaps one day aircraft.",
        ),
        Entrapment(
            weight=Weight(0.05, 0.0, 0.30, "assumed"),
            why="A proxy's war can become one's own.",
        ),
    )

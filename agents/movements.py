"""What an armed movement can do: it speaks and strikes, but sends no arms and imposes nothing."""

MOVEMENT_ACTIONS = (
    "appeal_for_calm",
    "support",
    "denounce",
    "threaten",
    "urge_restraint",
    "propose_talks",
    "warn",
    "de_escalate",
    "show_of_force",
    "covert_strike",
    "limited_strike",
    "major_strike",
)

"""The parts of a simulated crisis: worlds, actions, incentives, actors, choice and the week."""

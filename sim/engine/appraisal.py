"""What actors make of the state before they choose: worked out once for all of them.

Each is a function of the state and sets an array of the world that incentives read
(`docs/odd.md` 2 and 7.2).
"""

import numpy as np

from realpolitik.sim.engine.relations import Relations
from realpolitik.sim.engine.scales import salience
from realpolitik.sim.engine.world import Array, World, at_least


def appraise(world: World, relations: Relations) -> None:
    """Sets all that is made of the state."""
    world.crisis = crisis(world)
    world.felt = felt_affronts(world, relations)
    world.suffered = suffered_affronts(world)
    world.weary = weariness(world)
    world.way_out = way_out(world)


def crisis(world: World) -> Array:
    """How deep each actor is in a crisis, (W, n) in [0, 1]."""
    deepest = (world.rung.max(axis=2).T / world.constants.crisis_rung).T
    for strain in (world.pressure.max(axis=2), world.isolation, world.embargo):
        np.maximum(deepest, strain, out=deepest)
    capped: Array = np.minimum(deepest, 1.0, out=deepest)
    return capped


def felt_affronts(world: World, relations: Relations) -> Array:
    """Affronts by column to row and, in part, to partners of row: (W, n, n) in [−1, 1]."""
    affront, share = world.affront.T, world.constants.partner_share
    felt = affront.copy()  # (by whom, to whom, W)
    for one, partner in np.argwhere(relations.partner):
        felt[:, one] += share * affront[:, partner]
    np.clip(felt, -1, 1, out=felt)
    return felt.T


def suffered_affronts(world: World) -> Array:
    """The worst affront to each actor, (W, n) in [0, 1]."""
    worst: Array = np.maximum(world.affront.max(axis=2), 0.0)
    return worst


def weariness(world: World) -> Array:
    """How weary row is of fighting column, (W, n, n) in [0, 1]; 0 below the rung of a strike."""
    rules = world.constants
    weary: Array = np.minimum(world.weeks_direct.T / rules.weary_weeks, 1.0)
    weary += salience(world.casualties.T, rules.salience_deaths)
    weary += 1 - world.stock.T
    weary /= 3
    weary *= at_least(world.rung, rules.direct_rung).T
    return weary.T


def way_out(world: World) -> Array:
    """How open a way out of a tense dyad is held to row, (W, n, n) in [0, 1]."""
    mediation = world.mediation.T
    held_out = world.overture.T.swapaxes(0, 1) + np.maximum(mediation[:, None], mediation)
    np.minimum(held_out, 1.0, out=held_out)
    held_out *= at_least(world.rung, world.constants.tense_rung).T
    return held_out.T

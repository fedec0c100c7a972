"""What an actor gains and loses through others: stakes, dependence, bargains."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from realpolitik.sim.engine.incentives.base import (
    NOTHING_MOVES,
    ONE,
    Incentive,
    Reading,
    Seat,
    Stakes,
    reading,
)
from realpolitik.sim.engine.world import Array, World


@dataclass(frozen=True, kw_only=True)
class Stake(Incentive):
    """I gain when my partner gains, and lose when what I give another can be used against it.

    A negative weight makes the partner a rival. What costs is to be seen to enable: the loss goes
    with the root of visibility, and only deeds (material, force) cause it.
    """

    partner: str

    formula = "tie·benefit·[j=p] − tie·m·benefit·√visibility·hostility(j→p)"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """Own gain, then the loss through each other target's hostility toward the partner."""
        options, partner = seat.options, seat.number(self.partner)
        if partner is None:
            return NOTHING_MOVES, np.zeros((1, len(options)))
        benefit = options.column("benefit")
        harm = -options.deeds * benefit * np.sqrt(options.column("visibility"))
        others = [target for target in seat.toward(harm) if target != partner]
        gain = np.where(options.target == partner, benefit, 0.0)
        loadings = np.vstack([gain, seat.by_target(tuple(others), harm)])
        hostility = reading("hostility", [(target, partner) for target in others])
        return Reading((ONE, *hostility.entries)), loadings


@dataclass(frozen=True, kw_only=True)
class Dependence(Incentive):
    """Who arms me must be kept on side; words count a little."""

    on: str
    formula = "w·flow(p→i)·loyalty·[j=p]"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """The flow of arms from the one depended on."""
        supplier = seat.number(self.on)
        loyalty = seat.options.column("loyalty")
        if supplier is None:
            return NOTHING_MOVES, np.zeros((1, len(seat.options)))
        return (
            reading("flow", [(supplier, seat.actor)]),
            seat.by_target((supplier,), loyalty),
        )


@dataclass(frozen=True, kw_only=True)
class Leverage(Incentive):
    """Noise for a partner, and restraint, are chips in the bargain with a rival."""

    over: str
    formula = "w·leverage·openness of the deal with r, for acts of force and on r or its rivals"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """Openness of the deal; what bears on it: force, the rival itself, the rival's rivals."""
        options = seat.options
        deals = [
            number for number, deal in enumerate(seat.deals) if deal.between(seat.code, self.over)
        ]
        if not deals:
            return NOTHING_MOVES, np.zeros((1, len(options)))
        watched = seat.numbers((self.over, *seat.roles[self.over].rivals))
        bears = options.on_track("force") | np.isin(options.target, watched)
        chips = np.where(bears & options.acts, options.column("leverage"), 0.0)
        return partial(_most_open, deals), chips[None, :]


def _most_open(deals: list[int], world: World) -> Array:
    """Openness of the most open of these deals, (W, 1)."""
    most: Array = world.openness[:, deals].max(axis=1, keepdims=True)
    return most

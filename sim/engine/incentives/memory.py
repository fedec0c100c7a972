"""What the last weeks leave behind: habits, affronts, and ways out of a war."""

from dataclasses import dataclass

import numpy as np

from realpolitik.sim.engine.incentives.base import Incentive, Reading, Seat, Stakes, reading
from realpolitik.sim.engine.parameters import Weight
from realpolitik.sim.engine.world import Array


@dataclass(frozen=True, kw_only=True)
class Momentum(Incentive):
    """What was done of late beyond the usual goes on (Goldstein & Pevehouse 1997)."""

    name: str = "momentum"
    weight: Weight | None = Weight(0.2, 0.0, 0.5)
    why: str = "A policy that has been taken up is carried on for some weeks."
    formula = "w·recent(i→j) of the act, where a record tells how usual it is"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """How much of each act was done of late, beyond the usual."""
        acts = np.flatnonzero(seat.options.acts & seat.options.known)
        own = reading("recent", [(seat.first + option,) for option in acts.tolist()])
        return own, np.eye(len(seat.options))[acts]


@dataclass(frozen=True, kw_only=True)
class Reaction(Incentive):
    """An affront, to oneself or to a partner, is answered; one who suffers it is supported."""

    name: str = "reaction"
    weight: Weight | None = Weight(0.2, 0.0, 0.4)
    why: str = "What was done to it or to a partner is not left without an answer."
    formula = (
        "w·reaction·clip(affront(i→j) + s·affront(k→j), −1, 1), summed over the partners k of i; "
        "w·solidarity·max(0, max affront(j→k)), for partners"
    )

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """The affronts by each target, then the worst that each partner suffered."""
        reaction, solidarity = seat.options.column("reaction"), seat.options.column("solidarity")
        targets, partners = seat.toward(reaction), seat.numbers(seat.own.partners)
        felt = reading("felt", [(seat.actor, target) for target in targets])
        suffered = reading("suffered", [(partner,) for partner in partners])
        loadings = [seat.by_target(targets, reaction), seat.by_target(partners, solidarity)]
        return Reading((*felt.entries, *suffered.entries)), np.vstack(loadings)


@dataclass(frozen=True, kw_only=True)
class WarWeariness(Incentive):
    """A war that has gone on long, and cost much, is to be ended."""

    name: str = "war_weariness"
    weight: Weight | None = Weight(0.25, 0.0, 0.6)
    why: str = "Fighting wears out the means, and the patience of those who bear it."
    formula = "w·reconciles·⅓(weeks of war + salience of own deaths + 1 − stock(i)), from rung 6 on"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """Weariness of fighting each target."""
        return _for_stepping_back(seat, "weary")


@dataclass(frozen=True, kw_only=True)
class Overture(Incentive):
    """A step back of the other side, or a third who mediates, opens a way out (Osgood 1962)."""

    name: str = "overture"
    weight: Weight | None = Weight(0.25, 0.0, 0.6)
    why: str = "It is easier to step back when the other has, or when a third carries the offer."
    formula = "w·reconciles·min(1, overture(j→i) + max(mediation(i), mediation(j))), if tense"

    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """What is held out toward each target."""
        return _for_stepping_back(seat, "way_out")


def _for_stepping_back(seat: Seat, quantity: str) -> tuple[Stakes, Array]:
    """What speaks for stepping back from each target."""
    reconciles = seat.options.column("reconciles")
    targets = seat.toward(reconciles)
    at_stake = reading(quantity, [(seat.actor, target) for target in targets])
    return at_stake, seat.by_target(targets, reconciles)

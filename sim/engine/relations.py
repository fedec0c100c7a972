"""What is fixed between the actors of a scenario."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from realpolitik.sim.engine.deeds import Numbers
from realpolitik.sim.engine.world import Array, Mask


@dataclass(frozen=True)
class Relations:
    """What is fixed between the actors: (n, n) of row toward column, and (n,) for great powers.

    `tie` is the unscaled sum of the stakes of row in column, `usual_impulse` the impulse on the
    hostility of the row by what the column does in an ordinary week: (n, n) or one a world,
    (W, n, n). `usual_acts` is how many acts of each quad class row does to column in such a week,
    (n, n, classes) or (W, n, n, classes), `usual_sanctions` how many sanctions each has from all
    others in it, (n,) or (W, n).
    """

    partner: Mask
    rival: Mask
    tie: Array
    great_power: Mask
    usual_impulse: Array
    usual_acts: Array
    usual_sanctions: Array

    @cached_property
    def stands_by(self) -> Mask:
        """Whether column is a partner of row with a stake in it, in some world: (n, n)."""
        staked = (self.tie > 0).reshape(-1, *self.partner.shape).any(axis=0)
        stands: Mask = (self.partner & staked).T
        return stands

    def tie_between(self, world: Numbers, of: Numbers, toward: Numbers) -> Array:
        """The ties of some actors in others, each in its world, but at least 0."""
        place = (world, of, toward)[-self.tie.ndim :]
        return np.maximum(self.tie[place], 0.0)

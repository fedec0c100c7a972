"""What is fixed between the actors of a scenario."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from realpolitik.sim.engine.actions import number_of
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.deeds import Acts, Numbers
from realpolitik.sim.engine.parameters import Value
from realpolitik.sim.engine.world import Array, Mask


@dataclass(frozen=True)
class Relations:
    """What is fixed between the actors: (n, n) of row toward column, and (n,) for great powers.

    `tie` is the unscaled sum of the stakes of row in column, `usual_impulse` the impulse on the
    hostility of the row by what the column does in an ordinary week: (n, n) or one a world, (W, n,
    n), and `usual_affront` the affront that it then gives. `usual_sanctions` is how many sanctions
    each has from all others in it, (n,) or (W, n).
    """

    partner: Mask
    rival: Mask
    tie: Array
    great_power: Mask
    usual_impulse: Array
    usual_affront: Array
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


def relations_of(
    classes: Mapping[str, type[StateActor]],
    values: Mapping[str, Value],
    acts: Acts,
) -> Relations:
    """The fixed relations between the actors, in the order of `classes`."""
    codes = tuple(classes)

    def members(role: str) -> Mask:
        return np.array([[b in getattr(classes[a].roles, role) for b in codes] for a in codes])

    actor, target = (acts.actor, len(codes)), (acts.target, len(codes))
    ties = [classes[a].ties(values) for a in codes]
    return Relations(
        partner=members("partners"),
        rival=members("rivals"),
        tie=_matrix([[tie.get(b, 0.0) for b in codes] for tie in ties]),
        great_power=np.array([classes[a].great_power for a in codes]),
        usual_impulse=usual(acts, -acts.column("goldstein") / 10, target, actor),
        usual_affront=usual(acts, acts.column("affront"), target, actor),
        usual_sanctions=usual(acts, acts.action == number_of("sanction"), target),
    )


def usual(acts: Acts, each: ArrayLike, *axes: tuple[Numbers, int]) -> Array:
    """Rates of all options times `each`, (K,) or a number, added up one after the other.

    An axis is the place of every option on it, (K,), and its length; (W, …) if a rate is one a
    world.
    """
    done = (acts.rate * np.asarray(each)).T
    total = np.zeros((*(length for _, length in axes), *done.shape[1:]))
    np.add.at(total, tuple(place for place, _ in axes), done)
    return total if done.ndim == 1 else np.moveaxis(total, -1, 0)


def _matrix(values: Sequence[Sequence[Value]]) -> Array:
    """Values of dyads as (n, n); (W, n, n) if any of them is one a world."""
    table = np.array(np.broadcast_arrays(*(value for row in values for value in row)))
    return np.asarray(table.T.reshape(*table.shape[1:], len(values), len(values)), dtype=np.float64)

"""By how much a part of an incentive counts in the world as it stands.

A scale multiplies the weight of a part. Each is a small formula over the state; actors that a
scenario leaves out make it 1 where the formula is an amplification, and 0 where it is a share.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from realpolitik.sim.engine.world import Array, World


class Factor(ABC):
    """A factor on a weight."""

    @abstractmethod
    def __call__(self, world: World, actor: int) -> Array | float:
        """The factor for the actor of that number: (W,), or one number for all worlds."""


class Constant(Factor):
    """The weight as it is."""

    def __call__(self, world: World, actor: int) -> float:
        """1 in every world."""
        return 1.0


@dataclass(frozen=True)
class Emigres(Factor):
    """Émigrés from `of` who vote in `within`: 1 = 16 % of the population."""

    of: str
    within: str

    def __call__(self, world: World, actor: int) -> Array | float:
        """diaspora of the pair, in [0, 1]."""
        return _dyad(world, "diaspora", self.of, self.within)


@dataclass(frozen=True)
class CasualtySalience(Factor):
    """Émigrés in `partner`, up to doubled by civilian deaths there."""

    partner: str

    def __call__(self, world: World, actor: int) -> Array | float:
        """diaspora · (1 + salience of deaths), in [0, 2]."""
        if self.partner not in world.index:
            return 0.0
        partner = world.index[self.partner]
        deaths, full = world.casualties[:, partner], world.constants.salience_deaths
        return world.diaspora[:, actor, partner] * (1 + salience(deaths, full))


class Isolation(Factor):
    """Grows with one's own isolation by sanctions."""

    def __call__(self, world: World, actor: int) -> Array:
        """1 + isolation, in [1, 2]."""
        return 1 + world.isolation[:, actor]


@dataclass(frozen=True)
class Rapport(Factor):
    """Personal rapport with the leader of `partner`."""

    partner: str

    def __call__(self, world: World, actor: int) -> Array | float:
        """rapport, in [0, 1]."""
        return _dyad(world, "rapport", world.codes[actor], self.partner)


@dataclass(frozen=True)
class Channel(Factor):
    """A military channel with `partner` that works."""

    partner: str

    def __call__(self, world: World, actor: int) -> Array | float:
        """deconfliction, in [0, 1]."""
        return _dyad(world, "deconfliction", world.codes[actor], self.partner)


@dataclass(frozen=True)
class Aid(Factor):
    """Arms that `giver` sends to `receiver` in a war against the actor."""

    giver: str
    receiver: str

    def __call__(self, world: World, actor: int) -> Array | float:
        """1 + amplification · flow."""
        flow = _dyad(world, "flow", self.giver, self.receiver)
        amplified: Array | float = 1 + world.constants.aid_amplification * flow
        return amplified


@dataclass(frozen=True)
class GovernedBy(Factor):
    """Counts only under the incumbent, or only under the challenger."""

    challenger: bool

    def __call__(self, world: World, actor: int) -> Array:
        """1 in worlds where that administration governs, else 0."""
        governing = world.administration[:, actor]
        return governing if self.challenger else 1 - governing


def salience(deaths: Array, full: float) -> Array:
    """How much civilian deaths are felt: logarithmic, 0 for none, 1 from `full` on."""
    felt: Array = np.minimum(np.log10(1 + deaths) / np.log10(1 + full), 1.0)
    return felt


def _dyad(world: World, quantity: str, of: str, toward: str) -> Array | float:
    """A quantity of a dyad, (W,); 0 if one of the two is absent."""
    if of not in world.index or toward not in world.index:
        return 0.0
    values: Array = getattr(world, quantity)[:, world.index[of], world.index[toward]]
    return values

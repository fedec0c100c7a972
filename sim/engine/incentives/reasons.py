"""The reasons of an actor one by one: incentives, and the parts of those that have parts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from realpolitik.sim.engine.incentives.base import BoundIncentive, Incentive, Seat
from realpolitik.sim.engine.world import Array, World


@dataclass(frozen=True)
class Reason:
    """An incentive without parts, or one part of an incentive.

    Attributes:
        incentive: Name of the incentive.
        part: Name of the part; empty if the incentive has none.
        address: Where its weight is set.
        bound: The incentive at a seat, as if it had no other part.
    """

    incentive: str
    part: str
    address: str
    bound: BoundIncentive

    def contributions(self, world: World, options: slice | list[int]) -> Array:
        """What it adds to the utility of these options, (W, options)."""
        return np.asarray(self.bound.stakes(world) @ self.bound.loadings[:, options])


def bind_reasons(incentives: Iterable[Incentive], seat: Seat) -> tuple[Reason, ...]:
    """Every reason of the actor at its seat; all together they are its utility."""
    return tuple(
        Reason(incentive.name, part, address, incentive.bind(_alone(incentive, seat, address)))
        for incentive in incentives
        for part, address in _addresses(incentive, seat.code)
    )


def _addresses(incentive: Incentive, code: str) -> list[tuple[str, str]]:
    """The name of each part, or an empty one, with the address of its weight."""
    return [
        (part.name, ".".join(filter(None, (code, incentive.name, part.name))))
        for part in incentive.reasons()
    ]


def _alone(incentive: Incentive, seat: Seat, address: str) -> Seat:
    """The seat with the weights of all other parts of the incentive at 0."""
    others = {other: 0.0 for _, other in _addresses(incentive, seat.code) if other != address}
    return replace(seat, values={**seat.values, **others}) if others else seat

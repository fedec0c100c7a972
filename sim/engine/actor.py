"""An actor: a Mesa agent that acts in all worlds at once."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Protocol

import mesa
import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import CHOICES
from realpolitik.sim.engine.choice import Draw
from realpolitik.sim.engine.deeds import Week
from realpolitik.sim.engine.incentives import COMMON, Incentive, Ledger, Seat, Stake
from realpolitik.sim.engine.options import Openness
from realpolitik.sim.engine.parameters import Parameter, Value
from realpolitik.sim.engine.roles import Roles
from realpolitik.sim.engine.world import Array, World


class Stage(Protocol):
    """What an actor sees of the model it acts in."""

    world: World
    deeds: Week

    def draw_rows(self, names: Sequence[tuple[str, ...]]) -> Array:
        """The uniform numbers of these names this week, (names, W)."""


class StateActor(mesa.Agent):
    """A state or armed movement: what it is and what it wants are declared by its class.

    A subclass is a docstring, a `code`, `roles` and `incentives`; an entry point of the group
    `realpolitik.actors` makes it known. Starting values stand in `initial.csv` beside its module.
    """

    code: ClassVar[str]
    title: ClassVar[str]
    cameo: ClassVar[str]
    roles: ClassVar[Roles] = Roles()
    incentives: ClassVar[tuple[Incentive, ...]] = ()
    actions: ClassVar[tuple[str, ...] | None] = None
    kind: ClassVar[str | None] = None
    great_power: ClassVar[bool] = False

    model: Stage  # type: ignore[assignment]  # a mesa.Model that is one

    def __init__(self, model: mesa.Model, seat: Seat) -> None:
        """Sits down at `seat` and binds its incentives to its options."""
        super().__init__(model)
        self.seat = seat
        self.options = seat.options
        self.draw = Draw(seat.options.groups)
        self.openness = Openness(seat.actor, seat.options, self.model.world)
        self.bound = tuple(incentive.bind(seat) for incentive in self.all_incentives())
        self.ledger = Ledger(self.bound, len(seat.codes))
        self.prior = self._prior()
        self.addresses = [
            ("choice", self.code, seat.codes[target], CHOICES[choice])
            for target, choice in zip(
                self.options.group_targets, self.options.group_choices, strict=True
            )
        ]
        self.chosen: NDArray[np.int32] = np.zeros((0, len(self.addresses)), dtype=np.int32)

    @classmethod
    def all_incentives(cls) -> tuple[Incentive, ...]:
        """The declared incentives, then those common to all of which it declares none."""
        own = cls.incentives
        common = [one for one in COMMON if not any(isinstance(mine, type(one)) for mine in own)]
        return (*own, *(one for one in common if one.concerns(cls.roles)))

    @classmethod
    def parameters(cls) -> tuple[Parameter, ...]:
        """All its weights under their addresses."""
        return tuple(
            p for incentive in cls.all_incentives() for p in incentive.parameters(cls.code)
        )

    @classmethod
    def ties(cls, values: Mapping[str, Value]) -> dict[str, Value]:
        """Unscaled sum of its stakes in each partner."""
        ties: dict[str, Value] = {}
        for incentive in cls.incentives:
            if isinstance(incentive, Stake):
                weight = values[f"{cls.code}.{incentive.name}"]
                ties[incentive.partner] = ties.get(incentive.partner, 0.0) + weight
        return ties

    def _prior(self) -> Array:
        """q · exp(−λo) of every option, (options,) or one a world, (W, options)."""
        at_stake = np.multiply.outer(-self.options.offset, self.model.world.constants.precision)
        return np.asarray(self.options.base_rate * np.exp(at_stake).T)

    def utility(self) -> Array:
        """Utility of every option, (W, options): the sum of all contributions."""
        return self.ledger.utility(self.model.world)

    def contributions(self) -> dict[str, Array]:
        """What each incentive adds to the utility of every option: name → (W, options)."""
        world = self.model.world
        return {
            incentive.name: np.asarray(incentive.stakes(world) @ incentive.loadings)
            for incentive in self.bound
        }

    def option_weights(self) -> Array:
        """q · exp(λ(U − o)) of every option, 0 where it is closed: (W, options)."""
        world = self.model.world
        weights = self.ledger.utility(world, world.constants.precision)
        np.exp(weights, out=weights)
        weights *= self.prior
        self.openness.close(world, weights)
        return weights

    def choose(self) -> None:
        """Draws an option of each choice toward each other, from the snapshot of the week."""
        draws = self.model.draw_rows(self.addresses)
        self.chosen = self.draw(self.option_weights(), draws)

    def act(self) -> None:
        """Puts what it chose among the deeds of the week."""
        self.model.deeds.add(self.seat.actor, self.options, self.chosen)

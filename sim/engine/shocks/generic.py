"""Shocks that set or shift any quantity."""

from abc import abstractmethod
from typing import Literal, Self

from pydantic import Field, model_validator

from realpolitik.sim.engine.actions import ActorCode, QuantityName
from realpolitik.sim.engine.shocks.base import MOST_DEATHS, Shock, Span, move, put
from realpolitik.sim.engine.world import QUANTITIES, Mask, World


class _OfQuantity(Shock):
    quantity: QuantityName = Field(description="A state variable (see `realpolitik list`)")
    of: ActorCode = Field(description="Whose")
    toward: ActorCode | None = Field(None, description="Toward whom, for one of a dyad")

    @model_validator(mode="after")
    def _names_a_dyad_if_needed(self) -> Self:
        quantity = QUANTITIES.get(self.quantity)
        if quantity and quantity.per_dyad != (self.toward is not None):
            need = "needs `toward`" if quantity.per_dyad else "takes no `toward`"
            raise ValueError(f"{self.quantity} {need}")
        return self

    @abstractmethod
    def within(self, low: float, high: float) -> tuple[float, float]:
        """The range of `value` for a quantity that has this one."""

    def spans(self, weeks: int) -> dict[str, Span]:
        """Its value has the range that the quantity gives it."""
        spans, quantity = super().spans(weeks), QUANTITIES.get(self.quantity)
        if quantity:
            ends = self.within(quantity.low, min(quantity.high, MOST_DEATHS))
            spans["value"] = Span(*ends, integral=False)
        return spans

    def place(self, world: World) -> tuple[int, ...]:
        """Where in the array."""
        codes = (self.of,) if self.toward is None else (self.of, self.toward)
        return tuple(world.index[code] for code in codes)


class SetQuantity(_OfQuantity):
    """A state variable is set."""

    kind: Literal["set"]
    value: float = Field(description="The new value")

    def within(self, low: float, high: float) -> tuple[float, float]:
        """The range of the quantity."""
        return low, high

    def apply(self, world: World, where: Mask) -> None:
        """Gives the quantity the value, whatever it was."""
        put(world, self.quantity, self.place(world), self.value, where)


class ShiftQuantity(_OfQuantity):
    """A state variable is moved."""

    kind: Literal["shift"]
    value: float = Field(description="Added to the value it has")

    def within(self, low: float, high: float) -> tuple[float, float]:
        """As far as from one end of the range to the other, either way."""
        return low - high, high - low

    def apply(self, world: World, where: Mask) -> None:
        """Adds the value."""
        move(world, self.quantity, self.place(world), self.value, where)

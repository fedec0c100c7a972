"""Shocks of arms: deliveries, flows, embargoes and forces that move."""

from typing import Literal

from pydantic import Field

from realpolitik.sim.engine.actions import NAMED, ActorCode
from realpolitik.sim.engine.shocks.base import Change, Shock, move, put
from realpolitik.sim.engine.world import Mask, World, at_least


class Posture(Shock):
    """Forces of one actor move to protect another, and stand ready against who threatens it."""

    kind: Literal["posture"]
    by: ActorCode = Field(description="Whose forces")
    protecting: ActorCode = Field(description="Whom they protect")
    guard: Change = Field(
        0.3, description="Added to the guard of the protected, and to readiness [-1 to 1]"
    )

    def apply(self, world: World, where: Mask) -> None:
        """Adds guard, and readiness toward everyone whose dyad with the protected is tense."""
        sender, protected = world.index[self.by], world.index[self.protecting]
        move(world, "guard", (protected,), self.guard, where)
        tense = at_least(world.rung[:, protected], world.constants.tense_rung)
        for other in range(world.actors):
            if other != sender:
                move(world, "readiness", (sender, other), self.guard, where & tense[:, other])


class AidLevel(Shock):
    """A standing flow of arms grows or shrinks."""

    kind: Literal["aid_level"]
    by: ActorCode = Field(description="Who sends")
    to: ActorCode = Field(description="Who receives")
    change: Change = Field(description="Added to the flow [-1 to 1]")

    def apply(self, world: World, where: Mask) -> None:
        """Moves the flow."""
        move(world, "flow", (world.index[self.by], world.index[self.to]), self.change, where)


class ArmsDelivery(Shock):
    """A delivery of arms is offered, stands ready to leave, goes ahead, or is cancelled.

    While one is pending the sender must send it or call it back; one that is offered presses half
    as much. One that goes ahead adds the flow, capability and air defence of the act.
    """

    kind: Literal["arms_delivery"]
    by: ActorCode = Field(description="Who sends")
    to: ActorCode = Field(description="Who would receive")
    status: Literal["offered", "pending", "delivered", "cancelled"] = Field(
        "pending", description="How far it has come"
    )
    arms: Literal["offensive", "defensive"] = Field("offensive", description="What is sent")

    @property
    def _pending(self) -> str:
        """The quantity that holds what waits."""
        return "pending" if self.arms == "offensive" else "pending_defensive"

    def apply(self, world: World, where: Mask) -> None:
        """Marks the delivery, or makes it, or takes it off the table."""
        sender, receiver = world.index[self.by], world.index[self.to]
        waiting = {"offered": 0.5, "pending": 1.0}.get(self.status, 0.0)
        put(world, self._pending, (sender, receiver), waiting, where)
        if self.status == "delivered":
            sent = NAMED["offensive_arms" if self.arms == "offensive" else "defensive_aid"]
            move(world, "flow", (sender, receiver), sent.flow, where)
            move(world, "capability", (receiver,), sent.capability, where)
            move(world, "air_defence", (receiver,), sent.air_defence, where)


class Embargo(Shock):
    """A UN embargo on arms to an actor comes into force, or is lifted."""

    kind: Literal["embargo"]
    target: ActorCode = Field(description="To whom no arms may go")
    in_force: bool = Field(True, description="false lifts it")

    def apply(self, world: World, where: Mask) -> None:
        """Turns the embargo on or off."""
        put(world, "embargo", (world.index[self.target],), float(self.in_force), where)

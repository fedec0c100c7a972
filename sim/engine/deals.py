"""Linked deals: a concession of a rival against restraint toward a client (Nash bargaining)."""

from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from realpolitik.sim.engine.actions import ActorCode
from realpolitik.sim.engine.world import Array, Mask, OpenDeal, World

Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0, le=10)]
NotNegative = Annotated[float, Field(ge=0, le=10)]


class Deal(BaseModel):
    """A deal on the table between an actor who would hold back and a rival who would concede.

    Utilities [of a vital interest] for a concession x: the actor σ_R·x − k, the rival T·θ − σ_U·x.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(description="Name of the deal", examples=["prisoner_swap"])
    actor: ActorCode = Field(description="Who would restrain itself")
    rival: ActorCode = Field(description="Who would concede")
    toward: ActorCode = Field(description="The client whom the restraint concerns")
    openness: Share = Field(0.7, description="Openness of the channel at the start [0-1]")
    compartment: Share = Field(
        0.7, description="How far hostility elsewhere is kept out of the deal [0-1]"
    )
    concession_value: Positive = Field(1.0, description="σ_R: worth of a full concession to actor")
    concession_cost: Positive = Field(
        0.6, description="σ_U: cost of a full concession to the rival"
    )
    restraint_cost: NotNegative = Field(0.2, description="k without dependence on the client")
    dependence_cost: NotNegative = Field(0.2, description="Growth of k with arms from the client")
    threat_base: NotNegative = Field(0.1, description="T when nothing is said or sent")
    threat_words: NotNegative = Field(0.5, description="Growth of T with the public stance")
    threat_flow: NotNegative = Field(0.5, description="Growth of T with arms to the client")
    expectation: Share = Field(1.0, description="θ: how far the rival believes the threat")

    def open(self) -> OpenDeal:
        """What the worlds keep of it."""
        return OpenDeal(self.id, frozenset({self.actor, self.rival}), self.openness)

    def between(self, one: str, other: str) -> bool:
        """Whether these two, in either order, are its parties."""
        return {one, other} == {self.actor, self.rival}


def bargain(
    concession_value: float, restraint_cost: Array, threat: Array, concession_cost: float
) -> tuple[Mask, Array]:
    """Whether a bargain exists, and its Nash solution.

    Feasible iff k/σ_R ≤ Tθ/σ_U; then x* = ½(k/σ_R + Tθ/σ_U). `threat` is Tθ.
    """
    least, most = restraint_cost / concession_value, threat / concession_cost
    return least <= most, (least + most) / 2


def terms_of(deal: Deal, world: World) -> tuple[Mask, Array]:
    """Feasibility and concession of the deal in each world, both (W,)."""
    stance = sent = received = np.zeros(world.worlds)
    if deal.toward in world.index:
        actor, client = world.index[deal.actor], world.index[deal.toward]
        stance = np.maximum(world.stance[:, actor, client], 0)
        sent, received = world.flow[:, actor, client], world.flow[:, client, actor]
    threat = deal.threat_base + deal.threat_words * stance + deal.threat_flow * sent
    cost = deal.restraint_cost + deal.dependence_cost * received
    return bargain(deal.concession_value, cost, deal.expectation * threat, deal.concession_cost)


def reopen(deal: Deal, number: int, world: World, offered: Mask) -> None:
    """Moves the openness of the deal toward its base, and up where it was offered."""
    actor, rival, rules = world.index[deal.actor], world.index[deal.rival], world.constants
    hostility = (world.hostility[:, actor, rival] + world.hostility[:, rival, actor]) / 2
    base = np.clip(deal.openness - (1 - deal.compartment) * hostility, 0, 1)
    openness = base + rules.openness_persistence * (world.openness[:, number] - base)
    world.openness[:, number] = openness + offered * rules.openness_step * (1 - openness)


def strike_bargain(deal: Deal, number: int, world: World, offered: Mask, draw: Array) -> Mask:
    """Concludes the deal where it is offered, feasible and the draw falls below its openness."""
    feasible, concession = terms_of(deal, world)
    struck: Mask = offered & feasible & (draw < world.openness[:, number])
    relief = world.constants.deal_relief * np.minimum(concession, 1)
    world.openness[struck, number] = 1.0
    world.isolation[:, world.index[deal.actor]] -= struck * relief
    world.keep_in_range("isolation")
    return struck

"""Shocks of politics: elections, leaders, insults, sanctions, channels and offers."""

from typing import Literal

from pydantic import Field

from realpolitik.sim.engine.actions import ActorCode, DealId
from realpolitik.sim.engine.shocks.base import Change, Share, Shock, move, put
from realpolitik.sim.engine.world import Array, Mask, World


class Election(Shock):
    """An election; a challenger who wins governs from the inauguration on."""

    kind: Literal["election"]
    of: ActorCode = Field(description="Where the election is held")
    challenger_wins: Share = Field(0.5, description="Probability that the challenger wins [0-1]")
    inaugurated_after_weeks: int = Field(
        11, ge=0, le=60, description="From the election to the inauguration [weeks]"
    )

    @property
    def lag_weeks(self) -> int:
        """Weeks to the inauguration."""
        return self.inaugurated_after_weeks

    def happens(self, draw: Array) -> Mask:
        """Worlds in which the challenger wins."""
        wins: Mask = draw < self.challenger_wins * self.probability
        return wins

    def apply(self, world: World, where: Mask) -> None:
        """The challenger governs."""
        world.administration[where, world.index[self.of]] = 1.0


class NewLeader(Shock):
    """A leader goes and another comes: personal rapport starts anew, perhaps another policy."""

    kind: Literal["new_leader"]
    of: ActorCode = Field(description="Whose leader")
    rapport: Share = Field(0.0, description="Rapport of the new leader with every other [0-1]")
    administration: Share | None = Field(
        None, description="0 the policy of the start, 1 the challenger's; none: no change"
    )

    def apply(self, world: World, where: Mask) -> None:
        """Resets rapport in both directions, and the administration if one is given."""
        new = world.index[self.of]
        for other in range(world.actors):
            if other != new:
                put(world, "rapport", (new, other), self.rapport, where)
                put(world, "rapport", (other, new), self.rapport, where)
        if self.administration is not None:
            put(world, "administration", (new,), self.administration, where)


class Insult(Shock):
    """A public insult: hostility, less rapport, and a colder channel for deals between the two."""

    kind: Literal["insult"]
    by: ActorCode = Field(description="Who insults")
    at: ActorCode = Field(description="Who is insulted")
    hostility: Share = Field(0.05, description="Added to hostility and to its baseline [0-1]")
    rapport: Change = Field(-0.1, description="Added to rapport in both directions [-1 to 1]")
    openness: Change = Field(-0.1, description="Added to openness of deals between them [-1 to 1]")
    affront: Share = Field(0.3, description="Added to the affront of the insulted [0-1]")

    def apply(self, world: World, where: Mask) -> None:
        """Moves hostility and affront of the insulted, rapport of both, and their deals."""
        one, other = world.index[self.by], world.index[self.at]
        move(world, "hostility", (other, one), self.hostility, where)
        move(world, "affront", (other, one), self.affront, where)
        for place in ((one, other), (other, one)):
            move(world, "rapport", place, self.rapport, where)
        for deal in world.deals_between(self.by, self.at):
            world.open_deal(deal, self.openness, where)


class Sanctions(Shock):
    """Sanctions on an actor, or relief from them."""

    kind: Literal["sanctions"]
    by: ActorCode = Field(description="Who imposes or lifts them")
    target: ActorCode = Field(description="Whom they isolate")
    isolation: Change = Field(0.1, description="Added to isolation; negative for relief [-1 to 1]")
    hostility: Change = Field(0.02, description="Added to hostility of the one toward the other")
    affront: Share = Field(
        0.8, description="Added to the affront of the sanctioned; 0 for relief [0-1]"
    )

    def apply(self, world: World, where: Mask) -> None:
        """Moves isolation, and hostility and affront of the sanctioned by the author."""
        author, target = world.index[self.by], world.index[self.target]
        move(world, "isolation", (target,), self.isolation, where)
        move(world, "hostility", (target, author), self.hostility, where)
        move(world, "affront", (target, author), self.affront, where)


class DealOffered(Shock):
    """A deal is put on the table from outside, such as an exchange of prisoners: it opens."""

    kind: Literal["deal_offered"]
    deal: DealId = Field(description="Which of the scenario's deals")
    openness: Change = Field(0.3, description="Added to its openness [-1 to 1]")

    def apply(self, world: World, where: Mask) -> None:
        """Moves openness."""
        world.open_deal(self.deal, self.openness, where)


class RelationsChanged(Shock):
    """Personal rapport or a military channel between two is made, cooled or cut."""

    kind: Literal["relations_changed"]
    by: ActorCode = Field(description="One of the two")
    toward: ActorCode = Field(description="The other")
    rapport: Share | None = Field(None, description="Rapport from now on, both ways [0-1]")
    channel: Share | None = Field(None, description="Military channel from now on, both ways [0-1]")

    def apply(self, world: World, where: Mask) -> None:
        """Sets what is given, in both directions."""
        one, other = world.index[self.by], world.index[self.toward]
        for name, value in (("rapport", self.rapport), ("deconfliction", self.channel)):
            if value is not None:
                put(world, name, (one, other), value, where)
                put(world, name, (other, one), value, where)

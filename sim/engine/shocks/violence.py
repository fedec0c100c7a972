"""Shocks of violence: killings, and events that cost lives."""

from typing import Literal

from pydantic import Field

from realpolitik.sim.engine.actions import ActorCode
from realpolitik.sim.engine.shocks.base import MOST_DEATHS, Share, Shock, move, raise_to
from realpolitik.sim.engine.world import Mask, World


class Assassination(Shock):
    """A killing that one side must answer: pressure, a covert act's rung, and lasting hostility."""

    kind: Literal["assassination"]
    by: ActorCode = Field(description="Who killed")
    against: ActorCode = Field(description="Who is under pressure to answer")
    pressure: Share = Field(0.9, description="Domestic pressure to hit back, at least [0-1]")
    rung: float = Field(5.0, ge=0, le=10, description="Rung the dyad is raised to [0-10]")
    hostility: Share = Field(0.05, description="Added to hostility and to its baseline [0-1]")
    affront: Share = Field(1.0, description="Added to the affront of the one by the other [0-1]")

    def apply(self, world: World, where: Mask) -> None:
        """Raises pressure and rung to at least the given values, and adds hostility and affront."""
        victim, killer = world.index[self.against], world.index[self.by]
        raise_to(world.pressure, (victim, killer), self.pressure, where)
        raise_to(world.rung, (victim, killer), self.rung, where)
        raise_to(world.rung, (killer, victim), self.rung, where)
        move(world, "hostility", (victim, killer), self.hostility, where)
        move(world, "affront", (victim, killer), self.affront, where)


class Casualties(Shock):
    """Civilians die, by whatever hand; those who blame someone want to hit back."""

    kind: Literal["casualties"]
    target: ActorCode = Field(description="On whose soil")
    deaths: int = Field(ge=0, le=MOST_DEATHS, description="Civilian deaths")
    blamed: ActorCode | None = Field(None, description="Whom the victim blames, if anyone")
    pressure: Share = Field(0.5, description="Pressure to hit the blamed, at least [0-1]")
    affront: Share = Field(1.0, description="Added to the affront by the blamed [0-1]")

    def apply(self, world: World, where: Mask) -> None:
        """Adds the dead; raises pressure on the blamed, and adds affront by them."""
        victim = world.index[self.target]
        move(world, "casualties", (victim,), self.deaths, where)
        if self.blamed is not None:
            place = (victim, world.index[self.blamed])
            raise_to(world.pressure, place, self.pressure, where)
            move(world, "affront", place, self.affront, where)

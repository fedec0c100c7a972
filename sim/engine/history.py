"""What happened so far in each world: all that the measures need, and no more."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import ACTIONS
from realpolitik.sim.engine.deeds import Deeds, given
from realpolitik.sim.engine.relations import Relations
from realpolitik.sim.engine.world import Array, Mask, World, at_least, flat

_DIRECT = np.array([bool(action.strike) for action in ACTIONS])


@dataclass(frozen=True)
class Happened:
    """A week once everything has happened.

    Attributes:
        deeds: What was done.
        tense: Dyads that stood tense when the choices were made, (W, n, n).
        public, material: Alignment scores of the week, (W, n, n).
        war: Dyads at war, (W, n, n).
        clash: Worlds in which two great powers clashed, (W,).
    """

    deeds: Deeds
    tense: Mask
    public: Array
    material: Array
    war: Mask
    clash: Mask


class History:
    """The record of W worlds, updated once a week after everything has happened.

    Attributes:
        first: Week of the first deed of each action by each actor toward each other, 0 if it never
            came: (W, n, n, actions).
        help: Highest grade of help each actor gave each other, (W, n, n) in 0-6.
        public, material: Sums over the weeks of the alignment scores, (W, n, n).
        weeks: Weeks measured, (W,).
        rung: Highest rung of the week, (W,); `highest` the highest so far.
        war, regional, clash: Whether such a war or clash occurred so far, (W,).
        entry: Whether a third party struck one of two at war so far, (W,).
        war_ended_in: Week of the first without war after one with, 0 if there was none: (W,).
        deals: How often each deal was struck, (W, d).
        calm_in: Week that ended the first calm spell, 0 if none did: (W,).
        deeds: Number of deeds in all worlds, (n, n, actions).
    """

    def __init__(self, world: World, relations: Relations) -> None:
        """Starts with nothing done."""
        worlds, actors, actions = world.worlds, world.actors, len(ACTIONS)
        self.world, self.relations = world, relations
        self.first: NDArray[np.int16] = np.zeros(
            (worlds, actors, actors, actions), dtype=np.int16, order="F"
        )
        dyads = (worlds, actors, actors)
        self.help, self.public, self.material = (np.zeros(dyads, order="F") for _ in range(3))
        self.rung, self.highest, self.weeks = (np.zeros(worlds) for _ in range(3))
        self.war, self.regional, self.clash, self.entry = (
            np.zeros(worlds, dtype=np.bool_) for _ in range(4)
        )
        self.war_ended_in = np.zeros(worlds)
        self.deals = np.zeros((worlds, len(world.deals)), order="F")
        self.calm_run, self.calm_in = np.zeros(worlds), np.zeros(worlds)
        self.deeds = np.zeros((actors, actors, actions), dtype=np.int64)
        self._embroiled: Mask = np.zeros((worlds, actors), dtype=np.bool_, order="F")

    def note(self, week: Happened) -> None:
        """Adds a week."""
        self._note_deeds(week.deeds, week.tense)
        self._note_scores(week)
        self._note_wars(week)
        self._note_rungs()

    def _note_deeds(self, deeds: Deeds, tense: Mask) -> None:
        """First weeks, numbers of deeds, and the help they give."""
        first = flat(self.first)
        places = given(self.world, deeds) + self.help.size * deeds.action
        first[places[first[places] == 0]] = self.world.week
        acts = deeds.acts
        counts = np.bincount(deeds.option, minlength=len(acts))
        np.add.at(self.deeds, (acts.actor, acts.target, acts.action), counts)
        helpful = deeds.with_column("help_grade")
        strikes = helpful.column("severity") > 0
        self._grade(helpful.where(~strikes))
        self._grade(self._help_by_force(helpful.where(strikes), tense))

    def _grade(self, helpful: Deeds) -> None:
        places = given(self.world, helpful)
        np.maximum.at(flat(self.help), places, helpful.column("help_grade"))

    def _help_by_force(self, strikes: Deeds, tense: Mask) -> Deeds:
        """A strike on k helps each partner of the striker that stands tense with k."""
        helped = self.relations.partner[strikes.actor] & tense[strikes.world, strikes.target]
        row, partner = np.nonzero(helped)
        return strikes.where(row).toward(partner)

    def _note_scores(self, week: Happened) -> None:
        """Alignment and clashes in worlds that have not ended before.

        Where a world has ended nobody acts, and the scores are 0.
        """
        running = ~self.world.ended
        self.weeks += running
        self.public += week.public
        self.material += week.material
        self.clash |= week.clash

    def _note_wars(self, week: Happened) -> None:
        """Wars, their end, and the entry of third parties."""
        running, war = ~self.world.ended, week.war.any(axis=(1, 2))
        ends = self.war & ~war & (self.war_ended_in == 0) & running
        self.war_ended_in[ends] = self.world.week
        self.war |= war & running
        self.entry[self._entries(week).world] = True

    def _entries(self, week: Happened) -> Deeds:
        """Direct strikes on one of two that are at war, by another than the two."""
        direct = week.deeds.among(_DIRECT[week.deeds.acts.action])
        enemies = week.war[direct.world, direct.target]
        enemies[np.arange(len(direct)), direct.actor] = False
        return direct.where(np.flatnonzero(enemies.any(axis=1)))

    def _note_rungs(self) -> None:
        """How high the ladder was climbed, how widely, and for how long it has been calm."""
        running = ~self.world.ended
        rung = self.world.rung * ~self.world.background
        self.rung = np.where(running, rung.max(axis=(1, 2)), self.rung)
        self.highest = np.maximum(self.highest, self.rung)
        self._note_spread(rung, running)
        self._note_calm(running)

    def _note_spread(self, rung: Array, running: Mask) -> None:
        """A regional war: enough actors at the rung of a direct strike within two weeks."""
        rules = self.world.constants
        embroiled: Mask = np.any(at_least(rung, rules.direct_rung), axis=2)
        spread = (embroiled | self._embroiled).sum(axis=1) >= rules.regional_actors
        self.regional |= spread & running
        self._embroiled = embroiled

    def _note_calm(self, running: Mask) -> None:
        """The first spell of calm weeks ends the crisis."""
        rules = self.world.constants
        self.calm_run = (self.calm_run + 1) * (self.rung <= rules.calm_rung)
        ends = (self.calm_run >= rules.calm_weeks) & (self.calm_in == 0) & running
        self.calm_in[ends] = self.world.week

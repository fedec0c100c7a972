"""The escalation model: a scenario set going, week by week."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

import mesa
import numpy as np
from numpy.typing import ArrayLike

from realpolitik.sim.engine import dynamics
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.appraisal import appraise
from realpolitik.sim.engine.collecting import WeekCollector
from realpolitik.sim.engine.deals import reopen, strike_bargain
from realpolitik.sim.engine.deeds import Acts, Deeds, Week, join
from realpolitik.sim.engine.history import Happened, History
from realpolitik.sim.engine.incentives import Seat
from realpolitik.sim.engine.options import list_options
from realpolitik.sim.engine.parameters import Constants, Value, merge
from realpolitik.sim.engine.rates import Habits
from realpolitik.sim.engine.relations import relations_of
from realpolitik.sim.engine.shocks import Shock
from realpolitik.sim.engine.shocks.base import Trigger
from realpolitik.sim.engine.streams import Streams, refuse_beyond_block
from realpolitik.sim.engine.world import Array, Mask, World, at_least, everywhere
from realpolitik.sim.scenario.arguments import whole_number
from realpolitik.sim.scenario.errors import Place, ScenarioError, unknown
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.values import (
    one_each,
    refuse_arrays_beyond,
    refuse_beyond,
    refuse_unreplayed,
)
from realpolitik.sim.scenario.vocabulary import vocabulary


class EscalationModel(mesa.Model):
    """Worlds of one scenario, moved together; with one world an ordinary Mesa model.

    Attributes:
        spec: The scenario.
        world: The state of the worlds.
        shocks: What happens to the worlds, with what is set for it.
        history: What happened so far.
        acts: All that can be done, of which deeds are.
        deeds: What is chosen this week, while it is being collected.
        happened: The last week, once everything in it has happened.
        week: Weeks done, 0 before the first.
        running: Whether weeks are left.
        datacollector: Every outcome after every week, as it stands, numbered as `Result.weeks` is;
            filled only in a model of one world, where it is a number.
    """

    def __init__(
        self,
        scenario: Scenario | str | Path,
        worlds: int = 1,
        *,
        rng: int | np.random.Generator | None = None,
        block: int = 0,
        first: int = 0,
        bounded: bool = True,
        parameters: Mapping[str, ArrayLike] | None = None,
        copies: int = 1,
    ) -> None:
        """Sets up the first week.

        Args:
            scenario: What to set going, or its name or file.
            worlds: Number of worlds, 1 to 1024 (more than a block: use `simulate`).
            rng: The seed; None takes one from the system.
            block: Which block of worlds these lie in.
            first: Which world of the block is the first of them.
            bounded: Whether values beyond their declared ranges are refused; to take an incentive
                away is to go beyond that of its weight.
            parameters: Address → a value, or one for each row, on top of the scenario's own.
            copies: How often the same worlds stand in the model, one set of them after the other:
                row r is world r modulo `worlds`, with the draws of that world.

        Raises:
            ScenarioError: the scenario sets what does not exist, or goes beyond a range.
            TypeError: something is given that is of another kind altogether.
            ValueError: the worlds do not lie within a block, or in it differ in which dyads are at
                war from the start.
        """
        scenario, worlds = load_scenario(scenario), whole_number(worlds, "worlds", 1)
        refuse_unreplayed(scenario)
        block, first = whole_number(block, "block"), whole_number(first, "first")
        copies = whole_number(copies, "copies", 1)
        refuse_beyond_block(worlds, first, copies)
        rows = copies * worlds
        given = one_each(parameters, rows)
        if bounded:
            refuse_beyond(scenario)
            refuse_arrays_beyond(given, scenario)
        if rng is not None and not isinstance(rng, np.random.Generator):
            rng = whole_number(rng, "rng")
        super().__init__(rng=rng)
        self.spec = scenario
        self.codes = tuple(sorted(scenario.actors))
        self.streams = Streams(_seed(rng), block, worlds, scenario.weeks, first, copies)
        self._set_up(merge(dict[str, Value](scenario.settings), given), rows)
        # Mesa 3.3 counts the agents of every model there ever was, and so holds on to it.
        getattr(mesa.Agent, "_ids", {}).pop(self, None)
        self.datacollector = WeekCollector(scenario.outcomes)
        self.running = scenario.weeks > 0

    def _set_up(self, settings: Mapping[str, Value], rows: int) -> None:
        """Makes so many worlds as they start, and the actors in them."""
        words, scenario = vocabulary(), self.spec
        values = words.values(settings)
        classes = {code: words.actors[code] for code in self.codes}
        start, deals = words.start(scenario, settings), [deal.open() for deal in scenario.deals]
        self.world = World(self.codes, rows, start, Constants(values), deals)
        self.shocks = tuple(shock.as_set(settings) for shock in scenario.shocks)
        self.triggers = triggers(self.shocks, rows)
        for actor, seat in seats(classes, scenario, values, words.habits(values)):
            actor(self, seat)
        self.acts = Acts.of([actor.options for actor in self.actors])
        self.world.forget_acts(len(self.acts))
        self.deeds = Week(self.acts, self.world.ended)
        self.relations = relations_of(classes, values, self.acts)
        self.history = History(self.world, self.relations)

    @property
    def week(self) -> int:
        """Weeks done so far."""
        return self.world.week

    @property
    def actors(self) -> tuple[StateActor, ...]:
        """The actors, in the order of the axes."""
        return tuple(agent for agent in self.agents if isinstance(agent, StateActor))

    def draw(self, *name: str) -> Array:
        """The uniform numbers of that name this week, (W,)."""
        return self.streams.at(self.week, *name)

    def draw_rows(self, names: Sequence[tuple[str, ...]]) -> Array:
        """The uniform numbers of these names this week, (names, W)."""
        return self.streams.rows(self.week, names)

    def draw_dyads(
        self, name: str, wanted: Mask | None = None, *, symmetric: bool = False
    ) -> Array:
        """The uniform numbers of that name this week for every dyad, (W, n, n).

        `wanted` (n, n) marks the dyads that need any; the others are left at ½.
        """
        return self.streams.of_dyads(self.week, name, self.codes, wanted, symmetric=symmetric)

    def step(self) -> None:
        """One week: shocks, everyone chooses from one snapshot, everything happens."""
        self.apply_shocks()
        self.agents.do("choose").do("act")
        self.settle()
        self.record()

    def run(self) -> "EscalationModel":
        """All weeks that are left."""
        while self.running:
            self.step()
        return self

    def outcome(self, name: str) -> Array:
        """An outcome of the scenario as it stands now, (W,).

        Raises:
            ScenarioError: the scenario has none of that name.
        """
        measure = self.spec.outcomes.get(name)
        if measure is None:
            place = Place(self.spec.name or "scenario")
            raise ScenarioError([unknown(place, "outcome", str(name), self.spec.outcomes)])
        return measure.value(self.history)

    def apply_shocks(self) -> None:
        """Begins the week with the shocks that are felt in it."""
        self.world.week += 1
        for shock, due in list(self._due_shocks()):
            shock.apply(self.world, due & shock.happens(self.draw("shock", shock.id)))
        appraise(self.world, self.relations)
        self.deeds = Week(self.acts, self.world.ended)

    def settle(self) -> None:
        """Everything that was chosen happens at once."""
        world, relations = self.world, self.relations
        tracks = self.deeds.tracks()
        words, private, material, force = tracks
        everything = join(tracks)
        tense = at_least(world.rung, world.constants.tense_rung)
        dynamics.use_force(world, force, self._casualty_draws(force), relations)
        dynamics.send_arms(world, material, relations)
        dynamics.speak(world, words, private, relations)
        public = dynamics.alignment_scores(world, [words], relations)
        deeds = dynamics.alignment_scores(world, [material, force], relations)
        dynamics.keep_stance(world, public)
        impulse = dynamics.impulses(world, everything, relations)
        self._make_deals(private, impulse)
        dynamics.learn(world, everything)
        slippery = dynamics.find_tense(world)
        draws = self.draw_dyads("accident", np.any(slippery, axis=0), symmetric=True)
        dynamics.have_accidents(world, slippery, draws)
        war = dynamics.find_wars(world)
        clash = dynamics.find_clashes(world, relations)
        dynamics.react(world, impulse, self.draw_dyads("noise"))
        dynamics.take_affront(world, everything, relations)
        self.happened = Happened(everything, tense, public, deeds, war, clash)

    def record(self) -> None:
        """Measures the week; then what fades, fades, and worlds that clashed have ended."""
        self.history.note(self.happened)
        self.world.ended |= self.happened.clash
        dynamics.decay(self.world)
        dynamics.remember_acts(self.world, self.happened.deeds)
        self.running = self.week < self.spec.weeks
        if self.world.worlds == 1:
            self.datacollector.collect(self)

    def _due_shocks(self) -> Iterator[tuple[Shock, Mask]]:
        """The shocks that are felt this week, each with the worlds (W,) in which they are due."""
        for shock in self.shocks:
            trigger = self.triggers.get(shock.id)
            if trigger:
                due = trigger.due(self.outcome(trigger.when.outcome), self.week)
            else:
                is_due = np.asarray(shock.felt_in_week(self.spec.start) == self.week)
                due = np.broadcast_to(is_due, self.world.worlds)
            if due.any():
                yield shock, due

    def _make_deals(self, private: Deeds, impulse: Array) -> None:
        """Offers and bargains; the goodwill they leave is taken off `impulse` (W, n, n)."""
        world = self.world
        for number, deal in enumerate(self.spec.deals):
            offered = np.zeros(world.worlds, dtype=np.bool_)
            offered[private.world[private.deal == number]] = True
            reopen(deal, number, world, offered)
            struck = strike_bargain(deal, number, world, offered, self.draw("deal", deal.id))
            self.history.deals[:, number] += struck
            one, other = world.index[deal.actor], world.index[deal.rival]
            for place in ((one, other), (other, one)):
                impulse[everywhere(*place)] -= world.constants.deal_goodwill * struck

    def _casualty_draws(self, force: Deeds) -> Array:
        """A draw for each actor that strikes another, (W, n, n); ½ for the others."""
        strikes, actors = force.with_column("severity"), len(self.codes)
        striking = np.zeros((actors, actors), dtype=np.bool_)
        striking[strikes.actor, strikes.target] = True
        return self.draw_dyads("casualties", striking)


def _seed(rng: int | np.random.Generator | None) -> int:
    """The seed of the streams."""
    if isinstance(rng, np.random.Generator):
        return int(rng.integers(2**63))
    if rng is None:
        return int(np.random.default_rng().integers(2**63))
    return int(rng)


def triggers(shocks: Iterable[Shock], worlds: int) -> dict[str, Trigger]:
    """Shock → what waits for its condition, of those that have one."""
    return {
        shock.id: Trigger(shock.when, shock.lag_weeks, worlds) for shock in shocks if shock.when
    }


def seats(
    classes: Mapping[str, type[StateActor]],
    scenario: Scenario,
    values: Mapping[str, Value],
    habits: Habits,
) -> list[tuple[type[StateActor], Seat]]:
    """Each actor with its seat."""
    codes = tuple(classes)
    roles = {code: actor.roles.among(codes) for code, actor in classes.items()}
    options = [
        list_options(code, roles, scenario.deals, actor.actions, habits)
        for code, actor in classes.items()
    ]
    firsts = accumulate(map(len, options), initial=0)
    return [
        (
            actor,
            Seat(
                actor=number,
                codes=codes,
                options=own,
                first=first,
                kinds=tuple(one.kind for one in classes.values()),
                roles=roles,
                deals=scenario.deals,
                values=values,
            ),
        )
        for number, (actor, own, first) in enumerate(
            zip(classes.values(), options, firsts, strict=False)
        )
    ]

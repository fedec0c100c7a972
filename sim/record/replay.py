"""Replay: what a record says was done, in place of drawn choices.

The state of every week follows by the model's own equations, and before each week every choice has
its probabilities. What else chance decides goes the middle way: every draw is ½. A week that the
record does not cover is taken to repeat the one before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.incentives.reasons import Reason, bind_reasons
from realpolitik.sim.engine.options import Options
from realpolitik.sim.engine.rates import rate_address
from realpolitik.sim.engine.world import Array, Mask, World
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.record.rates import RATED, STEP_BACK, Counted
from realpolitik.sim.record.weekly import Pair, Record
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

LEAD = 4
"""First weeks of a spell, in which the memories of the model only fill."""

Numbers = NDArray[np.int64]
Acts = frozenset[tuple[Pair, str]]
"""Acts of pairs, such as those that a record can tell: all others are taken not to be done."""


@dataclass(frozen=True)
class Told:
    """What a record says of one actor, in terms of its options.

    Attributes:
        options: Which of its options the record can tell, (K,).
        chosen: The option taken in each group, (weeks, G); the most escalating of several, hold
            where none is told.
    """

    options: Mask
    chosen: Numbers


@dataclass(frozen=True)
class Watched:
    """One actor in the weeks of a spell.

    Attributes:
        actor: With its options and its seat.
        told: What the record says of it.
        weights: q · exp(λ(U − o)) of every option before each week, 0 where closed: (weeks, K).
        stakes: What each reason would add to the utility for a weight of 1, (weeks, K, reasons);
            empty unless asked for.
        addresses: Those of the weights of the reasons.
    """

    actor: StateActor
    told: Told
    weights: Array
    stakes: Array
    addresses: tuple[str, ...]

    @property
    def probabilities(self) -> Array:
        """Of every option within its choice, before each week: (weeks, K)."""
        groups = self.actor.options.groups
        starts = [group.start for group in groups]
        sizes = [group.stop - group.start for group in groups]
        totals = np.add.reduceat(self.weights, starts, axis=1)
        return np.asarray(self.weights / np.repeat(totals, sizes, axis=1))


class Replay(EscalationModel):
    """Worlds that do what a record says in the weeks of a spell, and may then go on freely."""

    def __init__(
        self,
        scenario: Scenario,
        spell: Record,
        worlds: int = 1,
        *,
        rng: int = 0,
        further: int = 0,
        parameters: Mapping[str, ArrayLike] | None = None,
        told: Acts | None = None,
    ) -> None:
        """Sets up the first week of a spell.

        Args:
            scenario: What the weeks are seen with. Its shocks happen on their dates; those without
                a date do not.
            spell: Weeks with but short holes between them.
            worlds: Number of worlds, 1 to 1024.
            rng: The seed, for what is done freely.
            further: Weeks beyond the spell that there may be.
            parameters: Address → a value, on top of the scenario's own.
            told: What the record can tell; None for `told_acts`.
        """
        self.replaying, self.spell, self.rows = True, spell, _rows(spell)
        own = {
            "start": spell.weeks[0],
            "weeks": len(self.rows) + further,
            "shocks": tuple(shock for shock in scenario.shocks if shock.date),
        }
        super().__init__(scenario.model_copy(update=own), worlds, rng=rng, parameters=parameters)
        acts = told_acts(scenario, spell) if told is None else told
        self.told = [told_of(actor, self.codes, spell, acts) for actor in self.actors]

    def draw(self, *name: str) -> Array:
        """As drawn; ½ in a replay."""
        return self._middle(self.world.worlds) if self.replaying else super().draw(*name)

    def draw_dyads(
        self, name: str, wanted: Mask | None = None, *, symmetric: bool = False
    ) -> Array:
        """As drawn; ½ in a replay."""
        if self.replaying:
            return self._middle(*self.world.rung.shape)
        return super().draw_dyads(name, wanted, symmetric=symmetric)

    def take(self) -> None:
        """Ends a week that has begun as the record has it."""
        for actor, told in zip(self.actors, self.told, strict=True):
            chosen = told.chosen[self.rows[self.week - 1]].astype(np.int32)
            actor.chosen = np.broadcast_to(chosen, (self.world.worlds, len(chosen)))
        self.agents.do("act")
        self.settle()
        self.record()

    @staticmethod
    def _middle(*shape: int) -> Array:
        return np.full(shape, 0.5, order="F")


def _rows(spell: Record) -> Numbers:
    """For each week from the first to the last, the number of that which stands for it."""
    days = np.array(spell.weeks, dtype="datetime64[D]")
    every = np.arange(days[0], days[-1] + 1, 7)
    return np.searchsorted(days, every, side="right") - 1


def told_acts(scenario: Scenario, record: Record) -> Acts:
    """What a record can tell of the actors of a scenario.

    Of steps back only those of pairs with a rate of their own of it: who never stood against whom
    cannot have stepped back.
    """
    rates = vocabulary().rates
    return frozenset(
        (pair, action)
        for pair, actions in Counted.of(record, scenario).rated.items()
        for action in actions
        if action != STEP_BACK or rates[rate_address(*pair, action)].is_own
    )


def told_of(actor: StateActor, codes: Sequence[str], spell: Record, acts: Acts) -> Told:
    """What a record says of an actor, of those acts."""
    options, numbers = actor.options, {pair: n for n, pair in enumerate(spell.pairs)}
    done = np.zeros((len(spell.weeks), len(options)), dtype=np.bool_)
    told = np.zeros(len(options), dtype=np.bool_)
    did = {action: spell.did([action]) for action in RATED}
    for option, action in enumerate(options.actions()):
        pair = (actor.code, codes[options.target[option]])
        if (pair, action.action) in acts:
            told[option] = True
            done[:, option] = did[action.action][:, numbers[pair]]
    return Told(told, _chosen(options, done))


def _chosen(options: Options, done: Mask) -> Numbers:
    """The last option that is done in each group, or hold: (weeks, groups)."""
    chosen = np.tile(options.holds, (len(done), 1))
    for number, group in enumerate(options.groups):
        for option in range(group.start, group.stop):
            chosen[done[:, option], number] = option
    return chosen


# ── A whole record ───────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Spell:
    """The replay of weeks that follow each other.

    Attributes:
        record: The weeks.
        actors: What each actor could do before each of them.
        world: The state after the last.
    """

    record: Record
    actors: tuple[Watched, ...]
    world: World

    def knows(self, number: int, target: int) -> bool:
        """Whether the record knows the actor of that number, and the one it aims at."""
        return self._seen.issuperset(self.actors[one].actor.code for one in (number, target))

    @cached_property
    def _seen(self) -> frozenset[str]:
        return frozenset({*self.record.acts["of"], *self.record.acts["toward"]})


def replay(
    scenario: Scenario,
    record: Record,
    parameters: Mapping[str, ArrayLike] | None = None,
    told: Acts | None = None,
    *,
    stakes: bool = False,
) -> list[Spell]:
    """Replays the spells of a record that are longer than the lead, each from the start on.

    Args:
        scenario: What the weeks are seen with; see `Replay`.
        record: Weeks and acts.
        parameters: Address → a value, on top of the scenario's own.
        told: What the record can tell; None for `told_acts`.
        stakes: Whether to keep what was at stake, which takes most of the time and memory.
    """
    acts = told_acts(scenario, record) if told is None else told
    spells = (
        Replay(scenario, spell, parameters=parameters, told=acts) for spell in long_spells(record)
    )
    return [_replayed(model, stakes=stakes) for model in spells]


def spells_of(record: Record) -> Iterator[Record]:
    """The runs of weeks of a record that follow each other."""
    for spell in record.spells():
        yield record.between(record.weeks[spell.start], record.weeks[spell.stop - 1])


def long_spells(record: Record) -> list[Record]:
    """The spells that are longer than the lead."""
    return [spell for spell in spells_of(record) if len(spell.weeks) > LEAD]


def _replayed(model: Replay, *, stakes: bool) -> Spell:
    reasons = [_unweighted(actor) for actor in model.actors]
    weights: list[list[Array]] = [[] for _ in model.actors]
    at_stake: list[list[Array]] = [[] for _ in model.actors]
    for covered in np.diff(model.rows, prepend=-1) > 0:
        model.apply_shocks()
        for actor, own, kept, seen in zip(model.actors, reasons, weights, at_stake, strict=True):
            if covered:
                kept.append(actor.option_weights()[0].copy())
            if covered and stakes:
                seen.append(_stakes(actor, own))
        model.take()
    watched = zip(model.actors, model.told, weights, at_stake, reasons, strict=True)
    return Spell(
        model.spell,
        tuple(
            Watched(actor, told, np.array(kept), np.array(seen), tuple(one.address for one in own))
            for actor, told, kept, seen, own in watched
        ),
        model.world,
    )


def _unweighted(actor: StateActor) -> tuple[Reason, ...]:
    """The reasons of an actor with weights of 1."""
    weights = {parameter.address: 1.0 for parameter in actor.parameters()}
    seat = replace(actor.seat, values={**actor.seat.values, **weights})
    return bind_reasons(actor.all_incentives(), seat)


def _stakes(actor: StateActor, reasons: Sequence[Reason]) -> Array:
    """What each reason adds to the utility of each option for a weight of 1, (K, reasons)."""
    world = actor.model.world
    return np.stack([one.contributions(world, slice(None))[0] for one in reasons], axis=-1)

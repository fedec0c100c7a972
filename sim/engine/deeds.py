"""The deeds of a week: what was done to whom, in which world."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import TRACKS, column, number_of
from realpolitik.sim.engine.options import Options
from realpolitik.sim.engine.rates import side_by_side
from realpolitik.sim.engine.world import QUANTITIES, Array, Mask, World, flat

Numbers = NDArray[np.int64]

# ── What can be done ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class Acts:
    """All that can be done by anyone to anyone, one row an option; K of them.

    Attributes:
        actor, target, action: Numbers, (K,).
        deal: Number of the deal that an option is about, −1 for none: (K,).
        rate: Probability in an ordinary week of the pair, (K,) or one a world, (W, K).
    """

    actor: Numbers
    target: Numbers
    action: Numbers
    deal: Numbers
    rate: Array
    _columns: dict[str, Array] = field(default_factory=dict)
    _dyads: dict[int, tuple[Numbers, Numbers]] = field(default_factory=dict)

    @classmethod
    def of(cls, options: Sequence[Options]) -> "Acts":
        """The options of all actors, in the order of the actors."""
        return cls(
            np.repeat(np.arange(len(options)), [len(one) for one in options]),
            np.concatenate([one.target for one in options]),
            np.concatenate([one.action for one in options]),
            np.concatenate([one.deal for one in options]),
            side_by_side([one.rate for one in options]),
        )

    def __len__(self) -> int:
        """Number of options."""
        return len(self.action)

    def column(self, name: str) -> Array:
        """A column of the table of actions, one number an option."""
        if name not in self._columns:
            self._columns[name] = column(name)[self.action]
        return self._columns[name]

    def dyads(self, actors: int) -> tuple[Numbers, Numbers]:
        """Number of the row (see `row_of`) of each dyad, forth and back, among so many actors."""
        if actors not in self._dyads:
            forth, back = self.actor + actors * self.target, self.target + actors * self.actor
            self._dyads[actors] = (forth, back)
        return self._dyads[actors]


@dataclass(frozen=True)
class Deeds:
    """A table with one row a deed: numbers of its world and of its option among all `acts`.

    What an actor chooses it does once a week to another, so no two rows share world, actor, target
    and choice; beyond the public words, these are one a track. `bears_on` stands for the target
    where it is not None.
    """

    world: Numbers
    option: Numbers
    acts: Acts
    bears_on: Numbers | None = None

    def __len__(self) -> int:
        """Number of deeds."""
        return len(self.world)

    @property
    def actor(self) -> Numbers:
        """Number of the actor of each deed."""
        return self.acts.actor[self.option]

    @property
    def target(self) -> Numbers:
        """Number of the actor to whom each deed is done."""
        return self.acts.target[self.option] if self.bears_on is None else self.bears_on

    @property
    def action(self) -> Numbers:
        """Number of the action of each deed."""
        return self.acts.action[self.option]

    @property
    def deal(self) -> Numbers:
        """Number of the deal that each deed is about, −1 for none."""
        return self.acts.deal[self.option]

    @property
    def rate(self) -> Array:
        """Probability of each deed in an ordinary week of the pair."""
        rate = self.acts.rate
        return rate[self.option] if rate.ndim == 1 else rate[self.world, self.option]

    def column(self, name: str) -> Array:
        """A column of the table of actions, one number a deed."""
        return self.acts.column(name)[self.option]

    def where(self, rows: Mask | Numbers | slice) -> "Deeds":
        """The marked rows, or the rows of those numbers."""
        if isinstance(rows, np.ndarray) and rows.dtype == np.bool_:
            rows = np.flatnonzero(rows)
        bears_on = None if self.bears_on is None else self.bears_on[rows]
        return Deeds(self.world[rows], self.option[rows], self.acts, bears_on)

    def of(self, action: str) -> "Deeds":
        """The rows with the named action."""
        return self.among(self.acts.action == number_of(action))

    def with_column(self, name: str) -> "Deeds":
        """The rows whose action has a positive number in that column."""
        return self.among(self.acts.column(name) > 0)

    def among(self, options: Mask) -> "Deeds":
        """The rows of the marked options, (K,)."""
        return self.where(options[self.option])

    def in_first(self, worlds: int) -> "Deeds":
        """The rows of the first worlds."""
        return self.where(self.world < worlds)

    def toward(self, target: Numbers) -> "Deeds":
        """The same deeds, taken to bear on other actors."""
        return replace(self, bears_on=target)


class Week:
    """The choices of a week while they are being collected, and the deeds that they are."""

    def __init__(self, acts: Acts, ended: Mask) -> None:
        """Nothing is chosen yet; worlds marked in `ended` (W,) do nothing."""
        self._acts, self._ended = acts, ended
        self._tracks: list[list[tuple[NDArray[np.int32], Numbers, Numbers]]] = [[] for _ in TRACKS]

    def add(self, actor: int, options: Options, chosen: NDArray[np.int32]) -> None:
        """Adds what an actor chose: (W, groups) numbers of options."""
        first = np.searchsorted(self._acts.actor, actor)
        for track, groups in zip(self._tracks, options.tracks, strict=True):
            holds = options.holds[groups]
            track.append((chosen.T[groups], holds, np.full(len(holds), first)))

    def tracks(self) -> list[Deeds]:
        """All deeds, one table a track, by actor, target and world."""
        return [self._deeds(*zip(*track, strict=True)) for track in self._tracks]

    def _deeds(
        self,
        chosen: Sequence[NDArray[np.int32]],
        holds: Sequence[Numbers],
        first: Sequence[Numbers],
    ) -> Deeds:
        """The deeds of a track: what is chosen in each group, (groups, W), but for hold.

        `first` is the number among all options of the first of the group's actor.
        """
        options = np.concatenate(chosen)
        done = options != np.concatenate(holds)[:, None]
        done &= ~self._ended
        found, counts = np.flatnonzero(done), np.count_nonzero(done, axis=1)
        world = found - np.repeat(np.arange(len(done)) * done.shape[1], counts)
        option = np.repeat(np.concatenate(first), counts) + options.reshape(-1)[found]
        return Deeds(world, option, self._acts)


def none() -> Deeds:
    """A table without rows."""
    numbers = np.empty(0, dtype=np.int64)
    return Deeds(numbers, numbers, Acts(numbers, numbers, numbers, numbers, np.empty(0)))


def join(tables: Sequence[Deeds]) -> Deeds:
    """One table out of several, whose options are those of the last."""
    world, option = (
        np.concatenate([getattr(table, name) for table in tables]) for name in ("world", "option")
    )
    return Deeds(world, option, tables[-1].acts)


# ── Where deeds bear on a quantity ───────────────────────────────────────────────────


def by_actor(world: World, deeds: Deeds) -> Numbers:
    """Place of the actor of each deed, in an array (W, n)."""
    return deeds.world + world.worlds * deeds.actor


def by_target(world: World, deeds: Deeds) -> Numbers:
    """Place of the target of each deed, in an array (W, n)."""
    return deeds.world + world.worlds * deeds.target


def given(world: World, deeds: Deeds) -> Numbers:
    """Place of each deed from actor to target, in an array (W, n, n)."""
    if deeds.bears_on is not None:
        return deeds.world + world.worlds * (deeds.actor + world.actors * deeds.bears_on)
    return deeds.world + world.worlds * deeds.acts.dyads(world.actors)[0][deeds.option]


def received(world: World, deeds: Deeds) -> Numbers:
    """Place of each deed from target to actor, in an array (W, n, n)."""
    if deeds.bears_on is not None:
        return deeds.world + world.worlds * (deeds.bears_on + world.actors * deeds.actor)
    return deeds.world + world.worlds * deeds.acts.dyads(world.actors)[1][deeds.option]


def mirrored(world: World, places: Numbers) -> Numbers:
    """The places of the same dyads the other way round, in an array (W, n, n)."""
    pair, number = np.divmod(places, world.worlds)
    target, actor = np.divmod(pair, world.actors)
    back: Numbers = number + world.worlds * (target + world.actors * actor)
    return back


def shift(world: World, name: str, places: Numbers, change: Array | float) -> None:
    """Adds to a quantity at places, which may repeat; then keeps it within its range there."""
    values, quantity = flat(getattr(world, name)), QUANTITIES[name]
    np.add.at(values, places, change)
    values[places] = np.minimum(np.maximum(values[places], quantity.low), quantity.high)


# ── Adds up what deeds do to each dyad ───────────────────────────────────────────────


def sum_given(world: World, deeds: Deeds, values: Array) -> Array:
    """Sum of `values` over the deeds of each actor toward each other, (W, n, n)."""
    return _sums(world, given(world, deeds), values)


def sum_received(world: World, deeds: Deeds, values: Array) -> Array:
    """Sum of `values` over the deeds that each actor has from each other, (W, n, n)."""
    return _sums(world, received(world, deeds), values)


def _sums(world: World, places: Numbers, values: Array) -> Array:
    """Values added up at places of an array (W, n, n)."""
    total = np.bincount(places, values, minlength=world.rung.size)
    return np.asarray(total, dtype=np.float64).reshape(world.rung.shape, order="F")

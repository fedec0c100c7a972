"""What every incentive is: a weight, what is at stake, and what each option does to it.

An incentive is bilinear: what is at stake in each world, (W, f), times what each option does to it,
(f, options), times a weight. The second never changes, so the utility of all options of an actor
is a single matrix product, and the contribution of an incentive is the part of that product that
belongs to it. `docs/odd.md` 7.2 prints the formulas with their literature.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.engine.options import Options
from realpolitik.sim.engine.parameters import (
    Parameter,
    Value,
    Weight,
    added_up,
    sum_of_parts,
)
from realpolitik.sim.engine.roles import Roles
from realpolitik.sim.engine.scales import Constant, Factor
from realpolitik.sim.engine.world import Array, World, everywhere

# ── What is at stake ─────────────────────────────────────────────────────────────────


Stakes = Callable[[World], Array]


@dataclass(frozen=True)
class Entry:
    """One number of the state: a quantity, and the actor (i,) or dyad (i, j) it belongs to."""

    quantity: str
    place: tuple[int, ...]

    def __call__(self, world: World) -> Array:
        """Its value in each world, (W,)."""
        values: Array = getattr(world, self.quantity)[everywhere(*self.place)]
        return values


ONE = Entry("one", ())  # the same in every world and week


@dataclass(frozen=True)
class Reading:
    """Numbers of the state as they stand.

    Most stakes are of this kind. One that says so, rather than compute, is read together with all
    the others of its actor (see `ledger`).
    """

    entries: tuple[Entry, ...]

    def __call__(self, world: World) -> Array:
        """The numbers, (W, entries)."""
        values = np.empty((len(self.entries), world.worlds))
        for row, entry in zip(values, self.entries, strict=True):
            row[:] = 1.0 if entry == ONE else entry(world)
        return values.T


NOTHING_MOVES = Reading((ONE,))


def reading(quantity: str, places: Iterable[tuple[int, ...]]) -> Reading:
    """What a quantity is in these places."""
    return Reading(tuple(Entry(quantity, place) for place in places))


# ── What every incentive is ──────────────────────────────────────────────────────────


ALWAYS = Constant()


@dataclass(frozen=True)
class Part:
    """A share of an incentive with a reason of its own."""

    name: str
    weight: Weight
    why: str
    scaled_by: Factor = ALWAYS


@dataclass(frozen=True)
class Seat:
    """The place from which an actor looks at the world: what an incentive needs to bind itself.

    `codes`, `kinds` and `roles` are those of all actors present, in the order of the axes; `first`
    is the number of the first of its `options` among those of all actors.
    """

    actor: int
    codes: tuple[str, ...]
    options: Options
    first: int
    kinds: tuple[str | None, ...]
    roles: Mapping[str, Roles]
    deals: tuple[Deal, ...]
    values: Mapping[str, Value]

    @property
    def code(self) -> str:
        """Code of the actor."""
        return self.codes[self.actor]

    @property
    def own(self) -> Roles:
        """Roles of the actor."""
        return self.roles[self.code]

    def number(self, code: str) -> int | None:
        """Number of an actor; None if the scenario leaves it out."""
        return self.codes.index(code) if code in self.codes else None

    def numbers(self, codes: Iterable[str]) -> tuple[int, ...]:
        """Numbers of these actors, without those that the scenario leaves out."""
        return tuple(self.codes.index(code) for code in codes if code in self.codes)

    def toward(self, mask: Array | None = None) -> tuple[int, ...]:
        """The different targets of all options, or of those for which `mask` is not 0."""
        targets = self.options.target if mask is None else self.options.target[mask != 0]
        return tuple(sorted({*targets.tolist()}))

    def by_target(self, targets: tuple[int, ...], effect: Array) -> Array:
        """Rows (targets, options): `effect` of the options that aim at each target, else 0."""
        aims = self.options.target[None, :] == np.array(targets, dtype=int)[:, None]
        return np.where(aims, effect[None, :], 0.0)


@dataclass(frozen=True)
class BoundIncentive:
    """An incentive at its seat.

    Attributes:
        name: Its name.
        at_stake: What is at stake in each world, (W, f).
        fixed: The part of its weight that stays what it is: a number, or one a world, (W,).
        moving: Parts of its weight that follow the world, each with its scale.
        actor: Whose incentive it is.
        loadings: What each option does to what is at stake, for a weight of 1: (f, options).
    """

    name: str
    at_stake: Stakes
    fixed: Value
    moving: tuple[tuple[Value, Factor], ...]
    actor: int
    loadings: Array

    @property
    def features(self) -> int:
        """Number of things at stake."""
        return len(self.loadings)

    def weight(self, world: World) -> Value:
        """Its weight as the world stands: a number, or one a world, (W,)."""
        moved = (value * scale(world, self.actor) for value, scale in self.moving)
        weight: Value = self.fixed + added_up(moved)
        return weight

    def stakes(self, world: World) -> Array:
        """What is at stake in each world times the weight, (W, f)."""
        weighed: Array = (self.at_stake(world).T * self.weight(world)).T
        return weighed


@dataclass(frozen=True, kw_only=True)
class Incentive(ABC):
    """A named reason with a weight, or with parts whose weights add up.

    `why` says in one sentence why the actor has it; the source stands with the weight.
    """

    name: str
    weight: Weight | None = None
    parts: tuple[Part, ...] = ()
    why: str = ""

    formula: ClassVar[str]

    def __post_init__(self) -> None:
        """Refuses an incentive that has both a weight and parts, or neither."""
        if (self.weight is None) == (not self.parts):
            raise TypeError(f"incentive {self.name!r} needs either a weight or parts")

    def reasons(self) -> tuple[Part, ...]:
        """Its parts; one without a name if it has a weight of its own."""
        return self.parts or (Part("", self.weight, self.why),)  # type: ignore[arg-type]

    def parameters(self, code: str) -> tuple[Parameter, ...]:
        """Its weights under their addresses, as declared by the actor `code`."""
        whole = f"{code}.{self.name}"
        if self.weight is not None:
            own = self.weight
            return (Parameter(whole, own.default, own.low, own.high, own.source, self.why),)
        declared = tuple(
            Parameter(
                f"{whole}.{part.name}",
                part.weight.default,
                part.weight.low,
                part.weight.high,
                part.weight.source,
                part.why,
            )
            for part in self.parts
        )
        named = {part.address: part for part in declared}
        of_all = Parameter(whole, 0.0, 0.0, 0.0, "sum of its parts", self.why, parts=tuple(named))
        return (sum_of_parts(of_all, named), *declared)

    def bind(self, seat: Seat) -> BoundIncentive:
        """The incentive as the actor at `seat` has it."""
        stakes, loadings = self.terms(seat)
        pairs = [
            (seat.values[".".join(filter(None, (seat.code, self.name, part.name)))], part.scaled_by)
            for part in self.reasons()
        ]
        fixed = added_up(value for value, scale in pairs if scale is ALWAYS)
        moving = [(value, scale) for value, scale in pairs if scale is not ALWAYS]
        return BoundIncentive(self.name, stakes, fixed, tuple(moving), seat.actor, loadings)

    def concerns(self, roles: Roles) -> bool:
        """Whether an actor with these roles can ever feel it."""
        return True

    @abstractmethod
    def terms(self, seat: Seat) -> tuple[Stakes, Array]:
        """What is at stake, and what each option does to it, for a weight of 1."""

"""The state of many worlds at once.

Every array leads with the axis of worlds: (W, n) for a quantity of an actor, (W, n, n) for one of
a directed dyad (row toward column). In memory the worlds lie side by side (Fortran order), so that
one quantity of one dyad is a contiguous vector over all worlds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.parameters import Constants, Value
from realpolitik.sim.engine.tables import Row, read_table

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

Place = tuple[slice | int, ...]


@dataclass(frozen=True)
class Quantity:
    """A state variable: a row of `quantities.csv`."""

    name: str
    per_dyad: bool
    low: float
    default: float
    high: float
    settable: bool
    meaning: str

    def shape(self, worlds: int, actors: int) -> tuple[int, ...]:
        """Shape of its array: (worlds, actors), or (worlds, actors, actors) of a dyad."""
        return (worlds, actors, actors) if self.per_dyad else (worlds, actors)


def quantity_of(row: Row) -> Quantity:
    """The quantity in a row of `quantities.csv`.

    Raises:
        TableError: its default lies outside its range, or a word is none of those there are.
    """
    low, default = row.number("low"), row.number("default")
    high = row.number("high", may_be_infinite=True)
    if not low <= default <= high:
        problem = f"the default is {default:g}; expected a number from {low:g} to {high:g}"
        raise row.wrong(problem)
    for column, known in (("per", ("actor", "dyad")), ("settable", ("yes", "no"))):
        if row[column] not in known:
            raise row.wrong(f"{column} is {row[column]!r}; expected {' or '.join(known)}")
    is_settable = row["settable"] == "yes"
    name, per_dyad = row["quantity"], row["per"] == "dyad"
    return Quantity(name, per_dyad, low, default, high, is_settable, row["meaning"])


QUANTITIES: Mapping[str, Quantity] = {
    row["quantity"]: quantity_of(row) for row in read_table(__package__, "quantities.csv")
}


@dataclass(frozen=True)
class OpenDeal:
    """What the state of the worlds keeps of a deal: its id, its two parties, and its openness."""

    id: str
    parties: frozenset[str]
    openness: float


SYMMETRIC = frozenset({"rung", "last_direct_strike"})


def at_least(values: NDArray[Any], level: Value) -> Mask:
    """Where values, (W, …), reach a level: a number, or one a world."""
    reached: Mask = np.greater_equal(values.T, level).T
    return reached


def everywhere(*place: int) -> Place:
    """Index of one actor or dyad in all worlds."""
    return (slice(None), *place)


class World:
    """W independent worlds of n actors; `quantities.csv` says what each array means.

    Beside the quantities it keeps `baseline` hostility (W, n, n), how much of each option was done
    of late beyond the usual, `recent` (W, options of all actors), the weeks in a row at the rungs
    of a major strike, of an exchange and of a direct strike (W, n, n), openness of the deals (W,
    d), `ended` (W,), `background` (n, n): dyads that were at war from the start, and `kept_up` (W,
    n, n): those whose rung still is that of a war at least.
    """

    hostility: Array
    rung: Array
    pressure: Array
    commitment: Array
    resolve: Array
    flow: Array
    rapport: Array
    deconfliction: Array
    diaspora: Array
    readiness: Array
    pending: Array
    pending_defensive: Array
    stance: Array
    affront: Array
    overture: Array
    last_direct_strike: Array
    stock: Array
    capability: Array
    air_defence: Array
    guard: Array
    isolation: Array
    advice: Array
    mediation: Array
    embargo: Array
    administration: Array
    strength: Array
    endurance: Array
    exposure: Array
    casualties: Array

    def __init__(
        self,
        codes: Sequence[str],
        worlds: int,
        start: Mapping[str, Mapping[tuple[str, ...], Value]],
        constants: Constants,
        deals: Sequence[OpenDeal] = (),
    ) -> None:
        """Sets up the first week.

        Args:
            codes: The actors, in the order of the axes.
            worlds: Number of worlds, at least 1.
            start: For a quantity, its value, or one a world, by (actor,) or (actor, toward) where
                it is not the default of the table.
            constants: The constants of the world.
            deals: The deals on the table.

        Raises:
            ValueError: worlds differ in which dyads are at war from the start.
        """
        self.codes = tuple(codes)
        self.worlds = worlds
        self.constants = constants
        self.week = 0
        self.index = {code: number for number, code in enumerate(self.codes)}
        for quantity in QUANTITIES.values():
            setattr(self, quantity.name, self._at_start(quantity, start.get(quantity.name, {})))
        self.baseline = self.hostility.copy(order="F")
        self.recent = np.zeros((worlds, 0), order="F")
        self.background = self._at_war_from_the_start()
        self.kept_up: Mask = np.zeros(self.rung.shape, dtype=np.bool_, order="F")
        self.kept_up[...] = self.background
        self.weeks_major, self.weeks_exchange, self.weeks_direct = (
            np.zeros(self.rung.shape, dtype=np.int16, order="F") for _ in range(3)
        )
        self.deals = tuple(deals)
        levels = [deal.openness for deal in deals]
        self.openness = np.full((worlds, len(deals)), levels, dtype=np.float64, order="F")
        self.ended = np.zeros(worlds, dtype=np.bool_)
        of_actors, of_dyads = self.stock.shape, self.rung.shape
        self.crisis, self.suffered = (np.zeros(of_actors, order="F") for _ in range(2))
        self.felt, self.weary, self.way_out = (np.zeros(of_dyads, order="F") for _ in range(3))

    @property
    def actors(self) -> int:
        """Number of actors."""
        return len(self.codes)

    def forget_acts(self, options: int) -> None:
        """Nothing unusual was done of late, among so many options."""
        self.recent = np.zeros((self.worlds, options), order="F")

    def _at_start(self, quantity: Quantity, start: Mapping[tuple[str, ...], Value]) -> Array:
        shape = quantity.shape(self.worlds, self.actors)
        values = np.full(shape, quantity.default, dtype=np.float64, order="F")
        if quantity.per_dyad:
            diagonal = range(self.actors)
            values[:, diagonal, diagonal] = 0.0
        for codes, value in start.items():
            values[everywhere(*(self.index[code] for code in codes))] = value
        return values

    def _at_war_from_the_start(self) -> Mask:
        """Dyads at war before the first week, (n, n)."""
        at_war = at_least(self.rung, self.constants.war_rung)
        if (at_war != at_war[0]).any():
            raise ValueError(
                "dyads are at war from the start in some worlds of a block, not in all"
            )
        return np.array(at_war[0])

    def keep_in_range(self, *names: str) -> None:
        """Clips the named quantities to the ranges of the table; toward oneself they stay 0.

        The rung of a background war that is kept up does not fall below that of a war.
        """
        for name in names:
            values, quantity = getattr(self, name), QUANTITIES[name]
            np.clip(values, quantity.low, quantity.high, out=values)
            if quantity.per_dyad:
                diagonal = range(self.actors)
                values[:, diagonal, diagonal] = 0.0
        if "rung" in names:
            self._keep_up_wars()

    def _keep_up_wars(self) -> None:
        """Holds background wars at the rung of a war where they are kept up."""
        rungs, kept_up = rows(self.rung), rows(self.kept_up)
        wars = np.flatnonzero(self.background.T)
        least = np.where(kept_up[wars], self.constants.war_rung, 0.0)
        rungs[wars] = np.maximum(rungs[wars], least)

    def number_of_deal(self, name: str) -> int:
        """Number of the deal of that id."""
        return [deal.id for deal in self.deals].index(name)

    def deals_between(self, one: str, other: str) -> tuple[str, ...]:
        """Ids of the deals between these two."""
        return tuple(deal.id for deal in self.deals if deal.parties == {one, other})

    def open_deal(self, name: str, change: Value, where: Mask) -> None:
        """Adds to the openness of a deal where marked, within [0, 1]."""
        openness = self.openness[:, self.number_of_deal(name)]
        np.clip(openness + where * change, 0, 1, out=openness)


# ── How the numbers of many worlds lie in memory ─────────────────────────────────────


Kind = TypeVar("Kind", bound=np.generic)


def flat(values: NDArray[Kind]) -> NDArray[Kind]:
    """All the numbers in the order in which they lie: a view, (W·n,) or (W·n·n,)."""
    return values.T.reshape(-1)


def rows(values: NDArray[Kind]) -> NDArray[Kind]:
    """The actors or dyads, each with its worlds side by side: a view, (n, W) or (n·n, W)."""
    return values.T.reshape(-1, len(values))


def row_of(place: tuple[int, ...], actors: int) -> int:
    """Number of the row of an actor (i,) or of a dyad (i, j): i + n·j."""
    return sum(number * actors**axis for axis, number in enumerate(place))

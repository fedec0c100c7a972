"""The state of one world in dictionaries, and what can be done in it (`docs/odd.md`, section 2)."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from realpolitik.sim.engine.actions import Action
from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.engine.tables import read_table
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import Vocabulary

Dyad = tuple[str, str]
Place = str | Dyad
ByActor = dict[str, float]
ByDyad = dict[Dyad, float]
Draw = Callable[..., float]  # (week, *name) → a uniform number in [0, 1) that belongs to them

QUANTITIES = {
    row["quantity"]: row for row in read_table("realpolitik.sim.engine", "quantities.csv")
}
RANGES = {name: (float(row["low"]), float(row["high"])) for name, row in QUANTITIES.items()}
SYMMETRIC = ("rung", "last_direct_strike")  # the same in both directions
NEVER = RANGES["last_direct_strike"][1]


def clip(value: float, low: float, high: float) -> float:
    """The value of [low, high] that is nearest."""
    return min(max(value, low), high)


def times_odds(probability: float, factor: float) -> float:
    """The probability whose odds are `factor` times those of `probability`."""
    odds = factor * probability / (1 - probability)
    return odds / (1 + odds)


def pair_of(one: str, other: str) -> Dyad:
    """The dyad of two actors whatever its direction, in the order of their codes."""
    return (one, other) if one < other else (other, one)


class Constants:
    """The constants of the world by name."""

    def __init__(self, values: Mapping[str, float]) -> None:
        for address, value in values.items():
            kind, _, name = address.partition(".")
            if kind == "world":
                setattr(self, name, value)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> float: ...


class State:
    """Every quantity of `quantities.csv`. Those toward oneself are 0 and stay 0."""

    hostility: ByDyad
    rung: ByDyad
    pressure: ByDyad
    readiness: ByDyad
    commitment: ByDyad
    resolve: ByDyad
    flow: ByDyad
    rapport: ByDyad
    deconfliction: ByDyad
    diaspora: ByDyad
    pending: ByDyad
    pending_defensive: ByDyad
    stance: ByDyad
    affront: ByDyad
    overture: ByDyad
    last_direct_strike: ByDyad
    stock: ByActor
    capability: ByActor
    air_defence: ByActor
    guard: ByActor
    isolation: ByActor
    advice: ByActor
    mediation: ByActor
    embargo: ByActor
    administration: ByActor
    strength: ByActor
    endurance: ByActor
    exposure: ByActor
    casualties: ByActor

    def __init__(self, codes: Sequence[str]) -> None:
        dyads = list(itertools.product(codes, codes))
        for name, row in QUANTITIES.items():
            default = float(row["default"])
            if row["per"] == "actor":
                setattr(self, name, dict.fromkeys(codes, default))
            else:
                setattr(self, name, {(i, j): default if i != j else 0.0 for i, j in dyads})

        self.floor: dict[Place, float] = {}  # lowest rung of the dyads whose war is background

    def put(self, quantity: str, place: Place, value: float) -> None:
        """Sets a quantity, clipped to its range; both ways if it is the same both ways."""
        values: dict[Place, float] = getattr(self, quantity)
        values[place] = clip(value, *RANGES[quantity])
        if quantity == "rung":
            values[place] = max(values[place], self.floor.get(place, 0.0))
        if quantity in SYMMETRIC:
            values[place[1], place[0]] = values[place]

    def move(self, quantity: str, place: Place, change: float) -> None:
        """Adds to a quantity, clipped to its range."""
        self.put(quantity, place, getattr(self, quantity)[place] + change)

    def let_go(self, dyad: Dyad) -> None:
        """Keeps the rung of a dyad up no longer."""
        self.floor.pop(dyad, None)
        self.floor.pop(dyad[::-1], None)

    def move_all(self, changes: Mapping[tuple[str, Place], float]) -> None:
        """Adds sums that were made over several actors."""
        for (quantity, place), change in changes.items():
            self.move(quantity, place, change)

    def as_tables(self) -> dict[str, dict[Any, float]]:
        """All quantities by name."""
        return {name: getattr(self, name) for name in QUANTITIES}

    def raise_rung(self, dyad: Dyad, rung: float) -> None:
        """Lifts the rung of a dyad to at least `rung`."""
        self.put("rung", dyad, max(self.rung[dyad], rung))


def starting_state(spec: Scenario, words: Vocabulary) -> State:
    """Defaults, replaced by the table of starting values, by the scenario, by parameters."""
    state = State(spec.actors)
    given = [value for value in words.start_values if set(value.place) <= set(spec.actors)]
    for value in given:
        state.put(value.quantity, _place(value.place), value.parameter.default)
    for quantity, values in spec.initial.items():
        for key, number in values.items():
            for place in _places(key):
                state.put(quantity, place, number)
    for value in given:
        if value.parameter.address in spec.settings:
            number = spec.settings[value.parameter.address]
            state.put(value.quantity, _place(value.place), number)
    return state


def _place(codes: Sequence[str]) -> Place:
    return codes[0] if len(codes) == 1 else (codes[0], codes[1])


def _places(key: str) -> list[Place]:
    """Places that a key of `initial` names: `A`, `A-B`, or both ways `A<>B`."""
    if "<>" in key:
        one, other = key.split("<>")
        return [(one, other), (other, one)]
    return [_place(key.split("-"))]


class Option(NamedTuple):
    """An action toward someone and, for an offer, the deal that is offered."""

    action: Action
    target: str
    deal: str | None
    rate: float
    offset: float

    def by(self, actor: str) -> tuple[str, ...]:
        """What tells the option apart from all that anyone can do, if it is one of `actor`."""
        return actor, self.target, self.action.action, *filter(None, [self.deal])


class Deed(NamedTuple):
    """What was done to whom, and when."""

    week: int
    actor: str
    target: str
    action: Action
    deal: str | None

    @property
    def option(self) -> tuple[str, ...]:
        """The option that was chosen, as `Option.by` tells it."""
        return self.actor, self.target, self.action.action, *filter(None, [self.deal])


def other_party(deal: Deal, code: str) -> str:
    """The party to a deal that `code` is not."""
    return deal.rival if code == deal.actor else deal.actor

"""Every name there is: actors, parameters, actions, quantities, shocks, measures, base rates.

One object feeds the reader, *did you mean*, `list` and the documents. Actors and kinds of shock
come in through entry points, ours in the same way as those of a third party.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import entry_points
from importlib.resources import files

from realpolitik.sim.engine.actions import NAMED, Action
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.measures import MEASURES, Measure
from realpolitik.sim.engine.parameters import Parameter, base_rates, constants, resolve
from realpolitik.sim.engine.provenance import ASSUMED, GROUNDED, Source, provenance, read_sources
from realpolitik.sim.engine.shocks import Shock
from realpolitik.sim.engine.tables import Row, read_table
from realpolitik.sim.engine.world import QUANTITIES, SYMMETRIC, Quantity
from realpolitik.sim.scenario.schema import Scenario, scenario_type

ENGINE = "realpolitik.sim.engine"
SCENARIOS = "realpolitik.scenarios"


@dataclass(frozen=True)
class StartingValue:
    """A quantity at the start, of an actor or of a directed dyad: a row of `initial.csv`."""

    quantity: str
    place: tuple[str, ...]
    parameter: Parameter


@dataclass(frozen=True)
class BaseRate:
    """What the record of like cases says, to stand beside an outcome."""

    id: str
    value: float
    n: int | None
    unit: str
    source: str
    statement: str


@dataclass(frozen=True)
class Vocabulary:
    """Names and what they stand for."""

    actors: Mapping[str, type[StateActor]]
    shocks: Mapping[str, type[Shock]]
    measures: Mapping[str, type[Measure]]
    start_values: tuple[StartingValue, ...]
    base_rates: Mapping[str, BaseRate]
    actions: Mapping[str, Action]
    quantities: Mapping[str, Quantity]
    sources: Mapping[str, Source]

    @cached_property
    def scenario_type(self) -> type[Scenario]:
        """The type that a scenario file is read into."""
        return scenario_type(self.shocks.values(), self.measures.values())

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """Everything that can be set, by address."""
        declared = (
            *(p for code in sorted(self.actors) for p in self.actors[code].parameters()),
            *constants(),
            *base_rates(),
            *(value.parameter for value in self.start_values),
        )
        return {parameter.address: parameter for parameter in declared}

    def provenance(self, parameter: Parameter) -> str:
        """Whether a number is *grounded*, *assumed* or *fixed*; a sum is what all its parts are."""
        if not parameter.parts:
            return provenance(parameter, self.sources)
        parts = {self.provenance(self.parameters[part]) for part in parameter.parts}
        return GROUNDED if parts == {GROUNDED} else ASSUMED

    def values(self, overrides: Mapping[str, float]) -> Mapping[str, float]:
        """Value of every address, with `overrides` taken over."""
        return resolve(self.parameters.values(), overrides)

    def start(self, scenario: Scenario) -> dict[str, dict[tuple[str, ...], float]]:
        """Quantities at the start where they are not the default: quantity → place → value.

        The table comes first, `initial` of the scenario replaces it, parameters replace both.
        """
        start: dict[str, dict[tuple[str, ...], float]] = {}
        present = set(scenario.actors)
        rows = [value for value in self.start_values if present.issuperset(value.place)]
        for value in rows:
            _put(start, value.quantity, value.place, value.parameter.default)
        for quantity, values in scenario.initial.items():
            for key, number in values.items():
                for place in places(key):
                    _put(start, quantity, place, number)
        for value in rows:
            if value.parameter.address in scenario.settings:
                number = scenario.settings[value.parameter.address]
                _put(start, value.quantity, value.place, number)
        return start


def places(key: str) -> list[tuple[str, ...]]:
    """Places that a key of `initial` names: `RUS`, `RUS>IRN`, or both ways `RUS<>IRN`."""
    if "<>" in key:
        one, other = key.split("<>", 1)
        return [(one, other), (other, one)]
    return [tuple(key.split(">", 1))]


def _put(
    start: dict[str, dict[tuple[str, ...], float]],
    quantity: str,
    place: tuple[str, ...],
    value: float,
) -> None:
    start.setdefault(quantity, {})[place] = value
    if quantity in SYMMETRIC:
        start[quantity][place[::-1]] = value


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of everything that is installed."""
    actors: dict[str, type[StateActor]] = {
        entry.name: entry.load() for entry in entry_points(group="realpolitik.actors")
    }
    shocks: dict[str, type[Shock]] = {
        entry.name: entry.load() for entry in entry_points(group="realpolitik.shocks")
    }
    return Vocabulary(
        actors=dict(sorted(actors.items())),
        shocks=dict(sorted(shocks.items())),
        measures=MEASURES,
        start_values=starting_values(actors.values()),
        base_rates=_base_rates(),
        actions=NAMED,
        quantities=QUANTITIES,
        sources=_sources(actors.values()),
    )


def starting_values(actors: Iterable[type[StateActor]]) -> tuple[StartingValue, ...]:
    """The rows of every `initial.csv` that lies beside the module of one of these actors."""
    packages = _packages_with("initial.csv", actors)
    rows = [row for package in packages for row in read_table(package, "initial.csv")]
    return tuple(value for row in rows for value in _starting_values(row))


def _packages_with(name: str, actors: Iterable[type[StateActor]]) -> list[str]:
    """The packages of these actors that hold a file of that name."""
    packages = dict.fromkeys(actor.__module__.rpartition(".")[0] for actor in actors)
    return [one for one in packages if one and files(one).joinpath(name).is_file()]


def _starting_values(row: Row) -> list[StartingValue]:
    """The one or two directed values of a row."""
    place = (row["of"], row["toward"]) if row["toward"] else (row["of"],)
    both = [place, place[::-1]] if row["both"] == "yes" else [place]
    return [
        StartingValue(
            row["quantity"],
            one,
            Parameter(
                f"initial.{row['quantity']}.{'>'.join(one)}",
                float(row["default"]),
                float(row["low"]),
                float(row["high"]),
                row["source"],
                row["why"],
            ),
        )
        for one in both
    ]


def _sources(actors: Iterable[type[StateActor]]) -> Mapping[str, Source]:
    """What is cited in our tables and beside the actors, by key."""
    packages = [ENGINE, *_packages_with("sources.csv", actors)]
    return {source.key: source for package in packages for source in read_sources(package)}


def _base_rates() -> Mapping[str, BaseRate]:
    return {
        row["id"]: BaseRate(
            row["id"],
            float(row["value"]),
            int(row["n"]) if row["n"] else None,
            row["unit"],
            row["source"],
            row["statement"],
        )
        for row in read_table(SCENARIOS, "base_rates.csv")
    }

"""Every name there is: actors, parameters, actions, quantities, shocks, measures, base rates.

One object feeds the reader, *did you mean*, `list` and the documents. Actors and kinds of shock
come in through entry points, ours in the same way as those of a third party.
"""

import copyreg
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from itertools import chain, permutations
from typing import Any, TypeVar

from realpolitik.sim.engine.actions import NAMED, Action
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.measures import MEASURES, Measure
from realpolitik.sim.engine.parameters import (
    Number,
    Parameter,
    Source,
    base_rates,
    constants,
    fault_of,
    parameter_of,
    provenance,
    provenance_of_sum,
    read_sources,
    resolve,
    sum_of_parts,
)
from realpolitik.sim.engine.rates import (
    Habits,
    PairRate,
    pair_rate_of,
    rate_address,
    relation_rates,
    usual_rate,
)
from realpolitik.sim.engine.roles import acts_toward, relation
from realpolitik.sim.engine.shocks import Shock
from realpolitik.sim.engine.tables import Row, TableError, read_table
from realpolitik.sim.engine.world import QUANTITIES, SYMMETRIC, Quantity
from realpolitik.sim.scenario.errors import Known
from realpolitik.sim.scenario.packages import (
    Offers,
    faults_of_actor,
    faults_of_shock,
    offers,
    said,
    tell,
)
from realpolitik.sim.scenario.schema import Scenario, scenario_type

Thing = TypeVar("Thing")

ENGINE = "realpolitik.sim.engine"
SCENARIOS = "realpolitik.scenarios"
BETWEEN = re.compile("--?|<?>")  # what stands between the codes of a dyad
BOTH_WAYS = re.compile("--|<>")


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
    """Names and what they stand for.

    `in_scenario` are the parameters that there are in one scenario, the numbers of its shocks among
    them; None if it is the vocabulary of none.
    """

    actors: Mapping[str, type[StateActor]]
    shocks: Mapping[str, type[Shock]]
    measures: Mapping[str, type[Measure]]
    start_values: tuple[StartingValue, ...]
    rates: Mapping[str, PairRate]
    estimates: Mapping[str, Parameter]
    base_rates: Mapping[str, BaseRate]
    actions: Mapping[str, Action]
    quantities: Mapping[str, Quantity]
    sources: Mapping[str, Source]
    in_scenario: Mapping[str, Parameter] | None = None

    @property
    def scenario_type(self) -> type[Scenario]:
        """The type that a scenario file is read into."""
        return _type_of(tuple(self.shocks.values()), tuple(self.measures.values()))

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """Everything that can be set, by address."""
        if self.in_scenario is not None:
            return self.in_scenario
        declared = (
            *(p for code in sorted(self.actors) for p in self.weights_of(code)),
            *constants(),
            *base_rates(),
            *(rate.parameter for rate in self.rates.values()),
            *(value.parameter for value in self.start_values),
        )
        return {parameter.address: parameter for parameter in declared}

    def weights_of(self, code: str) -> tuple[Parameter, ...]:
        """The weights of an actor: as they were estimated, else as they are declared."""
        found = {one.address: one for one in self.actors[code].parameters()}
        found = {address: self.estimates.get(address, one) for address, one in found.items()}
        return tuple(sum_of_parts(one, found) for one in found.values())

    def provenance(self, parameter: Parameter) -> str:
        """What a number rests on, one of `KINDS`; a sum is no surer than any of its parts."""
        if not parameter.parts:
            return provenance(parameter, self.sources)
        return provenance_of_sum({self.provenance(self.parameters[p]) for p in parameter.parts})

    def values(self, overrides: Mapping[str, Number]) -> Mapping[str, Number]:
        """Value of every address, with `overrides` taken over."""
        return resolve(self.parameters.values(), overrides)

    def habits(self, values: Mapping[str, Number]) -> Habits:
        """Rates and offsets of all pairs, the rates with these values."""
        offsets = {address: rate.offset for address, rate in self.rates.items()}
        known = {address for address, rate in self.rates.items() if rate.parameter.level}
        return Habits(values, offsets, known)

    def start(
        self, scenario: Scenario, settings: Mapping[str, Number]
    ) -> dict[str, dict[tuple[str, ...], Number]]:
        """Quantities at the start where they are not the default: quantity → place → value.

        The table comes first, `initial` of the scenario replaces it, `settings` replace both.
        """
        start: dict[str, dict[tuple[str, ...], Number]] = {}
        present = set(scenario.actors)
        rows = [value for value in self.start_values if present.issuperset(value.place)]
        for value in rows:
            _put(start, value.quantity, value.place, value.parameter.default)
        for quantity, values in scenario.initial.items():
            for key, number in values.items():
                for place in places(key):
                    _put(start, quantity, place, number)
        for value in rows:
            if value.parameter.address in settings:
                _put(start, value.quantity, value.place, settings[value.parameter.address])
        return start


@cache
def _type_of(
    shocks: tuple[type[Shock], ...], measures: tuple[type[Measure], ...]
) -> type[Scenario]:
    made = scenario_type(shocks, measures)
    copyreg.pickle(made, _reduced)  # as it cannot be found by its name
    return made


def _reduced(scenario: Scenario) -> tuple[Any, ...]:
    """A scenario as pickle keeps it: whatever is installed there gives the type."""
    return _blank, (), scenario.__getstate__()


def _blank() -> Scenario:
    """A scenario that is still to be given its state."""
    made = vocabulary().scenario_type
    return made.__new__(made)


def places(key: str) -> list[tuple[str, ...]]:
    """Places that a key of `initial` names: `RUS`, `RUS-IRN`, or both ways `RUS<>IRN`.

    `RUS--IRN`, which no shell minds, is `RUS<>IRN`, and `RUS>IRN` the older spelling of `RUS-IRN`.
    """
    place = tuple(BETWEEN.split(key, maxsplit=1))
    return [place, place[::-1]] if BOTH_WAYS.search(key) else [place]


def starting_address(quantity: str, place: Iterable[str]) -> str:
    """The address of a quantity at the start: `initial.hostility.IRN-ISR`."""
    return f"initial.{quantity}.{'-'.join(place)}"


def _put(
    start: dict[str, dict[tuple[str, ...], Number]],
    quantity: str,
    place: tuple[str, ...],
    value: Number,
) -> None:
    start.setdefault(quantity, {})[place] = value
    if quantity in SYMMETRIC:
        start[quantity][place[::-1]] = value


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of everything that is installed; warns of what is faulty and left out."""
    actors = offers("realpolitik.actors", faults_of_actor)
    shocks = offers("realpolitik.shocks", faults_of_shock)
    start_values, given, estimates, sources = _tables(actors)
    tell([*actors.notes, *shocks.notes])
    return Vocabulary(
        actors=Known(actors.found, actors.refused),
        shocks=Known(shocks.found, shocks.refused),
        measures=MEASURES,
        start_values=start_values,
        rates=_rates(actors.found, given),
        estimates=estimates,
        base_rates=_base_rates(),
        actions=NAMED,
        quantities=QUANTITIES,
        sources=sources,
    )


def vocabulary_of(scenario: Scenario) -> Vocabulary:
    """The vocabulary with the numbers of the scenario's shocks among the parameters."""
    numbers = (shock.parameters(scenario.start, scenario.weeks) for shock in scenario.shocks)
    return vocabulary_with(chain.from_iterable(numbers))


def vocabulary_with(numbers: Iterable[Parameter]) -> Vocabulary:
    """The vocabulary of a scenario whose shocks have these numbers."""
    words, own = vocabulary(), {number.address: number for number in numbers}
    return replace(words, in_scenario={**words.parameters, **own})


def _tables(
    actors: Offers[type[StateActor]],
) -> tuple[
    tuple[StartingValue, ...],
    Mapping[str, PairRate],
    Mapping[str, Parameter],
    Mapping[str, Source],
]:
    """The tables beside the modules of the actors; those beside faulty ones are left out."""
    start, rates = dict[str, StartingValue](), dict[str, PairRate]()
    estimates = dict[str, Parameter]()
    sources = {source.key: source for source in read_sources(ENGINE)}
    for package, codes in _by_package(actors.found).items():
        of_package = {*codes, *actors.refused}
        try:
            values = _values_of(package, of_package, start)
            habits = _rates_of(package, of_package, rates)
            weights = _weights_of(package, [actors.found[code] for code in codes])
            more = {source.key: source for source in _rows_of(package, "sources.csv", read_sources)}
        except Exception as error:  # noqa: BLE001 - whatever lies in a package of somebody else
            for code in codes:
                actors.refuse(code, str(error) if isinstance(error, TableError) else said(error))
            continue
        start |= values
        rates |= habits
        estimates |= weights
        sources |= more
    return tuple(start.values()), rates, estimates, sources


def _rates(
    actors: Mapping[str, type[StateActor]], given: Mapping[str, PairRate]
) -> Mapping[str, PairRate]:
    """The rate of every act of every actor toward every other."""
    roles = {code: actor.roles for code, actor in actors.items()}
    by_relation = relation_rates()
    rates = dict[str, PairRate]()
    for code, target in permutations(sorted(actors), 2):
        for action in acts_toward(code, target, roles, actors[code].actions):
            address = rate_address(code, target, action.action)
            rates[address] = given.get(address) or usual_rate(
                code, target, action, relation(code, target, roles), by_relation
            )
    return rates


def _by_package(actors: Mapping[str, type[StateActor]]) -> dict[str, list[str]]:
    """Package → codes of the actors that it holds; a module outside of packages has no tables."""
    packages: dict[str, list[str]] = {}
    for code, actor in actors.items():
        if package := actor.__module__.rpartition(".")[0]:
            packages.setdefault(package, []).append(code)
    return packages


def _rows_of(package: str, name: str, read: Callable[[str], Sequence[Thing]]) -> Sequence[Thing]:
    """What is read from a table that a package need not have."""
    return read(package) if files(package).joinpath(name).is_file() else ()


def _values_of(package: str, codes: Set[str], taken: Collection[str]) -> dict[str, StartingValue]:
    """The starting values of a package, by address.

    Raises:
        TableError: a value is faulty, concerns none of the actors, or has been given elsewhere.
    """
    values: dict[str, StartingValue] = {}
    for row in _rows_of(package, "initial.csv", lambda name: read_table(name, "initial.csv")):
        for value in _starting_values(row):
            address = value.parameter.address
            if codes.isdisjoint(value.place):
                raise row.wrong(f"{address} concerns no actor of this package")
            if address in values or address in taken:
                raise row.wrong(f"{address} has a value already")
            values[address] = value
    return values


def _rates_of(package: str, codes: Set[str], taken: Collection[str]) -> dict[str, PairRate]:
    """The rates of pairs in a package, by address.

    Raises:
        TableError: a rate is faulty, concerns none of the actors, or has been given elsewhere.
    """
    rates: dict[str, PairRate] = {}
    for row in _rows_of(package, "rates.csv", lambda name: read_table(name, "rates.csv")):
        rate = pair_rate_of(row)
        if codes.isdisjoint(rate.pair):
            raise row.wrong(f"{rate.address} concerns no actor of this package")
        if rate.address in rates or rate.address in taken:
            raise row.wrong(f"{rate.address} has a value already")
        rates[rate.address] = rate
    return rates


ESTIMATE_LEVEL = 0.95
"""Share of its distribution that lies in the interval of an estimated weight."""


def _weights_of(package: str, actors: Sequence[type[StateActor]]) -> dict[str, Parameter]:
    """The weights that a package has estimates of, by address; their range is the interval.

    Raises:
        TableError: an estimate is faulty, or of no weight of these actors.
    """
    declared = {one.address: one for actor in actors for one in actor.parameters()}
    found: dict[str, Parameter] = {}
    for row in _rows_of(package, "weights.csv", lambda name: read_table(name, "weights.csv")):
        weight = declared.get(row["address"])
        if weight is None or weight.parts:
            raise row.wrong(f"{row['address']} is no weight of an actor of this package")
        low, value, high = (row.number(name) for name in ("low", "estimate", "high"))
        estimate = replace(
            weight,
            default=value,
            low=low,
            high=high,
            source=row["source"],
            level=ESTIMATE_LEVEL,
            declared=(weight.low, weight.high),
        )
        if problem := fault_of(estimate, weight.low, weight.high):
            raise row.wrong(problem)
        found[weight.address] = estimate
    return found


def _starting_values(row: Row) -> list[StartingValue]:
    """The one or two directed values of a row."""
    quantity = QUANTITIES.get(row["quantity"])
    if quantity is None or not quantity.settable:
        known = ", ".join(name for name, one in QUANTITIES.items() if one.settable)
        raise row.wrong(f"quantity is {row['quantity']!r}; expected one of {known}")
    place = (row["of"], row["toward"]) if row["toward"] else (row["of"],)
    if len(place) != 1 + quantity.per_dyad or not row["of"] or row["of"] == row["toward"]:
        wanted = "two different actors" if quantity.per_dyad else "an actor"
        raise row.wrong(f"{quantity.name} is of {'-'.join(place)!r}; expected {wanted}")
    if row["both"] not in {"yes", "no"}:
        raise row.wrong(f"both is {row['both']!r}; expected yes or no")
    both = [place, place[::-1]] if quantity.per_dyad and row["both"] == "yes" else [place]
    return [StartingValue(quantity.name, one, _parameter(row, quantity, one)) for one in both]


def _parameter(row: Row, quantity: Quantity, place: tuple[str, ...]) -> Parameter:
    address = starting_address(quantity.name, place)
    return parameter_of(row, address, row["why"], quantity.low, quantity.high)


def _base_rates() -> Mapping[str, BaseRate]:
    return {
        row["id"]: BaseRate(
            row["id"],
            row.number("value"),
            int(row.number("n")) if row["n"] else None,
            row["unit"],
            row["source"],
            row["statement"],
        )
        for row in read_table(SCENARIOS, "base_rates.csv")
    }

"""The addresses that bear on a scenario: what a glob stands for, and what stands twice."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache

from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.engine.world import SYMMETRIC
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import StartingValue, starting_address, vocabulary

WILD = frozenset("*?[")


def is_glob(address: str) -> bool:
    """Whether it may stand for several addresses: `RUS.*`."""
    return not WILD.isdisjoint(address)


def bearing_on(scenario: Scenario) -> dict[str, Parameter]:
    """Address → parameter of all that can move this scenario: nothing of actors not in it."""
    present = set(scenario.actors)
    return {
        address: parameter
        for address, parameter in vocabulary().parameters.items()
        if present.issuperset(actors_of(address))
    }


def actors_of(address: str) -> tuple[str, ...]:
    """The actors whom an address is about; none for the world's and the actions'."""
    starting = _starting_values().get(address)
    if starting:
        return starting.place
    first = address.partition(".")[0]
    return (first,) if first in vocabulary().actors else ()


def matching(glob: str, scenario: Scenario) -> list[str]:
    """What a glob stands for, in the order of the vocabulary.

    Only numbers of their own: no sum of parts that stand there themselves, no number that is
    declared without a range, and of a number that has two addresses only one.
    """
    found: list[str] = []
    for address, parameter in bearing_on(scenario).items():
        is_free = not parameter.parts and parameter.low < parameter.high
        if is_free and fnmatchcase(address, glob) and mirrored(address) not in found:
            found.append(address)
    return found


def overlapping(address: str, other: str) -> str:
    """Why two addresses cannot be varied together; empty if they can."""
    if address == other:
        return "stands here a second time"
    for whole, part in ((address, other), (other, address)):
        if part in vocabulary().parameters[whole].parts:
            return f"overlaps with {other}: {part} is a part of {whole}"
    if mirrored(address) == other:
        return f"is the same number as {other}"
    return ""


def mirrored(address: str) -> str:
    """The other address of a quantity that is the same in both directions; else its own."""
    starting = _starting_values().get(address)
    if starting is None or starting.quantity not in SYMMETRIC:
        return address
    return starting_address(starting.quantity, reversed(starting.place))


def own_values(scenario: Scenario) -> Mapping[str, float]:
    """Address → the value that it has in this scenario, of all that bear on it."""
    words = vocabulary()
    values, start = words.values(scenario.settings), words.start(scenario)
    starting = _starting_values()
    return {
        address: start[starting[address].quantity][starting[address].place]
        if address in starting
        else values[address]
        for address in bearing_on(scenario)
    }


def parts_set(address: str, scenario: Scenario) -> Iterator[str]:
    """Parts of a sum that the scenario sets: a value for the sum takes their place."""
    parts = vocabulary().parameters[address].parts
    yield from (part for part in parts if part in scenario.settings)


@cache
def _starting_values() -> Mapping[str, StartingValue]:
    return {value.parameter.address: value for value in vocabulary().start_values}

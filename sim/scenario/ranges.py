"""Checks the ranges that a file gives: of parameters it sets, and of levers."""

from collections.abc import Iterator

from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.scenario.errors import Fault, is_between, number, number_between
from realpolitik.sim.scenario.nodes import (
    Node,
    child,
    entries_of,
    items_of,
    number_of,
    text_of,
)
from realpolitik.sim.scenario.values import beyond_range
from realpolitik.sim.scenario.vocabulary import Vocabulary


def ranges_fit(tree: Node, words: Vocabulary) -> Iterator[Fault]:
    """Ranges that are empty, go beyond what is declared, or leave out the value they are of."""
    for address, entry in entries_of(child(tree, "parameters")).items():
        node = child(entry.node, "range")
        yield from _range(node, address, words)
        yield from _outside(node, child(entry.node, "value"), words.parameters.get(address))
    for lever in items_of(child(tree, "levers")):
        yield from _range(child(lever, "range"), text_of(child(lever, "parameter")) or "", words)


def _range(node: Node | None, address: str, words: Vocabulary) -> Iterator[Fault]:
    """What is wrong with the ends; nothing if the type is wrong, which is told of elsewhere."""
    ends = _ends(node)
    if node is None or ends is None:
        return
    low, high = ends
    parameter = words.parameters.get(address)
    if low >= high:
        problem = f"the range is {number(low)} to {number(high)}"
        yield Fault(node.place, problem, "the lower number first, then a higher one")
    elif parameter:
        for end, one in zip(items_of(node), ends, strict=True):
            yield from beyond_range(parameter, one, end.place)


def _outside(node: Node | None, value: Node | None, parameter: Parameter | None) -> Iterator[Fault]:
    """A value that is in the declared range, but not in the one beside it."""
    ends, given = _ends(node), number_of(value)
    if not (ends and value and parameter) or given is None or ends[0] >= ends[1]:
        return
    is_allowed = is_between(parameter.low, given, parameter.high)
    if is_allowed and not is_between(ends[0], given, ends[1]):
        problem = f"{parameter.address} is {number(given)}, which is not in the range beside it"
        yield Fault(value.place, problem, number_between(*ends))


def _ends(node: Node | None) -> tuple[float, float] | None:
    """Lowest and highest; None if there are not two numbers."""
    numbers = [number_of(item) for item in items_of(node)]
    if len(numbers) != 2 or numbers[0] is None or numbers[1] is None:
        return None
    return numbers[0], numbers[1]

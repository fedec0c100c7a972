"""From what is asked to what is varied: each address with its range, checked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from realpolitik.sim.experiments.addresses import (
    actors_of,
    bearing_on,
    is_glob,
    matching,
    overlapping,
    parts_set,
)
from realpolitik.sim.experiments.levels import (
    amount,
    clean,
    count,
    reaches,
    stepped,
    steps_beside,
)
from realpolitik.sim.experiments.plan import Sampler, Vary
from realpolitik.sim.experiments.vary import Asked
from realpolitik.sim.scenario.errors import (
    Fault,
    Place,
    number,
    one_of,
    quoted,
)
from realpolitik.sim.scenario.schema import Scenario, Setting
from realpolitik.sim.scenario.values import beyond_range, unknown_parameter
from realpolitik.sim.scenario.vocabulary import vocabulary

MOST_POINTS = 1_000_000
Span = tuple[float, float]
Ranges = Mapping[str, Span]
Levels = tuple[float, ...]
WITH_LEVELS: frozenset[Sampler] = frozenset({"grid", "one_at_a_time"})


@dataclass
class Ranged:
    """What is varied, what is wrong with it, and what is unusual about it."""

    vary: list[Vary] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def is_apart(self, address: str, place: Place, others: Iterable[str]) -> bool:
        """Whether an address can be varied beside others; if it cannot, that is a fault."""
        clash = next((why for other in others if (why := overlapping(address, other))), "")
        if clash:
            self.faults.append(Fault(place, f"{address} {clash}"))
        return not clash


def ranges_of(scenario: Scenario) -> Ranges:
    """Address → the range that the scenario itself gives, with a parameter or with a lever."""
    levers = {lever.parameter: lever.range for lever in scenario.levers if lever.range}
    own = {
        address: given.range
        for address, given in scenario.parameters.items()
        if isinstance(given, Setting) and given.range
    }
    return levers | own


def ranged(asked: Iterable[Asked], scenario: Scenario, sampler: Sampler, ranges: Ranges) -> Ranged:
    """Each address that is asked for, with its range.

    Args:
        asked: Addresses and globs.
        scenario: What is to be run.
        sampler: How points will be chosen: only a grid and one-at-a-time have levels.
        ranges: Ranges that come before the declared ones, of `ranges_of`.
    """
    result, seen = Ranged(), list[str]()
    for one in asked:
        for address in addresses_of(one, scenario, result.faults):
            if result.is_apart(address, one.place, seen):
                seen.append(address)
                _take(address, one, ranges.get(address), sampler, result)
                result.warnings += parts_replaced(address, one.place, scenario)
    return result


def parts_replaced(address: str, place: Place, scenario: Scenario) -> Iterator[str]:
    """What is unusual: the scenario sets parts of a sum that is varied."""
    for part in parts_set(address, scenario):
        yield f"{place}: the scenario sets {part}; varying {address} takes its place"


def addresses_of(asked: Asked, scenario: Scenario, faults: list[Fault]) -> Sequence[str]:
    """The addresses that are meant; none, and a fault, if there are none."""
    address = asked.address
    if is_glob(address):
        found = matching(address, scenario)
        if not found:
            wanted = "a pattern such as RUS.*, of addresses that bear on the scenario"
            faults.append(Fault(asked.place, f"{quoted(address)} matches nothing", wanted))
        return found
    if address not in vocabulary().parameters:
        faults.append(unknown_parameter(asked.place, address, bearing_on(scenario)))
        return []
    missing = [code for code in actors_of(address) if code not in scenario.actors]
    if missing:
        problem = f"{address} moves nothing: {missing[0]} is not among the scenario's actors"
        faults.append(Fault(asked.place, problem, one_of(scenario.actors)))
        return []
    return [address]


def _take(address: str, asked: Asked, own: Span | None, sampler: Sampler, result: Ranged) -> None:
    """Puts the address with its range into the result, or what is wrong with it."""
    parameter = vocabulary().parameters[address]
    span = own or (clean(parameter.low), clean(parameter.high))
    has_levels = bool(asked.values) or asked.step is not None
    levels, faults = _given(asked) if asked.values else _levels(address, asked, span)
    if sampler not in WITH_LEVELS and has_levels:
        problem = f"{sampler} takes points from whole ranges, but {address} has levels"
        faults = [Fault(asked.value_place, problem, "low and high alone, or the sampler grid")]
    ends = dict.fromkeys((*levels[:1], *levels[-1:]))
    faults = faults or [
        fault for end in ends for fault in beyond_range(parameter, end, asked.value_place)
    ]
    if faults:
        result.faults += faults
        return
    result.vary.append(Vary(address, levels[0], levels[-1], levels if has_levels else ()))


def _levels(address: str, asked: Asked, span: Span) -> tuple[Levels, list[Fault]]:
    """The levels in ascending order, or both ends of the range; and what is wrong with them."""
    low = span[0] if asked.low is None else asked.low
    high = span[1] if asked.high is None else asked.high
    if asked.low is None and asked.high is None and low == high:
        problem = f"{address} is declared without a range"
        return (), [Fault(asked.value_place, problem, "an address that has one")]
    if not low < high:  # nor is NaN
        problem = f"the range of {address} is {number(low)} to {number(high)}"
        return (), [Fault(asked.value_place, problem, "the lower number first, then a higher one")]
    if asked.step is None:
        return (low, high), []
    if not asked.step > 0:
        problem = f"the step is {number(asked.step)}"
        return (), [Fault(asked.value_place, problem, "a number above 0")]
    levels = count(low, high, asked.step)
    if not 2 <= levels <= MOST_POINTS:
        problem = f"with the step {number(asked.step)} the number of levels is {amount(levels)}"
        wanted = f"2 to {MOST_POINTS:,} from {number(low)} to {number(high)}"
        return (), [Fault(asked.value_place, problem, wanted)]
    return _divided(address, asked, low, high, asked.step)


def _divided(
    address: str, asked: Asked, low: float, high: float, step: float
) -> tuple[Levels, list[Fault]]:
    """The levels from end to end; a step that would leave out the high end is refused."""
    if reaches(low, high, step):
        return stepped(low, high, step), []
    last = stepped(low, high, step)[-1]
    problem = (
        f"steps of {number(step)} from {number(low)} leave out {number(high)}, "
        f"the high end of {address}"
    )
    steps = " or ".join(map(number, steps_beside(low, high, step)))
    wanted = f"a step that divides the range ({steps}), or {number(last)} as its high end"
    return (), [Fault(asked.value_place, problem, wanted)]


def _given(asked: Asked) -> tuple[Levels, list[Fault]]:
    """The levels that are given outright."""
    levels = tuple(sorted(set(asked.values)))
    if len(levels) < len(asked.values):
        return (), [Fault(asked.value_place, f"a level of {asked.address} stands here twice")]
    if len(levels) < 2:
        problem = f"{asked.address} has one level, {number(levels[0])}"
        return (), [Fault(asked.value_place, problem, "two levels or more")]
    return levels, []

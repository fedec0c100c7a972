"""What is asked to be varied: an address or a glob, and how far; and what that comes to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from realpolitik.sim.engine.actions import address_of
from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.engine.world import SYMMETRIC
from realpolitik.sim.experiments.plan import (
    MOST_POINTS,
    Vary,
    amount,
    clean,
    count,
    reaches,
    stepped,
    steps_beside,
)
from realpolitik.sim.experiments.samplers import SAMPLERS
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, number, one_of, quoted
from realpolitik.sim.scenario.forms import Addresses, Form, Number, Said, read_form, wanted
from realpolitik.sim.scenario.nodes import (
    ListNode,
    MapEntry,
    NotFiniteError,
    ScalarNode,
    describe,
    entries_of,
    items_of,
    number_of,
    resolve,
    text_of,
)
from realpolitik.sim.scenario.parameter_files import read_parameters
from realpolitik.sim.scenario.schema import Scenario, Setting
from realpolitik.sim.scenario.values import beyond_range, unknown_parameter
from realpolitik.sim.scenario.vocabulary import (
    StartingValue,
    places,
    starting_address,
    vocabulary,
    vocabulary_of,
)

# ── As it is written ─────────────────────────────────────────────────────────────────


IN_FILE = "a number, a list of numbers, or a range such as 0:0.8:0.1"
SHAPES = "PATH=a:b:step, PATH=a:b, PATH=x,y,z, PATH=x, or PATH alone for its declared range"


@dataclass(frozen=True)
class VaryRequest:
    """One line of `vary`, or one `--set`.

    Attributes:
        address: An address, or a glob such as `RUS.*`.
        place: Where the address stands.
        value_place: Where the range stands.
        low: Least value; none: that of the range.
        high: Greatest value; none: that of the range.
        step: Distance of the levels; none: they are as many as `points`.
        values: The levels, if they are given outright; then there is nothing else.
    """

    address: str
    place: Place
    value_place: Place
    low: float | None = None
    high: float | None = None
    step: float | None = None
    values: tuple[float, ...] = ()

    @property
    def is_fixed(self) -> bool:
        """Whether it is one value, and so nothing that is varied."""
        return len(self.values) == 1


def typed_request(text: str) -> VaryRequest:
    """What `--set` asks for: `RUS.israel_ties=0:0.9:0.1`, `RUS.*`, `world.precision=5,10,15`.

    Raises:
        ValueError: it is none of this, or has a value that is no finite number; says which.
    """
    address, equals, levels = text.partition("=")
    address, place = address_of(address.strip()), Place(f"--set {text}")
    if not address or (equals and not levels.strip()):
        raise ValueError(f"{text!r} is not {SHAPES}")
    if not equals:
        return VaryRequest(address, place, place)
    return _spelt(address, levels, text, place, place)


def _spelt(address: str, levels: str, text: str, place: Place, value_place: Place) -> VaryRequest:
    """What levels such as `0:0.9:0.1` or `5,10,15` mean; `text` is what was typed."""
    if ":" not in levels:
        values = tuple(_number(one, text) for one in levels.split(","))
        return VaryRequest(address, place, value_place, values=values)
    ends = [_number(one, text) for one in levels.split(":")]
    if len(ends) > 3:
        raise ValueError(f"{text!r} is not {SHAPES}")
    low, high, step = (*ends, None)[:3]
    return VaryRequest(address, place, value_place, low, high, step)


def requests_in_file(path: str) -> list[VaryRequest]:
    """What a file asks for, a line each: ranges as in a study or as typed, and numbers to set.

    Raises:
        ScenarioError: it cannot be read, or a line of it is wrong; it holds all faults.
    """
    faults: list[Fault] = []
    entries = read_parameters(path).entries.items()
    asked = [one for key, entry in entries if (one := _in_file(key, entry, faults))]
    if faults:
        raise ScenarioError(faults)
    return asked


def _in_file(key: str, entry: MapEntry, faults: list[Fault]) -> VaryRequest | None:
    """One line: a number, a list of them, a range as it is typed, or as it stands in a study."""
    address, node, places = address_of(key), entry.node, (entry.key_place, entry.node.place)
    levels = text_of(node) or ""
    if isinstance(node, ListNode) or number_of(node) is not None:
        levels = ",".join(str(number_of(one)) for one in items_of(node) or (node,))
    if not levels:
        return _line(address, entry, faults)
    try:
        return _spelt(address, levels, levels, *places)
    except ValueError:
        faults.append(Fault(node.place, f"{address} is {describe(node)}", IN_FILE))
        return None


class Range(Form):
    """How far an address is varied: the ends of a range and perhaps a step, or values."""

    low: Said[Number] = None
    high: Said[Number] = None
    step: Said[Number] = None
    values: Said[
        Annotated[
            tuple[Number, ...], Field(min_length=1, strict=False), wanted("two numbers or more")
        ]
    ] = None


VARY = Annotated[dict[str, Any], Addresses(Range.model_fields)]
"""What stands under `vary`: an address or a glob, and a range or nothing."""


def requests_in(form: Form) -> list[VaryRequest]:
    """What stands under `vary` in a file; lines that are wrong are left out."""
    lines = entries_of(form.node("vary")).items()
    return [one for key, entry in lines if (one := _line(key, entry, form.faults))]


def _line(address: str, entry: MapEntry, faults: list[Fault]) -> VaryRequest | None:
    """One line: nothing, the ends of a range and perhaps a step, or values."""
    place, node = entry.key_place, entry.node
    if isinstance(node, ScalarNode) and node.value is None:
        return VaryRequest(address, place, place)
    before = len(faults)
    found = read_form(node, Range, faults, f"the range of {address}")
    if found.values and found.model_fields_set > {"values"}:
        found.blame("values beside low, high or step", "the one or the other")
    if len(faults) > before:
        return None
    return VaryRequest(
        address, place, node.place, found.low, found.high, found.step, found.values or ()
    )


def _number(word: str, text: str) -> float:
    try:
        value = resolve(word.strip())
    except NotFiniteError:
        value = None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{word!r} in {text!r} is not a finite number")
    return float(value)


# ── Addresses that bear on a scenario ────────────────────────────────────────────────


WILD = frozenset("*?[")


def is_glob(address: str) -> bool:
    """Whether it may stand for several addresses: `RUS.*`."""
    return not WILD.isdisjoint(address)


def bearing_on(scenario: Scenario) -> dict[str, Parameter]:
    """Address → parameter of all that can move this scenario: nothing of actors not in it."""
    present = set(scenario.actors)
    return {
        address: parameter
        for address, parameter in vocabulary_of(scenario).parameters.items()
        if present.issuperset(actors_of(address))
    }


def actors_of(address: str) -> tuple[str, ...]:
    """The actors whom an address is about; none for the world's and the actions'."""
    starting, rate = _starting_values().get(address), vocabulary().rates.get(address)
    if starting:
        return starting.place
    if rate:
        return rate.pair
    first = address.partition(".")[0]
    return (first,) if first in vocabulary().actors else ()


def matching(glob: str, scenario: Scenario) -> list[str]:
    """What a glob stands for, in the order of the vocabulary.

    Only numbers of their own: no sum of parts that stand there themselves, no number that is
    declared without a range, and of a number that has two addresses only one.
    """
    found: dict[str, None] = {}
    for address, parameter in bearing_on(scenario).items():
        is_free = not parameter.parts and parameter.low < parameter.high
        if is_free and fnmatchcase(address, glob) and mirrored(address) not in found:
            found[address] = None
    return list(found)


def overlapping(address: str, other: str) -> str:
    """Why two addresses cannot be varied together; empty if they can."""
    if address == other:
        return "stands here a second time"
    for whole, part in ((address, other), (other, address)):
        if part in _parts_of(whole):
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


def free(addresses: Iterable[str], scenario: Scenario) -> list[str]:
    """The addresses that may be varied in a scenario.

    What a scenario sets makes it what it is (an automatic ally has no ties to Israel), so it keeps
    what it sets: the address itself, a sum of which it is a part, and the parts of a sum. Addresses
    of actors that are not in it move nothing.
    """
    known = bearing_on(scenario)
    held = {*scenario.settings, *_started(scenario)}
    return [one for one in addresses if one in known and not any(_same(one, set_) for set_ in held)]


def _same(one: str, other: str) -> bool:
    """Whether two addresses are one number, or a sum and a part of it."""
    if one == other or mirrored(one) == other:
        return True
    return one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _started(scenario: Scenario) -> Iterator[str]:
    """The addresses of the quantities that a scenario sets at its start."""
    for quantity, values in scenario.initial.items():
        for key in values:
            yield from (starting_address(quantity, place) for place in places(key))


def own_values(scenario: Scenario) -> Mapping[str, float]:
    """Address → the value that it has in this scenario, of all that bear on it."""
    words = vocabulary_of(scenario)
    values, start = words.values(scenario.settings), words.start(scenario, scenario.settings)
    starting = _starting_values()
    return {
        address: start[starting[address].quantity][starting[address].place]
        if address in starting
        else values[address]
        for address in bearing_on(scenario)
    }


def parts_set(address: str, scenario: Scenario) -> Iterator[str]:
    """Parts of a sum that the scenario sets: a value for the sum takes their place."""
    yield from (part for part in _parts_of(address) if part in scenario.settings)


def _parts_of(address: str) -> tuple[str, ...]:
    """The addresses whose sum it is; none of a number of its own."""
    parameter = vocabulary().parameters.get(address)
    return parameter.parts if parameter else ()


@cache
def _starting_values() -> Mapping[str, StartingValue]:
    return {value.parameter.address: value for value in vocabulary().start_values}


# ── From what is asked to what is varied ─────────────────────────────────────────────


Span = tuple[float, float]
Ranges = Mapping[str, Span]
Levels = tuple[float, ...]


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


def ranged(
    requests: Iterable[VaryRequest], scenario: Scenario, sampler: str, ranges: Ranges
) -> Ranged:
    """Each address that is asked for, with its range.

    Args:
        requests: Addresses and globs.
        scenario: What is to be run.
        sampler: How points will be chosen: only a grid and one-at-a-time have levels.
        ranges: Ranges that come before the declared ones, of `ranges_of`.
    """
    result, seen, known = Ranged(), list[str](), vocabulary_of(scenario).parameters
    for one in requests:
        for address in addresses_of(one, scenario, result.faults):
            if result.is_apart(address, one.place, seen):
                seen.append(address)
                _take(known[address], one, ranges.get(address), sampler, result)
                result.warnings += parts_replaced(address, one.place, scenario)
    return result


def parts_replaced(address: str, place: Place, scenario: Scenario) -> Iterator[str]:
    """What is unusual: the scenario sets parts of a sum that is varied."""
    for part in parts_set(address, scenario):
        yield f"{place}: the scenario sets {part}; varying {address} takes its place"


def addresses_of(request: VaryRequest, scenario: Scenario, faults: list[Fault]) -> Sequence[str]:
    """The addresses that are meant; none, and a fault, if there are none."""
    address = request.address
    if is_glob(address):
        found = matching(address, scenario)
        if not found:
            wanted = "a pattern such as RUS.*, of addresses that bear on the scenario"
            faults.append(Fault(request.place, f"{quoted(address)} matches nothing", wanted))
        return found
    if address not in vocabulary_of(scenario).parameters:
        faults.append(unknown_parameter(request.place, address, bearing_on(scenario)))
        return []
    missing = [code for code in actors_of(address) if code not in scenario.actors]
    if missing:
        problem = f"{address} moves nothing: {missing[0]} is not among the scenario's actors"
        faults.append(Fault(request.place, problem, one_of(scenario.actors)))
        return []
    return [address]


def _take(
    parameter: Parameter, request: VaryRequest, own: Span | None, sampler: str, result: Ranged
) -> None:
    """Puts the address with its range into the result, or what is wrong with it."""
    address = parameter.address
    span = own or (clean(parameter.low), clean(parameter.high))
    has_levels = bool(request.values) or request.step is not None
    levels, faults = _given(request) if request.values else _levels(address, request, span)
    if has_levels and not SAMPLERS[sampler].has_levels:
        problem = f"{sampler} takes points from whole ranges, but {address} has levels"
        faults = [Fault(request.value_place, problem, "low and high alone, or the sampler grid")]
    broken = [level for level in levels if parameter.integral and level != int(level)]
    telling = dict.fromkeys((*levels[:1], *levels[-1:], *broken[:1]))
    faults = faults or [
        fault for level in telling for fault in beyond_range(parameter, level, request.value_place)
    ]
    if faults:
        result.faults += faults
        return
    ends, given = (levels[0], levels[-1]), levels if has_levels else ()
    result.vary.append(Vary(address, *ends, given, integral=parameter.integral))


def _levels(address: str, request: VaryRequest, span: Span) -> tuple[Levels, list[Fault]]:
    """The levels in ascending order, or both ends of the range; and what is wrong with them."""
    low = span[0] if request.low is None else request.low
    high = span[1] if request.high is None else request.high
    if request.low is None and request.high is None and low == high:
        problem = f"{address} is declared without a range"
        return (), [Fault(request.value_place, problem, "an address that has one")]
    if not low < high:  # nor is NaN
        problem = f"the range of {address} is {number(low)} to {number(high)}"
        return (), [
            Fault(request.value_place, problem, "the lower number first, then a higher one")
        ]
    if request.step is None:
        return (low, high), []
    if not request.step > 0:
        problem = f"the step is {number(request.step)}"
        return (), [Fault(request.value_place, problem, "a number above 0")]
    levels = count(low, high, request.step)
    if not 2 <= levels <= MOST_POINTS:
        problem = f"with the step {number(request.step)} the number of levels is {amount(levels)}"
        wanted = f"2 to {MOST_POINTS:,} from {number(low)} to {number(high)}"
        return (), [Fault(request.value_place, problem, wanted)]
    return _divided(address, request, low, high, request.step)


def _divided(
    address: str, request: VaryRequest, low: float, high: float, step: float
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
    return (), [Fault(request.value_place, problem, wanted)]


def _given(request: VaryRequest) -> tuple[Levels, list[Fault]]:
    """The levels that are given outright."""
    levels = tuple(sorted(set(request.values)))
    if len(levels) < len(request.values):
        return (), [Fault(request.value_place, f"a level of {request.address} stands here twice")]
    if len(levels) < 2:
        problem = f"{request.address} has one level, {number(levels[0])}"
        return (), [Fault(request.value_place, problem, "two levels or more")]
    return levels, []

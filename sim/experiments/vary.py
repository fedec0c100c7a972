"""What is asked to be varied, as it is written: an address or a glob, and how far."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from realpolitik.sim.engine.actions import address_of
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError
from realpolitik.sim.scenario.forms import Addresses, Form, Number, Said, read_form, wanted
from realpolitik.sim.scenario.nodes import (
    Entry,
    ListNode,
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

IN_FILE = "a number, a list of numbers, or a range such as 0:0.8:0.1"
SHAPES = "PATH=a:b:step, PATH=a:b, PATH=x,y,z, PATH=x, or PATH alone for its declared range"


@dataclass(frozen=True)
class Asked:
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


def asked_by(text: str) -> Asked:
    """What `--set` asks for: `RUS.israel_ties=0:0.9:0.1`, `RUS.*`, `world.precision=5,10,15`.

    Raises:
        ValueError: it is none of this, or has a value that is no finite number; says which.
    """
    address, equals, levels = text.partition("=")
    address, place = address_of(address.strip()), Place(f"--set {text}")
    if not address or (equals and not levels.strip()):
        raise ValueError(f"{text!r} is not {SHAPES}")
    if not equals:
        return Asked(address, place, place)
    return _spelt(address, levels, text, place, place)


def _spelt(address: str, levels: str, text: str, place: Place, value_place: Place) -> Asked:
    """What levels such as `0:0.9:0.1` or `5,10,15` mean; `text` is what was typed."""
    if ":" not in levels:
        values = tuple(_number(one, text) for one in levels.split(","))
        return Asked(address, place, value_place, values=values)
    ends = [_number(one, text) for one in levels.split(":")]
    if len(ends) > 3:
        raise ValueError(f"{text!r} is not {SHAPES}")
    low, high, step = (*ends, None)[:3]
    return Asked(address, place, value_place, low, high, step)


def asked_by_file(path: str) -> list[Asked]:
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


def _in_file(key: str, entry: Entry, faults: list[Fault]) -> Asked | None:
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


def asked_in(form: Form) -> list[Asked]:
    """What stands under `vary` in a file; lines that are wrong are left out."""
    lines = entries_of(form.node("vary")).items()
    return [one for key, entry in lines if (one := _line(key, entry, form.faults))]


def _line(address: str, entry: Entry, faults: list[Fault]) -> Asked | None:
    """One line: nothing, the ends of a range and perhaps a step, or values."""
    place, node = entry.key_place, entry.node
    if isinstance(node, ScalarNode) and node.value is None:
        return Asked(address, place, place)
    before = len(faults)
    found = read_form(node, Range, faults, f"the range of {address}")
    if found.values and found.model_fields_set > {"values"}:
        found.blame("values beside low, high or step", "the one or the other")
    if len(faults) > before:
        return None
    return Asked(address, place, node.place, found.low, found.high, found.step, found.values or ())


def _number(word: str, text: str) -> float:
    try:
        value = resolve(word.strip())
    except NotFiniteError:
        value = None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{word!r} in {text!r} is not a finite number")
    return float(value)

"""What is wrong with an input: where, what was found, what was expected, the nearest right name."""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import TypeVar

from realpolitik.sim.scenario.characters import folded, oddity

Thing = TypeVar("Thing")

MOST_FAULTS = 100
LONGEST_NAME = 100
FEW = 20
ROUNDING = 1e-9


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file, line and column counted from 1; line 0 means the file as a whole."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@dataclass(frozen=True)
class Fault:
    """One fault: what was found, and either the nearest right name or what was expected.

    `name` is the name that nothing bears, if that is the fault, and `known` are those there are.
    """

    place: Place
    problem: str
    expected: str = ""
    name: str = ""
    known: Collection[str] = ()

    @cached_property
    def suggestion(self) -> str:
        """The nearest right name; empty if there is none. Looked for only when it is asked for."""
        return nearest(self.name, self.known) if self.name else ""

    def __str__(self) -> str:
        if self.suggestion:
            return f"{self.place}: {self.problem}; did you mean {self.suggestion!r}?"
        if self.expected:
            return f"{self.place}: {self.problem}; expected {self.expected}"
        return f"{self.place}: {self.problem}"


class ScenarioError(ValueError):
    """An input that is wrong: all its faults in the order of the file, a line each in `str()`.

    Of more than a hundred faults only the first hundred are kept, and a last one says so.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        in_order = sorted(faults, key=lambda fault: fault.place)
        if len(in_order) > MOST_FAULTS:
            rest = Fault(Place(in_order[0].place.path), f"more than {MOST_FAULTS} faults")
            in_order = [*in_order[:MOST_FAULTS], rest]
        self.faults = tuple(in_order)
        super().__init__(*self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class Known(dict[str, Thing]):
    """Names and what they stand for; and of names that cannot be used, the reason."""

    def __init__(self, things: Mapping[str, Thing], refused: Mapping[str, str]) -> None:
        """`refused` holds the reasons, by name."""
        super().__init__(things)
        self.refused = dict(refused)

    def __missing__(self, name: str) -> Thing:
        """Says why a name cannot be used, if it was refused."""
        if name in self.refused:
            raise ScenarioError([Fault(Place(name), f"cannot be used: {self.refused[name]}")])
        raise KeyError(name)


def refusal(known: Collection[str], name: str) -> str:
    """Why a name cannot be used; empty if it can, or if there is none such."""
    return known.refused.get(name, "") if isinstance(known, Known) else ""


def nearest(name: str, names: Iterable[str]) -> str:
    """The name most like `name`, whether written large or small; empty if none is like it.

    Quotation marks, blanks and letters that only look like Latin ones make no difference.

    Of those that are equally like it, the one that begins like it for longest.
    """
    if len(name) > LONGEST_NAME:
        return ""
    small = folded(name)
    by_small = {known.casefold(): known for known in names}

    def likeness(known: str) -> tuple[float, int]:
        ratio = difflib.SequenceMatcher(None, known, small).ratio()
        alike = takewhile(lambda pair: pair[0] == pair[1], zip(known, small, strict=False))
        return ratio, len(list(alike))

    close = difflib.get_close_matches(small, by_small, n=5, cutoff=0.6)
    return by_small[max(close, key=likeness)] if close else ""


def unknown(place: Place, what: str, name: str, known: Collection[str]) -> Fault:
    """The fault that there is no `what` of that name; a short list of names is told in full."""
    if reason := refusal(known, name):
        return Fault(place, f"{what} {quoted(name)} cannot be used: {reason}")
    few = one_of(sorted(known)) if 0 < len(known) <= FEW else ""
    return Fault(place, f"unknown {what} {quoted(name)}{oddity(name)}", few, name, known)


def one_of(names: Iterable[str]) -> str:
    """'one of a, b, c'; what is no plain name is quoted, so that all stays on one line."""
    return f"one of {', '.join(map(_as_name, names))}"


def _as_name(text: str) -> str:
    plain = re.fullmatch(r"[\w.>#/-]{1,60}", text)
    return text if plain else quoted(text)


def quoted(text: str) -> str:
    """The text in quotes on one line, cut where it is long."""
    return repr(text if len(text) <= 60 else f"{text[:57]}...")


def number(value: float) -> str:
    """The number as a person would write it: 3, not 3.0, and 0.92, not 0.9199999999999999."""
    return f"{value:.10g}"


def is_between(low: float, value: float, high: float) -> bool:
    """Whether the value lies in the range; a sum of range ends may be off by its rounding."""
    return low - ROUNDING <= value <= high + ROUNDING


def number_between(low: float, high: float, noun: str = "a number") -> str:
    """What a number in a range is called: 'a number from 0 to 1'."""
    if low == high:
        return number(low)
    if high == float("inf"):
        return f"{noun} of at least {number(low)}"
    return f"{noun} from {number(low)} to {number(high)}"

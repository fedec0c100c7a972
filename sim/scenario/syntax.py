"""Says in plain words what the YAML parser stumbled over."""

import re
from dataclasses import dataclass
from typing import Protocol

import yaml

from realpolitik.sim.scenario.characters import character_at
from realpolitik.sim.scenario.errors import Fault, Place

TAB = "a tab; indent with spaces"


class Mark(Protocol):
    """Where the parser is, counted from 0; each of its two parsers has a class of its own."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The column."""


@dataclass(frozen=True)
class _Rule:
    """How a complaint of the parser is told; `at_opening` puts it where the construct began."""

    complaint: re.Pattern[str]
    told: str
    at_opening: bool = False


def _rule(complaint: str, told: str, *, at_opening: bool = False) -> _Rule:
    return _Rule(re.compile(complaint), told, at_opening)


# The complaints of both parsers, the one in C and the one in Python; context first.
RULES = (
    _rule(r"\\t|tab character", TAB),
    _rule(r"flow (sequence|mapping).*expected ','", "unclosed", at_opening=True),
    _rule(
        r"quoted scalar.*(end of stream|document (indicator|separator))",
        "the quotation mark that opens here is not closed",
        at_opening=True,
    ),
    _rule(
        r"escape|hexdecimal",
        r"this backslash is not understood; write '\\' for one, or use single quotes",
    ),
    _rule(
        r"mapping values are not allowed",
        "no ': ' may stand here; indent the line like its neighbours, or put text that holds "
        "': ' in quotes",
    ),
    _rule(r"sequence entries are not allowed", "no '- ' may stand here; begin a line with it"),
    _rule(
        r"expected ':'|simple key",
        "a key without ': ' after it, or text whose quotation marks are missing",
    ),
    _rule(r"node content", "a value is missing here, or a bracket is one too many"),
    _rule(
        r"expected <block end>|expected key|'-' indicator",
        "this does not fit the lines above; look at the indentation and the quotation marks",
    ),
    _rule(
        r"[Dd]irective|incompatible YAML|%",
        "this line that begins with % is not understood; leave it out",
    ),
    _rule(r"document start", "the document has ended above; one file holds one document"),
    _rule(r"a tag", "tags ('!') are not read; write the value alone"),
    _rule(r"anchor|alias", "an anchor ('&') or alias ('*') needs a name of letters and digits"),
)


def syntax_fault(error: yaml.MarkedYAMLError, text: str, path: str) -> Fault:
    """The fault behind an error of the parser."""
    complaint = f"{error.context or ''} {error.problem or ''}"
    here = place_of(error.problem_mark or error.context_mark, path)
    if "cannot start any token" in complaint:
        return Fault(here, _bad_start(character_at(text, here.line, here.column)))
    rule = next((rule for rule in RULES if rule.complaint.search(complaint)), None)
    if rule is None:
        return Fault(here, f"this is not YAML: {(error.problem or 'not readable').strip()}")
    place = place_of(error.context_mark, path) if rule.at_opening and error.context_mark else here
    told = (
        _unclosed(character_at(text, place.line, place.column), here)
        if rule.told == "unclosed"
        else rule.told
    )
    return Fault(place, told)


def place_of(mark: Mark | None, path: str) -> Place:
    """The place that the parser means."""
    return Place(path, mark.line + 1, mark.column + 1) if mark else Place(path, 1, 1)


def _bad_start(character: str) -> str:
    if character == "\t":
        return TAB
    return f"text that begins with {character!r} must stand in quotes"


def _unclosed(bracket: str, until: Place) -> str:
    return (
        f"the bracket {bracket!r} that opens here is not closed, or a ',' is missing "
        f"before line {until.line}, column {until.column}"
    )

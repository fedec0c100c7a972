"""Says in plain words what the YAML parser stumbled over."""

import re
from dataclasses import dataclass
from typing import Protocol

import yaml

from realpolitik.sim.scenario.characters import LINE_END, character_at, oddity
from realpolitik.sim.scenario.errors import Fault, Place

TAB = "a tab; indent with spaces"
WIDE_COLON = "\uff1a"
# Before or right after a key: a wide colon, or a space that is no ordinary one.
ODD_MARK = re.compile(r"([ \t-]*(?:[^:#\s\uff1a]+:?)?)(\uff1a|[^\S \t])")


class YamlMark(Protocol):
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
    if odd := _odd_mark(error, text, path):
        return odd
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


def _odd_mark(error: yaml.MarkedYAMLError, text: str, path: str) -> Fault | None:
    """The colon or space in the lines at fault that is none to YAML; None if all are."""
    marks = [mark.line for mark in (error.context_mark, error.problem_mark) if mark]
    lines = LINE_END.split(text)
    for number in range(max(0, min(marks) - 1), max(marks) + 1) if marks else ():
        line = lines[number] if number < len(lines) else ""
        if found := ODD_MARK.match(line):
            wanted = "a colon and a space" if found[2] == WIDE_COLON else "a space"
            place = Place(path, number + 1, found.start(2) + 1)
            return Fault(place, f"no ordinary mark{oddity(found[2])}", wanted)
    return None


def place_of(mark: YamlMark | None, path: str) -> Place:
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

"""Parameters from a file: a mapping of addresses in YAML or JSON, or a header and a row in CSV."""

import csv
import functools
import itertools
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from realpolitik.sim.engine.actions import address_of
from realpolitik.sim.engine.shocks.base import FAMILY
from realpolitik.sim.files.reading import MOST_TEXT, read_file
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, quoted
from realpolitik.sim.scenario.nodes import MapEntry, MapNode, ScalarNode, describe, number_of
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.values import faults_of_parameters
from realpolitik.sim.scenario.vocabulary import vocabulary

# ── Names of columns ─────────────────────────────────────────────────────────────────


WORLDWIDE = frozenset({"action", "initial", "rate", FAMILY, "world"})
"""First parts of addresses beside actors."""


@functools.cache
def meant_by(label: str, own: tuple[str, ...] = ()) -> str:
    """The address that a label of a column means, however it is punctuated; empty if it is none.

    `own` are addresses that a scenario has beside those of all.
    """
    is_one = label in vocabulary().parameters or label in own
    return label if is_one else _squeezed(own).get(_squeeze(label), "")


def is_like_one(label: str) -> bool:
    """Whether a label begins as addresses do."""
    first, dot, _ = label.partition(".")
    return bool(dot) and first in {*vocabulary().actors, *WORLDWIDE}


@functools.cache
def _squeezed(own: tuple[str, ...]) -> dict[str, str]:
    """Address by what tools make of it that know letters and digits only; none of two alike."""
    names: dict[str, str] = {}
    for address in (*vocabulary().parameters, *own):
        key = _squeeze(address)
        names[key] = "" if key in names else address
    return names


def _squeeze(name: str) -> str:
    return re.sub(r"[\W_]+", "_", name.casefold()).strip("_")


# ── Tables ───────────────────────────────────────────────────────────────────────────


MOST_BYTES = 200_000_000
DELIMITERS = (";", "\t", ",", " ")  # in the order in which a single column has them
MOST_BEFORE = 50  # lines in which a header is looked for
BLANK = frozenset({"", "-", ".", "na", "n/a", "nan", "#n/a", "none", "null"})
NUMBER = re.compile(r"[-+]?([0-9]+[.,]?[0-9]*|[.,][0-9]+)([eE][-+]?[0-9]+)?")
COMMENT = re.compile(r"^\s*#+")


@dataclass(frozen=True)
class Sheet:
    """A table whose cells know their places.

    Attributes:
        where: What its file is called in faults.
        lines: All lines of the file.
        delimiter: What divides cells.
        head: Line of the header, from 1.
    """

    where: str
    lines: Sequence[str]
    delimiter: str
    head: int

    @property
    def header(self) -> list[str]:
        """The labels of the columns."""
        return _labels(self.lines[self.head - 1], self.delimiter)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Line and cells of each row that is neither empty nor a comment.

        Raises:
            ScenarioError: the file breaks off in a quotation, or is no table.
        """
        reader = _reader(self.lines[self.head :], self.delimiter)
        while True:
            line = self.head + reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                fault = Fault(Place(self.where, line, 1), f"is no row of a table: {error}")
                raise ScenarioError([fault]) from None
            if any(cell.strip() for cell in cells) and not COMMENT.match(cells[0]):
                yield line, cells

    def place(self, line: int, cell: int) -> Place:
        """Where a cell begins, the first being 0; behind the end of a line that lacks it."""
        starts = _starts(self.lines[line - 1], self.delimiter)
        column = starts[cell] if cell < len(starts) else len(self.lines[line - 1])
        return Place(self.where, line, column + 1)


def read_sheet(content: bytes, where: str, *kinds: Callable[[str], bool]) -> Sheet:
    """The table in a file, whose header is the first line with a label that is looked for.

    Args:
        content: The file.
        where: What it is called in faults.
        kinds: Whether a label is one; the next is asked only if no line has any of the first.

    Raises:
        ScenarioError: it is no text, or has no such header.
    """
    lines = re.split(r"\r\n|\r|\n", decoded(content, where))
    for is_name, (head, line) in itertools.product(kinds, enumerate(lines[:MOST_BEFORE], start=1)):
        names = {one: _names_in(line, one, is_name) for one in DELIMITERS}
        delimiter = max(DELIMITERS, key=lambda one: names[one])
        if names[delimiter][0]:
            return Sheet(where, lines, delimiter, head)
    wanted = "a header with an address, such as RUS.israel_ties, at the top of a column"
    problem = f"no label among the first {MOST_BEFORE} lines is an address"
    raise ScenarioError([Fault(Place(where), problem, wanted)])


def number_in(text: str) -> float:
    """The number in a cell; a comma in it is a decimal one.

    Raises:
        ValueError: there is none, or no finite one; says what there is instead.
    """
    plain = text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{MINUS SIGN}", "-").strip()
    if plain.casefold() in BLANK:
        raise ValueError(f"has no value ({quoted(plain)})" if plain else "has no value")
    value = float(plain.replace(",", ".")) if NUMBER.fullmatch(plain) else math.nan
    if not math.isfinite(value):
        raise ValueError(f"is {quoted(plain)}")
    return value


def decoded(content: bytes, where: str) -> str:
    """The text, without the mark that some editors put in front."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    if encoding != "utf-16" and b"\0" in content[:2]:
        encoding = "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        problem = f"is no {encoding.upper().removesuffix('-SIG')}"
        wanted = "a table as text, in UTF-8 or UTF-16; a spreadsheet can be saved as CSV"
        raise ScenarioError([Fault(Place(where), problem, wanted)]) from None
    if not text.strip():
        raise ScenarioError([Fault(Place(where), "the file is empty", "a table with a header")])
    return text


def _reader(lines: Sequence[str], delimiter: str) -> Any:
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)


def _labels(line: str, delimiter: str) -> list[str]:
    """The labels of a header; NumPy writes it as a comment."""
    try:
        return [cell.strip() for cell in next(_reader([_bare(line)], delimiter), [])]
    except csv.Error:
        return []


def _bare(line: str) -> str:
    """The line with spaces in place of a comment's mark."""
    return COMMENT.sub(lambda mark: " " * len(mark[0]), line)


def _names_in(line: str, delimiter: str, is_name: Callable[[str], bool]) -> tuple[int, int]:
    """How many cells of a line are names, and how many cells there are."""
    labels = _labels(line, delimiter)
    return sum(map(is_name, labels)), len(labels)


def _starts(line: str, delimiter: str) -> list[int]:
    """Where the cells of a line begin, from 0."""
    starts, is_quoted, is_new = list[int](), False, True
    for at, character in enumerate(_bare(line)):
        if character == " " and is_new and not is_quoted:
            continue
        if is_new:
            starts.append(at)
            is_new = False
        if character == '"':
            is_quoted = not is_quoted
        elif character == delimiter and not is_quoted:
            is_new = True
    return [*starts, len(line)] if is_new else starts


# ── Files ────────────────────────────────────────────────────────────────────────────


SHEETS = (".csv", ".tsv", ".tab", ".txt")
SHAPE = "addresses with numbers, a line each, such as `RUS.israel_ties: 0.3`"


def read_parameters(path: str) -> MapNode:
    """What a file says of addresses, each with its place.

    Raises:
        ScenarioError: it cannot be read, or is neither a mapping nor a table of one row.
    """
    try:
        content = read_file(path, MOST_TEXT)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "this is no path"
        raise ScenarioError([Fault(Place(path), f"cannot be read: {reason}", SHAPE)]) from None
    if PurePath(path).suffix.lower() in SHEETS:
        return _row(content, path)
    text = decoded(content, path)
    is_json = text.lstrip().startswith("{")
    tree, faults = read_tree(text.replace("\t", " ") if is_json else text, path)
    if not isinstance(tree, MapNode):
        faults.append(Fault(tree.place, f"the file holds {describe(tree)}", SHAPE))
    if faults or not isinstance(tree, MapNode):
        raise ScenarioError(faults)
    return tree


def read_settings(path: str) -> dict[str, float]:
    """Address → value of a file that gives values to parameters.

    Raises:
        ScenarioError: it cannot be read, or a line of it is wrong; it holds all faults.
    """
    faults: list[Fault] = []
    given: dict[str, tuple[float, Place, Place]] = {}
    for address, entry in read_parameters(path).entries.items():
        value = number_of(entry.node)
        if value is None:
            faults.append(Fault(entry.node.place, f"{address} is {describe(entry.node)}", SHAPE))
        else:
            given[address_of(address)] = (float(value), entry.key_place, entry.node.place)
    faults += faults_of_parameters(given, vocabulary())
    if faults:
        raise ScenarioError(faults)
    return {address: value for address, (value, *_) in given.items()}


def _row(content: bytes, path: str) -> MapNode:
    """The one row of a table; columns that are no addresses are left out."""
    sheet = read_sheet(content, path, lambda label: bool(meant_by(label)), is_like_one)
    rows = list(sheet.rows())
    if len(rows) != 1:
        place, found = sheet.place(sheet.head, 0), f"{len(rows):,} rows below the header"
        wanted = "one; `sweep --points` runs as many as there are"
        raise ScenarioError([Fault(place, found, wanted)])
    ((line, cells),) = rows
    entries: dict[str, MapEntry] = {}
    faults: list[Fault] = []
    for cell, label in enumerate(sheet.header):
        address = meant_by(label) or (label if is_like_one(label) else "")
        key_place, place = sheet.place(sheet.head, cell), sheet.place(line, cell)
        if address in entries:
            faults.append(Fault(key_place, f"a second column of {address}"))
        elif address:
            try:
                value = number_in(cells[cell] if cell < len(cells) else "")
            except ValueError as error:
                faults.append(Fault(place, f"{address} {error}", "a number"))
            else:
                entries[address] = MapEntry(key_place, ScalarNode(place, value))
    if faults:
        raise ScenarioError(faults)
    return MapNode(sheet.place(sheet.head, 0), entries)

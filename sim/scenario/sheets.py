"""Tables as spreadsheets and other tools write them, whatever divides their cells.

Commas, semicolons, tabs or spaces; UTF-8 or UTF-16, with a byte-order mark or without; decimal
points or commas; lines before the header, as NetLogo's BehaviorSpace has them.
"""

import csv
import itertools
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, quoted

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

"""A document: what a verb found, as sentences, tables and charts.

Every renderer (terminal, page, Markdown, JSON) takes a document and nothing else, so that what is
read in one of them cannot differ from what is read in another.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from realpolitik.sim.formatting.missing import attempt_each
from realpolitik.sim.formatting.numbers import NONE

Row = Mapping[str, Any]
Show = Callable[[Row], str]

SCREEN, PAGE, MARKDOWN = "screen", "page", "markdown"
EVERYWHERE = frozenset({SCREEN, PAGE, MARKDOWN})
IN_FULL = EVERYWHERE - {SCREEN}
"""Where there is room for all that is known."""


class Link(str):
    """A text of a cell that some media link to a place; elsewhere it is the text alone."""

    to: str
    on: frozenset[str]

    def __new__(cls, text: str, to: str, on: frozenset[str] = frozenset({MARKDOWN})) -> "Link":
        """A text, where it leads, and the media from which that place can be reached."""
        made = super().__new__(cls, text)
        made.to, made.on = to, on
        return made


class Anchored(str):
    """A text of a cell to which links of the page lead."""

    anchor: str

    def __new__(cls, text: str, anchor: str) -> "Anchored":
        """A text, and the name of its place: of letters, digits, "-" and "_"."""
        made = super().__new__(cls, text)
        made.anchor = anchor
        return made


class Multiline(str):
    """A cell of several lines, texts, places or links, for media in which a row may be high."""

    parts: tuple[str, ...]

    def __new__(cls, parts: Iterable[str]) -> "Multiline":
        """Lines one below another; empty ones are left out."""
        kept = tuple(part for part in parts if part)
        made = super().__new__(cls, "\n".join(kept))
        made.parts = kept
        return made


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        heading: What stands above it.
        show: The text of a row under it.
        right: Whether it stands flush right, as numbers do.
        short: The heading on a terminal, where that is another.
        on: The media that have it.
    """

    heading: str
    show: Show
    right: bool = False
    short: str = ""
    on: frozenset[str] = EVERYWHERE

    def head(self, medium: str) -> str:
        """The heading in a medium."""
        return self.short if medium == SCREEN and self.short else self.heading


@dataclass(frozen=True)
class Table:
    """A tidy frame, and the columns in which people read it; the first names the row.

    Attributes:
        frame: A row a line of the table, in its order.
        columns: What is shown of a row.
        most: Rows that are shown at most.
        rest: Where the others are.
        on: The media that have it.
    """

    frame: pd.DataFrame
    columns: Sequence[Column]
    most: int = 300
    rest: str = "the tables"
    on: frozenset[str] = EVERYWHERE

    @classmethod
    def whole(
        cls, frame: pd.DataFrame, columns: Sequence[Column], on: frozenset[str] = EVERYWHERE
    ) -> "Table":
        """A table of which no row is left out: all that is drawn is there to be read."""
        return cls(frame, columns, most=max(1, len(frame)), on=on)

    def shown(self, medium: str) -> list[Column]:
        """The columns that a medium has."""
        return [column for column in self.columns if medium in column.on]

    def cells(self, medium: str) -> list[list[str]]:
        """The text of the cells, a list a row."""
        columns = self.shown(medium)
        rows = rows_of(self.frame.head(self.most))
        return [[column.show(row) for column in columns] for row in rows]

    @property
    def left_out(self) -> str:
        """How many rows are not shown, in words; empty where all are."""
        rows = len(self.frame) - self.most
        counted = "1 more row is" if rows == 1 else f"{rows:,} more rows are"
        return f"{counted} in {self.rest}." if rows > 0 else ""


@dataclass(frozen=True)
class Text:
    """A sentence or several, for some media only; what all have is a plain string."""

    text: str
    on: frozenset[str] = EVERYWHERE


@dataclass(frozen=True)
class Heading:
    """What the blocks after it are about, within a section."""

    text: str
    on: frozenset[str] = EVERYWHERE


@dataclass(frozen=True)
class Points:
    """Short remarks, a line each."""

    items: Sequence[str]
    on: frozenset[str] = EVERYWHERE


@dataclass(frozen=True)
class Chart:
    """A chart with its numbers; only a page draws it, the other media have the table.

    Attributes:
        name: Its name on the page: a word, never from a scenario.
        draw: Draws it, with title, caption and a text for who cannot see it.
        table: Its numbers.
    """

    name: str
    draw: Callable[[], go.Figure]
    table: Table

    @property
    def on(self) -> frozenset[str]:
        """The media that have its table."""
        return self.table.on


@dataclass(frozen=True)
class Folded:
    """What a page shows when it is asked to; `summary` says what that is."""

    summary: str
    body: Sequence["Block"]
    on: frozenset[str] = IN_FULL

    def shown(self, medium: str) -> list["Block"]:
        """What a medium has of it."""
        return _on(medium, self.body)


Block = str | Text | Heading | Points | Table | Chart | Folded


def _on(medium: str, blocks: Iterable[Block]) -> list[Block]:
    return [one for one in blocks if isinstance(one, str) or medium in one.on]


@dataclass(frozen=True)
class Section:
    """A question of its own.

    Attributes:
        anchor: Its name on the page: a word, never from a scenario.
        heading: What it is about.
        make: Makes what it holds; called by who shows it, once.
        on: The media that have it.
    """

    anchor: str
    heading: str
    make: Callable[[], Iterable[Block]]
    on: frozenset[str] = EVERYWHERE

    def body(self, medium: str) -> list[Block]:
        """What a medium has of it."""
        return _on(medium, self.make())


@dataclass(frozen=True)
class Document:
    """All that is said of one result.

    Attributes:
        kind: What it is the result of, such as "Hindcast".
        title: Its heading.
        question: What was asked.
        answer: What came out; the first sentence says the most.
        facts: Name → value of what it rests on, such as worlds and seed.
        note: How it is to be taken.
        sections: The parts, in their order.
        command: What makes it again.
        version: That of the package.
        data: What programs get: an object of JSON in which a frame stands for its rows.
    """

    kind: str
    title: str
    question: str
    answer: Sequence[str]
    facts: Mapping[str, str]
    note: str
    sections: Sequence[Section]
    command: str
    version: str
    data: Callable[[], Mapping[str, Any]]

    def on(self, medium: str) -> list[Section]:
        """The sections that a medium has."""
        return [section for section in self.sections if medium in section.on]

    def figures(self) -> dict[str, go.Figure]:
        """The charts of its page, by name; those that can be drawn."""
        return figures_in(self.on(PAGE))


def figures_in(sections: Iterable[Section]) -> dict[str, go.Figure]:
    """The charts that sections have on a page, by name; those that can be drawn."""
    made, _ = attempt_each("part", {one.heading: partial(one.body, PAGE) for one in sections})
    charts = (one for body in made.values() for one in body if isinstance(one, Chart))
    drawn, _ = attempt_each("chart", {one.name: one.draw for one in charts})
    return drawn


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame, by the names of its columns."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def text(key: str) -> Show:
    """A column of the frame as it is; a dash for what is not there."""

    def show(row: Row) -> str:
        found = row[key]
        return NONE if found is None or found != found or found == "" else str(found)

    return show

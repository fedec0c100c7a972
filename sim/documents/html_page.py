"""A document as one HTML file that needs no network."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from realpolitik.sim.documents.document import (
    PAGE,
    Block,
    Chart,
    Document,
    Folded,
    Heading,
    Points,
    Section,
    Table,
    Text,
)
from realpolitik.sim.documents.exhibits import Exhibit, TextTable
from realpolitik.sim.documents.missing import attempt_page
from realpolitik.sim.documents.page import render_page
from realpolitik.sim.documents.panels import panel
from realpolitik.sim.formatting.missing import attempt


@dataclass(frozen=True)
class Part:
    """A block as the template takes it: what kind it is, and what it holds."""

    kind: str
    holds: Any


def render(document: Document) -> str:
    """The page of a document; the same one gives the same text."""
    return attempt_page(document.title, lambda: _rendered(document))


def _rendered(document: Document) -> str:
    sections = sections_of(document.on(PAGE))
    return render_page("document.html.j2", {"document": document, "sections": sections})


def sections_of(sections: Iterable[Section]) -> list[tuple[Section, list[Part]]]:
    """Sections with their parts, as the templates take them; one that holds nothing is left out."""
    every = ((one, _parts_of(one)) for one in sections)
    return [(one, parts) for one, parts in every if parts]


def _parts_of(section: Section) -> list[Part]:
    what = f"the part “{section.heading}”"
    return attempt(what, lambda: _parts(section.body(PAGE)), _missing)


def _parts(blocks: Iterable[Block]) -> list[Part]:
    return [part for block in blocks for part in _guarded(block)]


def _guarded(block: Block) -> list[Part]:
    """The parts of a block; of one that cannot be made, the reason."""
    match block:
        case str() | Text():
            return [Part("text", block if isinstance(block, str) else block.text)]
        case Heading():
            return [Part("heading", block.text)]
        case Points():
            return [Part("points", block.items)] if block.items else []
        case Folded():
            return [Part("folded", (block.summary, _parts(block.body)))]
        case Table():
            return _attempt("a table", lambda: _table(block))
        case Chart():
            return _attempt(f"the chart {block.name}", lambda: _chart(block))


def _attempt(what: str, make: Callable[[], list[Part]]) -> list[Part]:
    return attempt(what, make, _missing)


def _missing(why: str) -> list[Part]:
    return [Part("missing", why)]


def _table(block: Table) -> list[Part]:
    parts = [Part("table", text_table(block))]
    return parts + [Part("text", block.left_out)] * bool(block.left_out)


def _chart(block: Chart) -> list[Part]:
    exhibit = Exhibit(block.name, block.draw(), text_table(block.table))
    return [Part("chart", panel(exhibit))]


def text_table(block: Table) -> TextTable:
    """A table as a page shows it; numbers stay on their line."""
    columns = block.shown(PAGE)
    rows = [
        [
            cell.replace(" ", "\u00a0") if column.right else cell
            for column, cell in zip(columns, cells, strict=True)
        ]
        for cells in block.cells(PAGE)
    ]
    return TextTable([column.head(PAGE) for column in columns], rows)

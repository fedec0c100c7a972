"""A section of a document as Markdown, for the pages in `docs/`."""

from collections.abc import Iterator

from realpolitik.sim.documents.document import (
    MARKDOWN,
    Block,
    Chart,
    Document,
    Folded,
    Heading,
    Link,
    Points,
    Table,
    Text,
)
from realpolitik.sim.formatting.markdown import escaped, table


def section(document: Document, anchor: str) -> str:
    """What a section holds, without its heading.

    Raises:
        StopIteration: there is none of that name.
    """
    found = next(one for one in document.on(MARKDOWN) if one.anchor == anchor)
    return "\n\n".join(part for block in found.body(MARKDOWN) for part in _parts(block) if part)


def _parts(block: Block) -> Iterator[str]:
    match block:
        case str():
            yield escaped(block)
        case Text():
            yield escaped(block.text)
        case Heading():
            yield f"**{escaped(block.text)}**"
        case Points():
            yield "\n".join(f"- {escaped(item)}" for item in block.items)
        case Chart():
            yield markdown_of(block.table)
        case Table():
            yield markdown_of(block)
            if block.left_out:
                yield block.left_out
        case Folded():
            for inner in block.body:
                yield from _parts(inner)


def markdown_of(made: Table) -> str:
    """A table as Markdown."""
    shown = made.shown(MARKDOWN)
    right = {place for place, column in enumerate(shown) if column.right}
    rows = [[_cell(cell) for cell in cells] for cells in made.cells(MARKDOWN)]
    return table([escaped(column.head(MARKDOWN)) for column in shown], rows, right)


def _cell(cell: str) -> str:
    if isinstance(cell, Link) and MARKDOWN in cell.on:
        return f"[{escaped(cell)}]({cell.to})"
    return escaped(cell)

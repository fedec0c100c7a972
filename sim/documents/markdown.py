"""A document, or a section of it, as Markdown: for a terminal, and for the pages in `docs/`."""

from collections.abc import Iterator

from realpolitik.sim.documents.document import (
    MARKDOWN,
    Block,
    Chart,
    Document,
    Folded,
    Heading,
    Link,
    Multiline,
    Points,
    Section,
    Table,
    Text,
)
from realpolitik.sim.formatting.markdown import escaped, table


def render(document: Document) -> str:
    """The answer of a document, what it rests on, and its sections, each below its heading."""
    facts = "; ".join(f"{name}: {value}" for name, value in document.facts.items())
    parts = [*map(escaped, document.answer), f"{escaped(facts)}."]
    for one in document.on(MARKDOWN):
        parts += [f"### {escaped(one.heading)}", _body(one)]
    return "\n\n".join(parts)


def section(document: Document, anchor: str) -> str:
    """What a section holds, without its heading.

    Raises:
        StopIteration: there is none of that name.
    """
    return _body(next(one for one in document.on(MARKDOWN) if one.anchor == anchor))


def _body(made: Section) -> str:
    return "\n\n".join(part for block in made.body(MARKDOWN) for part in _parts(block) if part)


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
            for inner in block.shown(MARKDOWN):
                yield from _parts(inner)


def markdown_of(made: Table) -> str:
    """A table as Markdown."""
    shown = made.shown(MARKDOWN)
    right = {place for place, column in enumerate(shown) if column.right}
    rows = [[_cell(cell) for cell in cells] for cells in made.cells(MARKDOWN)]
    return table([escaped(column.head(MARKDOWN)) for column in shown], rows, right)


def _cell(cell: str) -> str:
    if isinstance(cell, Multiline):
        return "<br>".join(map(_cell, cell.parts))
    if isinstance(cell, Link) and MARKDOWN in cell.on:
        return f"[{escaped(cell)}]({cell.to})"
    return escaped(cell)

"""A document on standard output: for people, or as JSON for programs."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text as Styled

from realpolitik.sim.cli.console import show
from realpolitik.sim.cli.console import table as drawn_table
from realpolitik.sim.cli.saying import say, say_json
from realpolitik.sim.documents.document import (
    SCREEN,
    Block,
    Chart,
    Document,
    Folded,
    Table,
    Text,
)


def emit(document: Document, *, as_json: bool = False, page: Path | None = None) -> None:
    """Prints a document, or one object of JSON; and where its page is, if it has one."""
    if as_json:
        say_json({**document.data(), **({"page": str(page)} if page else {})})
        return
    _show(document)
    if page:
        say("", f"Page  {page}")


def _show(document: Document) -> None:
    """Prints title and facts, the sections that a terminal has room for, and the answer last."""
    facts = "; ".join(f"{name}: {value}" for name, value in document.facts.items())
    show(Styled(f"{document.kind}: {document.title}", style="bold"), facts, "")
    for section in document.on(SCREEN):
        show(*(part for block in section.body(SCREEN) for part in _parts(block)))
    show(*document.answer)


def _parts(block: Block) -> Iterator[RenderableType]:
    match block:
        case str():
            yield from (block, "")
        case Text():
            yield from (block.text, "")
        case Chart():
            yield from _parts(block.table)
        case Folded():
            for inner in block.body:
                yield from _parts(inner)
        case Table():
            yield from _table(block)


def _table(made: Table) -> Iterator[RenderableType]:
    columns = made.shown(SCREEN)
    headings = [column.head(SCREEN) for column in columns]
    right = [column.head(SCREEN) for column in columns if column.right]
    yield from (drawn_table(headings, made.cells(SCREEN), numbers=right), "")
    if made.left_out:
        yield from (made.left_out, "")

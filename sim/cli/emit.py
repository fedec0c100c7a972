"""A document on standard output: for people, or as JSON for programs."""

from collections.abc import Iterator
from functools import partial
from itertools import accumulate
from pathlib import Path

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text as Styled

from realpolitik.sim.cli.output import (
    attempt_blocks,
    pairs,
    say,
    say_json,
    say_text,
    show,
    width,
)
from realpolitik.sim.cli.output import table as drawn_table
from realpolitik.sim.documents.document import (
    SCREEN,
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
from realpolitik.sim.documents.markdown import render

GAP = 3
"""Characters between two columns."""

LEGIBLE = 20
"""Characters to which a column of words can be narrowed."""


def emit(
    document: Document,
    *,
    as_json: bool = False,
    as_markdown: bool = False,
    page: Path | None = None,
) -> None:
    """Prints a document, or as one object of JSON; and where its page is, if it has one."""
    if as_markdown:
        say_text(render(document) + "\n")
        return
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
        show(*attempt_blocks(f"the part “{section.heading}”", partial(_section, section)))
    show(*document.answer)


def _section(section: Section) -> Iterator[RenderableType]:
    return (part for block in section.body(SCREEN) for part in _parts(block))


def _parts(block: Block) -> Iterator[RenderableType]:
    match block:
        case str():
            yield from (block, "")
        case Text():
            yield from (block.text, "")
        case Heading():
            yield from (Styled(block.text, style="bold"), "")
        case Points() if block.items:
            yield from (pairs(("·", item) for item in block.items), "")
        case Chart():
            yield from _parts(block.table)
        case Folded():
            for inner in block.body:
                yield from _parts(inner)
        case Table():
            yield from _table(block)


def _table(made: Table) -> Iterator[RenderableType]:
    """The columns that there is room for, those of numbers unbroken; the others are named."""
    columns, cells = made.shown(SCREEN), made.cells(SCREEN)
    heads = [column.head(SCREEN) for column in columns]
    lines = [heads, *cells]
    widest = [max(cell_len(line[place]) for line in lines) for place in range(len(heads))]
    needed = [
        wide if column.right else min(wide, LEGIBLE)
        for column, wide in zip(columns, widest, strict=True)
    ]
    count = sum(end <= width() + GAP for end in accumulate(need + GAP for need in needed))
    shown, right = heads[:count], [column.head(SCREEN) for column in columns if column.right]
    rows = [row[:count] for row in cells]
    yield from (drawn_table(shown, rows, numbers=right, whole=right), "")
    if count < len(heads):
        yield from (f"No room for: {', '.join(heads[count:])}. A wider terminal has it all.", "")
    if made.left_out:
        yield from (made.left_out, "")

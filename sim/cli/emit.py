"""A document on standard output: for people, or as JSON for programs."""

from collections.abc import Iterable, Iterator, Sequence
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
"""Characters to which a column of words can always be narrowed, words being broken if need be."""

LINES = 4
"""Lines that a cell may take so that its column is narrower than that."""


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
            for inner in block.shown(SCREEN):
                yield from _parts(inner)
        case Table():
            yield from _table(block)


def _table(made: Table) -> Iterator[RenderableType]:
    """The columns that there is room for, those of numbers unbroken; the others are named."""
    columns, cells = made.shown(SCREEN), made.cells(SCREEN)
    heads = [column.head(SCREEN) for column in columns]
    texts = [*zip(heads, *cells, strict=True)]
    widest = [max(map(cell_len, of)) for of in texts]
    needed = [
        wide if column.right else _narrowest(of)
        for column, of, wide in zip(columns, texts, widest, strict=True)
    ]
    count = sum(end <= width() + GAP for end in accumulate(need + GAP for need in needed))
    room = width() - GAP * (count - 1)
    widths = _widened(needed[:count], widest[:count], room)
    right = [column.head(SCREEN) for column in columns if column.right]
    yield from (drawn_table(heads[:count], (row[:count] for row in cells), right, widths), "")
    if count < len(heads):
        yield from (f"No room for: {', '.join(heads[count:])}. A wider terminal has it all.", "")
    if made.left_out:
        yield from (made.left_out, "")


def _narrowest(texts: Iterable[str]) -> int:
    """Width of a column of words in which none is broken and no cell takes more than LINES lines.

    It is at most LEGIBLE.
    """
    words = max(cell_len(word) for text in texts for word in text.split() or [""])
    lines = max(-(-cell_len(text) // LINES) for text in texts)
    return min(max(words, lines), LEGIBLE)


def _widened(needed: Sequence[int], widest: Sequence[int], room: int) -> list[int]:
    """Widths that together take what room there is; the column of most lines grows first."""
    widths = list(needed)
    while sum(widths) < min(room, sum(widest)):
        lines = [wide / own for wide, own in zip(widest, widths, strict=True)]
        widths[lines.index(max(lines))] += 1
    return widths

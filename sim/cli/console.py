"""How things look that are printed on stdout."""

import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterable

from rich import box
from rich.console import Console, JustifyMethod, RenderableType
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

from realpolitik.sim.cli.saying import printable
from realpolitik.sim.cli.streams import is_width, styled
from realpolitik.sim.formatting.missing import attempt
from realpolitik.sim.scenario.characters import on_one_line, visible

NARROWEST, UNBOUNDED = 40, 10_000


def width() -> int:
    """Characters in a line of stdout; without a terminal there is room for everything.

    Of less than NARROWEST nothing could be read: the terminal wraps the lines then.
    """
    if not (sys.stdout.isatty() or is_width(os.environ.get("COLUMNS", ""))):
        return UNBOUNDED
    return max(shutil.get_terminal_size().columns, NARROWEST)


def show(*blocks: RenderableType) -> None:
    """Prints blocks on stdout, as wide as the terminal, or as they need where no terminal is."""
    console = Console(
        file=sys.stdout,
        width=width(),
        markup=False,
        emoji=False,
        highlight=False,
    )
    with console.capture() as captured:
        for block in blocks:
            lines = console.render_lines(_unbroken(block), pad=False)
            console.print(Segments(_seen(lines)), end="")
    screen = styled(sys.stdout)
    screen.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def attempt_blocks(what: str, make: Callable[[], Iterable[RenderableType]]) -> list[RenderableType]:
    """Blocks, or a sentence that says why they are missing."""
    return attempt(what, lambda: list(make()), lambda why: [why])


def _unbroken(block: RenderableType) -> RenderableType:
    """A text or heading on one line until it is wrapped; what else there is keeps its lines."""
    if isinstance(block, Text):
        return Text(on_one_line(block.plain), style=block.style, no_wrap=block.no_wrap)
    return on_one_line(block) if isinstance(block, str) else block


def _seen(lines: Iterable[Iterable[Segment]]) -> Iterable[Segment]:
    """What is printed of them, with nothing in it that a terminal would obey."""
    for line in lines:
        yield from (Segment(visible(part.text), part.style) for part in line)
        yield Segment.line()


def table(
    headings: Iterable[str],
    rows: Iterable[Iterable[str]],
    numbers: Collection[str] = (),
    whole: Collection[str] = (),
) -> Table:
    """A table; columns headed as in `numbers` are flush right, those in `whole` never broken."""
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in headings:
        side: JustifyMethod = "right" if heading in numbers else "left"
        head = printable(heading)
        made.add_column(head, justify=side, overflow="fold", no_wrap=heading in whole)
    for row in rows:
        made.add_row(*map(printable, row))
    return made


def pairs(rows: Iterable[tuple[str, str]]) -> Table:
    """Names with their meaning, indented, the meaning wrapped beside the name."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(width=0)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, meaning in rows:
        grid.add_row("", printable(name), "\n".join(map(printable, meaning.split("\n"))))
    return grid

"""How things look that are printed on stdout."""

import os
import sys
from collections.abc import Collection, Iterable

from rich import box
from rich.console import Console, JustifyMethod, RenderableType
from rich.table import Table

UNBOUNDED = 10_000


def width() -> int:
    """Characters in a line of stdout; without a terminal there is room for everything."""
    bounded = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console(file=sys.stdout).width if bounded else UNBOUNDED


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
            console.print(block)
    sys.stdout.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())


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
        made.add_column(heading, justify=side, overflow="fold", no_wrap=heading in whole)
    for row in rows:
        made.add_row(*row)
    return made


def pairs(rows: Iterable[tuple[str, str]]) -> Table:
    """Names with their meaning, indented, the meaning wrapped beside the name."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(width=0)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, meaning in rows:
        grid.add_row("", name, meaning)
    return grid

"""What is printed on standard output: lines, texts, JSON, and blocks as wide as the terminal."""

import codecs
import json
import math
import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import repeat
from typing import Any

from rich import box
from rich.console import Console, JustifyMethod, RenderableType
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

from realpolitik.sim.cli.streams import encodable, is_width, styled
from realpolitik.sim.formatting.missing import attempt
from realpolitik.sim.scenario.characters import on_one_line, visible

NARROWEST, UNBOUNDED = 40, 10_000


# ── Lines, texts and JSON ────────────────────────────────────────────────────────────


def say(*lines: str) -> None:
    """Prints lines; what would break one is shown."""
    sys.stdout.writelines(f"{on_one_line(line)}\n" for line in lines)


def say_text(text: str) -> None:
    """Prints a text of lines, such as a file or a table in Markdown."""
    sys.stdout.write(visible(text))


def say_json(value: Any, indent: int | None = None) -> None:
    """Prints JSON on one line, or indented; a number that does not exist is null.

    Its characters survive any terminal: what is not to be seen, or not in the encoding of standard
    output, is escaped as JSON has it.
    """
    ascii_only = codecs.lookup(_encoding()).name != "utf-8"
    text = json.dumps(_plain(value), ensure_ascii=ascii_only, allow_nan=False, indent=indent)
    sys.stdout.write(visible(text, lambda one: json.dumps(one)[1:-1]) + "\n")


def printable(text: str) -> str:
    """A text on one line as standard output shows it, to know how wide it is."""
    return encodable(on_one_line(text), _encoding())


def _encoding() -> str:
    return getattr(sys.stdout, "encoding", None) or "utf-8"


def _plain(value: Any) -> Any:
    match value:
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case float() if not math.isfinite(value):
            return None
        case None | str() | int() | float():
            return value
        case _ if hasattr(value, "to_json"):  # a frame of pandas's: its rows
            return json.loads(value.to_json(orient="records", double_precision=12))
        case _ if hasattr(value, "item"):  # a number of NumPy's
            return _plain(value.item())
        case _:
            return str(value)


# ── Blocks ───────────────────────────────────────────────────────────────────────────


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
    widths: Iterable[int | None] = repeat(None),
) -> Table:
    """A table; columns headed as in `numbers` are flush right; without widths they are found."""
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading, wide in zip(headings, widths, strict=False):
        side: JustifyMethod = "right" if heading in numbers else "left"
        made.add_column(printable(heading), justify=side, overflow="fold", width=wide)
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

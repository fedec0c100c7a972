"""Markdown: tables, and text that it shows as it stands."""

import re
from collections.abc import Collection, Iterable, Sequence

MARKS = re.compile(r"([\\`*_\[\]<>|#])")
BARE_BAR = re.compile(r"(?<!\\)\|")


def table(header: Sequence[str], rows: Iterable[Sequence[str]], right: Collection[int] = ()) -> str:
    """A table with a row a line, without a line break at its end.

    Args:
        header: The headings.
        rows: Cells of Markdown, as many as there are headings; a bar in a cell stays in its cell.
        right: The columns, counted from 0, that stand flush right.
    """
    rule = ["---:" if column in right else "---" for column in range(len(header))]
    return "\n".join(_line(cells) for cells in (header, rule, *rows))


def escaped(text: str) -> str:
    """Text that Markdown shows as it stands, on one line."""
    return MARKS.sub(r"\\\1", " ".join(text.splitlines()))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(_cell(one) for one in cells)} |"


def _cell(text: str) -> str:
    return BARE_BAR.sub(r"\\|", " ".join(text.splitlines()))

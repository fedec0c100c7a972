"""Characters that a scenario may not hold: a reader would not see them for what they are."""

import re

# Everything but tab, line ends and what is seen. Left out beside control characters: separators
# that some programs count as line ends, marks that turn the direction of text, half surrogates.
UNSEEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd"
    "\U00010000-\U0010ffff]"
)
LINE_END = re.compile(r"\r\n|\r|\n")


def find_unseen(text: str) -> int | None:
    """Where the first such character is; None if there is none."""
    found = UNSEEN.search(text)
    return found.start() if found else None


def name_unseen(character: str) -> str:
    """What to call it: there is nothing to show."""
    return f"a character that cannot be seen (U+{ord(character):04X})"


def end_of(text: str) -> tuple[int, int]:
    """Line and column, from 1, right after the text."""
    lines = LINE_END.split(text)
    return len(lines), len(lines[-1]) + 1


def character_at(text: str, line: int, column: int) -> str:
    """The character there; empty where there is none."""
    lines = LINE_END.split(text)
    return lines[line - 1][column - 1 : column] if line <= len(lines) else ""

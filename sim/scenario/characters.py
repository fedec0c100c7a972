"""Characters that are not seen for what they are: refused in scenarios, shown where printed."""

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import quote_from_bytes

# Everything but tab, line ends and what is seen. Left out beside control characters: separators
# that some programs count as line ends, marks that turn the direction of text, half surrogates.
UNSEEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd"
    "\U00010000-\U0010ffff]"
)
HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # controls, marks of direction, half surrogates, line ends
SPOKEN = "\u200c\u200d"  # they join or part letters, in Persian among others
LINE_END = re.compile(r"\r\n|\r|\n")


def find_unseen(text: str) -> int | None:
    """Where the first such character is; None if there is none."""
    found = UNSEEN.search(text)
    return found.start() if found else None


def name_unseen(character: str) -> str:
    """What to call it: there is nothing to show."""
    return f"a character that cannot be seen (U+{ord(character):04X})"


def escape(character: str) -> str:
    r"""How it is shown: `\x1b`, `\u202e`, `\n`; a byte of a name that is not UTF-8 as `\xff`."""
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")


def visible(text: str, shown: Callable[[str], str] = escape, kept: str = "\n\t") -> str:
    """The text with what a terminal would obey, or not show, made visible.

    Args:
        text: Any text.
        shown: What stands for such a character.
        kept: Of these characters, the ones that stay as they are.
    """
    if text.isprintable():
        return text
    kept += SPOKEN
    return "".join(
        shown(one) if unicodedata.category(one) in HIDDEN and one not in kept else one
        for one in text
    )


def on_one_line(text: str) -> str:
    """The text as `visible` gives it, line ends and tabs made visible too."""
    return visible(text, kept="")


def as_name(text: str) -> str:
    """The name of a file as a name that can be written anywhere: `caf%E9` where it is not UTF-8."""
    return visible(text, _percent, kept="")


def _percent(character: str) -> str:
    if "\udc80" <= character <= "\udcff":
        return f"%{ord(character) - 0xDC00:02X}"
    return quote_from_bytes(character.encode("utf-8", "surrogatepass"))


def end_of(text: str) -> tuple[int, int]:
    """Line and column, from 1, right after the text."""
    lines = LINE_END.split(text)
    return len(lines), len(lines[-1]) + 1


def character_at(text: str, line: int, column: int) -> str:
    """The character there; empty where there is none."""
    lines = LINE_END.split(text)
    return lines[line - 1][column - 1 : column] if line <= len(lines) else ""


# Letters of other alphabets that look like Latin ones, and the Latin ones they look like.
ALIKE = str.maketrans(
    "авекмнорстухіјѕһԁαβεικνορτυχ" + "АВЕКМНОРСТУХІЈЅԌΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "abekmhopctyxijshdabeiknoptux" + "ABEKMHOPCTYXIJSGABEZHIKMNOPTYX",
)
QUOTATION = "\"'`´‘’‚“”„«»‹›"


def folded(text: str) -> str:
    """The text as it was probably meant, in small letters: without marks that nobody types."""
    usual = unicodedata.normalize("NFKC", text.translate(ALIKE)).translate(ALIKE)
    kept = "".join(one for one in usual if unicodedata.category(one) != "Cf")
    return kept.strip().strip(QUOTATION).strip().casefold()


def oddity(text: str) -> str:
    """An aside that names the first character that is not what it seems; empty if there is none.

    >>> oddity("ISR\u00a0")
    ' (it holds U+00A0, no-break space)'
    """
    odd = next((one for one in text if _is_odd(one)), "")
    return (
        f" (it holds U+{ord(odd):04X}, {unicodedata.name(odd, 'unnamed').lower()})" if odd else ""
    )


def _is_odd(character: str) -> bool:
    if character.isascii():
        return False
    usual = unicodedata.normalize("NFKC", character.translate(ALIKE))
    return character in QUOTATION or usual != character or unicodedata.category(character) == "Cf"

"""Standard output and error, on which a text shows its control characters and obeys none.

Whatever is printed goes through here, that of libraries too.
"""

import codecs
import contextlib
import io
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from typing import IO, Any, cast

from realpolitik.sim.scenario.characters import escape, visible

STDOUT, STDERR = 1, 2  # their file descriptors
CODES = re.compile(r"(\x1b\[[0-9;?]*[A-Za-z]|\r)")
"""What moves the cursor or colours text; a group, so that a split keeps it."""


class Screen(io.TextIOWrapper):
    """A standard stream that shows what a terminal would obey, and has ASCII for what it lacks."""

    def write(self, text: str) -> int:
        """Writes a text, all of which is to be seen."""
        return self.put(visible(text))

    def put(self, text: str) -> int:
        """Writes a text as it is."""
        return super().write(text)


class Aside(Screen):
    """A stream for what is said beside the results: that it cannot be written stops nothing."""

    def put(self, text: str) -> int:
        """Writes a text as it is, if that can be done."""
        with contextlib.suppress(OSError):
            return super().put(text)
        return len(text)

    def flush(self) -> None:
        """Lets it be seen, if that can be done."""
        with contextlib.suppress(OSError):
            super().flush()


class Styled:
    """A stream for a library that colours text and moves the cursor itself."""

    def __init__(self, stream: IO[str]) -> None:
        """Of a stream that may be a screen."""
        self._stream = stream

    def write(self, text: str) -> int:
        """Writes a text with its colours and moves; other control characters are shown."""
        if not isinstance(self._stream, Screen):
            return self._stream.write(text)
        parts = CODES.split(text)
        parts[::2] = map(visible, parts[::2])
        return self._stream.put("".join(parts))

    def writelines(self, lines: Iterable[str]) -> None:
        """Writes texts one after another."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        """All else is as the stream has it."""
        return getattr(self._stream, name)


def styled(stream: IO[str]) -> IO[str]:
    """The stream for text with colours."""
    return cast("IO[str]", Styled(stream))


def is_width(columns: str) -> bool:
    """Whether a value of COLUMNS is the width of a terminal: not 0, nor a word."""
    return re.fullmatch(r"[1-9][0-9]{0,3}", columns) is not None


def guard_streams() -> None:
    """Puts screens in place of standard output and error; one that is closed leads nowhere.

    A value of COLUMNS that is no width goes, as libraries take it for one.
    """
    if not is_width(os.environ.get("COLUMNS", "")):
        os.environ.pop("COLUMNS", None)
    _open_what_is_closed()
    sys.stdout = _screen(Screen, sys.stdout, STDOUT)
    sys.stderr = _screen(Aside, sys.stderr, STDERR)


def _screen(kind: type[Screen], there: Any, number: int) -> Screen:
    buffer = open(number, "wb", closefd=False)  # noqa: SIM115 - it stays open to the end
    at_once = there is not None and (there.line_buffering or there.write_through)
    encoding = there.encoding if there is not None else "utf-8"
    return kind(buffer, encoding, HANDLER, line_buffering=at_once)


def _open_what_is_closed() -> None:
    """Keeps the numbers of the standard streams from files that are opened later."""
    for number in _closed():
        nowhere = os.open(os.devnull, os.O_RDWR)
        if nowhere != number:
            os.dup2(nowhere, number)
            os.close(nowhere)


def _closed() -> Iterator[int]:
    for number in (0, STDOUT, STDERR):
        try:
            os.fstat(number)
        except OSError:
            yield number


# ── Characters that an encoding lacks ────────────────────────────────────────────────


HANDLER = "realpolitik.stand_in"
"""Its name among the ways of the module `codecs` to go on after an error."""

ALIKE = str.maketrans(
    {
        **dict.fromkeys("−–—‐‑‒─⁻", "-"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("‘’‚", "'"),
        "…": "...",
        "·": "-",
        "•": "*",
        "×": "x",
        "±": "+/-",
        "½": "1/2",
        "∞": "inf",
        "→": "->",
        "←": "<-",
        "↔": "<->",
        "≤": "<=",
        "≥": ">=",
        "≈": "~",
        "≠": "!=",
        "∝": "~",
        "█": "#",
        "▓": "=",
        "░": ":",
        "│": "|",
        "▶": ">",
        "◀": "<",
        "┬": "+",
        "✓": "v",
        "✗": "x",
        "√": "sqrt ",
        "°": " deg ",
        "€": "EUR",
        "ß": "ss",
        "σ": "sigma",
        "λ": "lambda",
        "θ": "theta",
        "μ": "mu",
        "µ": "mu",
        "δ": "delta",
    }
)


def stand_in(character: str) -> str:
    """ASCII for a character: one that looks like it, its bare letter, or else its escape."""
    alike = character.translate(ALIKE)
    if alike.isascii():
        return alike
    bare = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return bare or escape(character)


def _for_what_is_lacking(error: UnicodeError) -> tuple[str, int]:
    """Stand-ins for the characters that cannot be encoded, and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(map(stand_in, lacking)), error.end


codecs.register_error(HANDLER, _for_what_is_lacking)


def encodable(text: str, encoding: str) -> str:
    """The text with stand-ins for what the encoding lacks."""
    return text.encode(encoding, HANDLER).decode(encoding)

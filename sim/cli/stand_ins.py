"""What is written in place of characters that a terminal's encoding lacks: ASCII, never `?`."""

import codecs
import unicodedata

from realpolitik.sim.scenario.characters import escape

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

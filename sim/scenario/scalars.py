"""What an unquoted word of YAML means: the core schema of YAML 1.2 (yaml.org/spec/1.2.2, 10.3.2).

So NO, on and 12:30 are texts, 1e-3 is a number, and a date is a text until a field asks for one.
"""

import math
import re

NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
TRUTH = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
WHOLE = re.compile(r"[-+]?[0-9]+")
OCTAL = re.compile(r"0o[0-7]+")
HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
WITH_EXPONENT = re.compile(r"[-+]?[0-9]+[eE][-+]?[0-9]{1,2}")
NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")

LONGEST_NUMBER = 400
LARGEST_WHOLE = 2**63 - 1


Scalar = str | int | float | bool | None


class NotFiniteError(ValueError):
    """A number that is infinite, or none at all."""


def resolve(text: str) -> Scalar:
    """The value of an unquoted word.

    Raises:
        NotFiniteError: it stands for infinity, for NaN, or for a number too large to be held.
    """
    if text in NOTHING:
        return None
    if text in TRUTH:
        return TRUTH[text]
    if NOT_FINITE.fullmatch(text):
        raise NotFiniteError(text)
    for pattern, base in ((WHOLE, 10), (OCTAL, 8), (HEXADECIMAL, 16)):
        if pattern.fullmatch(text):
            return _whole(text, base)
    return _decimal(text) if DECIMAL.fullmatch(text) else text


def whole(value: Scalar) -> Scalar:
    """The value; a whole number that is written as 3.0 or 1e2 as a whole one."""
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST_WHOLE
    return int(value) if is_whole else value  # type: ignore[arg-type]


def number_in(value: Scalar) -> int | float | None:
    """The number that a value is, or that YAML 1.1 took for a text (`1e2`); None if it is none."""
    if isinstance(value, str) and WITH_EXPONENT.fullmatch(value):
        value = whole(resolve(value))
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _whole(text: str, base: int) -> int:
    if len(text) > LONGEST_NUMBER:
        raise NotFiniteError(text)
    value = int(text if base == 10 else text[2:], base)
    if abs(value) > LARGEST_WHOLE:
        raise NotFiniteError(text)
    return value


def _decimal(text: str) -> float:
    value = float(text) if len(text) <= LONGEST_NUMBER else math.inf
    if math.isinf(value):
        raise NotFiniteError(text)
    return value

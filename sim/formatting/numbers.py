"""Numbers in words: how titles, sentences and tables say shares, ranges and lists.

Shares are said as natural frequencies ("in 63 of 100 worlds"), which readers understand better than
percentages or probabilities (Gigerenzer & Hoffrage 1995, doi:10.1037/0033-295X.102.4.684).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NONE = "–"
TINY = "·"
"""Stands in a chart for a number above 0 and below .01."""

MOST_FACTOR = 10_000.0
"""Bayes factor beyond which no figure is given, nor below its inverse."""


@dataclass(frozen=True)
class Frequency:
    """A share of the worlds, to be said as so many `of` so many."""

    share: float
    of: int

    @property
    def count(self) -> int:
        """How many, to the nearest one."""
        return nearest(self.share * self.of)

    def __str__(self) -> str:
        return f"{self.count:,} of {self.of:,}"


def nearest(value: float) -> int:
    """The nearest whole number, halves upward as readers do it."""
    return math.floor(value + 0.5 + 1e-9)


def frequency(share: float, worlds: int) -> Frequency:
    """A share as a frequency, of 100 where that is fine enough, else of more or of all worlds."""
    for of in (100, 1000, 10_000):
        if of < worlds and (share in (0, 1) or 0 < nearest(share * of) < of):
            return Frequency(share, worlds if share in (0, 1) else of)
    return Frequency(share, worlds)


def in_worlds(share: float, worlds: int) -> str:
    """Such as "in 63 of 100 worlds", "in none of 1,000 worlds", "in all 1,000 worlds"."""
    if math.isnan(share) or worlds < 1:
        return "in an unknown share of worlds"
    if worlds == 1:
        return f"in {nearest(share)} of 1 world"
    if share <= 0:
        return f"in none of {worlds:,} worlds"
    if share >= 1:
        return f"in all {worlds:,} worlds"
    return f"in {frequency(share, worlds)} worlds"


def in_worlds_each(shares: Sequence[float], worlds: int) -> list[str]:
    """As `in_worlds` one after another, saying "of 100 worlds" only where that is new."""
    said, of = [], 0
    for share in shares:
        found = frequency(share, worlds) if 0 < share < 1 else None
        shorter = found is not None and found.of == of
        said.append(f"in {found.count:,}" if found and shorter else in_worlds(share, worlds))
        of = found.of if found else of
    return said


def how_many_worlds(worlds: int) -> str:
    """Such as "1,000 worlds" or "1 world"."""
    return f"{worlds:,} world" if worlds == 1 else f"{worlds:,} worlds"


def number(value: float, digits: int = 2) -> str:
    """A number with a fixed number of decimals, a real minus sign, and a dash for no value."""
    if not math.isfinite(value):
        return NONE
    text = f"{value:,.{digits}f}"
    return text.replace("-", "−") if float(text.replace(",", "")) else text.lstrip("-")


def short(value: float) -> str:
    """A number to about two figures, as in a cell of a chart: 12, 1.2, .05; TINY below .01."""
    if not math.isfinite(value) or value <= 0:
        return ""
    if value < 0.01:
        return TINY
    digits = 0 if value >= 9.95 else 1 if value >= 0.995 else 2
    return f"{value:.{digits}f}".lstrip("0")


def percent(share: float) -> str:
    """A share in percent to a tenth, as in a table."""
    return NONE if not math.isfinite(share) else f"{number(100 * share, 1)}\u00a0%"


def short_percent(share: float) -> str:
    """The number of percent as short as can be told from 0 and from 100: 63, 0.4, <0.1."""
    if not math.isfinite(share):
        return NONE
    if 0.01 <= share <= 0.99 or share in (0, 1):
        return str(nearest(100 * share))
    return "<0.1" if share < 0.0005 else ">99.9" if share > 0.9995 else f"{100 * share:.1f}"


def rounded_percent(share: float) -> str:
    """A share in percent, as short as can be told from 0 and from 100: "63 %"."""
    return NONE if not math.isfinite(share) else f"{short_percent(share)} %"


def listing(words: Sequence[str], last: str = "and") -> str:
    """Such as "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def possessive(name: str) -> str:
    """Such as "Iran’s", "the Houthis’"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def sentence(text: str) -> str:
    """The text with a capital first letter and a full stop."""
    ended = text if text.endswith((".", "!", "?")) else f"{text}."
    return capital(ended)


def capital(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


# ── Bayes factors: two figures, and no more than can be meant ───────────────────────────


def format_factor(factor: float) -> str:
    """A Bayes factor to two figures: 240, 12, 3.4, 0.081; none beyond 10,000 or its inverse."""
    if math.isnan(factor):
        return "unknown"
    if factor > MOST_FACTOR:
        return f"> {MOST_FACTOR:,.0f}"
    if factor < 1 / MOST_FACTOR:
        return f"< {1 / MOST_FACTOR:.4f}"
    return f"{float(f'{factor:.2g}'):,.6g}"


def factor_span(low: float, high: float) -> str:
    """The interval of a Bayes factor; a dash where there is none."""
    return NONE if math.isnan(low) else f"{format_factor(low)} to {format_factor(high)}"


# ── Numbers of parameters as `--set` takes them ─────────────────────────────────────────


def exact(value: float) -> str:
    """The number as a person would write it, or to its last bit if that says less."""
    told = f"{value:.10g}"
    return told if float(told) == value else repr(float(value))


def set_words(values: Mapping[str, float]) -> list[str]:
    """The values of `--set` that give parameters these numbers.

    >>> set_words({"RUS.israel_ties": 0.30000000000000004, "world.precision": 8.0})
    ['RUS.israel_ties=0.30000000000000004', 'world.precision=8']
    """
    return [f"{address}={exact(value)}" for address, value in values.items()]

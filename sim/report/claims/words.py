"""How claims are told of: verdicts with a sign, tests with their numbers."""

import math
import re
from collections.abc import Mapping
from typing import Any

from realpolitik.sim.charts.validation.claims import SIGNS
from realpolitik.sim.words.numbers import NONE

MANY = {"holds": "hold", "fails": "fail", "undecided": "undecided", "not testable": "not testable"}
"""Verdict → what is said of several claims."""

DIGITS = 4
"""Decimals that effects are told to, as the reasons of the verdicts have them."""

Row = Mapping[Any, Any]


def signed_verdict(verdict: str) -> str:
    """Such as "✓ holds"."""
    return f"{SIGNS[verdict]} {verdict}"


def counted(counts: Mapping[str, int]) -> str:
    """Such as "98 claims: 71 hold, 7 fail, 9 undecided, 11 not testable"."""
    total = sum(counts.values())
    told = ", ".join(how_many(counts[verdict], verdict) for verdict in SIGNS)
    return f"{total} claim{'' if total == 1 else 's'}: {told}"


def how_many(count: int, verdict: str) -> str:
    """Such as "1 holds", "7 fail"."""
    return f"{count} {verdict if count == 1 else MANY[verdict]}"


def line_of_test(row: Row) -> str:
    """A test in one line: where, what was changed, levels, effect, interval, and why."""
    effect = f"{change(row['effect'])} ({change(row['low'])} to {change(row['high'])})"
    return f"{_levels(row)}: {effect}; {why_told(row)}"


def why_told(row: Row) -> str:
    """Why, without the interval where that is told already."""
    return re.sub(r"^the interval \(.*?\)", "the interval", str(row["why"]))


def _levels(row: Row) -> str:
    """Such as `strike in no_shock, 0.3 → 0.2 with RUS.weight = 0`."""
    where = f"{row['outcome']} in {row['scenario']}"
    level, base = size(row["level"]), size(row["base"])
    if row["changed"]:
        return f"{where}, {base} → {level} with {row['changed']}"
    return f"{where}, {level} against {base}"


def size(value: float) -> str:
    """A level to three figures and four decimals."""
    if not math.isfinite(value):
        return NONE
    return _three(value, "")


def change(value: float) -> str:
    """An effect with its sign, as far as `size` goes."""
    if not math.isfinite(value):
        return NONE
    return _three(value, "+") if round(value, DIGITS) else "0"


def _three(value: float, sign: str) -> str:
    rounded = round(value, DIGITS) + 0.0
    text = f"{rounded:{sign}.3g}" if abs(rounded) < 1000 else f"{rounded:{sign},.0f}"
    return text.replace("-", "−") if "e" not in text else f"{rounded:{sign}.{DIGITS}f}"

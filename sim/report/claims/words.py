"""How claims are told of: verdicts with a sign, tests with their numbers."""

import math
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from realpolitik.sim.charts.claims import SIGNS
from realpolitik.sim.formatting.numbers import NONE

MANY = {"holds": "hold", "fails": "fail", "undecided": "undecided", "not testable": "not testable"}
"""Verdict → what is said of several claims."""

DIGITS = 4
"""Decimals that effects are told to, as the reasons of the verdicts have them."""

Row = Mapping[Any, Any]


def signed_verdict(verdict: str) -> str:
    """Such as "✓ holds"."""
    return f"{SIGNS[verdict]} {verdict}"


def counted(table: pd.DataFrame) -> str:
    """Such as "98 claims: 71 hold (7 by construction), 7 fail, 9 undecided, 11 not testable"."""
    claims = table.drop_duplicates("id")
    told = [how_many(int((claims["verdict"] == verdict).sum()), verdict) for verdict in SIGNS]
    built = int(((claims["verdict"] == "holds") & claims["by_construction"].astype(bool)).sum())
    told[0] += f" ({built} by construction)" if built else ""
    return f"{len(claims)} claim{'' if len(claims) == 1 else 's'}: {', '.join(told)}"


def marks_of(row: Row) -> list[str]:
    """What is to be known of a claim beside its status."""
    return [name.replace("_", " ") for name in ("inferred", "by_construction") if row[name]]


def how_many(count: int, verdict: str) -> str:
    """Such as "1 holds", "7 fail"."""
    return f"{count} {verdict if count == 1 else MANY[verdict]}"


def line_of_test(row: Row) -> str:
    """A test in one line: where, what was changed, levels, effect, interval, and why."""
    effect = f"{change(row['effect'])} ({change(row['low'])} to {change(row['high'])})"
    return f"{_levels(row)}: {effect}; {why_told(row)}{_without(row)}"


def _without(row: Row) -> str:
    """What the same test gives for an actor without motives, where that is asked."""
    if not row["without_finding"]:
        return ""
    effect, low, high = (change(row[f"without_{name}"]) for name in ("motives", "low", "high"))
    return f"; without motives {effect} ({low} to {high}): {row['without_finding']}"


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

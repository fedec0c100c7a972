"""Sentences about the conclusions: how many came out how, and one for each."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from realpolitik.sim.report.claims.words import marks_of

DIGITS = 3
REPORTED = "fact"
MULTIPLE = (
    "{tests}: were there nothing to be found, two or three in a hundred would hold by chance."
)
YARDSTICK = (
    "A test against a level is evidence for Russia's motives only if it fails without them. Such "
    "tests: {asked}; those that hold for a Russia with no motives at all as well: {also}."
)


def counted_conclusions(table: pd.DataFrame) -> list[str]:
    """How many conclusions came out how: the author's, those inferred, and reported conduct.

    Args:
        table: One row a conclusion: word, status, inferred, by_construction; in the order of words.
    """
    if table.empty:
        return ["The claims hold no conclusion: no conduct, past or to come."]
    reported = table["status"] == REPORTED
    inferred = table["inferred"].astype(bool)
    groups = {
        "Conclusions of the author": table[~reported & ~inferred],
        "Conclusions that are inferred and that the author does not draw": table[
            ~reported & inferred
        ],
        "Conduct that is reported": table[reported],
    }
    return [_count(what, rows) for what, rows in groups.items() if len(rows)]


def cautions(table: pd.DataFrame) -> list[str]:
    """What to bear in mind of a table of an audit: chance, and what holds without motives."""
    tests = int((table["test"] > 0).sum())
    many = f"{tests} test{'' if tests == 1 else 's'}"
    said = [MULTIPLE.format(tests=many)] if tests else []
    asked = table[table["without_finding"] != ""]
    also = int(((asked["finding"] == "holds") & (asked["without_finding"] == "holds")).sum())
    if len(asked):
        said.append(YARDSTICK.format(asked=len(asked), also=also))
    return said


def sentences(table: pd.DataFrame) -> Iterator[str]:
    """How many conclusions came out how, and one sentence for each of them."""
    yield from counted_conclusions(table)
    for row in table.to_dict("records"):
        tried = f" [{tried_of(row)}]" if row["test"] else ""
        yield f"{row['word']} ({row['paragraph']}): {said_of(row)}{tried}"


def said_of(row: dict[Any, Any]) -> str:
    """What the claim says, and what is to be known of it; why it cannot be tested."""
    told = " ".join([str(row["claim"]), *(f"({mark})" for mark in marks_of(row))])
    return told if row["test"] else f"{told} Reason: {row['why']}"


def tried_of(row: dict[Any, Any]) -> str:
    """What was tried, and what came of it; empty if nothing was."""
    if not row["test"]:
        return ""
    through = f"with {row['changed']}" if row["changed"] else f"against a level of {row['base']:g}"
    effect, low, high = (_signed(row[name]) for name in ("effect", "low", "high"))
    bare = f"; without motives {_signed(row['without_motives'])}" if row["without_finding"] else ""
    return (
        f"{row['outcome']} in {row['scenario']}, {through}: {effect} ({low} to {high}), "
        f"expected {row['expect']}{bare}"
    )


def _signed(value: float) -> str:
    return f"{value:+.{DIGITS}f}".replace("-", "−")


def _count(what: str, table: pd.DataFrame) -> str:
    """How many of them there are, with which word."""
    words = table["word"].tolist()
    told = "; ".join(
        f"{one[0].lower()}{one[1:]}: {words.count(one)}" for one in dict.fromkeys(words)
    )
    built = int(table["by_construction"].astype(bool).sum())
    alike = f" By construction: {built}." if built else ""
    return f"{what}: {len(table)}. {told[0].upper()}{told[1:]}.{alike}"

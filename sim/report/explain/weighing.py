"""What reasons add, in a sentence and in a table: of one choice, and of means alike."""

import math
from typing import Any

import pandas as pd

from realpolitik.sim.charts.explain.waterfall import signed
from realpolitik.sim.documents.exhibits import TextTable
from realpolitik.sim.documents.reasons import reason_name
from realpolitik.sim.report.explain.records import BASE_RATE, TOTAL
from realpolitik.sim.words.numbers import listing, number, percent, sentence

LOUD = 0.05
"""A reason that adds less than this is not named in a sentence [log odds]."""


def reasons_said(terms: pd.DataFrame) -> str:
    """The loudest three on each side, from the steps of a waterfall, as sentences."""
    reasons = terms[~terms["term"].isin([BASE_RATE, TOTAL])]
    loud = reasons[reasons["log_odds"].abs() >= LOUD]
    if loud.empty:
        return "No reason speaks for it or against it: the base rate decides."
    said = []
    for verb, rows in (
        ("for it", loud[loud["log_odds"] > 0].nlargest(3, "log_odds")),
        ("against it", loud[loud["log_odds"] < 0].nsmallest(3, "log_odds")),
    ):
        named = [
            f"{reason_name(str(term))} ({signed(step)})"
            for term, step in zip(rows["term"], rows["log_odds"], strict=True)
        ]
        speak = "speaks" if len(named) == 1 else "speak"
        said.append(f"{listing(named)} {speak} {verb}" if named else f"nothing speaks {verb}")
    base = terms.loc[terms["term"] == BASE_RATE, "log_odds"].iloc[0]
    return " ".join(map(sentence, (*said, f"the base rate adds {signed(base)}")))


def chance_said(chance: float) -> str:
    """A probability in percent, with two figures where it is small."""
    return percent(chance) if not 0 < chance < 0.01 else f"{100 * chance:.2g}\u00a0%"


def added_table(
    added: "pd.Series[float]",
    reasons: pd.DataFrame,
    precision: float,
    least: float = 0.0,
    unit: str = "Log odds",
) -> TextTable:
    """What each reason adds (address → utility) beside what is known of it; loudest first.

    An incentive with parts comes with their sum, and its parts below it. What adds less than
    `least` [log odds] is left out.
    """
    shown = list[tuple[float, list[tuple[str, ...]]]]()
    for _, rows in reasons.groupby("incentive", sort=False):
        total = float(added.reindex(rows.loc[~rows["is_sum"], "address"]).sum())
        gains = [total if row["is_sum"] else _gain(row, added) for _, row in rows.iterrows()]
        lines = [
            _line(row, gain, precision)
            for (_, row), gain in zip(rows.iterrows(), gains, strict=True)
            if not abs(precision * gain) < least
        ]
        shown.append((abs(total), lines))
    shown.sort(key=lambda each: -each[0])
    header = ("Reason", unit, "Utility", "Weight", "Source", "Why")
    return TextTable(header, [line for _, lines in shown for line in lines])


def _gain(row: "pd.Series[Any]", added: "pd.Series[float]") -> float:
    return float(added.get(row["address"], math.nan))


def _line(row: "pd.Series[Any]", gain: float, precision: float) -> tuple[str, ...]:
    return (
        reason_name(str(row["incentive"]), str(row["part"])),
        signed(precision * gain),
        number(gain, 3),
        f"{row['weight']:.3g}".replace("-", "−"),
        str(row["source"]),
        str(row["why"]),
    )

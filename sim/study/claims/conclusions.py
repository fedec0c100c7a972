"""Which of the author's conclusions follow from the premises in this model, and which do not."""

from collections.abc import Iterator

import pandas as pd

from realpolitik.sim.study.claims.table import counts, telling
from realpolitik.sim.study.claims.verdict import DIGITS

CONCLUDED = ("behaviour", "prediction")
REPORTED = "fact"

# Verdict → what is said of a conclusion, and of conduct that the article reports as a fact.
WORDS = {
    "holds": ("Follows", "Shown"),
    "fails": ("Does not follow", "Not shown"),
    "undecided": ("Undecided", "Undecided"),
    "not testable": ("Cannot be tested", "Cannot be tested"),
}


def conclusions(table: pd.DataFrame) -> list[str]:
    """Plain sentences about the claims of conduct and the predictions in a table of `audit`.

    The first ones count; then each claim has one, those that follow first. What the article
    concludes follows or does not; what it reports as a fact is shown by the model or not. Nothing
    here says that a claim is true of the world.
    """
    concluded = telling(table[table["kind"].isin(CONCLUDED)])
    if concluded.empty:
        return ["The claims hold no conclusion: no behaviour and no prediction."]
    reported = concluded["status"] == REPORTED
    sentences = [*_count(concluded[~reported], 0), *_count(concluded[reported], 1)]
    for verdict in WORDS:
        chosen = concluded[concluded["verdict"] == verdict]
        sentences += [_sentence(row) for _, row in chosen.iterrows()]
    return sentences


def _count(table: pd.DataFrame, column: int) -> Iterator[str]:
    """How many of them have which verdict."""
    if table.empty:
        return
    what, holding, failing = (
        ("Conclusions of the author", "following from the premises in this model", "not following"),
        ("Conduct that is reported", "shown by the model", "not shown"),
    )[column]
    called = {"holds": holding, "fails": failing}
    of = counts(table)
    told = ", ".join(f"{called.get(verdict, verdict)}: {of[verdict]}" for verdict in WORDS)
    yield f"{what}: {len(table)}; {told}."


def _sentence(row: pd.Series) -> str:
    """One claim: its verdict, its place, what it says, and the test that settles it."""
    word = WORDS[row["verdict"]][int(row["status"] == REPORTED)]
    said = f"{word} ({row['paragraph']}): {row['claim']}"
    if row["verdict"] == "not testable":
        return f"{said} Reason: {row['why']}"
    return f"{said} {_test(row)}"


def _test(row: pd.Series) -> str:
    """What was tried and what came of it."""
    through = f"with {row['changed']}" if row["changed"] else f"against a level of {row['base']:g}"
    numbers = (f"{row[name]:+.{DIGITS - 1}f}" for name in ("effect", "low", "high"))
    effect, low, high = (text.replace("-", "−") for text in numbers)
    return (
        f"[{row['outcome']} in {row['scenario']}, {through}: {effect} ({low} to {high}), "
        f"expected {row['expect']}]"
    )

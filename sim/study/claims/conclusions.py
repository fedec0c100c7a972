"""Which of the author's conclusions follow from the premises in this model, and which do not."""

import pandas as pd

from realpolitik.sim.study.claims.table import telling

CONCLUDED = ("behaviour", "prediction", "precedent")
REPORTED = "fact"
ALSO = "also"

# Verdict → what is said of a conclusion, and of conduct that the article reports as a fact.
WORDS = {
    "holds": ("Follows", "Shown"),
    ALSO: ("Holds, also without Russia's motives", "Shown, also without Russia's motives"),
    "fails": ("Does not follow", "Not shown"),
    "undecided": ("Undecided", "Undecided"),
    "not testable": ("Cannot be tested", "Cannot be tested"),
}


def conclusions(table: pd.DataFrame) -> pd.DataFrame:
    """The claims of conduct, past and to come, in a table of `audit`: one row each.

    The row is that of the test which settles it, with `word`, what is said of it: what the article
    concludes follows or does not; what it reports as a fact is shown by the model or not. Where
    every test against a level holds for an actor without motives as well, that is said instead.
    Those that follow come first. Nothing here says that a claim is true of the world.
    """
    found = telling(table[table["kind"].isin(CONCLUDED)])
    asked = table[table["without_finding"] != ""]
    also = (asked["without_finding"] == "holds").groupby(asked["id"]).all()
    is_also = (found["verdict"] == "holds") & found["id"].isin(also.index[also])
    said = found["verdict"].mask(is_also, ALSO)
    reported = (found["status"] == REPORTED).astype(int)
    words = [WORDS[verdict][column] for verdict, column in zip(said, reported, strict=True)]
    order = said.map(list(WORDS).index)
    return found.assign(word=words).loc[order.sort_values(kind="stable").index]

"""A made-up audit: claims of every verdict, one of which attacks the page."""

import math
from typing import Any

import pandas as pd

ATTACK = '</script><script>window.taken = 1</script><img src=x onerror="window.taken=1">\'&%{x}'


def row(name: str, verdict: str = "holds", **given: Any) -> dict[str, Any]:
    """A row of a test that holds by itself."""
    usual = {
        "id": name,
        "paragraph": "P7",
        "actor": "RUS",
        "kind": "incentive",
        "status": "opinion",
        "claim": f"What {name} says of the two.",
        "encoded": "RUS.israel_ties.returnees, us_conduct/wedge#pressure_alone",
        "inferred": False,
        "by_construction": False,
        "test": 1,
        "outcome": "russia_material_alignment",
        "scenario": "haniyeh_2024",
        "changed": "RUS.israel_ties.returnees = 0",
        "expect": "higher",
        "by": 0.01,
        "level": 0.2545,
        "base": 0.2,
        "effect": 0.0545,
        "low": 0.04,
        "high": 0.07,
        "n": 2000,
        "finding": verdict,
        **dict.fromkeys(("without_motives", "without_low", "without_high"), math.nan),
        "without_finding": "",
        "verdict": verdict,
        "why": "the interval (0.04 to 0.07) lies wholly above 0.01",
        "note": "",
    }
    return usual | given


def untested(name: str, **given: Any) -> dict[str, Any]:
    """A row of a claim that cannot be tested."""
    nothing = dict.fromkeys(("by", "level", "base", "effect", "low", "high"), math.nan)
    words = dict.fromkeys(("outcome", "scenario", "changed", "expect"), "")
    usual = {**nothing, **words, "test": 0, "n": 0, "why": "Not modelled.", "encoded": ""}
    return row(name, "not testable", **(usual | given))


def table() -> pd.DataFrame:
    """A table of an audit."""
    return pd.DataFrame(
        [
            row("first"),
            row("first", test=2, expect="lower", effect=-0.3, low=-0.4, high=-0.2),
            row("second", "fails", finding="holds", paragraph="P3, P15", kind="prediction"),
            row("second", "fails", test=2, paragraph="P3, P15", kind="prediction", effect=0.0),
            row("third", "undecided", effect=0.01, low=0.0, high=0.02, by=0.0, note="Inferred."),
            row("fourth", changed="", expect="below", by=0.0, effect=-0.4, low=-0.5, high=-0.3),
            row("fifth", expect="same", by=0.1, effect=0.01, low=0.0, high=0.02),
            row("sixth", "fails", claim=ATTACK, note=ATTACK, outcome=ATTACK, encoded=ATTACK),
            untested("seventh", paragraph="P20"),
        ]
    )


def declared() -> pd.DataFrame:
    """What stands for them."""
    columns = ("name", "what", "value", "low", "high", "source", "meaning")
    rows = [
        ("RUS.israel_ties.returnees", "incentive", 0.04, 0.0, 0.1, "assumed", "Émigrés return."),
        ("us_conduct/wedge#pressure_alone", "scenario", *[math.nan] * 3, "", "Pressure."),
        (ATTACK, "event", *[math.nan] * 3, ATTACK, ATTACK),
    ]
    return pd.DataFrame(rows, columns=list(columns))


CONCLUSIONS = pd.DataFrame(
    [
        row("first", word="Follows"),
        row("second", "fails", paragraph="P3, P15", word="Does not follow", inferred=True),
        row("sixth", "fails", claim=ATTACK, outcome=ATTACK, word="Does not follow"),
        untested("seventh", paragraph="P20", word="Cannot be tested"),
    ]
)

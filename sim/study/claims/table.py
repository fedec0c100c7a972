"""The table of the audit."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from realpolitik.sim.study.claims.claim import VERDICTS, Claim
from realpolitik.sim.study.claims.tally import Tally
from realpolitik.sim.study.claims.verdict import joint, judge, reason

WITHOUT = ("without_motives", "without_low", "without_high")
"""Effect and interval of a test for an actor without motives."""

COLUMNS = (
    *("id", "paragraph", "actor", "kind", "status", "claim", "encoded", "inferred"),
    *("by_construction", "test", "outcome", "scenario", "changed", "expect", "by", "level"),
    *("base", "effect", "low", "high", "n", "finding", *WITHOUT, "without_finding"),
    *("verdict", "why", "note"),
)


def claims_table(claims: Sequence[Claim], tallies: Mapping[str, Sequence[Tally]]) -> pd.DataFrame:
    """One row a trial, and one for each claim that cannot be tested, in the order of the claims."""
    rows = [row for claim in claims for row in _rows(claim, tallies[claim.id])]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def counts(table: pd.DataFrame) -> dict[str, int]:
    """Verdict → number of claims, of all verdicts there are."""
    found = table.drop_duplicates("id")["verdict"].value_counts()
    return {verdict: int(found.get(verdict, 0)) for verdict in VERDICTS}


def telling(table: pd.DataFrame) -> pd.DataFrame:
    """One row a claim: of its tests the first whose finding is the verdict."""
    settled = table[table["finding"] == table["verdict"]]
    return settled.drop_duplicates("id").reset_index(drop=True)


def _rows(claim: Claim, tallies: Sequence[Tally]) -> Iterator[dict[str, object]]:
    findings = [judge(tally.effect(), tally.trial.expect, tally.by) for tally in tallies]
    said = {
        "id": claim.id,
        "paragraph": claim.paragraph,
        "actor": claim.actor,
        "kind": claim.kind,
        "status": claim.status,
        "claim": claim.claim,
        "encoded": ", ".join(claim.encoded),
        "inferred": claim.inferred,
        "by_construction": claim.by_construction,
        "verdict": joint(findings),
        "note": claim.note,
    }
    if not tallies:
        yield said | _nothing(claim.untestable)
    for number, (tally, finding) in enumerate(zip(tallies, findings, strict=True), start=1):
        yield said | _found(tally) | {"test": number, "finding": finding}


def _nothing(why: str) -> dict[str, object]:
    words = dict.fromkeys(("outcome", "scenario", "changed", "expect", "without_finding"), "")
    numbers = dict.fromkeys(("by", "level", "base", "effect", "low", "high", *WITHOUT), np.nan)
    return {**words, **numbers, "test": 0, "n": 0, "finding": "not testable", "why": why}


def _found(tally: Tally) -> dict[str, object]:
    """What one trial gave."""
    trial, effect = tally.trial, tally.effect()
    return {
        "outcome": trial.outcome,
        "scenario": trial.base.case.called,
        "changed": trial.change,
        "expect": trial.expect,
        "by": tally.by,
        "level": tally.level,
        "base": tally.base,
        "effect": effect.mean,
        "low": effect.low,
        "high": effect.high,
        "n": tally.n,
        "why": reason(effect, trial.expect, tally.by),
        **_without(tally.without),
    }


def _without(tally: Tally | None) -> dict[str, object]:
    """What the same test gave for an actor without motives."""
    if tally is None:
        return {**dict.fromkeys(WITHOUT, np.nan), "without_finding": ""}
    effect = tally.effect()
    numbers = dict(zip(WITHOUT, (effect.mean, effect.low, effect.high), strict=True))
    return {**numbers, "without_finding": judge(effect, tally.trial.expect, tally.by)}

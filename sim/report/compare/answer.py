"""The answer at the top of a comparison: what differs most, how surely, and what does not."""

import math
from collections.abc import Iterator, Sequence

import pandas as pd

from realpolitik.sim.charts.compare.difference_words import strongest, weight
from realpolitik.sim.charts.study.effect_words import sure
from realpolitik.sim.report.compare.records import Compared
from realpolitik.sim.words.numbers import listing, number, sentence

TOLD = 3
"""Scenarios that the answer tells of, at most."""

ALIKE = "nothing differs at all: every world is the same"
UNSURE = "nothing differs by more than chance explains"

NO_MATCH = "No scenario is as long as the baseline, so nothing can be said of what differs"
"""The answer where there are only runs of other lengths."""

NAMED = 4
"""Outcomes that are named as not differing, at most."""


def answer(compared: Compared) -> list[str]:
    """Paragraphs: what differs most, what does not, and how sure that is."""
    rows = compared.table("differences").dropna(subset=["difference"])
    if rows.empty:
        return ["The scenarios have no outcome in common, so nothing can be compared."]
    alike = [key for key in compared.others if not compared.other_length(key)]
    kept = rows[rows["scenario"].isin(alike)]
    most = [*_most(compared, kept, alike)] or [NO_MATCH]
    rest = [*_least(kept, compared), *_pairing(compared, rows)]
    return [" ".join(map(sentence, part)) for part in (most[:1], most[1:], rest) if part]


def _most(compared: Compared, rows: pd.DataFrame, keys: Sequence[str]) -> Iterator[str]:
    """What stands out in each of the scenarios, the one with the greatest difference first."""
    ranked = {key: strongest(rows[rows["scenario"] == key]) for key in keys}
    loud = sorted(
        (key for key in ranked if len(ranked[key])), key=lambda key: -weight(_told(ranked[key])[0])
    )
    for place, key in enumerate(loud[:TOLD]):
        told = "; ".join(_change(compared, row) for row in _told(ranked[key]))
        start = "With" if place or len(ranked) == 1 else "Most differs with"
        yield f"{start} “{compared.sides.titles[key]}”: {told}"
    quiet: dict[str, list[str]] = {ALIKE: [], UNSURE: []}
    for key in (key for key in ranked if not len(ranked[key])):
        kind = ALIKE if _is_same(rows[rows["scenario"] == key]) else UNSURE
        quiet[kind].append(f"“{compared.sides.titles[key]}”")
    yield from (f"With {listing(named, 'or')} {how}" for how, named in quiet.items() if named)
    left = len(loud) - TOLD
    if left > 0:
        yield f"{left} more scenario{'s differ' if left > 1 else ' differs'}, as told below"


def _is_same(rows: pd.DataFrame) -> bool:
    """Whether all of the outcomes are the same in every pair of worlds, and known to be."""
    numbers = rows[["difference", "low", "high"]].astype(float)
    return bool(len(rows) and rows["paired"].astype(bool).all() and (numbers == 0).all(axis=None))


def _told(ranked: pd.DataFrame) -> list[pd.Series]:
    """The difference that stands out most and, where that is no share, the first of a share.

    A change in weeks depends on the horizon, which stands for never: a share that stands out says
    the same without it, and goes before.
    """
    shares = ranked[ranked["scale"] == "share"]
    rows = ranked[ranked["scale"] != "weeks"] if len(shares) else ranked
    first = rows.iloc[0]
    return [first] if first["scale"] == "share" or shares.empty else [first, shares.iloc[0]]


def _change(compared: Compared, row: pd.Series) -> str:
    """Such as "War, from 17.8 % to 26.0 % of worlds (+8.2 points, interval …)"."""
    measure = compared.measures[str(row["outcome"])]
    keys = (compared.sides.baseline, str(row["scenario"]))
    ends = [
        float(of["mean"].iloc[0])
        for key in keys
        if len(of := _of_outcome(compared, key, str(row["outcome"])))
    ]
    change = measure.change(float(row["difference"]))
    reach = f"interval {measure.change_span(float(row['low']), float(row['high']))}"
    if row["scale"] == "weeks":
        never = f"never counts as week {compared.horizons[0]}"
        return f"{row['label']}, a change of {change} ({reach}; {never})"
    if len(ends) < 2 or not all(map(math.isfinite, ends)):
        return f"{row['label']}, a change of {change} ({reach})"
    went = f"from {measure.said(ends[0])} to {measure.often(ends[1])}"
    return f"{row['label']}, {went} ({change}, {reach})"


def _of_outcome(compared: Compared, key: str, outcome: str) -> pd.DataFrame:
    levels = compared.of("levels", key)
    return levels[levels["outcome"] == outcome]


def _least(rows: pd.DataFrame, compared: Compared) -> Iterator[str]:
    """The outcomes that differ nowhere by more than chance, and how much they still may."""
    same = {
        str(name): of
        for name, of in rows.groupby("outcome", sort=False)
        if not any(sure(row) for _, row in of.iterrows())
    }
    if rows.empty:
        return
    if not same:
        several = rows["scenario"].nunique() > 1
        yield f"For every outcome {'at least one' if several else 'the'} interval leaves out 0"
        return
    if len(same) == rows["outcome"].nunique():
        return
    labels = [f"“{compared.measures[name].label}”" for name in same]
    more = len(labels) - NAMED
    named = labels[:NAMED] + ([f"{more} more"] if more > 0 else [])
    shares = pd.concat(same.values())
    shares = shares[shares["scale"] == "share"]
    bound = ""
    if len(shares):
        most = 100 * float(shares[["low", "high"]].abs().to_numpy().max())
        reach = f"{number(most, 1)} percentage points"
        bound = f"; intervals of the shares among them reach at most {reach}"
    yield f"No difference can be told from chance in {listing(named)}{bound}"


def _pairing(compared: Compared, rows: pd.DataFrame) -> Iterator[str]:
    """How much the pairs make surer; where there are none, why."""
    paired = rows[rows["paired"].astype(bool) & rows["gain"].notna()]
    if len(paired):
        gain = number(float(paired["gain"].median()), 1)
        yield (
            f"Worlds are compared pair by pair, which makes intervals {gain} times narrower "
            "in the median"
        )
    for key, why in compared.unpaired().items():
        title = compared.sides.titles[key]
        yield f"“{title}” is not paired with the baseline ({why}): {consequence(compared, key)}"


def consequence(compared: Compared, key: str) -> str:
    """What it means for a scenario that its worlds are not paired with those of the baseline."""
    if length := compared.other_length(key):
        return f"it is counted over {length}, so shares and counts are not comparable"
    return "its worlds have other luck, so differences are less sure"

"""Deeds of force and arms in pairs of worlds: which both have, and which only one."""

from collections.abc import Sequence

import pandas as pd

from realpolitik.sim.comparison.comparison import Comparison
from realpolitik.sim.engine.actions import verb_phrase
from realpolitik.sim.formatting.names import Names

LOUD = ("material", "force")
SAME = ["world", "week", "actor", "on", "track", "action"]
COLUMNS = ("world", "week", "actor", "track", "side", "label", "said")
SIDES = {"both": "both", "left_only": "before", "right_only": "after"}


def parted_worlds(examples: pd.DataFrame) -> dict[int, int]:
    """World → the week in which it parts from the baseline's, of the worlds that are told."""
    first = examples[examples["outcome"].fillna("") == ""].drop_duplicates("world")
    return dict(zip(first["world"].astype(int), first["week"].astype(int), strict=True))


def deeds_of(found: Comparison, key: str, worlds: Sequence[int], names: Names) -> pd.DataFrame:
    """The loud deeds of these worlds of the baseline and of a scenario.

    Columns: world, week, actor (name), track, side (before, after, both), label, said (whole).
    """
    baseline = found.manifest["scenarios"][0]["key"]
    one, other = (
        _loud(found.events[found.events["scenario"] == each], worlds) for each in (baseline, key)
    )
    joined = one.merge(other, on=[*SAME, "label"], how="outer", indicator=True)
    joined = joined.sort_values(["world", "week", "actor", "track"], kind="stable")
    rows = [
        (
            int(row["world"]),
            int(row["week"]),
            names.title(row["actor"]),
            row["track"],
            SIDES[str(row["_merge"])],
            phrase := verb_phrase(row["action"], row["label"], _target(names, row["on"])),
            names.deed(row["actor"], phrase),
        )
        for row in joined.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _loud(events: pd.DataFrame, worlds: Sequence[int]) -> pd.DataFrame:
    kept = events[events["world"].isin(list(worlds)) & events["track"].isin(LOUD)]
    whole = kept[[*SAME, "label"]].astype({"on": "object"}).fillna({"on": ""})
    return whole.astype(dict.fromkeys(("actor", "on", "track", "action", "label"), str))


def _target(names: Names, code: str) -> str:
    return names.the(code) if code else ""

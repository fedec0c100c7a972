"""Deeds of force and arms in pairs of worlds: which both have, and which only one."""

from collections.abc import Sequence

import pandas as pd

from realpolitik.sim.report.compare.records import Compared
from realpolitik.sim.words.names import verb_phrase

LOUD = ("material", "force")
SAME = ["world", "week", "actor", "on", "track", "action"]
COLUMNS = ("world", "week", "actor", "track", "side", "label", "said")
SIDES = {"both": "both", "left_only": "before", "right_only": "after"}


def parted_worlds(compared: Compared, key: str) -> dict[int, int]:
    """World → the week in which it parts from the baseline's, of the worlds that are told."""
    told = compared.of("examples", key)
    deeds = told[told["outcome"].fillna("") == ""]
    first = deeds.drop_duplicates("world").astype({"world": int, "week": int})
    return dict(zip(first["world"].tolist(), first["week"].tolist(), strict=True))


def deeds_of(compared: Compared, key: str, worlds: Sequence[int]) -> pd.DataFrame:
    """The loud deeds of these worlds of the baseline and of a scenario.

    Columns: world, week, actor (name), track, side (before, after, both), label, said (whole).
    """
    one, other = (
        _loud(compared.of("events", each), worlds) for each in (compared.sides.baseline, key)
    )
    if one.empty and other.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    joined = one.merge(other, on=[*SAME, "label"], how="outer", indicator=True)
    joined = joined.sort_values(["world", "week", "actor", "track"], kind="stable")
    names = compared.names
    rows = [
        (
            int(row["world"]),
            int(row["week"]),
            names.title(str(row["actor"])),
            str(row["track"]),
            SIDES[str(row["_merge"])],
            phrase := verb_phrase(str(row["action"]), str(row["label"]), _target(compared, row)),
            names.deed(str(row["actor"]), phrase),
        )
        for _, row in joined.iterrows()
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _loud(events: pd.DataFrame, worlds: Sequence[int]) -> pd.DataFrame:
    kept = events[events["world"].isin(list(worlds)) & events["track"].isin(LOUD)]
    whole = kept[[*SAME, "label"]].astype({"on": "object"}).fillna({"on": ""})
    return whole.astype(dict.fromkeys(("actor", "on", "track", "action", "label"), str))


def _target(compared: Compared, row: pd.Series) -> str:
    return compared.names.the(str(row["on"])) if row["on"] else ""

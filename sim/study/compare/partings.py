"""Where the histories part: the first deed in which two worlds of a pair differ."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import TRACKS
from realpolitik.sim.study.compare.ledger import Ledger, read_entry
from realpolitik.sim.study.compare.telling import Speech

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Partings:
    """For each pair of worlds the first week whose deeds differ, and the first that does, (W,).

    Within a week the order is that of actors, then of tracks. `week` counts from 1, and is 0
    where two worlds never part; `before` and `after` are entries of the two ledgers.
    """

    week: Numbers
    actor: Numbers
    track: Numbers
    before: Numbers
    after: Numbers

    def __len__(self) -> int:
        """Number of pairs."""
        return len(self.week)


def part(one: Ledger, other: Ledger) -> Partings:
    """Compares two ledgers world by world over the weeks that both have."""
    worlds, weeks = (min(one.shape[axis], other.shape[axis]) for axis in (0, 1))
    one, other = one[:worlds, :weeks], other[:worlds, :weeks]
    if one.size == 0:
        return Partings(*np.zeros((5, worlds), dtype=np.int64))
    rows = np.arange(worlds)
    first = (one != other).reshape(worlds, -1).argmax(axis=1)
    week, actor, track = np.unravel_index(first, one.shape[1:])
    before, after = (
        half.reshape(worlds, -1)[rows, first].astype(np.int64) for half in (one, other)
    )
    parted = before != after
    return Partings(*(parted * part for part in (week + 1, actor, track, before, after)))


def join(blocks: Sequence[Partings]) -> Partings:
    """The partings of several blocks of worlds, one after the other."""
    names = [field.name for field in fields(Partings)]
    return Partings(*(np.concatenate([getattr(one, name) for one in blocks]) for name in names))


def partings_table(key: str, partings: Partings, weeks: int) -> pd.DataFrame:
    """How many pairs part in each week.

    Columns: scenario, week, worlds, share; every week has its row, and week 0 counts those that
    never part.
    """
    counts = np.bincount(partings.week, minlength=weeks + 1)
    return pd.DataFrame(
        {
            "scenario": key,
            "week": np.arange(weeks + 1),
            "worlds": counts,
            "share": counts / max(len(partings), 1),
        }
    )


def first_acts_table(
    key: str, partings: Partings, codes: Sequence[str], speech: Speech
) -> pd.DataFrame:
    """What the first difference was, the most frequent first.

    Columns: scenario, actor, track, instead_of, did, worlds, share (of all pairs, parted or not).
    """
    parted = partings.week > 0
    columns = (partings.actor, partings.track, partings.before, partings.after)
    kinds = np.stack([column[parted] for column in columns], axis=1)
    found, counts = np.unique(kinds, axis=0, return_counts=True)
    rows = []
    for place in np.argsort(-counts, kind="stable"):
        actor, track, before, after = (int(number) for number in found[place])
        rows.append(
            (
                *(key, codes[actor], TRACKS[track]),
                *(speech.phrase(*read_entry(entry, track, codes)) for entry in (before, after)),
                *(int(counts[place]), counts[place] / len(partings)),
            )
        )
    return pd.DataFrame(
        rows, columns=["scenario", "actor", "track", "instead_of", "did", "worlds", "share"]
    )

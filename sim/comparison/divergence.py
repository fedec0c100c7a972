"""Where the histories part: the first deed in which two worlds of a pair differ."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import (
    ACTIONS,
    HOLD,
    NAMED,
    TRACKS,
    Action,
    number_of,
    verb_phrase,
)
from realpolitik.sim.engine.deeds import Deeds
from realpolitik.sim.formatting.names import Names

# ── Deeds put into words ─────────────────────────────────────────────────────────────


DOUBLED = re.compile(r"^[^aeiou]*[aeiou][bdgklmnprt]$")
"""A short verb that doubles its last letter before -ing: step, hit."""


class Speech(Names):
    """Names of actors by code, and what they do as clauses."""

    def phrase(self, action: Action, target: str) -> str:
        """Such as "sends offensive arms to Iran"; the bare label without a target."""
        return verb_phrase(action.action, action.label, self.the(target) if target else "")

    def does(self, code: str, phrase: str, before: str = "") -> str:
        """Such as "Iran no longer shows force" with "no longer" put before the verb."""
        first, space, rest = phrase.partition(" ")
        verb = _base(first) if self.is_plural(code) else first
        return " ".join(filter(None, (self.the(code), before, verb))) + space + rest


def doing(phrase: str) -> str:
    """The phrase in its -ing form: "sending offensive arms to Iran"."""
    first, space, rest = phrase.partition(" ")
    verb = _base(first)
    if verb.endswith("e"):
        verb = verb[:-1]
    elif DOUBLED.match(verb):
        verb += verb[-1]
    return f"{verb}ing{space}{rest}"


def _base(verb: str) -> str:
    """The verb without the ending of the third person."""
    return verb.removesuffix("s")


# ── A ledger of deeds ────────────────────────────────────────────────────────────────


Ledger = NDArray[np.integer[Any]]  # (worlds, weeks, actors, tracks)

_TRACK = np.array([TRACKS.index(action.track) for action in ACTIONS])
_HOLDS = {action.track: action for action in ACTIONS if action.action == HOLD}


def blank(worlds: int, weeks: int, actors: int) -> Ledger:
    """A ledger in which everyone holds."""
    widest = np.min_scalar_type(actors * len(ACTIONS))
    return np.zeros((worlds, weeks, actors, len(TRACKS)), dtype=widest)


def enter(ledger: Ledger, week: int, deeds: Deeds, places: NDArray[np.int64]) -> None:
    """Enters the deeds of a week (from 1); `places` (n,) are the ledger's numbers of the actors."""
    place = (deeds.world, week - 1, places[deeds.actor], _TRACK[deeds.action])
    ledger[place] = 1 + places[deeds.target] * len(ACTIONS) + deeds.action


def of_events(events: pd.DataFrame, worlds: int, weeks: int, codes: Sequence[str]) -> Ledger:
    """The ledger of the first worlds and weeks of a table of events.

    Raises:
        ValueError: an action that this version does not know.
    """
    ledger = blank(worlds, weeks, len(codes))
    kept = events[(events["world"] < worlds) & (events["week"] <= weeks)]
    if foreign := sorted(set(kept["action"]) - NAMED.keys()):
        raise ValueError(f"the run holds actions that this version does not know: {foreign}")
    numbers = {name: number_of(name) for name in NAMED}
    index = {code: place for place, code in enumerate(codes)}
    action = kept["action"].map(numbers).to_numpy(dtype=np.int64)
    actor, target = (kept[name].map(index).to_numpy(dtype=np.int64) for name in ("actor", "on"))
    place = (kept["world"].to_numpy(), kept["week"].to_numpy() - 1, actor, _TRACK[action])
    ledger[place] = 1 + target * len(ACTIONS) + action
    return ledger


def read_entry(entry: int, track: int, codes: Sequence[str]) -> tuple[Action, str]:
    """The action that an entry stands for, and its target; the track's hold and no target of 0."""
    if entry == 0:
        return _HOLDS[TRACKS[track]], ""
    target, action = divmod(entry - 1, len(ACTIONS))
    return ACTIONS[action], codes[target]


# ── The first deed that differs ──────────────────────────────────────────────────────


Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Divergence:
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


def part(one: Ledger, other: Ledger) -> Divergence:
    """Compares two ledgers world by world over the weeks that both have."""
    worlds, weeks = (min(one.shape[axis], other.shape[axis]) for axis in (0, 1))
    one, other = one[:worlds, :weeks], other[:worlds, :weeks]
    if one.size == 0:
        return Divergence(*np.zeros((5, worlds), dtype=np.int64))
    rows = np.arange(worlds)
    first = (one != other).reshape(worlds, -1).argmax(axis=1)
    week, actor, track = np.unravel_index(first, one.shape[1:])
    before, after = (
        half.reshape(worlds, -1)[rows, first].astype(np.int64) for half in (one, other)
    )
    parted = before != after
    return Divergence(*(parted * part for part in (week + 1, actor, track, before, after)))


def join(blocks: Sequence[Divergence]) -> Divergence:
    """The partings of several blocks of worlds, one after the other."""
    names = [field.name for field in fields(Divergence)]
    return Divergence(*(np.concatenate([getattr(one, name) for one in blocks]) for name in names))


def partings_table(key: str, partings: Divergence, weeks: int) -> pd.DataFrame:
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
    key: str, partings: Divergence, codes: Sequence[str], speech: Speech
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

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
    CHOICES,
    HOLD,
    HOLDS,
    NAMED,
    TRACK_OF,
    Action,
    number_of,
)
from realpolitik.sim.engine.deeds import Deeds
from realpolitik.sim.formatting.names import Names

# ── Deeds put into words ─────────────────────────────────────────────────────────────


DOUBLED = re.compile(r"^[^aeiou]*[aeiou][bdgklmnprt]$")
"""A short verb that doubles its last letter before -ing: step, hit."""


class Speech(Names):
    """Names of actors by code, and what they do as clauses."""

    def phrase(self, action: Action, target: str) -> str:
        """Such as "sends offensive arms to Iran"."""
        return action.toward(self.the(target))

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


Ledger = NDArray[np.integer[Any]]  # (worlds, weeks, actors, targets, choices)

_CHOICE = np.array([-1 if act.action == HOLD else CHOICES.index(act.choice) for act in ACTIONS])


def blank(worlds: int, weeks: int, actors: int) -> Ledger:
    """A ledger in which everyone holds."""
    shape = worlds, weeks, actors, actors, len(CHOICES)
    return np.zeros(shape, dtype=np.min_scalar_type(len(ACTIONS)))


def enter(ledger: Ledger, week: int, deeds: Deeds, places: NDArray[np.int64]) -> None:
    """Enters the deeds of a week (from 1); `places` (n,) are the ledger's numbers of the actors."""
    actor, target = places[deeds.actor], places[deeds.target]
    ledger[deeds.world, week - 1, actor, target, _CHOICE[deeds.action]] = 1 + deeds.action


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
    world, week = kept["world"].to_numpy(), kept["week"].to_numpy() - 1
    ledger[world, week, actor, target, _CHOICE[action]] = 1 + action
    return ledger


def read_entry(entry: int, choice: int) -> Action:
    """The action that an entry of a choice stands for; the hold of its track of 0."""
    return ACTIONS[entry - 1] if entry else HOLDS[_track(choice)]


def _track(choice: int) -> str:
    """The track that the choice of a number is on."""
    return TRACK_OF[CHOICES[choice]]


# ── The first deed that differs ──────────────────────────────────────────────────────


Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Divergence:
    """For each pair of worlds the first week whose deeds differ, and the first that does, (W,).

    Within a week the order is that of actors, then of targets, then of choices. `week` counts from
    1, and is 0 where two worlds never part; `before` and `after` are entries of the two ledgers.
    """

    week: Numbers
    actor: Numbers
    target: Numbers
    choice: Numbers
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
        return Divergence(*np.zeros((len(fields(Divergence)), worlds), dtype=np.int64))
    rows = np.arange(worlds)
    first = (one != other).reshape(worlds, -1).argmax(axis=1)
    week, *group = np.unravel_index(first, one.shape[1:])
    before, after = (
        half.reshape(worlds, -1)[rows, first].astype(np.int64) for half in (one, other)
    )
    parted = before != after
    return Divergence(*(parted * part for part in (week + 1, *group, before, after)))


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

    Columns: those of `FIRST_ACTS`; the share is that of all pairs, parted or not.
    """
    parted = partings.week > 0
    columns = (getattr(partings, name) for name in ("actor", "target", "choice", "before", "after"))
    kinds = np.stack([column[parted] for column in columns], axis=1)
    found, counts = np.unique(kinds, axis=0, return_counts=True)
    rows = []
    for place in np.argsort(-counts, kind="stable"):
        actor, target, choice, *entries = (int(number) for number in found[place])
        did = (speech.phrase(read_entry(entry, choice), codes[target]) for entry in entries)
        share = counts[place] / len(partings)
        rows.append(
            (key, codes[actor], codes[target], _track(choice), *did, int(counts[place]), share)
        )
    return pd.DataFrame(rows, columns=FIRST_ACTS)


FIRST_ACTS = ["scenario", "actor", "target", "track", "instead_of", "did", "worlds", "share"]

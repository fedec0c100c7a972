"""A ledger of deeds: who did what to whom, week by week, laid out so that two can be compared.

On one track an actor does at most one thing a week. A ledger has one place for each world, week,
actor and track, and in it 0 where the actor held, else a number that stands for action and target.
Two ledgers can be compared if their actors are the same, in the same order.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.engine.actions import ACTIONS, HOLD, NAMED, TRACKS, Action, number_of
from realpolitik.sim.engine.deeds import Deeds

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

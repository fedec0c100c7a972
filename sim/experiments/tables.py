"""Tidy tables out of arrays: one observation a row, id columns first."""

import datetime
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from realpolitik.sim.engine.actions import ACTIONS
from realpolitik.sim.engine.deeds import Deeds, Numbers, join, none
from realpolitik.sim.engine.world import Array, Mask
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.stats.spread import Spread


def spread_table(weekly: Mapping[str, Spread]) -> pd.DataFrame:
    """Mean and quantiles over worlds of each measure in each week, out of their spreads."""
    tables = [spread.table() for spread in weekly.values()]
    for table, measure in zip(tables, weekly, strict=True):
        table.insert(1, "measure", measure)
    return pd.concat(tables, ignore_index=True)


def events_table(weeks: Sequence[Deeds], spec: Scenario, codes: Sequence[str]) -> pd.DataFrame:
    """Every deed as a dated event; `source` and `target` are CAMEO actor codes."""
    deeds = join([none(), *weeks])
    week = np.repeat(np.arange(1, len(weeks) + 1), [len(one) for one in weeks])
    dates = [(spec.start + datetime.timedelta(weeks=k)).isoformat() for k in range(spec.weeks)]
    cameo = np.array([vocabulary().actors[code].cameo for code in codes])
    names = np.array(codes)
    events = pd.DataFrame(
        {
            "world": deeds.world,
            "week": week,
            "date": np.array(dates, dtype=object)[week - 1],
            "source": cameo[deeds.actor],
            "target": cameo[deeds.target],
            "actor": names[deeds.actor],
            "on": names[deeds.target],
            **_of_actions(deeds.action),
        }
    )
    return events.sort_values(["world", "week"], kind="stable", ignore_index=True)


def _of_actions(numbers: Numbers) -> dict[str, list[str] | list[float]]:
    """Track, action, label, CAMEO code, Goldstein score and quad class of actions by number."""
    actions = [ACTIONS[number] for number in numbers]
    return {
        name: [getattr(action, name) for action in actions]
        for name in ("track", "action", "label", "cameo", "goldstein", "quad")
    }


def acts_table(per_world: Array, codes: Sequence[str], background: Mask) -> pd.DataFrame:
    """How often each actor did what to whom, a world; `per_world` is (n, n, actions).

    `background` (n, n) marks the dyads that were at war from the start.
    """
    actor, on, action = np.nonzero(per_world)
    names = np.array(codes)
    of = _of_actions(action)
    return pd.DataFrame(
        {
            "actor": names[actor],
            "on": names[on],
            **{name: of[name] for name in ("track", "action", "label")},
            "per_world": per_world[actor, on, action],
            "background": background[actor, on],
        }
    )

"""How high each outcome is in each scenario, and when what happens once happens."""

from collections.abc import Iterable
from dataclasses import asdict

import numpy as np
import pandas as pd

from realpolitik.sim.study.compare.sides import Side
from realpolitik.sim.study.compare.subjects import Outcome
from realpolitik.sim.study.summary import Scale, share


def horizon_of(sides: Iterable[Side]) -> int:
    """The weeks that all have [weeks]."""
    return min(side.subject.weeks for side in sides)


def levels(sides: tuple[Side, ...]) -> pd.DataFrame:
    """How high each outcome is in each scenario, as differences are taken of it.

    Columns: scenario, outcome, label, scale, mean, low, high, n (worlds that have a value: of weeks
    those in which it came), worlds, came (share of worlds in which it came, up to the weeks that
    all scenarios have; NaN for other scales). A week that never came counts as the last of these.
    """
    horizon = horizon_of(sides)
    return pd.DataFrame(
        [_level(side, one, horizon) for side in sides for one in side.subject.outcomes]
    )


def _level(side: Side, one: Outcome, horizon: int) -> dict[str, object]:
    """The row of one outcome of one scenario."""
    values, scale = side.values[one.name], Scale.of(one.scale, horizon)
    return {
        "scenario": side.subject.key,
        "outcome": one.name,
        "label": one.label,
        "scale": one.scale,
        **asdict(scale.level(values)),
        "n": int(np.isfinite(values).sum()),
        "worlds": len(values),
        "came": scale.came(values),
    }


def times(sides: tuple[Side, ...]) -> pd.DataFrame:
    """When what happens once has happened: one row a week.

    Columns: scenario, outcome, week, share_by_then, low, high, at_risk, came. `at_risk` counts the
    worlds in which it had not come before that week, `came` those in which it came in it. Every
    world is observed up to the horizon and censored there and nowhere else, so the Kaplan–Meier
    estimate (1958, doi:10.1080/01621459.1958.10501452) is the share of worlds in which it has
    come, and the interval is Wilson's. In a world that ended in a clash of great powers nothing
    comes any more.
    """
    tables = [
        pd.DataFrame(
            {"scenario": side.subject.key, "outcome": one.name, **_by_week(side, one.name)}
        )
        for side in sides
        for one in side.subject.outcomes
        if one.scale == "weeks"
    ]
    columns = ("scenario", "outcome", "week", "share_by_then", "low", "high", "at_risk", "came")
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=columns)


def _by_week(side: Side, name: str) -> dict[str, object]:
    """The columns of one outcome."""
    values, weeks = side.values[name], side.subject.weeks
    came = np.bincount(values[np.isfinite(values)].astype(np.int64), minlength=weeks + 1)[1:]
    by_then = np.cumsum(came)
    intervals = {hits: share(int(hits), len(values)) for hits in np.unique(by_then)}
    shares = [intervals[hits] for hits in by_then]
    return {
        "week": np.arange(1, weeks + 1),
        "share_by_then": [one.mean for one in shares],
        "low": [one.low for one in shares],
        "high": [one.high for one in shares],
        "at_risk": len(values) - (by_then - came),
        "came": came,
    }

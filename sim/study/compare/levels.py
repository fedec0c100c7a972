"""How high each outcome is in each scenario, and when what happens once happens."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from realpolitik.sim.engine.world import Array
from realpolitik.sim.study.compare.sides import Side
from realpolitik.sim.study.summary import RANGES, Interval, mean, share


def level(scale: str, values: Array) -> Interval:
    """Mean of the worlds that have a value: Wilson's interval of shares, else Student's."""
    seen = values[np.isfinite(values)]
    if scale == "share":
        return share(int(seen.sum()), len(seen))
    return mean(seen).within(*RANGES[scale])


def up_to(values: Array, horizon: int) -> Array:
    """Weeks until something comes, counted up to the horizon, which stands for never."""
    return np.where(np.isfinite(values), np.minimum(values, horizon), float(horizon))


def horizon_of(sides: Iterable[Side]) -> int:
    """The weeks that all have [weeks]."""
    return min(side.subject.weeks for side in sides)


def levels(sides: tuple[Side, ...]) -> pd.DataFrame:
    """How high each outcome is in each scenario.

    Columns: scenario, outcome, label, scale, mean, low, high, n, worlds, never, restricted,
    restricted_low, restricted_high. As in a run's manifest a week that never came is left out of
    the mean; `never` is the share of worlds in which it did not come, and `restricted` the mean
    that the differences are of, with such a week counted as the last that all scenarios have; both
    are NaN for other scales.
    """
    rows, horizon = [], horizon_of(sides)
    for side in sides:
        for one in side.subject.outcomes:
            values = side.values[one.name]
            middle = level(one.scale, values)
            until = Interval(np.nan, np.nan, np.nan)
            seen = int(np.isfinite(values).sum())
            if one.scale == "weeks":
                until = mean(up_to(values, horizon)).within(0, horizon)
            rows.append(
                {
                    "scenario": side.subject.key,
                    "outcome": one.name,
                    "label": one.label,
                    "scale": one.scale,
                    "mean": middle.mean,
                    "low": middle.low,
                    "high": middle.high,
                    "n": seen,
                    "worlds": len(values),
                    "never": 1 - seen / len(values) if one.scale == "weeks" else np.nan,
                    "restricted": until.mean,
                    "restricted_low": until.low,
                    "restricted_high": until.high,
                }
            )
    return pd.DataFrame(rows)


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

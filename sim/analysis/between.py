"""Differences between the scenarios of a study, by pairs of worlds, at the same points."""

from collections.abc import Mapping
from dataclasses import fields

import numpy as np
import pandas as pd

from realpolitik.sim.experiments.growing import point_keys
from realpolitik.sim.experiments.tallies import Findings
from realpolitik.sim.formatting.scales import capped
from realpolitik.sim.stats.intervals import Scale
from realpolitik.sim.stats.jackknife import Rows, Tally, assessable, came, half_width, without_each

COLUMNS = (
    *("scenario", "outcome", "label", "scale", "baseline", "other", "difference", "low", "high"),
    *("baseline_came", "other_came"),
    *("paired", "pairs", "points", "width_unpaired", "gain"),
)


def differences(findings: Mapping[str, Findings], outcomes: list[str]) -> pd.DataFrame:
    """Each shared outcome of each scenario less that of the first, averaged over shared points.

    Columns: scenario, outcome, label, scale, baseline, other (means over the points), difference,
    low, high (its 95 % interval, by batches of pairs of worlds), baseline_came, other_came (of
    weeks the shares of worlds in which it came), paired (true), pairs (the fewest worlds of a
    point), points (that both have, with a value in both), width_unpaired (of the
    interval as it would be without pairs), gain (how many times narrower pairs make it). NaN where
    there is no such point.
    """
    first, *others = findings
    about = findings[first].study
    labels = {
        one["name"]: capped(one["label"], one["scale"], about["scenario"]["weeks"])
        for one in about["outcomes"]
    }
    rows = []
    for key in others:
        here, there = shared_points(findings[first], findings[key])
        for name in outcomes:
            scale = findings[first].scales[name]
            one, other = (findings[each].tallies[name] for each in (first, key))
            ids = {"scenario": key, "outcome": name, "label": labels[name], "scale": scale.name}
            rows.append(ids | _difference(one, other, here, there, scale))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def curves_between(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The curves of all scenarios, one below the other, with the scenario of each in front."""
    kept = [table.assign(scenario=key) for key, table in tables.items() if len(table)]
    if not kept:
        return pd.DataFrame(columns=["scenario", "outcome", "address", "value"])
    joined = pd.concat(kept, ignore_index=True)
    return joined[["scenario", *joined.columns.drop("scenario")]]


def shared_points(one: Findings, other: Findings) -> tuple[Rows, Rows]:
    """Rows of the points that both have, in the order of the first: (points,) of each."""
    keys = {key: row for row, key in enumerate(point_keys(other.points, other.addresses))}
    pairs = [
        (row, keys[key])
        for row, key in enumerate(point_keys(one.points, one.addresses))
        if key in keys
    ]
    rows = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return rows[:, 0], rows[:, 1]


def _joined(one: Tally, here: Rows, other: Tally, there: Rows) -> Tally:
    """Some points of both, those of the first in front: batches are left out of all at once."""
    names = (field.name for field in fields(Tally))
    pairs = ((getattr(one, name)[here], getattr(other, name)[there]) for name in names)
    return Tally(*map(np.concatenate, pairs))


def _difference(
    one: Tally, other: Tally, here: Rows, there: Rows, scale: Scale
) -> dict[str, object]:
    """The numbers of a row."""
    known = assessable(one)[here] & assessable(other)[there]
    count = int(known.sum())
    found: dict[str, object] = {"paired": True, "points": count, "pairs": 0}
    if not count:
        return found
    both, rows = _joined(one, here[known], other, there[known]), np.arange(2 * count)
    before, after = without_each(both, rows.reshape(2, count)).mean(axis=1)
    worlds = both.n.sum(axis=1).min()
    baseline, level = both.mean.reshape(2, count).mean(axis=1).tolist()
    came_before, came_after = came(both, scale).reshape(2, count).mean(axis=1).tolist()
    half = float(half_width(after - before, scale, worlds))
    alone = half_width(before, scale, worlds), half_width(after, scale, worlds)
    apart = 2 * float(np.hypot(*alone))
    low, high = level - baseline - half, level - baseline + half
    low, high = max(low, -scale.width), min(high, scale.width)
    return found | {
        "pairs": int(worlds),
        "baseline": baseline,
        "other": level,
        "baseline_came": came_before,
        "other_came": came_after,
        "difference": level - baseline,
        "low": low,
        "high": high,
        "width_unpaired": apart,
        "gain": apart / (2 * half) if half > 0 else np.nan,
    }

"""Tables of a calibration, out of what was matched."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from realpolitik.sim.study.calibrate.gauging import verdict
from realpolitik.sim.study.calibrate.pattern import Pattern
from realpolitik.sim.study.calibrate.plan import CalibrationPlan
from realpolitik.sim.study.calibrate.waves import Matched
from realpolitik.sim.words.missing import attempt_each

BEFORE, AFTER = "start", "best"
OF_READINGS = ["pattern", "value", "low", "high", "n", "implausibility"]


def tables(
    plan: CalibrationPlan, found: Matched
) -> tuple[dict[str, pd.DataFrame], tuple[str, ...]]:
    """Name → table: `points`, `readings`, `waves`, `ranges`, `final`, `best` and `patterns`.

    Beside them sentences that say why any of these is missing.
    """
    makers: dict[str, Callable[[], pd.DataFrame]] = {
        "points": lambda: found.points,
        "readings": lambda: found.readings[["wave", "point", *OF_READINGS]],
        "waves": lambda: waves(found.points),
        "ranges": lambda: ranges(plan, found),
        "final": lambda: found.final,
        "best": lambda: best(plan, found),
        "patterns": lambda: patterns(plan, found),
    }
    return attempt_each("table", makers)


def waves(points: pd.DataFrame) -> pd.DataFrame:
    """`wave`, `points`, `remaining`, `share`, `least` (implausibility) of each wave.

    The share of the first wave is that of the whole space; those of later ones are shares of what
    was drawn around the points that remained.
    """
    grouped = points.groupby("wave")
    table = pd.DataFrame(
        {
            "points": grouped.size(),
            "remaining": grouped["remains"].sum(),
            "share": grouped["remains"].mean(),
            "least": grouped["implausibility"].min(),
        }
    )
    return table.reset_index()


def ranges(plan: CalibrationPlan, found: Matched) -> pd.DataFrame:
    """Of each address: declared range, start, best, and where the points that remain lie.

    `address`, `low`, `high`, `start`, `best`, `kept_low`, `kept_q25`, `kept_median`, `kept_q75`,
    `kept_high` (NaN if nothing remains), `n` (points that remain).
    """
    kept = found.points[found.points["remains"]]
    chosen = best_set(plan, found)
    levels = {"kept_low": 0, "kept_q25": 0.25, "kept_median": 0.5, "kept_q75": 0.75, "kept_high": 1}
    rows = [
        {
            "address": one.address,
            "low": one.low,
            "high": one.high,
            "start": plan.start[one.address],
            "best": chosen[one.address],
            **{name: kept[one.address].quantile(level) for name, level in levels.items()},
            "n": len(kept),
        }
        for one in plan.vary
    ]
    return pd.DataFrame(rows)


def best(plan: CalibrationPlan, found: Matched) -> pd.DataFrame:
    """`address`, `start`, `best` and `moved`, by how much of its range."""
    chosen = best_set(plan, found)
    rows = [
        {
            "address": one.address,
            "start": plan.start[one.address],
            "best": chosen[one.address],
            "moved": (chosen[one.address] - plan.start[one.address]) / (one.high - one.low),
        }
        for one in plan.vary
    ]
    return pd.DataFrame(rows)


def best_set(plan: CalibrationPlan, found: Matched) -> dict[str, float]:
    """Address → value at the best point."""
    row = found.final[found.final["chosen"]].iloc[0]
    return {address: float(row[address]) for address in plan.addresses}


def patterns(plan: CalibrationPlan, found: Matched) -> pd.DataFrame:
    """A row a pattern and setting (`at`: start | best), both in the same worlds.

    `at`, `pattern`, `says`, `value`, `low`, `high`, `n`, `target_low`, `target_high`, `verdict`,
    `implausibility`, `ground`.
    """
    chosen = int(found.final.loc[found.final["chosen"], "point"].iloc[0])
    asked = {pattern.id: pattern for pattern in plan.patterns}
    rows: list[dict[str, Any]] = []
    for at, point in ((BEFORE, 0), (AFTER, chosen)):
        here = found.final_readings[found.final_readings["point"] == point]
        rows += (_told(at, one, asked[one["pattern"]]) for one in records(here[OF_READINGS]))
    return pd.DataFrame(rows)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table, each as a mapping."""
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _told(at: str, reading: Mapping[str, Any], pattern: Pattern) -> dict[str, Any]:
    return {
        "at": at,
        **reading,
        "target_low": pattern.low,
        "target_high": pattern.high,
        "verdict": verdict(reading["low"], reading["high"], pattern.low, pattern.high),
        "ground": pattern.ground,
        "says": pattern.says,
    }

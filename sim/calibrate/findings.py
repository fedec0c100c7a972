"""How far the headline findings hang on numbers that nobody knows.

Every finding is looked at anew with each of many sets of parameters that no pattern rules out. The
error of a difference of two settings comes from batches of the same worlds, left out in turn in
both (see `sim.stats.jackknife`).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.calibrate.measure import runs_of
from realpolitik.sim.calibrate.patterns import Gauge, KeyFinding, Pattern
from realpolitik.sim.calibrate.plan import CalibrationPlan
from realpolitik.sim.calibrate.statistic import scores, verdict
from realpolitik.sim.calibrate.waves import Matched
from realpolitik.sim.formatting.missing import attempt_each
from realpolitik.sim.stats.intervals import Scale, quantile, share
from realpolitik.sim.stats.jackknife import BATCHES, half_width

Array = NDArray[np.float64]
Runs = Mapping[str, pd.DataFrame]
RunsAt = Callable[[pd.DataFrame], Sequence[Runs]]


def conclusions_over(
    sets: pd.DataFrame,
    findings: Sequence[KeyFinding],
    worlds: int = 500,
    seed: int = 0,
    runs_at: RunsAt | None = None,
) -> pd.DataFrame:
    """The share of sets in which each finding keeps its sign.

    Args:
        sets: A row a set, a column an address; a column `point` is left aside.
        findings: What is looked at.
        worlds: Worlds of each setting with each set.
        seed: Seed of all draws, the same everywhere.
        runs_at: Gives the worlds of every setting with each set; none: they are run here.

    Returns:
        A row a finding: `finding`, `says`, `sets`, `keeps` (share of sets with the expected sign),
        `keeps_low`, `keeps_high` (Wilson's 95 % interval over sets), `surely` (share of sets in
        which the 95 % interval for Monte Carlo error lies on the expected side), `against` (on the
        other side), `median`, `least`, `greatest` (of the number less its level), `worlds`.
    """
    addresses = [str(column) for column in sets.columns if column != "point"]
    runs = runs_at(sets) if runs_at else _run(sets[addresses], findings, worlds, seed)
    return pd.DataFrame([_row(finding, runs, worlds) for finding in findings])


def gauges_of(findings: Sequence[KeyFinding]) -> list[Gauge]:
    """Everything that is measured for them."""
    return [gauge for one in findings for gauge in (one.gauge, one.than) if gauge]


def margin(finding: KeyFinding, runs: Runs) -> tuple[float, float]:
    """By how much a finding lies on the expected side, and half the width of its 95 % interval.

    Below 0 it lies on the other side. NaN where nothing bears on it.
    """
    gauges = [one for one in (finding.gauge, finding.than) if one]
    weeks = min(one.case.scenario.weeks for one in gauges)
    sums = [_values(one, runs, weeks) for one in gauges]
    whole, without = _mean(sums[0]), _without(sums[0])
    if len(sums) > 1:
        whole, without = whole - _mean(sums[1]), without - _without(sums[1])
    sign = 1 if finding.above else -1
    known = without[np.isfinite(without)]
    n = np.array(min(one[:, 1].sum() for one in sums))
    half = float(half_width(known, _scale(finding, weeks), n)) if len(known) > 1 else np.nan
    return sign * (whole - finding.level), half


def _scale(finding: KeyFinding, weeks: int) -> Scale:
    """The scale of the number: a share, or for a mean that of the outcome."""
    gauge = finding.gauge
    return Scale.of("share" if gauge.statistic == "share" else gauge.scale, weeks)


def _row(finding: KeyFinding, runs: Sequence[Runs], worlds: int) -> dict[str, str | float | int]:
    each = np.array([margin(finding, one) for one in runs]).reshape(-1, 2)
    size, half = each[np.isfinite(each[:, 0])].T
    kept = share(int((size > 0).sum()), len(size))
    sign = 1 if finding.above else -1
    told = sign * size
    return {
        "finding": finding.id,
        "says": finding.says,
        "sets": len(size),
        "keeps": kept.mean,
        "keeps_low": kept.low,
        "keeps_high": kept.high,
        "surely": float((size - half > 0).mean()) if len(size) else np.nan,
        "against": float((size + half < 0).mean()) if len(size) else np.nan,
        "median": quantile(told, 0.5),
        "least": float(told.min()) if len(told) else np.nan,
        "greatest": float(told.max()) if len(told) else np.nan,
        "worlds": worlds,
    }


def _values(gauge: Gauge, runs: Runs, weeks: int) -> Array:
    """What each world adds, by its batch: (BATCHES, 2), the sum and the number of worlds."""
    if gauge.statistic == "quantile":
        raise ValueError(f"{gauge.outcome}: a finding is a share or a mean, not a quantile")
    table = runs[gauge.case.name]
    values = scores(gauge, table, weeks)
    seen = np.isfinite(values)
    batch = table["world"].to_numpy() % BATCHES
    sums = np.zeros((BATCHES, 2))
    np.add.at(sums, batch, np.column_stack([np.where(seen, values, 0.0), seen]))
    return sums


def _mean(sums: Array) -> float:
    total, n = sums.sum(axis=0)
    return float(total / n) if n else np.nan


def _without(sums: Array) -> Array:
    """The mean without each batch in turn, (BATCHES,); NaN where nothing is left."""
    total, n = (sums.sum(axis=0) - sums).T
    return np.asarray(np.where(n > 0, total / np.maximum(n, 1), np.nan))


def _run(
    sets: pd.DataFrame, findings: Sequence[KeyFinding], worlds: int, seed: int
) -> Sequence[Runs]:
    gauges = gauges_of(findings)
    each = [
        {str(key): float(value) for key, value in row.items()} for row in sets.to_dict("records")
    ]
    return [runs_of(gauges, one, worlds, seed) for one in each]


# ── Tables of a calibration ──────────────────────────────────────────────────────────


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

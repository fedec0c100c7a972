"""Waves of history matching: run, reject, draw anew around what remains, and choose in the end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.calibrate.plan import CalibrationPlan
from realpolitik.sim.calibrate.statistic import greatest, verdict
from realpolitik.sim.experiments.plan import Vary

# ── The points of each wave ──────────────────────────────────────────────────────────


Array = NDArray[np.float64]


def first_wave(
    vary: Sequence[Vary], start: Mapping[str, float], points: int, seed: int
) -> pd.DataFrame:
    """`point`, then a column an address: the start, then a Latin hypercube over the ranges."""
    from scipy.stats import qmc  # takes a second to load

    unit = qmc.LatinHypercube(len(vary), seed=np.random.default_rng([seed, 1])).random(points - 1)
    low, high = ends(vary)
    own = np.array([[start[one.address] for one in vary]])
    return numbered(np.concatenate([own, low + unit * (high - low)]), vary)


def next_wave(
    vary: Sequence[Vary], parents: pd.DataFrame, points: int, seed: int, wave: int
) -> pd.DataFrame:
    """`point`, then a column an address: draws from around the parents, which has such columns."""
    rng = np.random.default_rng([seed, wave])
    kept = parents[[one.address for one in vary]].to_numpy(dtype=np.float64)
    low, high = ends(vary)
    step = silverman(*kept.shape) * kept.std(axis=0, ddof=1 if len(kept) > 1 else 0)
    centres = kept[rng.integers(0, len(kept), points)]
    return numbered(reflected(centres + step * rng.standard_normal(centres.shape), low, high), vary)


def silverman(points: int, dimensions: int) -> float:
    """Silverman's factor of the width of a normal kernel (1986, equation 4.14)."""
    return float((4 / ((dimensions + 2) * points)) ** (1 / (dimensions + 4)))


def reflected(values: Array, low: Array, high: Array) -> Array:
    """Values turned back at the ends of their ranges, as often as need be."""
    width = high - low
    beyond = np.mod(values - low, 2 * width)
    return np.asarray(low + np.where(beyond > width, 2 * width - beyond, beyond))


def distance(points: pd.DataFrame, start: Mapping[str, float], vary: Sequence[Vary]) -> Array:
    """How far each point lies from the start, (points,): root mean square, in ranges."""
    low, high = ends(vary)
    apart = points[[one.address for one in vary]].to_numpy(dtype=np.float64)
    apart = (apart - np.array([start[one.address] for one in vary])) / (high - low)
    return np.asarray(np.sqrt((apart**2).mean(axis=1)))


def ends(vary: Sequence[Vary]) -> tuple[Array, Array]:
    """Least and greatest value of each address."""
    return np.array([one.low for one in vary]), np.array([one.high for one in vary])


def numbered(values: Array, vary: Sequence[Vary]) -> pd.DataFrame:
    """Values as points, numbered from 0; what takes whole numbers only has the nearest."""
    values = np.where([one.integral for one in vary], np.rint(values), values)
    table = pd.DataFrame(values, columns=[one.address for one in vary])
    table.insert(0, "point", np.arange(len(table)))
    return table


# ── Waves of history matching ────────────────────────────────────────────────────────


FEWEST_PARENTS = 10
FINAL = "final"

# Name of the stage, points (`point`, addresses), worlds → a row a point and pattern: `point`,
# `pattern`, `value`, `low`, `high`, `n`, `implausibility`, in the order of points and patterns.
MeasureAt = Callable[[str, pd.DataFrame, int], pd.DataFrame]


@dataclass(frozen=True)
class Matched:
    """What was tried and what came of it.

    Attributes:
        points: `wave`, `point`, a column an address, `implausibility` (the greatest over
            patterns), `worst` (of which), `distance` (from the start), `remains`.
        readings: `wave`, `point` and what `MeasureAt` gives.
        final: As `points`, of the start (point 0) and the finalists, in more worlds; `surely`
            (the greatest implausibility over patterns that are surely missed) and `chosen`.
        final_readings: As `readings`, of those.
    """

    points: pd.DataFrame
    readings: pd.DataFrame
    final: pd.DataFrame
    final_readings: pd.DataFrame


def match(plan: CalibrationPlan, measure_at: MeasureAt) -> Matched:
    """Carries out all waves, and the choice of the best of what remains.

    The best has the smallest of the greatest implausibilities, as measured once more in
    `final_worlds`; among equals it is nearest to the start. A pattern whose interval reaches into
    its target counts as met there: a start that chance alone may have put a world or two beside
    its target is not left for a set far from it.
    """
    points, readings = pd.DataFrame(), pd.DataFrame()
    for wave in range(1, plan.waves + 1):
        if wave == 1:
            tried = first_wave(plan.vary, plan.start, plan.points, plan.seed)
        else:
            tried = next_wave(plan.vary, parents(points), plan.points, plan.seed, wave)
        found = measure_at(f"wave-{wave}", tried, plan.worlds)
        points = pd.concat([points, judged(plan, tried, found, wave)], ignore_index=True)
        readings = pd.concat([readings, found.assign(wave=wave)], ignore_index=True)
    return Matched(points, readings, *_choose(plan, finalists(plan, points), measure_at))


def _choose(
    plan: CalibrationPlan, last: pd.DataFrame, measure_at: MeasureAt
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The finalists, measured once more, with the one that is chosen; and what was read."""
    found = measure_at(FINAL, last, plan.final_worlds)
    final = judged(plan, last, found, plan.waves + 1).drop(columns="wave")
    final["surely"] = _surely(plan, found, len(last))
    final["chosen"] = np.arange(len(final)) == in_order(final, "surely")[0]
    return final, found


def judged(
    plan: CalibrationPlan, tried: pd.DataFrame, found: pd.DataFrame, wave: int
) -> pd.DataFrame:
    """The points with their greatest implausibility, and whether they remain."""
    names = [pattern.id for pattern in plan.patterns]
    each = found["implausibility"].to_numpy(dtype=np.float64).reshape(len(tried), len(names))
    worst = np.where(np.isnan(each), -1.0, each).argmax(axis=1)
    most = greatest(each)
    table = tried.assign(
        implausibility=most,
        worst=np.array(names, dtype=object)[worst],
        distance=distance(tried, plan.start, plan.vary),
        remains=most <= plan.cutoff,
    )
    table.insert(0, "wave", wave)
    return table


def parents(points: pd.DataFrame) -> pd.DataFrame:
    """The points that remain of all waves; if they are few, the least implausible ten."""
    kept = points[points["remains"]]
    return kept if len(kept) >= FEWEST_PARENTS else points.iloc[in_order(points)[:FEWEST_PARENTS]]


def finalists(plan: CalibrationPlan, points: pd.DataFrame) -> pd.DataFrame:
    """The start as point 0, then the best of the others; if none remains, still the best."""
    others = points[points["distance"] > 0]
    remaining = others[others["remains"]]
    pool = remaining if len(remaining) else others
    best = pool.iloc[in_order(pool)[: plan.finalists]]
    table = pd.concat([points.iloc[:1], best])[plan.addresses].reset_index(drop=True)
    table.insert(0, "point", np.arange(len(table)))
    return table


def in_order(points: pd.DataFrame, by: str = "implausibility") -> list[int]:
    """Rows from the best on: least implausible, among equals nearest to the start."""
    ordered = points.reset_index(drop=True)
    ordered = ordered.sort_values([by, "distance"], kind="stable")
    return [int(row) for row in ordered.index]


def _surely(plan: CalibrationPlan, found: pd.DataFrame, points: int) -> Array:
    """The greatest implausibility of each point over the patterns that it surely misses."""
    target = {one.id: (one.low, one.high) for one in plan.patterns}
    counted = [
        size if verdict(low, high, *target[name]) == "missed" else np.nan if np.isnan(size) else 0.0
        for name, low, high, size in zip(
            *(found[key] for key in ("pattern", "low", "high", "implausibility")), strict=True
        )
    ]
    return greatest(np.array(counted).reshape(points, len(target)))

"""Curves: an outcome over the levels of one address."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from realpolitik.sim.analysis.lines import Lines, lines
from realpolitik.sim.engine.world import Array
from realpolitik.sim.experiments.tallies import Findings
from realpolitik.sim.stats.intervals import Scale
from realpolitik.sim.stats.jackknife import Counts, Tally, came, of_averages, without_each


@dataclass(frozen=True)
class Curve:
    """An outcome along one address, averaged over the lines.

    Attributes:
        address: The address that moves.
        levels: Its levels, those that have a value, (levels,).
        mean: The outcome there, (levels,).
        low: Lower end of its 95 % interval, (levels,).
        high: Upper end, (levels,).
        n: Worlds, the least of the points averaged, (levels,).
        came: Of weeks the share of worlds in which it came, else NaN, (levels,).
        points: How many points are averaged at each level.
        without: The mean without each batch, (levels, batches).
    """

    address: str
    levels: Array
    mean: Array
    low: Array
    high: Array
    n: Counts
    came: Array
    points: int
    without: Array


def curves(findings: Findings) -> pd.DataFrame:
    """Each outcome along each address: outcome, address, value, mean, low, high, n, points, came.

    In a grid of several addresses a value is the average over the others, taken over the lines
    that have a point at every level, so that levels are compared at the same others. A level of
    one point has that point's interval, an average one by the batches. `points` are averaged,
    each of at least `n` worlds; levels without a value are NaN. `came` is, of weeks, the share of
    worlds in which it came (NaN on other scales); one that never came counts as the horizon.
    """
    tables = [_table(name, line, curve) for name, line, curve in each(findings)]
    return pd.concat(tables, ignore_index=True)


def each(findings: Findings) -> Iterator[tuple[str, Lines, Curve]]:
    """Outcome, lines and curve of each outcome along each address."""
    along = lines(findings)
    for name, scale in findings.scales.items():
        for line in along:
            yield name, line, average(line, findings.tallies[name], scale)


def average(line: Lines, tally: Tally, scale: Scale) -> Curve:
    """The curve of an outcome along an address, averaged over complete lines."""
    whole = line.complete(np.asarray(tally.n.any(axis=1)))
    if len(whole.rows) == 0:
        none, no = np.zeros(0), np.zeros(0, dtype=np.int64)
        return Curve(line.address, none, none, none, none, no, none, 0, np.zeros((0, 0)))
    without = without_each(tally, whole.rows).mean(axis=0)
    n = tally.n[whole.rows].sum(axis=-1).min(axis=0)
    ends = of_averages(tally, scale, whole.rows, without)
    share = came(tally, scale)[whole.rows].mean(axis=0)
    return Curve(line.address, whole.levels, *ends, n, share, len(whole.rows), without)


def _table(name: str, line: Lines, curve: Curve) -> pd.DataFrame:
    """The curve as rows, one for each level of the design."""
    values = {"mean": curve.mean, "low": curve.low, "high": curve.high, "n": curve.n}
    found = pd.DataFrame(values, index=curve.levels).reindex(line.levels)
    found["n"] = found["n"].fillna(0).astype(np.int64)
    found["points"] = np.where(found["n"] > 0, curve.points, 0)
    found["came"] = pd.Series(curve.came, index=curve.levels)
    ids = {"outcome": name, "address": line.address, "value": line.levels}
    return pd.concat([pd.DataFrame(ids), found.reset_index(drop=True)], axis=1)

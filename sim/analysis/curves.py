"""Curves and effects: an outcome over the levels of one address, and between their ends.

Points lie in lines there: one address moves over its levels while the others stay.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from realpolitik.sim.engine.world import Array, Mask
from realpolitik.sim.experiments.samplers import SAMPLERS, samplers_where
from realpolitik.sim.experiments.tallies import Findings
from realpolitik.sim.stats.intervals import Scale
from realpolitik.sim.stats.jackknife import (
    Counts,
    Rows,
    Tally,
    came,
    half_width,
    of_averages,
    without_each,
)

# ── Points in lines ──────────────────────────────────────────────────────────────────


NONE = -1


@dataclass(frozen=True)
class AddressLines:
    """All lines along one address.

    Attributes:
        address: The address that moves.
        levels: Its levels, in ascending order, (levels,).
        rows: Row of the point, or -1 where there is none, (lines, levels).
        others: Where the others stay, a row a line; no columns where there are none.
    """

    address: str
    levels: Array
    rows: Rows
    others: pd.DataFrame

    def complete(self, present: Mask) -> "AddressLines":
        """The lines that have a point at every level at which any has one, at these levels.

        Averages over them compare like with like. `present` marks the points that count.
        """
        here = (self.rows != NONE) & present[self.rows]
        levels = here.any(axis=0)
        lines = here[:, levels].all(axis=1)
        rows = self.rows[lines][:, levels]
        return AddressLines(self.address, self.levels[levels], rows, self.others[lines])

    def nearest(self, values: Mapping[str, float]) -> "AddressLines":
        """The one line whose others stay closest to these values, in units of their spread."""
        if len(self.rows) < 2:
            return self
        wide = np.maximum(self.others.max() - self.others.min(), np.finfo(float).tiny)
        stay = pd.Series(values)[list(self.others.columns)]
        apart = self.others.sub(stay, axis=1).div(wide, axis=1).abs().sum(axis=1)
        line = [int(apart.to_numpy().argmin())]
        return AddressLines(self.address, self.levels, self.rows[line], self.others.iloc[line])


def defaults(findings: Findings) -> dict[str, float]:
    """Address → its value in the scenario."""
    vary: list[Mapping[str, Any]] = findings.study["vary"]
    return {one["address"]: float(one["default"]) for one in vary}


def lines(findings: Findings) -> list[AddressLines]:
    """The lines along each address, of a grid or of one address at a time.

    Raises:
        ValueError: another sampler, whose points do not lie in lines.
    """
    sampler = findings.study["sampler"]
    if not SAMPLERS[sampler].has_levels:
        known = samplers_where(lambda one: one.has_levels)
        raise ValueError(f"points of {sampler} do not lie in lines; expected {known}")
    points = findings.points[findings.addresses]
    if sampler == "grid":
        return [_along(points, address) for address in findings.addresses]
    own = pd.Series(defaults(findings))[list(points.columns)]
    stays = pd.DataFrame(np.isclose(points, own, rtol=1e-9, atol=1e-12), columns=points.columns)
    return [
        _along(points[stays.drop(columns=address).all(axis=1).to_numpy()], address)
        for address in findings.addresses
    ]


def _along(points: pd.DataFrame, address: str) -> AddressLines:
    """The lines along an address through these points, whose index is their row."""
    others = points.drop(columns=address)
    levels = np.unique(points[address].to_numpy(dtype=np.float64))
    if others.shape[1] == 0:
        apart, line = others.iloc[:1], np.zeros(len(points), dtype=np.int64)
    else:
        groups = others.groupby(list(others.columns), sort=False)
        apart, line = others.drop_duplicates(), np.asarray(groups.ngroup(), dtype=np.int64)
    rows = np.full((len(apart), len(levels)), NONE, dtype=np.int64)
    rows[line, np.searchsorted(levels, points[address])] = points.index
    return AddressLines(address, levels, rows, apart)


# ── Curves ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class AveragedCurve:
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


def each(findings: Findings) -> Iterator[tuple[str, AddressLines, AveragedCurve]]:
    """Outcome, lines and curve of each outcome along each address."""
    along = lines(findings)
    for name, scale in findings.scales.items():
        for line in along:
            yield name, line, average(line, findings.tallies[name], scale)


def average(line: AddressLines, tally: Tally, scale: Scale) -> AveragedCurve:
    """The curve of an outcome along an address, averaged over complete lines."""
    whole = line.complete(np.asarray(tally.n.any(axis=1)))
    if len(whole.rows) == 0:
        none, no = np.zeros(0), np.zeros(0, dtype=np.int64)
        return AveragedCurve(line.address, none, none, none, none, no, none, 0, np.zeros((0, 0)))
    without = without_each(tally, whole.rows).mean(axis=0)
    n = tally.n[whole.rows].sum(axis=-1).min(axis=0)
    ends = of_averages(tally, scale, whole.rows, without)
    share = came(tally, scale)[whole.rows].mean(axis=0)
    return AveragedCurve(line.address, whole.levels, *ends, n, share, len(whole.rows), without)


def _table(name: str, line: AddressLines, curve: AveragedCurve) -> pd.DataFrame:
    """The curve as rows, one for each level of the design."""
    values = {"mean": curve.mean, "low": curve.low, "high": curve.high, "n": curve.n}
    found = pd.DataFrame(values, index=curve.levels).reindex(line.levels)
    found["n"] = found["n"].fillna(0).astype(np.int64)
    found["points"] = np.where(found["n"] > 0, curve.points, 0)
    found["came"] = pd.Series(curve.came, index=curve.levels)
    ids = {"outcome": name, "address": line.address, "value": line.levels}
    return pd.concat([pd.DataFrame(ids), found.reset_index(drop=True)], axis=1)


# ── Effects ──────────────────────────────────────────────────────────────────────────


FIGURES = (
    *("at_low", "at_low_low", "at_low_high", "at_high", "at_high_low", "at_high_high"),
    *("difference", "low", "high", "at_low_came", "at_high_came"),
)


def effects(findings: Findings) -> pd.DataFrame:
    """The outcome at both ends of each address and the difference of the two.

    Columns: outcome, address, value_low, value_high (the ends), at_low, at_low_low, at_low_high,
    at_high, at_high_low, at_high_high, difference (upper end less lower), low, high (its 95 %
    interval), at_low_came, at_high_came (of weeks the share of worlds in which it came; NaN on
    other scales), n, points. Both ends have seen the same worlds, so the interval of the difference
    is that of pairs, and mostly far narrower than those of the ends suggest. In a grid of several
    addresses both are averaged over the others: over `points` points at either end, each of at
    least `n` worlds. NaN where an end has no value.
    """
    scale = findings.scales
    return pd.DataFrame(
        [
            {"outcome": name, "address": line.address, **_effect(line, curve, scale[name])}
            for name, line, curve in each(findings)
        ]
    )


def _effect(line: AddressLines, curve: AveragedCurve, scale: Scale) -> dict[str, float]:
    """The row of one outcome and one address."""
    ends = {"value_low": float(line.levels[0]), "value_high": float(line.levels[-1])}
    if not {*ends.values()} <= {*curve.levels}:
        return {**ends, **dict.fromkeys(FIGURES, np.nan), "n": 0, "points": 0}
    difference = curve.mean[-1] - curve.mean[0]
    n = np.minimum(curve.n[0], curve.n[-1])
    half = half_width(curve.without[-1] - curve.without[0], scale, n)
    low, high = difference - half, difference + half
    low, high = max(low, -scale.width), min(high, scale.width)
    figures = (
        *(curve.mean[0], curve.low[0], curve.high[0]),
        *(curve.mean[-1], curve.low[-1], curve.high[-1]),
        *(difference, low, high),
        *(curve.came[0], curve.came[-1]),
    )
    told = {k: float(v) for k, v in zip(FIGURES, figures, strict=True)}
    return {**ends, **told, "n": int(n), "points": curve.points}

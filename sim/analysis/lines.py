"""Points in lines: one address moves over its levels while the others stay."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from realpolitik.sim.engine.world import Array, Mask
from realpolitik.sim.experiments.tallies import Findings
from realpolitik.sim.stats.jackknife import Rows

SAMPLERS = ("grid", "one_at_a_time")
NONE = -1


@dataclass(frozen=True)
class Lines:
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

    def complete(self, present: Mask) -> "Lines":
        """The lines that have a point at every level at which any has one, at these levels.

        Averages over them compare like with like. `present` marks the points that count.
        """
        here = (self.rows != NONE) & present[self.rows]
        levels = here.any(axis=0)
        lines = here[:, levels].all(axis=1)
        rows = self.rows[lines][:, levels]
        return Lines(self.address, self.levels[levels], rows, self.others[lines])

    def nearest(self, values: Mapping[str, float]) -> "Lines":
        """The one line whose others stay closest to these values, in units of their spread."""
        if len(self.rows) < 2:
            return self
        wide = np.maximum(self.others.max() - self.others.min(), np.finfo(float).tiny)
        stay = pd.Series(values)[list(self.others.columns)]
        apart = self.others.sub(stay, axis=1).div(wide, axis=1).abs().sum(axis=1)
        line = [int(apart.to_numpy().argmin())]
        return Lines(self.address, self.levels, self.rows[line], self.others.iloc[line])


def defaults(findings: Findings) -> dict[str, float]:
    """Address → its value in the scenario."""
    vary: list[Mapping[str, Any]] = findings.study["vary"]
    return {one["address"]: float(one["default"]) for one in vary}


def lines(findings: Findings) -> list[Lines]:
    """The lines along each address, of a grid or of one address at a time.

    Raises:
        ValueError: another sampler, whose points do not lie in lines.
    """
    sampler = findings.study["sampler"]
    if sampler not in SAMPLERS:
        raise ValueError(f"points of {sampler} do not lie in lines; expected grid, one_at_a_time")
    points = findings.points[findings.addresses]
    if sampler == "grid":
        return [_along(points, address) for address in findings.addresses]
    own = pd.Series(defaults(findings))[list(points.columns)]
    stays = pd.DataFrame(np.isclose(points, own, rtol=1e-9, atol=1e-12), columns=points.columns)
    return [
        _along(points[stays.drop(columns=address).all(axis=1).to_numpy()], address)
        for address in findings.addresses
    ]


def _along(points: pd.DataFrame, address: str) -> Lines:
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
    return Lines(address, levels, rows, apart)

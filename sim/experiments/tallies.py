"""What a study found, as small as it can be kept: sums over batches of worlds at each point.

World k belongs to batch k mod 20 at every point, so that batches of two points are paired as
their worlds are, and a resampling of batches is a resampling of worlds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.experiments.summary import Scale

BATCHES = 20

Array = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Tally:
    """Sums of one outcome over the worlds of each batch at each point, as its scale counts them.

    Attributes:
        n: Number of worlds, (points, BATCHES).
        total: Sum of their values, (points, BATCHES).
        squares: Sum of their squares, (points, BATCHES).
        came: Number of worlds that have a value of their own: of weeks those in which it came,
            (points, BATCHES).
    """

    n: Counts
    total: Array
    squares: Array
    came: Counts

    @property
    def mean(self) -> Array:
        """Mean over all worlds of each point, (points,); NaN where there is none."""
        return _ratio(self.total.sum(axis=1), self.n.sum(axis=1))

    @property
    def share_that_came(self) -> Array:
        """Share of worlds in which it came, of each point, (points,); NaN where there is none."""
        return _ratio(self.came.sum(axis=1).astype(np.float64), self.n.sum(axis=1))


@dataclass(frozen=True)
class Findings:
    """A study read back from its folder.

    Attributes:
        study: What `study.json` holds: name, title, question, vary, sampler, outcomes and so on.
        points: `point`, then a column a varied address, a row a point in the order of the design.
        worlds: Number of worlds run at each point, (points,).
        tallies: Outcome → its sums; rows as those of `points`.
    """

    study: Mapping[str, Any]
    points: pd.DataFrame
    worlds: Counts
    tallies: Mapping[str, Tally]

    @property
    def addresses(self) -> list[str]:
        """What is varied, in the order of the columns of `points`."""
        return [str(column) for column in self.points.columns if column != "point"]


def scales_of(study: Mapping[str, Any]) -> dict[str, Scale]:
    """Outcome → its scale, of all that `study.json` reports."""
    weeks = int(study["scenario"]["weeks"])
    return {one["name"]: Scale.of(one["scale"], weeks) for one in study["outcomes"]}


def _ratio(total: Array, n: Counts) -> Array:
    with np.errstate(invalid="ignore"):
        return np.where(n > 0, total / np.maximum(n, 1), np.nan)

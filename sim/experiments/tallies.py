"""What a study found, as small as it can be kept: sums over batches of worlds at each point.

World k belongs to batch k mod 20 at every point, so that batches of two points are paired as
their worlds are, and a resampling of batches is a resampling of worlds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from realpolitik.sim.stats.intervals import Scale
from realpolitik.sim.stats.jackknife import Counts, Tally


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
    def scales(self) -> dict[str, Scale]:
        """Outcome → its scale, of those that are reported and tallied."""
        reported = scales_of(self.study)
        return {name: scale for name, scale in reported.items() if name in self.tallies}

    @property
    def addresses(self) -> list[str]:
        """What is varied, in the order of the columns of `points`."""
        return [str(column) for column in self.points.columns if column != "point"]


def scales_of(study: Mapping[str, Any]) -> dict[str, Scale]:
    """Outcome → its scale, of all that `study.json` reports."""
    weeks = int(study["scenario"]["weeks"])
    return {one["name"]: Scale.of(one["scale"], weeks) for one in study["outcomes"]}

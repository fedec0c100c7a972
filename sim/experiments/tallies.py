"""What a study found, as small as it can be kept: sums over batches of worlds at each point.

World k belongs to batch k mod 20 at every point, so that batches of two points are paired as
their worlds are, and a resampling of batches is a resampling of worlds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from realpolitik.sim.engine.world import Array
from realpolitik.sim.experiments.study_folder import (
    CURE,
    PARTS,
    POINTS,
    StudyFolder,
    StudyFolderError,
)
from realpolitik.sim.experiments.study_settings import marks_of, settings_of
from realpolitik.sim.stats.intervals import Scale
from realpolitik.sim.stats.jackknife import BATCHES, Counts, Tally


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


# ── Out of the parts of a study ──────────────────────────────────────────────────────


def read_findings(folder: StudyFolder) -> Findings:
    """What the study found so far.

    The memory it takes grows with points and outcomes, not with worlds.

    Raises:
        StudyFolderError: there is no study, or a part of it is damaged.
    """
    settings, points = folder.settings(), folder.points()
    scales = scales_of(settings)
    names = list(scales)
    if lacking := [one["address"] for one in settings["vary"] if one["address"] not in points]:
        raise StudyFolderError(f"{folder.path / POINTS}: {lacking[0]}: missing{CURE}")
    rows = {point: row for row, point in enumerate(points["point"])}
    marks = marks_of(settings, settings_of(points))
    worlds = np.zeros(len(points), dtype=np.int64)
    sums = np.zeros((4, len(names), len(points), BATCHES))
    for chunk in sorted(folder.chunks()):
        if chunk.point in rows:
            part = folder.part(chunk, scales, marks[chunk.point])
            if lacking := [name for name in names if name not in part.columns]:
                place = folder.path / PARTS / f"{chunk.name}.parquet"
                problem = f"does not hold {lacking[0]} yet; sweep --resume makes it anew"
                raise StudyFolderError(f"{place}: {problem}")
            worlds[rows[chunk.point]] += chunk.worlds
            sums[:, :, rows[chunk.point]] += sums_of(part, scales)
    tallies = {
        name: Tally(n.astype(np.int64), total, squares, came.astype(np.int64))
        for name, n, total, squares, came in zip(names, *sums, strict=True)
    }
    return Findings(settings, points, worlds, tallies)


def sums_of(part: pd.DataFrame, scales: Mapping[str, Scale]) -> Array:
    """What a `Tally` holds of each outcome in each batch, (4, outcomes, BATCHES)."""
    values = part[[*scales]].to_numpy(dtype=np.float64)
    counted = np.column_stack(
        [scale.counted(column) for scale, column in zip(scales.values(), values.T, strict=True)]
    )
    batch = part["world"].to_numpy() % BATCHES
    sums = np.zeros((4, BATCHES, len(scales)))
    seen = np.isfinite(counted)
    known = np.where(seen, counted, 0.0)
    terms = (seen, known, known**2, np.isfinite(values))
    for at, each in enumerate(terms):
        np.add.at(sums[at], batch, each)
    return sums.swapaxes(1, 2)

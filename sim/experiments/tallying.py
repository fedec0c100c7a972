"""Findings out of the parts of a study, read one after another."""

from collections.abc import Mapping

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
from realpolitik.sim.experiments.tallies import Findings, scales_of
from realpolitik.sim.stats.intervals import Scale
from realpolitik.sim.stats.jackknife import BATCHES, Tally


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

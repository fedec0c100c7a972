"""Findings out of the parts of a study, read one after another."""

import numpy as np
import pandas as pd

from realpolitik.sim.study.sweep.findings import BATCHES, Array, Findings, Tally
from realpolitik.sim.study.sweep.folder import StudyFolder, StudyFolderError


def read_findings(folder: StudyFolder) -> Findings:
    """What the study found so far.

    The memory it takes grows with points and outcomes, not with worlds.

    Raises:
        StudyFolderError: there is no study, or a part of it is damaged.
    """
    settings, points = folder.settings(), folder.points()
    names = [outcome["name"] for outcome in settings["outcomes"]]
    rows = {point: row for row, point in enumerate(points["point"])}
    worlds = np.zeros(len(points), dtype=np.int64)
    sums = np.zeros((3, len(names), len(points), BATCHES))
    for chunk in sorted(folder.chunks()):
        if chunk.point in rows:
            part = folder.part(chunk)
            if lacking := [name for name in names if name not in part.columns]:
                problem = f"{chunk.name} does not hold {lacking[0]} yet; --resume makes it anew"
                raise StudyFolderError(f"{folder.path}: {problem}")
            worlds[rows[chunk.point]] += chunk.worlds
            sums[:, :, rows[chunk.point]] += sums_of(part, names)
    tallies = {
        name: Tally(n.astype(np.int64), total, squares)
        for name, n, total, squares in zip(names, *sums, strict=True)
    }
    return Findings(settings, points, worlds, tallies)


def sums_of(part: pd.DataFrame, names: list[str]) -> Array:
    """Number, sum and sum of squares of each outcome in each batch, (3, outcomes, BATCHES)."""
    values = part[names].to_numpy(dtype=np.float64)
    batch = part["world"].to_numpy() % BATCHES
    seen = np.isfinite(values)
    known = np.where(seen, values, 0.0)
    sums = np.zeros((3, BATCHES, len(names)))
    for at, terms in enumerate((seen, known, known**2)):
        np.add.at(sums[at], batch, terms)
    return sums.swapaxes(1, 2)

"""What is still to be done at each point, given what is there."""

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd

from realpolitik.sim.experiments.chunks import Chunk, missing
from realpolitik.sim.experiments.plan import Plan
from realpolitik.sim.experiments.stopping import narrow_enough, next_worlds
from realpolitik.sim.stats.intervals import Scale

Sums = tuple[int, float, float]


class Agenda:
    """Knows the chunks that are there and says which ones a point still lacks.

    With `until` a point is looked at again whenever it has what it lacked. What it then wants
    depends on its own worlds alone, never on the order in which chunks end.
    """

    def __init__(self, plan: Plan, points: Iterable[int]) -> None:
        """Begins with nothing there."""
        self._plan = plan
        self._scale = _scale_of(plan)
        self._there: dict[int, dict[Chunk, Sums]] = {point: {} for point in points}
        self._failed: set[int] = set()

    def note(self, chunk: Chunk, part: pd.DataFrame) -> None:
        """A chunk is there."""
        if chunk.point in self._there:
            self._there[chunk.point][chunk] = self._sums(part)

    def note_failure(self, chunk: Chunk) -> None:
        """A chunk could not be run: its point is left as it is."""
        self._failed.add(chunk.point)

    def has_failed(self, point: int) -> bool:
        """Whether a chunk of the point could not be run."""
        return point in self._failed

    def worlds(self, point: int) -> int:
        """How many worlds the point has."""
        return sum(chunk.worlds for chunk in self._there[point])

    def lacks(self, point: int) -> list[Chunk]:
        """What the point is to have next; nothing if it has enough, or failed."""
        if self.has_failed(point):
            return []
        there = self._there[point]
        return list(missing(point, self._plan.worlds, there)) or list(
            missing(point, self._wanted(point), there)
        )

    def _wanted(self, point: int) -> int:
        """Worlds that the point should have, once it has those of the plan."""
        until, worlds, scale = self._plan.until, self.worlds(point), self._scale
        if until is None or scale is None or worlds >= until.most:
            return worlds
        columns = zip(*self._there[point].values(), strict=True)
        n, total, squares = (math.fsum(column) for column in columns)
        enough = narrow_enough(int(n), total, squares, until.width, scale.width)
        return worlds if enough else next_worlds(worlds, until.most)

    def _sums(self, part: pd.DataFrame) -> Sums:
        """Number, sum and sum of squares of the outcome that decides; nothing if none does."""
        if self._plan.until is None or self._scale is None:
            return (0, 0.0, 0.0)
        values = self._scale.counted(part[self._plan.until.outcome].to_numpy(dtype=np.float64))
        values = values[np.isfinite(values)]
        return (len(values), float(values.sum()), float((values**2).sum()))


def _scale_of(plan: Plan) -> Scale | None:
    """The scale of the outcome that decides; None if none does."""
    if plan.until is None:
        return None
    return Scale.of(plan.scenario.outcomes[plan.until.outcome].scale, plan.scenario.weeks)

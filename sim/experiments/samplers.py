"""How the points of a study are chosen: a row of SAMPLERS is all that a sampler needs.

What takes long to import is imported where it is used: the command reads this table for its help.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from realpolitik.sim.engine.world import Array

MORRIS_LEVELS = 4


@dataclass(frozen=True)
class Space:
    """What is varied, as a sampler wants to have it told.

    Attributes:
        names: The addresses; what follows has a place for each of them.
        low: Least value of each.
        high: Greatest value of each.
        levels: Levels of each, in ascending order; empty for a sampler that takes none.
        start: The scenario's own value of each.
        points: `points` of the plan.
        seed: Seed of the draws.
        rows: The points themselves, where they are given.
    """

    names: Sequence[str]
    low: Sequence[float]
    high: Sequence[float]
    levels: Sequence[Sequence[float]]
    start: Sequence[float]
    points: int
    seed: int
    rows: Sequence[Sequence[float]] = ()

    @property
    def problem(self) -> dict[str, Any]:
        """The same as SALib wants to have it told."""
        bounds = [list(ends) for ends in zip(self.low, self.high, strict=True)]
        return {"num_vars": len(self.names), "names": list(self.names), "bounds": bounds}

    def scaled(self, unit: "Array") -> "Array":
        """Points of the unit cube, (points, addresses), in these ranges."""
        from scipy.stats import qmc

        rows: Array = qmc.scale(unit, self.low, self.high)
        return rows


@dataclass(frozen=True)
class Sampler:
    """A way to choose points.

    Attributes:
        choose: The points, (points, addresses); in equal spaces equal to the last bit.
        size: How many points these are, or the most that they may be, from `points` of the plan
            and the number of levels of each address.
        usual: `points` of a plan that says nothing of them.
        meaning: What the points are, as a page says it.
        has_levels: Whether `points` counts levels of each address: these may be given one by one
            or by a step, and points lie in lines along which one address moves.
        fills_space: Whether points lie everywhere, so that boxes can be found among them.
        doubles: Whether `points` must be a power of two.
    """

    choose: "Callable[[Space], Array]"
    size: Callable[[int, Sequence[int]], int]
    usual: int
    meaning: str
    has_levels: bool = False
    fills_space: bool = False
    doubles: bool = False


def _grid(space: Space) -> "Array":
    """Every combination of the levels; the last address runs fastest."""
    import numpy as np
    import pandas as pd

    return pd.MultiIndex.from_product(space.levels).to_frame().to_numpy(np.float64)


def _one_at_a_time(space: Space) -> "Array":
    """The scenario's own values, then each address at each other level, the rest as there."""
    import numpy as np

    return np.array(list(_moved_alone(list(space.start), space.levels)))


def _moved_alone(start: list[float], levels: Sequence[Sequence[float]]) -> Iterator[list[float]]:
    yield start
    for at, choices in enumerate(levels):
        for level in choices:
            if level != start[at]:
                yield [*start[:at], level, *start[at + 1 :]]


def _latin_hypercube(space: Space) -> "Array":
    from scipy.stats import qmc

    unit = qmc.LatinHypercube(len(space.names), seed=space.seed).random(space.points)
    return space.scaled(unit)


def _sobol(space: Space) -> "Array":
    """(points · (addresses + 2), addresses), scrambled by the seed, in the order SALib expects."""
    from SALib.sample import sobol

    rows: Array = sobol.sample(
        space.problem, space.points, calc_second_order=False, seed=space.seed
    )
    return rows


def _morris(space: Space) -> "Array":
    """(points · (addresses + 1), addresses), trajectory after trajectory, as SALib expects."""
    from SALib.sample import morris

    rows: Array = morris.sample(
        space.problem, space.points, num_levels=MORRIS_LEVELS, seed=space.seed
    )
    return rows


def _given(space: Space) -> "Array":
    """Those that are given, in the order of their file."""
    import numpy as np

    return np.array(space.rows, dtype=np.float64)


SAMPLERS: dict[str, Sampler] = {
    "grid": Sampler(
        _grid,
        size=lambda _, levels: math.prod(levels),
        usual=11,
        meaning="every combination of the values (grid)",
        has_levels=True,
        fills_space=True,
    ),
    "latin_hypercube": Sampler(
        _latin_hypercube,
        size=lambda points, _: points,
        usual=200,
        meaning="scattered evenly over the ranges (Latin hypercube)",
        fills_space=True,
    ),
    "sobol": Sampler(
        _sobol,
        size=lambda points, levels: points * (len(levels) + 2),
        usual=64,
        meaning="scattered evenly over the ranges, in sets for Sobol’ indices",
        fills_space=True,
        doubles=True,
    ),
    "morris": Sampler(
        _morris,
        size=lambda points, levels: points * (len(levels) + 1),
        usual=10,
        meaning="paths that change one address at a time (Morris screening)",
    ),
    "one_at_a_time": Sampler(
        _one_at_a_time,
        size=lambda _, levels: 1 + sum(levels),
        usual=5,
        meaning="one address at a time, all else as in the scenario",
        has_levels=True,
    ),
    "given": Sampler(
        _given,
        size=lambda points, _: points,
        usual=1,
        meaning="given one by one, in the order of their file",
        fills_space=True,
    ),
}
"""Name → sampler, in the order in which the command lists them; `given` follows from a file."""


def samplers_where(trait: Callable[[Sampler], bool]) -> str:
    """The names of the samplers of which something holds: `grid, one_at_a_time`."""
    return ", ".join(name for name, sampler in SAMPLERS.items() if trait(sampler))

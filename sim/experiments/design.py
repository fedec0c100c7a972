"""The points of a plan: what each sampler makes of its ranges. SciPy and SALib do the sampling."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.experiments.addresses import own_values
from realpolitik.sim.experiments.levels import clean, levels
from realpolitik.sim.experiments.plan import Plan, Sampler, Vary

MORRIS_LEVELS = 4

Array = NDArray[np.float64]


def design(plan: Plan) -> pd.DataFrame:
    """The points in their order: `point` from 0, then a column an address.

    `grid` runs through its last address fastest. `one_at_a_time` begins with the scenario's own
    values. `sobol` and `morris` keep the order that SALib's analysis expects, `given` that of its
    file; a point may come twice in them. The same plan gives the same points, down to the last bit.
    """
    match plan.sampler:
        case "grid":
            rows = pd.MultiIndex.from_product(_all_levels(plan)).to_frame().to_numpy(np.float64)
        case "one_at_a_time":
            rows = np.array(list(_one_at_a_time(plan)))
        case "latin_hypercube":
            rows = _latin_hypercube(plan)
        case "sobol":
            rows = _sobol(plan)
        case "morris":
            rows = _morris(plan)
        case "given":
            rows = np.array(plan.rows, dtype=np.float64)
    table = pd.DataFrame(rows, columns=[vary.address for vary in plan.vary])
    table.insert(0, "point", np.arange(len(table)))
    return table


def size_of(sampler: Sampler, points: int, vary: Sequence[Vary]) -> int:
    """How many points a design has; of `one_at_a_time` the most that it may have."""
    numbers = [len(one.values) or points for one in vary]
    match sampler:
        case "grid":
            return prod(numbers)
        case "one_at_a_time":
            return 1 + sum(numbers)
        case "latin_hypercube" | "given":
            return points
        case "sobol":
            return points * (len(vary) + 2)
        case "morris":
            return points * (len(vary) + 1)


def problem_of(vary: Iterable[Vary]) -> dict[str, Any]:
    """What is varied, as SALib wants to have it told."""
    ranges = list(vary)
    return {
        "num_vars": len(ranges),
        "names": [one.address for one in ranges],
        "bounds": [[one.low, one.high] for one in ranges],
    }


def starting_point(plan: Plan) -> Mapping[str, float]:
    """Address → the scenario's own value of what is varied."""
    own = own_values(plan.scenario)
    return {vary.address: clean(own[vary.address]) for vary in plan.vary}


def _all_levels(plan: Plan) -> list[tuple[float, ...]]:
    return [levels(vary, plan.points) for vary in plan.vary]


def _one_at_a_time(plan: Plan) -> Iterator[list[float]]:
    """The starting point, then each address at each other level, the rest as at the start."""
    start = list(starting_point(plan).values())
    yield start
    for at, choices in enumerate(_all_levels(plan)):
        for level in choices:
            if level != start[at]:
                yield [*start[:at], level, *start[at + 1 :]]


def _latin_hypercube(plan: Plan) -> Array:
    from scipy.stats import qmc  # takes a second to load

    unit = qmc.LatinHypercube(len(plan.vary), seed=plan.seed).random(plan.points)
    lows, highs = ([getattr(vary, end) for vary in plan.vary] for end in ("low", "high"))
    scaled: Array = qmc.scale(unit, lows, highs)
    return scaled


def _sobol(plan: Plan) -> Array:
    """(points · (addresses + 2), addresses), scrambled by the seed."""
    from SALib.sample import sobol  # takes a second to load

    problem = problem_of(plan.vary)
    rows: Array = sobol.sample(problem, plan.points, calc_second_order=False, seed=plan.seed)
    return rows


def _morris(plan: Plan) -> Array:
    """(points · (addresses + 1), addresses), trajectory after trajectory."""
    from SALib.sample import morris  # takes a second to load

    problem = problem_of(plan.vary)
    rows: Array = morris.sample(problem, plan.points, num_levels=MORRIS_LEVELS, seed=plan.seed)
    return rows

"""The points of a plan: what each sampler makes of its ranges, and how a design grows.

SciPy and SALib do the sampling.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from realpolitik.sim.experiments.plan import Plan, Vary, clean, levels
from realpolitik.sim.experiments.vary_request import own_values
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, number

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


# ── A design that grows ──────────────────────────────────────────────────────────────


DIGITS = 12  # to which two values are one, whatever machine they were made on
HOW_TO_GROW = (
    "a design that holds all points that are there: a grid with its step halved, a sobol or "
    "morris design with more points, further values; or a new folder"
)


def extend_design(existing: pd.DataFrame, wanted: pd.DataFrame) -> pd.DataFrame:
    """The wanted design in its order; `point` of what exists already is kept.

    A point that comes twice in a design is two points.

    Args:
        existing: `point`, then a column an address.
        wanted: The same columns, as `design` gives them.

    Raises:
        ScenarioError: other addresses are varied, or a point that exists is not wanted, as a
            larger Latin hypercube does not hold the smaller.
    """
    addresses = [str(column) for column in wanted.columns if column != "point"]
    there = [str(column) for column in existing.columns if column != "point"]
    if addresses != there:
        problem = f"{', '.join(there)} varied there, {', '.join(addresses)} asked for"
        raise ScenarioError(
            [Fault(Place("points"), problem, "the same addresses, or a new folder")]
        )
    numbers = dict(zip(point_keys(existing, addresses), existing["point"].astype(int), strict=True))
    keys = point_keys(wanted, addresses)
    _refuse_lost(numbers, keys, addresses)
    following = max(numbers.values(), default=-1) + 1
    for key in keys:
        if key not in numbers:
            numbers[key] = following
            following += 1
    return wanted.assign(point=[numbers[key] for key in keys])


def point_keys(points: pd.DataFrame, addresses: list[str]) -> list[tuple[float, ...]]:
    """What tells one row from another: its values, and how often they have come before."""
    values = points[addresses].map(lambda value: float(f"{value:.{DIGITS}g}"))
    before = values.groupby(addresses, sort=False).cumcount()
    return list(values.assign(before=before).itertuples(index=False, name=None))


def _refuse_lost(
    numbers: dict[tuple[float, ...], int], keys: list[tuple[float, ...]], addresses: list[str]
) -> None:
    kept = set(keys)
    lost = [key for key in numbers if key not in kept]
    if not lost:
        return
    values = ", ".join(
        f"{address}={number(value)}" for address, value in zip(addresses, lost[0], strict=False)
    )
    more = f" and {len(lost) - 1:,} more" if len(lost) > 1 else ""
    problem = f"point {numbers[lost[0]]} ({values}){more} is not in the design asked for"
    raise ScenarioError([Fault(Place("points"), problem, HOW_TO_GROW)])

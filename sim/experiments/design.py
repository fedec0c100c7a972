"""The points of a plan, and how a design grows."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from realpolitik.sim.experiments.plan import Plan, clean, levels
from realpolitik.sim.experiments.samplers import SAMPLERS, Space
from realpolitik.sim.experiments.vary_request import own_values
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError, number


def design(plan: Plan) -> pd.DataFrame:
    """The points in their order: `point` from 0, then a column an address.

    A point may come twice. The same plan gives the same points, down to the last bit.
    """
    rows = SAMPLERS[plan.sampler].choose(space_of(plan))
    rows = np.where([vary.integral for vary in plan.vary], np.rint(rows), rows)
    table = pd.DataFrame(rows, columns=[vary.address for vary in plan.vary])
    table.insert(0, "point", np.arange(len(table)))
    return table


def space_of(plan: Plan) -> Space:
    """What the sampler of a plan chooses points from."""
    vary, has_levels = plan.vary, SAMPLERS[plan.sampler].has_levels
    return Space(
        names=[one.address for one in vary],
        low=[one.low for one in vary],
        high=[one.high for one in vary],
        levels=[levels(one, plan.points) for one in vary] if has_levels else [],
        start=list(starting_point(plan).values()),
        points=plan.points,
        seed=plan.seed,
        rows=plan.rows,
    )


def starting_point(plan: Plan) -> Mapping[str, float]:
    """Address → the scenario's own value of what is varied."""
    own = own_values(plan.scenario)
    return {vary.address: clean(own[vary.address]) for vary in plan.vary}


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

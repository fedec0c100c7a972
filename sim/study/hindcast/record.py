"""The base rate of a choice: what the record of like crises says, knowing nothing of this one."""

from functools import cache

import numpy as np

from realpolitik.sim.engine.tables import read_table
from realpolitik.sim.engine.world import Array
from realpolitik.sim.scenario.vocabulary import vocabulary
from realpolitik.sim.study.hindcast.cases import GRADES, Case


def base_rate_forecast(case: Case) -> Array:
    """What the record says, (categories,).

    Of a yes or no it is the base rate that the outcome names, of a grade of help the record of who
    helps. Where the record has nothing, all categories are equally likely.
    """
    if case.measure.scale == "grade":
        found = grades_of_record(str(getattr(case.measure, "by", "")))
        return uniform_forecast(case) if found is None else found
    if case.measure.base_rate is None:
        return uniform_forecast(case)
    rate = vocabulary().base_rates[case.measure.base_rate].value
    return np.array([1 - rate, rate])


def has_record(case: Case) -> bool:
    """Whether the record says anything of such a choice."""
    if case.measure.scale == "grade":
        return grades_of_record(str(getattr(case.measure, "by", ""))) is not None
    return case.measure.base_rate is not None


def uniform_forecast(case: Case) -> Array:
    """All categories equally likely, (categories,)."""
    return np.full(len(case.categories), 1 / len(case.categories))


@cache
def grades_of_record(actor: str) -> Array | None:
    """Share of crises in which an actor helped to each grade, (7,); None if it is not in the table.

    The classes of the record are wider than grades: a class is spread evenly over its grades. Half
    a crisis is added to each class (Jeffreys), as none was seen in one of them.
    """
    rows = [row for row in read_table(__package__, "record.csv") if row["by"] == actor]
    if not rows:
        return None
    crises = np.array([float(row["crises"]) + 0.5 for row in rows])
    shares = np.zeros(len(GRADES))
    for row, share in zip(rows, crises / crises.sum(), strict=True):
        grades = range(int(row["least"]), int(row["most"]) + 1)
        shares[list(grades)] += share / len(grades)
    return shares
